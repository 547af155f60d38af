import * as path from "node:path";
import * as vscode from "vscode";
import type { Extension } from "../../src/commands/extension";

const ID = "klotho-ls.klotho-ls";

/** The extension, with a server that answers. */
export async function activated(): Promise<Extension> {
  const found = vscode.extensions.getExtension<Extension>(ID);
  if (found === undefined) throw new Error(`${ID} is not there`);
  const extension = await found.activate();
  await eventually(() => extension.projects.known.kind === "projects");
  return extension;
}

/** A file of the project that is open. */
export function file(name: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined) throw new Error("no folder is open");
  return vscode.Uri.file(path.join(folder.uri.fsPath, name));
}

/** Resolves once the condition holds; mocha ends what takes too long. */
export async function eventually(condition: () => boolean | PromiseLike<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Replaces text in a document that is open. */
export async function replace(document: vscode.TextDocument, from: string, to: string): Promise<void> {
  const at = document.getText().indexOf(from);
  if (at < 0) throw new Error(`${document.fileName} does not hold ${from}`);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + from.length)), to);
  await vscode.workspace.applyEdit(edit);
}

/** Takes back all that was not saved, and closes every editor. */
export async function closeAll(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter((it) => it.isDirty && !it.isUntitled)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("workbench.action.files.revert");
  }
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
}
