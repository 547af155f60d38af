import assert from "node:assert/strict";
import { test } from "node:test";
import { project } from "../harness/build";
import { fresh, FRESH, shownProject, step, type Action, type State } from "./state";

const ONE = { ...project(["execution_unit:a", "persist_kv:s"], []), root: "file:///one" };
const TWO = { ...project(["execution_unit:b"], []), root: "file:///two" };

const after = (...actions: Action[]): State => actions.reduce(step, fresh(null));
const PROJECTS: Action = { type: "projects", projects: [ONE, TWO], active: TWO.root };

test("the project of the active editor is shown first, and afterwards the one that was chosen", () => {
  assert.equal(shownProject(after(PROJECTS))?.root, TWO.root);
  const chosen = after(PROJECTS, { type: "choose", choice: { root: ONE.root } }, PROJECTS);
  assert.equal(shownProject(chosen)?.root, ONE.root);
});

test("the cursor leads to its project, unless that is turned off", () => {
  const cursor: Action = { type: "cursor", root: ONE.root, refs: ["execution_unit:a"], label: "f runs in" };
  assert.equal(shownProject(after(PROJECTS, cursor))?.root, ONE.root);
  assert.equal(shownProject(after(PROJECTS, { type: "choose", choice: { follow: false } }, cursor))?.root, TWO.root);
});

test("what was chosen in one project is forgotten in the next", () => {
  const state = after(
    PROJECTS,
    { type: "choose", choice: { root: ONE.root } },
    { type: "choose", choice: { hidden: ["persist_kv"], query: "a", selected: "execution_unit:a" } },
    { type: "choose", choice: { root: TWO.root } },
  );
  assert.deepEqual(state.kept, { ...FRESH, root: TWO.root });
});

test("a selection whose node is gone is gone, one whose node is there stays", () => {
  const select: Action = { type: "choose", choice: { root: ONE.root, selected: "persist_kv:s", unit: "execution_unit:a" } };
  const same = after(PROJECTS, select, PROJECTS);
  assert.equal(same.kept.selected, "persist_kv:s");
  const without = { ...ONE, resources: [] };
  const gone = step(same, { type: "projects", projects: [without], active: null });
  assert.equal(gone.kept.selected, null);
  assert.equal(gone.kept.unit, null);
});

test("reloading keeps the drawing on the screen, a failure says why, and the next answer mends it", () => {
  assert.equal(after(PROJECTS, { type: "loading" }).phase, "shown");
  const failed = after(PROJECTS, { type: "failed", message: "gone" });
  assert.equal(failed.phase, "failed");
  assert.equal(failed.message, "gone");
  assert.equal(step(failed, PROJECTS).phase, "shown");
});

test("a view that was hidden starts with what was kept", () => {
  const kept = { ...FRESH, root: ONE.root, query: "s", follow: false };
  const state = step(fresh(kept), PROJECTS);
  assert.deepEqual(state.kept, kept);
});
