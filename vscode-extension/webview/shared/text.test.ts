import assert from "node:assert/strict";
import { test } from "node:test";
import { count, hour, rate, several, shown } from "./text";

test("counts have three figures", () => {
  assert.equal(count(0), "0");
  assert.equal(count(950), "950");
  assert.equal(count(999_999), "1M");
  assert.equal(count(12_540), "12.5k");
  assert.equal(count(1e10), "10B");
  assert.equal(rate(0.0213), "0.021");
  assert.equal(rate(1234), "1.23k");
});

test("words agree with their numbers", () => {
  assert.equal(several(1, "match", "matches"), "1 match");
  assert.equal(several(1200, "resource"), "1,200 resources");
  assert.equal(hour(7), "07:00");
});

test("names show nothing unseen and are never long", () => {
  assert.equal(shown("orders"), "orders");
  assert.equal(shown("evil\u202egnp.exe"), "evil\ufffdgnp.exe");
  assert.equal(shown("a\nb\u0000c\u200bd"), "a\ufffdb\ufffdc\ufffdd");
  assert.equal(shown("x".repeat(2_000_000), 10), "xxxxxxxxx…");
  assert.equal(Array.from(shown("😀".repeat(50), 10)).length, 10);
  assert.equal(shown("עברית"), "עברית");
});
