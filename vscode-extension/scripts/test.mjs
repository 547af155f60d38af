// Everything that a change of the extension must pass, in one command: lints, types, unit tests, the packages, the grammars, the
// suite inside the extension host, and journeys through the real workbench in a real browser. Installs what it needs below .vscode-test/.
//
//   node scripts/test.mjs [--workbench oldest|newest] [--only STEP] [--match TEXT]
import { spawnSync } from "node:child_process";
import { rm } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { compileTests } from "./compile.mjs";
import { makePackage, serverProgram } from "./package.mjs";
import { EXTENSION, TEST } from "./places.mjs";
import { installBrowser, installWorkbench } from "./workbench.mjs";

const { values } = parseArgs({
  options: { workbench: { type: "string", default: "oldest" }, only: { type: "string" }, match: { type: "string", default: "" } },
});

/** @type {[string, () => Promise<void> | void][]} */
const STEPS = [
  ["lint", () => npm("lint")],
  ["types", () => npm("types")],
  ["unit", () => npm("test:unit")],
  ["views", () => npm("test:webview")],
  ["grammar", () => npm("test:grammar")],
  ["pages", () => inBrowser()],
  ["host", () => inWorkbench("host")],
  ["journeys", () => inWorkbench("journeys")],
];

/** @param {string} script */
function npm(script) {
  run("npm", ["run", "--silent", script], process.env);
}

/** Runs the webviews by themselves, with the extension's side played by the test. */
function inBrowser() {
  run("npm", ["run", "--silent", "test:webview-browser"], { ...process.env, KLOTHO_TEST_BROWSER: installBrowser() });
}

/**
 * Runs a folder of tests that start a workbench each.
 * @param {string} kind
 */
async function inWorkbench(kind) {
  const pictures = path.join(TEST, "pictures", values.workbench);
  if (kind === "journeys" && values.match === "") await rm(pictures, { recursive: true, force: true });
  const program = serverProgram(process.platform === "win32" ? "klotho-ls.exe" : "klotho-ls");
  const { root, node, vscode } = await installWorkbench(values.workbench);
  const env = {
    ...process.env,
    KLOTHO_LS: program,
    KLOTHO_TEST_ROOT: root,
    KLOTHO_TEST_NODE: node,
    KLOTHO_TEST_VSCODE: vscode,
    KLOTHO_TEST_BROWSER: installBrowser(),
    KLOTHO_TEST_PICTURES: pictures,
    ...(await packages(program)),
  };
  const compiled = await compileTests(kind);
  const files = compiled.filter((file) => path.basename(file).includes(values.match));
  // One workbench at a time: two cores have enough to do with one.
  run(process.execPath, ["--test", "--test-concurrency=1", "--test-reporter=spec", ...files], env);
}

/** @type {Promise<Record<string, string>> | undefined} */
let made;

/** @param {string} program */
function packages(program) {
  process.env["KLOTHO_LS"] = program;
  made ??= (async () => ({
    KLOTHO_TEST_VSIX: await makePackage(`${process.platform}-${process.arch}`),
    KLOTHO_TEST_VSIX_UNIVERSAL: await makePackage(undefined),
  }))();
  return made;
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
function run(program, args, env) {
  const { status } = spawnSync(program, args, { cwd: EXTENSION, env, stdio: "inherit" });
  if (status !== 0) throw new Error(`${path.basename(program)} ${args.join(" ")} failed`);
}

for (const [name, step] of STEPS) {
  if (values.only !== undefined && values.only !== name) continue;
  const from = Date.now();
  console.log(`\n== ${name}`);
  try {
    await step();
  } catch (error) {
    console.error(`\nstep failed: ${name} (${error instanceof Error ? error.message : error})`);
    process.exit(1);
  }
  console.log(`== ${name}: ${Math.round((Date.now() - from) / 1000)} s`);
}
