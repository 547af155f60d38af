import * as vscode from "vscode";
import type { Projects } from "../project/projects";
import type { Entry, Icon } from "./model";

/** The scheme of the addresses by which lines get the colour and the number of their problems. */
const SCHEME = "klotho-node";

/** Shows entries as a tree that follows the projects. */
export class TreeView implements vscode.TreeDataProvider<Entry>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly view: vscode.TreeView<Entry>;
  private readonly subscription: { dispose(): unknown };
  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    id: string,
    private readonly context: vscode.ExtensionContext,
    private readonly projects: Projects,
    private readonly entries: (projects: Projects["graphs"]) => Entry[],
  ) {
    this.view = vscode.window.createTreeView(id, { treeDataProvider: this, showCollapseAll: true });
    this.subscription = projects.onChange(() => { this.changed.fire(); });
  }

  getChildren(entry?: Entry): Entry[] {
    return entry === undefined ? this.entries(this.projects.graphs) : entry.children;
  }

  getTreeItem(entry: Entry): vscode.TreeItem {
    const item = new vscode.TreeItem(entry.label, folding(entry));
    item.id = entry.key;
    item.description = entry.description;
    item.iconPath = iconPath(this.context, entry.icon);
    item.accessibilityInformation = { label: entry.spoken };
    item.tooltip = entry.spoken;
    item.contextValue = [entry.unit ? "unit" : "", entry.place ? "place" : ""].filter((word) => word !== "").join(" ");
    if (entry.problems.error + entry.problems.warning > 0) item.resourceUri = address(entry);
    if (entry.place !== undefined) {
      item.command = { command: "klotho.revealInSource", title: "Reveal in Source", arguments: [entry] };
    }
    return item;
  }

  dispose(): void {
    this.view.dispose();
    this.subscription.dispose();
    this.changed.dispose();
  }
}

/** Colours lines that have problems, as the explorer does with files. */
export const PROBLEM_DECORATIONS: vscode.FileDecorationProvider = {
  provideFileDecoration(uri) {
    if (uri.scheme !== SCHEME) return undefined;
    const counts = new URLSearchParams(uri.query);
    const [errors, warnings] = [Number(counts.get("error")), Number(counts.get("warning"))];
    const number = Math.min(errors + warnings, 99);
    const colour = errors > 0 ? "list.errorForeground" : "list.warningForeground";
    return new vscode.FileDecoration(String(number), `${number} problems`, new vscode.ThemeColor(colour));
  },
};

/** The file of an icon of ours, or the editor's icon. */
function iconPath(context: vscode.ExtensionContext, icon: Icon): vscode.IconPath {
  if ("codicon" in icon) {
    return new vscode.ThemeIcon(icon.codicon, icon.colour === undefined ? undefined : new vscode.ThemeColor(icon.colour));
  }
  const of = (theme: string) => vscode.Uri.joinPath(context.extensionUri, "dist", "icons", theme, `${icon.own}.svg`);
  return { light: of("light"), dark: of("dark") };
}

function address(entry: Entry): vscode.Uri {
  const query = `error=${entry.problems.error}&warning=${entry.problems.warning}`;
  return vscode.Uri.from({ scheme: SCHEME, path: `/${encodeURIComponent(entry.key)}`, query });
}

function folding(entry: Entry): vscode.TreeItemCollapsibleState {
  if (entry.children.length === 0) return vscode.TreeItemCollapsibleState.None;
  return entry.expanded ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}
