import assert from "node:assert/strict";
import { test } from "node:test";
import * as v from "valibot";
import { projectModel, type ProjectModel } from "../../src/views/graphModel";
import { Latest } from "../../src/views/latest";
import { pageHtml } from "../../src/views/page";
import { reason } from "../../src/views/reason";
import { underCursor } from "../../src/views/underCursor";
import { HOSTILE } from "../harness/build";
import { recordedGraph } from "../harness/recorded";

const MUSIC = projectModel(recordedGraph("music-service"));

function here(model: ProjectModel, file: string, line: number): string | null {
  const found = underCursor(model, file, { line, character: 3 });
  return found === null ? null : `${found.label} ${found.refs.join(" ")}`;
}

test("the cursor is in the innermost of annotation, function and file", () => {
  assert.equal(here(MUSIC, "playlists.ts", 5), "This annotation declares execution_unit:playlists");
  assert.equal(here(MUSIC, "playlists.ts", 20), "commute runs in execution_unit:playlists");
  assert.equal(here(MUSIC, "playlists.ts", 13), "This file belongs to execution_unit:playlists");
  assert.equal(here(MUSIC, "store.ts", 11), "This annotation declares persist_kv:playlist-store");
  assert.equal(here(MUSIC, "elsewhere.ts", 0), null);
});

test("every node leads back to its declaration", () => {
  assert.deepEqual(
    [...MUSIC.nodes].map(([ref, { place }]) => `${ref} ${place?.file ?? "nowhere"}:${place?.range.start.line ?? 0}`),
    [
      "execution_unit:playlists playlists.ts:0",
      "execution_unit:recommendations recommend/main.py:2",
      "gateway:music-api playlists.ts:48",
      "gateway:recommend-api recommend/main.py:9",
      "persist_kv:playlist-store store.ts:11",
      "persist_kv:recent-plays recommend/main.py:15",
    ],
  );
});

test("functions are counted by unit, and problems stand at what their annotation declares", () => {
  const recorded = recordedGraph("music-service");
  const range = { start: { line: 3, character: 0 }, end: { line: 3, character: 5 } };
  const diagnostics = ["error", "error", "warning", "hint"].map((severity) => ({ severity, file: "playlists.ts", range }));
  const model = projectModel({ ...recorded, graph: { ...recorded.graph, diagnostics } });
  const unit = model.view.resources.find(({ id }) => id === "playlists");
  assert.equal(unit?.errors, 2);
  assert.equal(unit.warnings, 1);
  assert.equal(unit.functions, recorded.graph.functions.filter(({ units }) => units.includes("execution_unit:playlists")).length);
});

test("edges of one kind between two nodes are one link, and those to nowhere are none", () => {
  const recorded = recordedGraph("music-service");
  const edge = { from: "execution_unit:playlists", kind: "calls", to: "execution_unit:recommendations" };
  const edges = [{ ...edge, label: "a" }, { ...edge, label: "b" }, { ...edge, to: "execution_unit:gone", label: "c" }];
  const { view } = projectModel({ ...recorded, graph: { ...recorded.graph, edges } });
  assert.deepEqual(view.links, [{ ...edge, labels: ["a", "b"] }]);
});

test("no name fills the memory, and two long ones stay two", () => {
  const recorded = recordedGraph("music-service");
  const nodes = recorded.graph.nodes.slice(0, 2).map((node, index) => ({ ...node, id: "x".repeat(1_000_000) + String(index) }));
  const { view } = projectModel({ ...recorded, graph: { ...recorded.graph, nodes } });
  assert.ok(JSON.stringify(view.resources).length < 3000);
  assert.equal(new Set(view.resources.map(({ ref }) => ref)).size, 2);
});

test("the page lets nothing run but its own script", () => {
  const html = pageHtml({ title: HOSTILE[1], nonce: "abc", cspSource: "https://x.test", script: "https://x.test/a.js", style: "https://x.test/a.css" });
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? "";
  assert.equal(
    policy,
    "default-src 'none'; script-src 'nonce-abc'; style-src https://x.test; img-src blob:; base-uri 'none'; form-action 'none'",
  );
  assert.equal(html.match(/<script/g)?.length, 1);
  assert.doesNotMatch(html, /unsafe|style=|onload|window\.harmed = true<\/script/);
});

test("one question is asked at a time, and of those that wait the last", async () => {
  const asked: number[] = [];
  const answers: number[] = [];
  const open: (() => void)[] = [];
  const all = new Promise<void>((done) => {
    const latest = new Latest<number, number>(
      (question) => {
        asked.push(question);
        return new Promise((resolve) => open.push(() => { resolve(question * 10); }));
      },
      (answer) => {
        answers.push(answer);
        if (answers.length === 2) {
          done();
        } else {
          open.shift()?.();
        }
      },
      () => undefined,
    );
    [1, 2, 3, 4].forEach((question) => { latest.put(question); });
    assert.deepEqual(asked, [1]);
    open.shift()?.();
    queueMicrotask(function release() {
      if (answers.length < 2) {
        open.shift()?.();
        queueMicrotask(release);
      }
    });
  });
  await all;
  assert.deepEqual(asked, [1, 4]);
  assert.deepEqual(answers, [10, 40]);
});

test("after a failure the next question is asked; after the end nothing is heard", async () => {
  const heard: string[] = [];
  const failed = new Promise<Latest<string, string>>((done) => {
    const latest = new Latest<string, string>(
      (question) => (question === "bad" ? Promise.reject(new Error("no")) : Promise.resolve(question)),
      (answer) => { heard.push(answer); },
      (error) => {
        heard.push(reason(error));
        done(latest);
      },
    );
    latest.put("bad");
  });
  const latest = await failed;
  latest.put("good");
  await new Promise(setImmediate);
  latest.close();
  latest.put("late");
  await new Promise(setImmediate);
  assert.deepEqual(heard, ["no", "good"]);
});

test("reasons are short and plain", () => {
  assert.equal(reason(new Error("klotho-ls is not running.")), "klotho-ls is not running.");
  assert.equal(reason(new Error("")), "The server gave no reason.");
  assert.ok(reason("x".repeat(10_000)).length <= 300);
  assert.match(reason(new v.ValiError(v.safeParse(v.string(), 3).issues ?? [{}] as never)), /same version/);
});
