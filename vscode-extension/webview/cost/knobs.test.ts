import assert from "node:assert/strict";
import { test } from "node:test";
import { KNOBS, parse, spoken, STEPS, stepOf, valueAt } from "./knobs";

const [REQUESTS, DURATION, MEMORY] = KNOBS;
assert.ok(REQUESTS !== undefined && DURATION !== undefined && MEMORY !== undefined);

test("the ends of a slider are the ends of its range", () => {
  for (const knob of KNOBS) {
    assert.equal(valueAt(knob, 0), knob.min);
    assert.equal(valueAt(knob, STEPS), knob.max);
    assert.equal(stepOf(knob, knob.min), 0);
    assert.equal(stepOf(knob, knob.max), STEPS);
  }
});

test("a slider stays where it is put, and only grows", () => {
  for (const knob of KNOBS) {
    const values = Array.from({ length: STEPS + 1 }, (_, at) => valueAt(knob, at));
    assert.deepEqual(values, [...values].sort((a, b) => a - b));
    assert.ok(values.every((value) => Number.isInteger(value)));
  }
});

test("what lies outside is at the end", () => {
  assert.equal(stepOf(REQUESTS, 1), 0);
  assert.equal(stepOf(REQUESTS, 1e15), STEPS);
});

test("numbers are read as people write them", () => {
  const read = (text: string): number | null => parse(REQUESTS, text);
  assert.equal(read("10M"), 10_000_000);
  assert.equal(read(" 1.5k "), 1500);
  assert.equal(read("10_000_000"), 10_000_000);
  assert.equal(read("2,500"), 2500);
  assert.equal(read("2b"), 2e9);
  for (const wrong of ["", "M", "ten", "-5", "1e9x", "0", "9".repeat(20), "5 apples", "<b>"]) {
    assert.equal(read(wrong), null, wrong);
  }
});

test("values are said with their unit", () => {
  assert.equal(spoken(REQUESTS, 32_600_000), "32.6M");
  assert.equal(spoken(DURATION, 80), "80 ms");
  assert.equal(spoken(MEMORY, 512), "512 MB");
});
