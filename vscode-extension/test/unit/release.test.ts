import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import * as path from "node:path";
import { test } from "node:test";

const EXTENSION = path.resolve(__dirname, "../..");

test("a release packs the extension for each platform that there is a package for", async () => {
  const workflow = await readFile(path.join(EXTENSION, "../.github/workflows/release.yml"), "utf8");
  const script = await readFile(path.join(EXTENSION, "scripts/package.mjs"), "utf8");
  const table = /PLATFORMS = new Map\(\[(.*?)\]\);/s.exec(script)?.[1] ?? "";
  const listed = [...table.matchAll(/\["([\w-]+)", "([\w-]+)"\]/g)].map(([, platform, triple]) => [platform, triple]);
  const packed = [...workflow.matchAll(/target: ([\w-]+), package: ([\w-]+)/g)].map(([, triple, platform]) => [platform, triple]);
  assert.notEqual(listed.length, 0);
  assert.deepEqual(packed, listed);
});
