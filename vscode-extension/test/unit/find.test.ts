import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { candidates, find, NotThere, type Places } from "../../src/server/find";
import { compare, mismatch } from "../../src/server/version";

const PLACES: Places = { setting: "", extension: "/ext", searchPath: "/usr/bin:bin::/opt", home: "/home/ada", platform: "linux" };

const there = (...paths: string[]) => (path: string) => Promise.resolve(paths.includes(path));

suite("which program is the server", () => {
  test("the extension's own comes before those on PATH", async () => {
    const found = await find(PLACES, there("/opt/klotho-ls", "/ext/server/klotho-ls"));
    assert.deepEqual(found, { path: "/ext/server/klotho-ls", from: "extension" });
    assert.deepEqual(await find(PLACES, there("/opt/klotho-ls")), { path: "/opt/klotho-ls", from: "PATH" });
  });

  test("relative entries of PATH mean the workspace and are left out", () => {
    assert.deepEqual(
      candidates(PLACES).map((program) => program.path),
      ["/ext/server/klotho-ls", "/usr/bin/klotho-ls", "/opt/klotho-ls"],
    );
  });

  test("a setting is the only choice, and `~` is the home", async () => {
    const places = { ...PLACES, setting: "~/bin/klotho-ls" };
    assert.deepEqual(await find(places, there("/home/ada/bin/klotho-ls")), {
      path: "/home/ada/bin/klotho-ls",
      from: "setting",
    });
    await assert.rejects(find(places, there("/opt/klotho-ls")), /klotho\.server\.path names “\/home\/ada\/bin\/klotho-ls”/);
  });

  test("a relative setting says what is wrong with it", async () => {
    await assert.rejects(find({ ...PLACES, setting: "klotho-ls" }, there()), /has to be an absolute path/);
  });

  test("Windows has its own names", () => {
    const places: Places = { ...PLACES, extension: "C:\\ext", searchPath: "C:\\bin;bin", platform: "win32" };
    assert.deepEqual(
      candidates(places).map((program) => program.path),
      ["C:\\ext\\server\\klotho-ls.exe", "C:\\bin\\klotho-ls.exe"],
    );
  });

  test("nowhere is said with the ways out", async () => {
    await assert.rejects(find(PLACES, there()), (error) => error instanceof NotThere && error.message.includes("PATH"));
  });
});

suite("versions", () => {
  test("before 1.0 the minor version decides, later the major one", () => {
    const cases = { "0.1.9": "same", "0.2.0": "server newer", "1.0.0": "server newer" } as const;
    for (const [server, expected] of Object.entries(cases)) assert.equal(compare(server, "0.1.0"), expected, server);
    assert.equal(compare("0.1.0", "0.2.0"), "server older");
    assert.equal(compare("1.4.0", "1.9.2"), "same");
    assert.equal(compare(undefined, "0.1.0"), "unknown");
    assert.equal(compare("nightly", "0.1.0"), "unknown");
  });

  test("a mismatch names both and the way out", () => {
    assert.equal(mismatch("0.1.3", "0.1.0"), undefined);
    assert.equal(mismatch("0.2.0", "0.1.0"), "klotho-ls is version 0.2.0, the extension is version 0.1.0. Update the extension.");
  });
});
