import * as vscode from "vscode";
import { ICONS } from "../project/kinds";
import type { Projects } from "../project/projects";
import type { Range } from "../server/protocol";
import { below, marks } from "./marks";

/** Icons beside annotations, one for each capability. */
export class GutterIcons implements vscode.Disposable {
  private readonly types: Map<string, vscode.TextEditorDecorationType>;
  private readonly subscriptions: { dispose(): unknown }[];

  constructor(
    context: vscode.ExtensionContext,
    private readonly projects: Projects,
  ) {
    this.types = new Map(ICONS.map((icon) => [icon, decoration(context, icon)]));
    this.subscriptions = [
      ...this.types.values(),
      projects.onChange(() => { this.updateAll(); }),
      vscode.window.onDidChangeVisibleTextEditors(() => { this.updateAll(); }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration("klotho.gutterIcons")) this.updateAll();
      }),
    ];
    this.updateAll();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private updateAll(): void {
    for (const editor of vscode.window.visibleTextEditors) this.update(editor);
  }

  private update(editor: vscode.TextEditor): void {
    if (editor.document.uri.scheme !== "file") return;
    const found = this.wanted(editor.document.uri);
    for (const [icon, type] of this.types) {
      editor.setDecorations(type, (found.get(icon) ?? []).map(toRange));
    }
  }

  private wanted(uri: vscode.Uri): Map<string, Range[]> {
    const address = uri.toString();
    const enabled = vscode.workspace.getConfiguration("klotho", uri).get<boolean>("gutterIcons.enable", true);
    const project = enabled ? this.projects.projectOf(address) : undefined;
    const file = project && below(project.root, address);
    return project && file !== undefined ? marks(project.graph, file) : new Map<string, Range[]>();
  }
}

function decoration(context: vscode.ExtensionContext, icon: string): vscode.TextEditorDecorationType {
  const of = (theme: string) => ({
    gutterIconPath: vscode.Uri.joinPath(context.extensionUri, "dist", "icons", theme, `${icon}.svg`),
    gutterIconSize: "85%",
  });
  return vscode.window.createTextEditorDecorationType({ light: of("light"), dark: of("dark") });
}

function toRange({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
