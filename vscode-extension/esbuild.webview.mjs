// Builds the webviews into dist/webview, or with --tests their tests into out/webview-tests; --watch builds on.
import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { build, context } from "esbuild";

const HERE = import.meta.dirname;

/**
 * Browser code; the oldest VS Code that the extension claims has Chromium 132.
 * @type {import("esbuild").BuildOptions & { outdir: string }}
 */
const VIEWS = {
  absWorkingDir: HERE,
  entryPoints: { graph: "webview/graph/main.tsx", cost: "webview/cost/main.tsx" },
  outdir: "dist/webview",
  bundle: true,
  format: "iife",
  target: "chrome132",
  jsx: "automatic",
  jsxImportSource: "preact",
  minify: true,
  legalComments: "none",
  logLevel: "warning",
};

/** Writes the scripts and styles of the webviews; what they are made of. */
export async function buildViews() {
  const { metafile } = await build({ ...VIEWS, metafile: true });
  return metafile;
}

/**
 * The test files below a folder, relative to it.
 * @param {string} folder
 */
function testFiles(folder) {
  const names = readdirSync(path.join(HERE, folder), { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.endsWith(".test.ts"));
}

/** Node code, one file for each test file. */
async function buildTests() {
  rmSync(path.join(HERE, "out/webview-tests"), { recursive: true, force: true });
  const all = testFiles("webview").map((name) => path.join("webview", name));
  const inBrowser = (/** @type {string} */ name) => name.startsWith(path.join("webview", "harness"));
  const kinds = { unit: all.filter((name) => !inBrowser(name)), browser: all.filter(inBrowser) };
  for (const [kind, entryPoints] of Object.entries(kinds)) {
    await build({
      ...VIEWS,
      entryPoints,
      outdir: `out/webview-tests/${kind}`,
      outbase: "webview",
      platform: "node",
      format: "cjs",
      target: "node20",
      packages: "external",
      minify: false,
      sourcemap: "inline",
    });
  }
}

async function main() {
  if (process.argv.includes("--watch")) {
    await (await context({ ...VIEWS, minify: false, sourcemap: "inline" })).watch();
    return;
  }
  await buildViews();
  if (process.argv.includes("--tests")) await buildTests();
}

if (process.argv[1] === import.meta.filename) await main();
