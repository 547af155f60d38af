import assert from "node:assert/strict";
import * as vscode from "vscode";
import { activated, closeAll, eventually, file, replace } from "./support";

/** As many actions as there may be. */
const ALL = 100;

suite("in the editor", () => {
  suiteSetup(async () => { await activated(); });
  teardown(closeAll);

  test("a hover compares the targets", async () => {
    const document = await vscode.workspace.openTextDocument(file("playlists.ts"));
    await vscode.window.showTextDocument(document);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      document.positionAt(document.getText().indexOf("@klotho")),
    );
    const text = hovers.flatMap((hover) => hover.contents).map((it) => (it as vscode.MarkdownString).value).join("\n");
    assert.match(text, /AWS Lambda/);
    assert.match(text, /ECS on Fargate/);
  });

  test("a mistake is found while it is typed, and mended by its fix", async () => {
    const document = await vscode.workspace.openTextDocument(file("playlists.ts"));
    await vscode.window.showTextDocument(document);
    await replace(document, 'target = "lambda"', 'target = "lamda"');
    const found = () => vscode.languages.getDiagnostics(document.uri).find((it) => codeOf(it) === "target-unknown");
    await eventually(() => found() !== undefined);
    const range = found()?.range ?? assert.fail();
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      range,
      vscode.CodeActionKind.QuickFix.value,
      // What an action changes is told when it is chosen.
      ALL,
    );
    const fix = actions.find((action) => action.edit !== undefined) ?? assert.fail("there is no fix");
    await vscode.workspace.applyEdit(fix.edit ?? assert.fail());
    await eventually(() => found() === undefined);
    assert.match(document.getText(), /target = "lambda"/);
  });

  test("completion knows the directives", async () => {
    const document = await vscode.workspace.openTextDocument(file("playlists.ts"));
    await vscode.window.showTextDocument(document);
    const at = document.positionAt(document.getText().indexOf("shape ="));
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      document.uri,
      at,
    );
    const labels = list.items.map((item) => (typeof item.label === "string" ? item.label : item.label.label));
    assert.ok(labels.includes("p99_duration_ms"), labels.join(", "));
  });

  test("a lens shows the hover of its place", async () => {
    const document = await vscode.workspace.openTextDocument(file("playlists.ts"));
    const editor = await vscode.window.showTextDocument(document);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", document.uri, 10);
    const lens = lenses.find(({ command }) => command?.command === "klotho-ls.show") ?? assert.fail("no lens");
    const command = lens.command ?? assert.fail();
    editor.selection = new vscode.Selection(20, 0, 20, 0);
    await vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
    assert.equal(editor.selection.active.line, lens.range.start.line);
  });
});

function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}
