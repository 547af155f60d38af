import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import * as vscode from "vscode";
import type { Extension } from "../../src/commands/extension";
import { byKind, byUnit } from "../../src/tree/model";
import { activated, closeAll, eventually, file, replace } from "./support";

interface Manifest {
  contributes: { commands: { command: string }[] };
}

suite("the extension", () => {
  let extension: Extension;

  suiteSetup(async () => { extension = await activated(); });
  teardown(closeAll);

  const labels = () => byUnit(extension.projects.graphs).map((entry) => entry.label);
  const unit = (id: string) => byUnit(extension.projects.graphs).find((entry) => entry.label === id) ?? assert.fail(id);
  const openText = async (pattern: RegExp) => {
    const text = () => vscode.window.activeTextEditor?.document.getText() ?? "";
    await eventually(() => pattern.test(text()));
    return text();
  };

  test("every command that is listed is there", async () => {
    const { contributes } = extension.context.extension.packageJSON as Manifest;
    const there = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(contributes.commands.map(({ command }) => command).filter((command) => !there.has(command)), []);
  });

  test("the trees show the project", () => {
    assert.deepEqual(labels(), ["playlists", "recommendations"]);
    const below = unit("playlists").children.map(({ label }) => label);
    assert.deepEqual(below, ["music-api", "playlist-store"]);
    assert.equal(unit("playlists").children[0]?.children.length, 4);
    assert.match(unit("playlists").description, /^Lambda \$17\.3$/);
    const kinds = byKind(extension.projects.graphs).map(({ label }) => label);
    assert.deepEqual(kinds, ["Execution units", "Gateways", "Key-value stores"]);
  });

  test("the health has the sum and the findings", () => {
    const { health } = extension.status;
    assert.match(health.short, /\$\d+(\.\d+)?\/mo/);
    assert.equal(health.detail, "2 units, no findings");
  });

  test("a finding shows in the health and the tree, and goes when it is mended", async () => {
    const document = await vscode.workspace.openTextDocument(file("playlists.ts"));
    await vscode.window.showTextDocument(document);
    await replace(document, 'target = "lambda"', 'target = "lamda"');
    await eventually(() => extension.status.health.level === "error" && unit("playlists").problems.error === 1);
    await replace(document, 'target = "lamda"', 'target = "lambda"');
    await eventually(() => extension.status.health.level === "ok");
  });

  test("the command of the server switches the target in both files, and the tree follows", async () => {
    const { root } = extension.projects.graphs[0] ?? assert.fail();
    await extension.server.execute("klotho-ls.switchTarget", { root, unit: "playlists", target: "ecs" });
    await eventually(() => unit("playlists").description.includes("Fargate"));
    const isUnsaved = (text: string) => vscode.workspace.textDocuments.some((it) => it.isDirty && it.getText().includes(text));
    await eventually(() => isUnsaved('target = "ecs"') && isUnsaved("type: ecs"));
    await closeAll();
    await eventually(() => unit("playlists").description.includes("Lambda"));
  });

  test("the summary is copied", async () => {
    await vscode.commands.executeCommand("klotho.copySummary");
    await eventually(async () => (await vscode.env.clipboard.readText()).includes("| playlists | AWS Lambda | $17"));
  });

  test("a report says how things stand, and nothing of the project", async () => {
    void vscode.commands.executeCommand("klotho.reportIssue");
    const text = await openText(/What happened/);
    assert.match(text, /\| server \| running, version \d/);
    assert.match(text, /\| klotho\.server\.path \| set \|/);
    for (const secret of ["playlists", "music", file("").fsPath]) assert.equal(text.includes(secret), false, secret);
  });

  test("the check runs as a task, and its findings are matched", async () => {
    const place = file("store.ts");
    const before = await readFile(place.fsPath, "utf8");
    await writeFile(place.fsPath, before.replace('id = "playlist-store"', 'id = "playlist store"'));
    try {
      await vscode.commands.executeCommand("klotho.check");
      const found = () => vscode.languages.getDiagnostics(place).filter((it) => it.message.includes("blank"));
      // The document is closed: what is found there comes from the task.
      await eventually(() => found().length > 0);
      assert.equal(found()[0]?.severity, vscode.DiagnosticSeverity.Error);
    } finally {
      await writeFile(place.fsPath, before);
    }
  });

  test("the cost is compared with the last commit", async () => {
    const folder = file("").fsPath;
    const git = (...args: string[]) => execFileSync("git", ["-C", folder, "-c", "user.name=t", "-c", "user.email=t@t", ...args]);
    git("init", "--quiet");
    git("add", ".");
    git("commit", "--quiet", "--message", "start");
    const place = file("klotho.yaml");
    const before = await readFile(place.fsPath, "utf8");
    await writeFile(place.fsPath, before.replace("type: lambda", "type: ecs"));
    try {
      await vscode.commands.executeCommand("klotho.compareCost");
      assert.match(await openText(/moved from/), /AWS Lambda to ECS on Fargate/);
    } finally {
      await writeFile(place.fsPath, before);
    }
  });

  test("a storm of restarts ends with one server that answers", async () => {
    let stopped = false;
    const watch = extension.server.life.onState(({ kind }) => { stopped ||= kind !== "running"; });
    for (let count = 0; count < 10; count += 1) void vscode.commands.executeCommand("klotho.restartServer");
    // It may be back before it was looked whether it is gone.
    await eventually(() => stopped);
    watch.dispose();
    await eventually(() => extension.server.life.state.kind === "running" && labels().length === 2);
    assert.equal(extension.server.life.crashes, 0);
  });

  test("a server that is killed comes back", async () => {
    const { pid } = processOf(extension);
    process.kill(pid, "SIGKILL");
    await eventually(() => extension.server.life.running !== undefined && processOf(extension).pid !== pid);
    await eventually(() => labels().length === 2);
    assert.equal(extension.server.life.crashes, 1);
  });
});

function processOf(extension: Extension): { pid: number } {
  const pid = extension.server.life.running?.client.serverProcess?.pid ?? assert.fail("no server runs");
  return { pid };
}
