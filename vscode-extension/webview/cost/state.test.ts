import assert from "node:assert/strict";
import { test } from "node:test";
import { recordedCost } from "../harness/recorded";
import { fresh, keptOf, step, upToDate, valueOf, type Action, type State } from "./state";

const COST = recordedCost("playlists");
const OTHER = { ...COST, unit: "recommendations" };
const priced = (cost = COST, overrides = {}): Action => ({ type: "cost", cost, overrides });
const after = (...actions: Action[]): State => actions.reduce(step, fresh(null));

test("a tried value holds at once, and the figures are out of date until they are reckoned with it", () => {
  const tried = after(priced(), { type: "try", key: "memory_mb", value: 1024 });
  assert.equal(valueOf(tried, "memory_mb"), 1024);
  assert.equal(upToDate(tried), false);
  assert.equal(upToDate(step(tried, priced(COST, { memory_mb: 1024 }))), true);
});

test("a late answer does not take back what is tried by now", () => {
  const state = after(
    priced(),
    { type: "try", key: "memory_mb", value: 512 },
    { type: "try", key: "memory_mb", value: 2048 },
    priced(COST, { memory_mb: 512 }),
  );
  assert.equal(valueOf(state, "memory_mb"), 2048);
  assert.equal(upToDate(state), false);
});

test("another unit starts with what holds there", () => {
  const state = after(priced(), { type: "try", key: "memory_mb", value: 1024 }, priced(OTHER));
  assert.deepEqual(state.overrides, {});
  assert.equal(state.cost?.unit, "recommendations");
});

test("one value is reset, or all", () => {
  const tried = after(priced(), { type: "try", key: "a", value: 1 }, { type: "try", key: "b", value: 2 });
  assert.deepEqual(step(tried, { type: "reset", key: "a" }).overrides, { b: 2 });
  assert.deepEqual(step(tried, { type: "reset", key: null }).overrides, {});
  assert.deepEqual(step(tried, { type: "written" }).overrides, {});
});

test("what was tried before the view was hidden goes on with the same unit alone", () => {
  const kept = keptOf(after(priced(), { type: "try", key: "memory_mb", value: 1024 }));
  assert.deepEqual(step(fresh(kept), priced()).overrides, { memory_mb: 1024 });
  assert.deepEqual(step(fresh(kept), priced(OTHER)).overrides, {});
});

test("a cursor outside of all units leaves the last one on the screen", () => {
  assert.equal(after({ type: "nothing" }).phase, "nothing");
  assert.equal(after(priced(), { type: "nothing" }).phase, "shown");
  assert.equal(after(priced(), { type: "loading" }).phase, "shown");
});
