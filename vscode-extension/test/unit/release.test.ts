import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import * as path from "node:path";
import { test } from "node:test";

const EXTENSION = path.resolve(__dirname, "../..");

test("a release packs the extension for each platform that there is a package for", async () => {
  const workflow = await readFile(path.join(EXTENSION, "../.github/workflows/release.yml"), "utf8");
  const script = await readFile(path.join(EXTENSION, "scripts/package.mjs"), "utf8");
  const packed = [...workflow.matchAll(/ package: ([\w-]+)/g)].map(([, platform]) => platform);
  const listed = /PLATFORMS = \[(.*)\]/.exec(script)?.[1]?.match(/[\w-]+/g);
  assert.deepEqual(packed, listed);
});
