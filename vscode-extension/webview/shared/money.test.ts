import assert from "node:assert/strict";
import { test } from "node:test";
import CASES from "../../../server/cost/tests/examples/money.json";
import { cents, dollars, monthly, price } from "./money";

test("amounts are written as the server writes them", () => {
  assert.ok(CASES.length > 10);
  assert.deepEqual(CASES.map(([amount]) => [amount, dollars(Number(amount))]), CASES);
});

test("a month says whether its traffic is assumed", () => {
  assert.deepEqual([monthly(17.34, false), monthly(45.34, true), monthly(null, true)], ["$17.3/mo", "~$45.3/mo", "no price"]);
  assert.equal(price(null), "no price");
});

test("lines of a bill are exact to the cent", () => {
  assert.deepEqual([cents(17.337), cents(1234.5), cents(0), cents(-3.5), cents(null)], ["$17.34", "$1,234.50", "$0.00", "-$3.50", "no price"]);
});
