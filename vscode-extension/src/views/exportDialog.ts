/** Writes a drawing where the user wants it. */
import * as vscode from "vscode";
import { rootName } from "./graphModel";

type Format = "svg" | "png" | "mermaid";

const KINDS: Readonly<Record<Format, { readonly name: string; readonly extension: string }>> = {
  svg: { name: "SVG picture", extension: "svg" },
  png: { name: "PNG picture", extension: "png" },
  mermaid: { name: "Mermaid text", extension: "mmd" },
};

/** Asks for a place and writes there; the file's name, or null where the user thought better of it. */
export async function saveDrawing(root: string, format: Format, content: string): Promise<string | null> {
  const { name, extension } = KINDS[format];
  const file = `${rootName(root).replace(/[^\p{L}\p{N}._-]+/gu, "-")}-graph.${extension}`;
  const uri = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(vscode.Uri.parse(root), file),
    filters: { [name]: [extension] },
  });
  if (uri === undefined) {
    return null;
  }
  await vscode.workspace.fs.writeFile(uri, Buffer.from(content, format === "png" ? "base64" : "utf8"));
  return vscode.workspace.asRelativePath(uri);
}
