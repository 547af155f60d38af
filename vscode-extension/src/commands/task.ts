import * as vscode from "vscode";
import { findProgram } from "../server/server";
import type { Extension } from "./extension";

const TYPE = "klotho";
const MATCHER = "$klotho";

/** How a task of ours is written in tasks.json. */
interface Definition extends vscode.TaskDefinition {
  command: "check";
  folder?: string;
}

/** Offers `klotho-ls check` as a task of each workspace folder. It starts a program, so it waits for trust. */
export function registerTasks(context: vscode.ExtensionContext): void {
  const provider: vscode.TaskProvider = {
    provideTasks: async () => {
      const folders = vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
      return Promise.all(folders.map((folder) => task(context, folder, { type: TYPE, command: "check" })));
    },
    resolveTask: async (asked) => {
      const definition = asked.definition as Definition;
      const folder = typeof asked.scope === "object" ? asked.scope : vscode.workspace.workspaceFolders?.[0];
      return folder === undefined || !vscode.workspace.isTrusted ? undefined : task(context, folder, definition);
    },
  };
  context.subscriptions.push(vscode.tasks.registerTaskProvider(TYPE, provider));
}

/** Runs the task of the folder, or of the one that is chosen. */
export async function runCheck({ context }: Extension): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showInformationMessage("The check starts a program: trust this workspace first.");
    return;
  }
  const folders = vscode.workspace.workspaceFolders ?? [];
  const folder = folders.length > 1 ? await vscode.window.showWorkspaceFolderPick() : folders[0];
  if (folder !== undefined) await vscode.tasks.executeTask(await task(context, folder, { type: TYPE, command: "check" }));
}

async function task(
  context: vscode.ExtensionContext,
  folder: vscode.WorkspaceFolder,
  definition: Definition,
): Promise<vscode.Task> {
  const program = await findProgram(context);
  const at = definition.folder ?? ".";
  const execution = new vscode.ProcessExecution(program.path, ["check", at], { cwd: folder.uri.fsPath });
  const made = new vscode.Task(definition, folder, "check", TYPE, execution, MATCHER);
  made.group = vscode.TaskGroup.Build;
  made.presentationOptions = { reveal: vscode.TaskRevealKind.Always, clear: true, showReuseMessage: false };
  return made;
}
