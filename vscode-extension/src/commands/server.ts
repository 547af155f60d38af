import * as vscode from "vscode";
import type { State } from "../server/machine";
import { mismatch } from "../server/version";
import type { Extension } from "./extension";

const SETTING = "klotho.server.path";

/** What a person can do about the server, as commands with titles. */
const RESTART = { title: "Restart Server", command: "klotho.restartServer" };
const LOG = { title: "Show Log", command: "klotho.showLog" };
const REPORT = { title: "Report an Issue", command: "klotho.reportIssue" };
const CHOOSE = { title: "Choose the Program…", command: "klotho.chooseServer" };

/** Lets a person choose from what can be done, beside how things stand. */
export async function serverMenu(extension: Extension): Promise<void> {
  const { health } = extension.status;
  const items: (vscode.QuickPickItem & { command?: string })[] = [
    { label: health.detail, kind: vscode.QuickPickItemKind.Separator },
    { label: "$(list-tree) Show Units and Costs", command: "klotho.byUnit.focus" },
    { label: "$(arrow-swap) Switch Target…", command: "klotho.switchTarget" },
    { label: "$(clippy) Copy Where It Runs", command: "klotho.copySummary" },
    { label: "Server", kind: vscode.QuickPickItemKind.Separator },
    { label: "$(refresh) Restart Server", command: RESTART.command },
    { label: "$(output) Show Log", command: LOG.command },
    { label: "$(folder-opened) Choose the Program…", command: CHOOSE.command },
    { label: "$(gear) Open Settings", command: "klotho.openSettings" },
    { label: "$(bug) Report an Issue…", command: REPORT.command },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: "Klotho", placeHolder: health.detail });
  if (picked?.command !== undefined) await vscode.commands.executeCommand(picked.command);
}

/** Asks for the program and writes it into the settings of this machine, which starts it. */
export async function chooseServer(): Promise<void> {
  const chosen = await vscode.window.showOpenDialog({ title: "The program klotho-ls", openLabel: "Use", canSelectMany: false });
  const [file] = chosen ?? [];
  if (file === undefined) return;
  await vscode.workspace.getConfiguration().update(SETTING, file.fsPath, vscode.ConfigurationTarget.Global);
}

/** Asks how much of the messages is logged, and shows the log. */
export async function setTrace(): Promise<void> {
  const levels = [
    { label: "off", description: "nothing" },
    { label: "messages", description: "which messages, and how long each took" },
    { label: "verbose", description: "with all that is in them; that may be source code" },
  ];
  const picked = await vscode.window.showQuickPick(levels, { title: "Log messages to and from the server" });
  if (picked === undefined) return;
  await vscode.workspace.getConfiguration().update("klotho.trace.server", picked.label, vscode.ConfigurationTarget.Global);
}

/** Says what a person has to know when the server is missing, crashes, keeps failing, or does not fit; each thing once. */
export function watchServer(extension: Extension): vscode.Disposable {
  return vscode.Disposable.from(watchLife(extension), ...watchCrashes(extension));
}

/** Names what the server crashed over once the next one runs; where none does, that is what there is to say. */
function watchCrashes({ server }: Extension): vscode.Disposable[] {
  const files = new Set<string>();
  const told = server.life.onState(({ kind }) => {
    if (kind === "running") for (const file of files) void tell(crash(file));
    if (kind === "running" || kind === "failed") files.clear();
  });
  return [server.onCrash((file) => files.add(file)), new vscode.Disposable(() => { told.dispose(); })];
}

function crash(file: string): Words {
  return {
    text: `klotho-ls crashed while it read ${vscode.workspace.asRelativePath(file)}. It goes on without this file until it is restarted.`,
    show: vscode.window.showWarningMessage,
    ways: [LOG, REPORT],
  };
}

function watchLife(extension: Extension): { dispose(): void } {
  const said = new Set<string>();
  return extension.server.life.onState((state) => {
    const words = trouble(state, extension.server.extensionVersion);
    if (words === undefined) return;
    const isNews = !said.has(words.text);
    // A loop of crashes is told each time: someone has just tried again.
    if (!isNews && state.kind === "running") return;
    said.add(words.text);
    void tell(words);
  });
}

interface Words {
  text: string;
  show: (text: string, ...titles: string[]) => Thenable<string | undefined>;
  ways: { title: string; command: string }[];
}

function trouble(state: State, extensionVersion: string): Words | undefined {
  switch (state.kind) {
    case "missing":
      return { text: state.reason, show: vscode.window.showErrorMessage, ways: [CHOOSE, LOG] };
    case "failed":
      return {
        text: `klotho-ls stopped several times within minutes and is not started again by itself. ${state.reason} The log may say why.`,
        show: vscode.window.showErrorMessage,
        ways: [RESTART, LOG, REPORT],
      };
    case "running": {
      const text = mismatch(state.version, extensionVersion);
      return text === undefined
        ? undefined
        : { text, show: vscode.window.showWarningMessage, ways: [{ title: "Open Settings", command: "klotho.openSettings" }] };
    }
    default:
      return undefined;
  }
}

async function tell(words: Words): Promise<void> {
  const chosen = await words.show(words.text, ...words.ways.map((way) => way.title));
  const way = words.ways.find(({ title }) => title === chosen);
  if (way !== undefined) await vscode.commands.executeCommand(way.command);
}
