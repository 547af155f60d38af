import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { suite, test } from "node:test";

interface Snippet {
  prefix: string;
  body: string[];
}

function snippets(name: string): Record<string, Snippet> {
  const file = path.resolve(__dirname, "../../snippets", `${name}.json`);
  return JSON.parse(readFileSync(file, "utf8")) as Record<string, Snippet>;
}

suite("snippets", () => {
  test("both comment forms have the same snippets, and say the same", () => {
    const bare = (leader: RegExp, all: Record<string, Snippet>) =>
      Object.entries(all).map(([name, { prefix, body }]) => [name, prefix, body.map((line) => line.replace(leader, "")).filter((line) => line !== "/")]);
    assert.deepEqual(bare(/^(?:\/\*| \*) ?/, snippets("slash")), bare(/^# ?/, snippets("hash")));
  });

  test("every line of a snippet is in the comment", () => {
    for (const { body } of Object.values(snippets("hash"))) assert.ok(body.slice(0, -1).every((line) => line.startsWith("# ")));
    for (const { body } of Object.values(snippets("slash"))) assert.equal(body.at(-2), " */");
  });
});
