import assert from "node:assert/strict";
import { test } from "node:test";
import * as v from "valibot";
import { recordedCost, recordedProject } from "../harness/recorded";
import { FromCost, FromGraph, ToCost, ToGraph } from "./messages";

const takes = (schema: v.GenericSchema, message: unknown): boolean => v.safeParse(schema, message).success;

test("the views take what the extension tells them", () => {
  assert.ok(takes(ToGraph, { type: "projects", projects: [recordedProject("orders-js")], active: null }));
  assert.ok(takes(ToCost, { type: "cost", cost: recordedCost("playlists"), overrides: { memory_mb: 1024, shape: "flat" } }));
});

test("the extension refuses what no view of ours says", () => {
  const wrong: unknown[] = [
    null,
    "ready",
    { type: "readied" },
    { type: "reveal", root: "file:///p" },
    { type: "reveal", root: 3, ref: "execution_unit:a", focus: true },
    { type: "revealRoute", root: "file:///p", index: -1 },
    { type: "revealRoute", root: "file:///p", index: 0.5 },
    { type: "export", root: "file:///p", format: "exe", content: "" },
    { type: "export", root: "file:///p", format: "svg", content: { length: 3 } },
  ];
  assert.deepEqual(wrong.filter((message) => takes(FromGraph, message)), []);
  assert.equal(takes(FromCost, { type: "write", root: "r", unit: "u", workload: { memory_mb: { evil: 1 } } }), false);
  assert.equal(takes(FromCost, { type: "switch", root: "r", unit: "u" }), false);
});

test("a day has 24 hours", () => {
  const cost = { ...recordedCost("playlists"), traffic: [1, 2, 3] };
  assert.equal(takes(ToCost, { type: "cost", cost, overrides: {} }), false);
});
