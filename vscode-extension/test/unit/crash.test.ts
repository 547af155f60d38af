import assert from "node:assert/strict";
import { delimiter } from "node:path";
import { suite, test } from "node:test";
import { Crashes } from "../../src/server/crash";

const IGNORED = () => undefined;
const WORDS = "klotho-ls crashed while it read /a b/c.ts\nPlease report that, with the file. To go on without it: KLOTHO_LS_SKIP=FILE\n";

suite("files that crash the server", () => {
  test("are left out by the next one, beside those that a person named, and told once", () => {
    const told: string[] = [];
    const crashes = new Crashes((file) => { told.push(file); });
    assert.equal(crashes.hear(`INFO something else\n${WORDS}`), "/a b/c.ts");
    assert.deepEqual(crashes.environment({ HOME: "/h" }), { HOME: "/h", KLOTHO_LS_SKIP: "/a b/c.ts" });
    assert.equal(crashes.environment({ KLOTHO_LS_SKIP: "x.ts" })["KLOTHO_LS_SKIP"], `x.ts${delimiter}/a b/c.ts`);
    assert.equal(crashes.hear("klotho-ls crashed while it read /d.ts\n"), "/d.ts");
    assert.equal(crashes.hear(WORDS), "/a b/c.ts");
    assert.deepEqual(told, ["/a b/c.ts", "/d.ts"]);
    assert.equal(crashes.environment({})["KLOTHO_LS_SKIP"], `/a b/c.ts${delimiter}/d.ts`);
  });

  test("are known however their name arrives", () => {
    const crashes = new Crashes(IGNORED);
    const heard = ["x".repeat(10_000), "\n", ...Array.from(WORDS)].map((piece) => crashes.hear(piece));
    assert.deepEqual(heard.filter((file) => file !== undefined), ["/a b/c.ts"]);
  });

  test("are none where nothing crashed, where it was forgotten, and where the name cannot be handed over", () => {
    const crashes = new Crashes(IGNORED);
    const environment = { HOME: "/h" };
    crashes.hear("the log says klotho-ls crashed while it read a.ts\n");
    crashes.hear(`klotho-ls crashed while it read a${delimiter}b.ts\n`);
    assert.equal(crashes.environment(environment), environment);
    crashes.hear(WORDS);
    crashes.forget();
    assert.equal(crashes.environment(environment), environment);
  });
});
