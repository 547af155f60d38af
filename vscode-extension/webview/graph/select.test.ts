import assert from "node:assert/strict";
import { test } from "node:test";
import { project, resource } from "../harness/build";
import { partOf, search } from "./select";

const SHOP = project(
  ["gateway:api", "execution_unit:cart", "execution_unit:mail", "persist_kv:carts", "pubsub:events"],
  [
    "gateway:api routes_to execution_unit:cart",
    "execution_unit:cart uses persist_kv:carts",
    "execution_unit:cart publishes_to pubsub:events",
    "execution_unit:mail subscribes_to pubsub:events",
  ],
);

const refs = (part: { resources: readonly { ref: string }[] }): string => part.resources.map(({ ref }) => ref).join(" ");

test("all of it is drawn when nothing is chosen", () => {
  const part = partOf(SHOP, { hidden: [], unit: null });
  assert.equal(part.resources.length, 5);
  assert.equal(part.links.length, 4);
  assert.equal(part.leftOut, 0);
});

test("a hidden kind goes with its links", () => {
  const part = partOf(SHOP, { hidden: ["pubsub", "gateway"], unit: null });
  assert.equal(refs(part), "execution_unit:cart execution_unit:mail persist_kv:carts");
  assert.deepEqual(part.links.map(({ kind }) => kind), ["uses"]);
});

test("around a unit there is what touches it, and nothing else", () => {
  assert.equal(refs(partOf(SHOP, { hidden: [], unit: "execution_unit:mail" })), "execution_unit:mail pubsub:events");
});

test("what is too much is left out, the dearest unit and its neighbours last, and it is counted", () => {
  const dear = { ...SHOP, resources: SHOP.resources.map((row) => (row.id === "mail" ? { ...row, monthlyUsd: 90 } : row)) };
  const part = partOf(dear, { hidden: [], unit: null }, 2);
  assert.equal(refs(part), "execution_unit:mail pubsub:events");
  assert.equal(part.leftOut, 3);
});

test("a search finds words of id, kind, place, source and mode, in any order", () => {
  const rows = [
    resource("execution_unit:cart", { place: "AWS Lambda", mode: "on-demand", source: "src/cart.ts:3" }),
    resource("persist_kv:carts", { place: "DynamoDB" }),
  ];
  const found = (query: string): string[] | null => {
    const set = search(rows, query);
    return set === null ? null : [...set];
  };
  assert.equal(found("  "), null);
  assert.deepEqual(found("CART"), ["execution_unit:cart", "persist_kv:carts"]);
  assert.deepEqual(found("demand lambda"), ["execution_unit:cart"]);
  assert.deepEqual(found("key-value"), ["persist_kv:carts"]);
  assert.deepEqual(found("src/cart.ts"), ["execution_unit:cart"]);
  assert.deepEqual(found("(cart"), []);
});
