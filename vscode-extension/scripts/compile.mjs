// Compiles a folder of tests: each file that ends in `.test.ts` becomes one that Node runs.
import { mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import esbuild from "esbuild";
import { EXTENSION, OUT } from "./places.mjs";

/**
 * @param {string} kind the folder below test/
 * @returns {Promise<string[]>} the compiled files
 */
export async function compileTests(kind) {
  const from = path.join(EXTENSION, "test", kind);
  const to = path.join(OUT, kind);
  await rm(to, { recursive: true, force: true });
  await mkdir(to, { recursive: true });
  const names = (await readdir(from)).filter((name) => /\.(test|suite)\.ts$|^suite\.ts$/.test(name));
  await esbuild.build({
    entryPoints: names.map((name) => path.join(from, name)),
    outdir: to,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    // Those that bring files of their own, and the editor's interface, which only the editor has.
    external: ["vscode", "playwright-core", "vscode-oniguruma", "vscode-textmate", "@axe-core/playwright", "mocha"],
    sourcemap: "inline",
    logLevel: "warning",
  });
  return names.filter((name) => name.endsWith(".test.ts")).map((name) => path.join(to, name.replace(/\.ts$/, ".js")));
}
