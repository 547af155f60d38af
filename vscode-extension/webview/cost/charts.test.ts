import assert from "node:assert/strict";
import { test } from "node:test";
import { recordedCost } from "../harness/recorded";
import { amountAt } from "./curveChart";
import { capacityWords } from "./dayChart";
import { difference } from "./places";
import { apart, cheapest, seriesOf } from "./series";

test("labels that would stand on each other are moved apart, in their order and within the chart", () => {
  assert.deepEqual(apart([10, 50, 90], 14, 100), [10, 50, 90]);
  assert.deepEqual(apart([50, 51, 52], 14, 100), [50, 64, 78]);
  assert.deepEqual(apart([98, 99, 20], 14, 100), [86, 100, 20]);
  assert.deepEqual(apart([], 14, 100), []);
});

test("the cheapest place is named for each stretch", () => {
  const curves = [
    { target: "lambda", monthlyUsd: [1, 10, 100, 1000] },
    { target: "ecs", monthlyUsd: [40, 40, 40, null] },
  ];
  assert.deepEqual(cheapest([1, 2, 3, 4], curves), [
    { target: "lambda", from: 1, to: 3 },
    { target: "ecs", from: 3, to: 4 },
    { target: "lambda", from: 4, to: 4 },
  ]);
  assert.deepEqual(cheapest([1, 2], [{ target: "x", monthlyUsd: [null, null] }]), []);
});

test("no two places that are always on look alike", () => {
  const looks = seriesOf(recordedCost("playlists").places).map(({ look }) => look);
  assert.equal(new Set(looks).size, looks.length);
});

test("between two points of a curve the bill lies between theirs", () => {
  const cost = recordedCost("playlists");
  const [first = 0, second = 0] = cost.curve.requests.slice(30);
  const [low = 0, high = 0] = cost.curve.places[0]?.monthlyUsd.slice(30) ?? [];
  const amount = amountAt(cost, cost.curve.places[0]?.target ?? "", Math.sqrt(first * second));
  assert.ok(amount !== null && amount > (low ?? 0) && amount < (high ?? 0));
  assert.equal(amountAt(cost, "no such place", first), null);
  assert.equal(amountAt(cost, "lambda", 1e30), null);
});

test("capacity and differences in words", () => {
  assert.equal(capacityWords(null), "nothing kept ready, paid by request");
  assert.equal(capacityWords(Array<number>(24).fill(1)), "1 instance at all hours");
  assert.equal(capacityWords([2, 4, 3]), "2 to 4 instances");
  assert.equal(difference(46.86, 17.34), "$29.5 more");
  assert.equal(difference(10, 17.34), "$7.34 less");
  assert.equal(difference(10, 10), "the same");
  assert.equal(difference(null, 10), "");
});
