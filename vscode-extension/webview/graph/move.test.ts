import assert from "node:assert/strict";
import { test } from "node:test";
import { next } from "./move";

const GRID = new Map([
  ["a", { x: 0, y: 0 }],
  ["b", { x: 300, y: 10 }],
  ["c", { x: 0, y: 100 }],
  ["d", { x: 310, y: 120 }],
]);

test("arrow keys go to the nearest node on that side", () => {
  assert.equal(next(GRID, "a", "right"), "b");
  assert.equal(next(GRID, "a", "down"), "c");
  assert.equal(next(GRID, "d", "left"), "c");
  assert.equal(next(GRID, "d", "up"), "b");
});

test("at the edge there is no further", () => {
  assert.equal(next(GRID, "a", "left"), null);
  assert.equal(next(GRID, "d", "down"), null);
});

test("without a start it is the upper left one, also where the start is gone", () => {
  assert.equal(next(GRID, null, "left"), "a");
  assert.equal(next(GRID, "gone", "down"), "a");
  assert.equal(next(new Map(), null, "down"), null);
});

test("every node can be reached from every other", () => {
  for (const start of GRID.keys()) {
    const reached = new Set([start]);
    for (const ref of reached) {
      for (const direction of ["left", "right", "up", "down"] as const) {
        const found = next(GRID, ref, direction);
        if (found !== null) {
          reached.add(found);
        }
      }
    }
    assert.equal(reached.size, GRID.size, start);
  }
});
