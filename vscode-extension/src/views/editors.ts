/** Where the views and the text editors meet. */
import * as vscode from "vscode";

/** The editor that has the focus, else one that can be seen: while a view has it, no editor is the active one. */
export function activeEditor(): vscode.TextEditor | undefined {
  return vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors.find(({ viewColumn }) => viewColumn !== undefined);
}

/** The innermost of these roots that holds a document. */
export function rootOf(roots: readonly string[], document: vscode.Uri): string | null {
  const holding = roots.filter((root) => pathIn(root, document) !== null);
  return holding.reduce<string | null>((best, root) => (best === null || root.length > best.length ? root : best), null);
}

/** The path of a document below a root, with `/`; null where it is elsewhere. */
export function pathIn(root: string, document: vscode.Uri): string | null {
  const { scheme, authority, path } = vscode.Uri.parse(root);
  const folder = path.endsWith("/") ? path : `${path}/`;
  const same = scheme === document.scheme && authority === document.authority && document.path.startsWith(folder);
  return same ? document.path.slice(folder.length) : null;
}

interface Opening {
  /** Whether the editor gets the focus. */
  readonly focus: boolean;
  /** The column of the view, which is to stay as it is. */
  readonly besides: vscode.ViewColumn | undefined;
}

/** Shows a place in the code, beside the view. */
export async function openPlace(
  root: string,
  file: string,
  start: { readonly line: number; readonly character: number },
  { focus, besides }: Opening,
): Promise<void> {
  const uri = vscode.Uri.joinPath(vscode.Uri.parse(root), file);
  const at = new vscode.Position(start.line, start.character);
  const editor = await vscode.window.showTextDocument(uri, {
    viewColumn: columnFor(uri, besides),
    preserveFocus: !focus,
    selection: new vscode.Range(at, at),
  });
  editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

function columnFor(uri: vscode.Uri, besides: vscode.ViewColumn | undefined): vscode.ViewColumn {
  const elsewhere = vscode.window.visibleTextEditors.filter(({ viewColumn }) => viewColumn !== undefined && viewColumn !== besides);
  const shown = elsewhere.find(({ document }) => document.uri.toString() === uri.toString()) ?? elsewhere[0];
  const free = besides === vscode.ViewColumn.One ? vscode.ViewColumn.Beside : vscode.ViewColumn.One;
  return shown?.viewColumn ?? free;
}
