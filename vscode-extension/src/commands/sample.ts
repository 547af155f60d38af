import * as vscode from "vscode";

/** Writes the sample project into a folder that is empty, and opens it. */
export async function createSample(context: vscode.ExtensionContext): Promise<void> {
  const open = await emptyWorkspace();
  const folder = open ?? (await pickFolder());
  if (folder === undefined) return;
  const sample = vscode.Uri.joinPath(context.extensionUri, "dist", "sample");
  for (const [name] of await vscode.workspace.fs.readDirectory(sample)) {
    await vscode.workspace.fs.copy(vscode.Uri.joinPath(sample, name), vscode.Uri.joinPath(folder, name));
  }
  if (open === undefined) {
    await vscode.commands.executeCommand("vscode.openFolder", folder);
    return;
  }
  await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, "playlists.ts"));
}

/** The folder that is open, if there is but one and nothing in it. */
async function emptyWorkspace(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const [only] = folders;
  return folders.length === 1 && only !== undefined && (await isEmpty(only.uri)) ? only.uri : undefined;
}

async function pickFolder(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: "An empty folder for the sample project",
    openLabel: "Create Here",
    canSelectFiles: false,
    canSelectFolders: true,
  });
  const [folder] = chosen ?? [];
  if (folder === undefined || (await isEmpty(folder))) return folder;
  const message = "The sample is only written into an empty folder, so that nothing of yours changes.";
  return (await vscode.window.showErrorMessage(message, "Choose Another…")) === undefined ? undefined : pickFolder();
}

async function isEmpty(folder: vscode.Uri): Promise<boolean> {
  const entries = await vscode.workspace.fs.readDirectory(folder);
  return entries.every(([name]) => name === ".git" || name === ".vscode");
}
