import assert from "node:assert/strict";
import { test } from "node:test";
import { link, project } from "../harness/build";
import { linkLabel, routesByLink } from "./labels";
import { fitting, inLines, lettersOfLongest } from "./shapes";

const text = (sentence: string, labels: string[] = [], routes = new Map<string, string[]>()): string =>
  linkLabel(link(sentence, labels), routes).text;

test("an edge says what happens on it", () => {
  assert.equal(text("execution_unit:a uses persist_kv:s"), "uses");
  assert.equal(text("execution_unit:a calls execution_unit:b", ["charge"]), "calls charge");
  assert.equal(text("execution_unit:a calls execution_unit:b", ["charge", "refund"]), "calls charge +1");
  assert.equal(text("execution_unit:a publishes_to pubsub:t", ["created"]), "publishes created");
  assert.equal(text("execution_unit:a subscribes_to pubsub:t", ["created"]), "on created");
  assert.equal(text("gateway:g routes_to execution_unit:a"), "routes to");
  assert.equal(text("execution_unit:a mirrors_to persist_kv:s"), "mirrors to");
});

test("one route is named, several are counted", () => {
  const shop = project(["gateway:g", "execution_unit:a"], []);
  const route = (path: string): { gateway: string; unit: string; verb: string; path: string } => ({ gateway: "gateway:g", unit: "execution_unit:a", verb: "GET", path });
  const sentence = "gateway:g routes_to execution_unit:a";
  assert.equal(text(sentence, [], routesByLink({ ...shop, routes: [route("/a")] })), "GET /a");
  assert.equal(text(sentence, [], routesByLink({ ...shop, routes: [route("/a"), route("/b")] })), "2 routes");
});

test("long labels are cut, and their sentence is whole", () => {
  const long = linkLabel(link("execution_unit:a calls execution_unit:b", ["a_function_with_quite_a_long_name"]), new Map());
  assert.equal(long.text, "calls a_function_with_q…");
  assert.equal(long.sentence, "calls (a_function_with_quite_a_long_name)");
});

test("names are cut to the room there is, wide letters sooner", () => {
  assert.equal(fitting("orders", 10), "orders");
  assert.equal(fitting("a-name-that-is-too-long", 10), "a-name-that…".slice(0, fitting("a-name-that-is-too-long", 10).length - 1) + "…");
  assert.ok(fitting("漢字漢字漢字漢字", 10).length < fitting("abcdabcdabcd", 10).length);
});

test("from afar a name stands in two lines that break where words do", () => {
  assert.deepEqual(inLines("orders", 10), ["orders"]);
  assert.deepEqual(inLines("playlist-store", 10), ["playlist-", "store"]);
  assert.deepEqual(inLines("recommend-api", 10.5), ["recommend-", "api"]);
  assert.deepEqual(inLines("recommendations-17", 15), ["recommendations-", "17"]);
  assert.deepEqual(inLines("abcdefghop-", 10), ["abcdefghop-"]);
  assert.equal(inLines("x".repeat(1_000_000), 10).length, 2);
});

test("from afar the longest name says how large all are, within bounds", () => {
  assert.equal(lettersOfLongest(["a", "orders"], 10, 15), 10);
  assert.equal(lettersOfLongest(["a", "x".repeat(1_000_000)], 10, 15), 15);
  const letters = lettersOfLongest(["orders", "recommend-api"], 10, 15);
  assert.ok(letters > 10 && letters < 15);
  assert.deepEqual(inLines("recommend-api", letters), ["recommend-api"]);
});
