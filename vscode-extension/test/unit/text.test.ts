import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { charactersAt } from "../../src/project/offsets";

suite("offsets", () => {
  test("bytes of UTF-8 become units of UTF-16", () => {
    const text = "aé€😀z";
    assert.deepEqual([0, 1, 3, 6, 10, 11, 99].map((bytes) => charactersAt(text, bytes)), [0, 1, 2, 3, 5, 6, 6]);
  });
});
