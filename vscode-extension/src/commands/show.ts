import * as vscode from "vscode";
import { charactersAt } from "../project/offsets";

/** What a lens is about, as the server sends it: a document and an offset in the bytes of its UTF-8 form. */
interface About {
  uri: string;
  offset: number;
}

/** What shows in the graph what stands at a place. */
export const SHOW_IN_GRAPH = "klotho.showInGraph";

/** Beside each lens of the server one that leads to the graph, which only this editor has. */
export function withGraph(document: vscode.TextDocument, lenses: vscode.CodeLens[]): vscode.CodeLens[] {
  const toGraph = ({ range }: vscode.CodeLens) => {
    const command = { title: "Show in graph", command: SHOW_IN_GRAPH, arguments: [document.uri, range.start] };
    return new vscode.CodeLens(range, command);
  };
  return lenses.flatMap((lens) => [lens, toGraph(lens)]);
}

/** Puts the cursor to a place, which the graph marks. */
export async function goTo(uri: vscode.Uri, position: vscode.Position): Promise<void> {
  const selection = new vscode.Selection(position, position);
  await vscode.window.showTextDocument(uri, { selection });
}

/** Shows all that is known about the place of a lens: puts the cursor there and opens the hover. */
export async function show(argument: unknown): Promise<void> {
  if (!isAbout(argument)) return;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(argument.uri));
  const editor = await vscode.window.showTextDocument(document);
  const position = document.positionAt(charactersAt(document.getText(), argument.offset));
  editor.selection = new vscode.Selection(position, position);
  editor.revealRange(new vscode.Range(position, position), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  await vscode.commands.executeCommand("editor.action.showHover");
}

function isAbout(argument: unknown): argument is About {
  if (typeof argument !== "object" || argument === null) return false;
  const { uri, offset } = argument as Partial<About>;
  return typeof uri === "string" && typeof offset === "number";
}
