// Everything that a change of the extension must pass, in one command: lints, types, unit tests, the packages, the grammars, the
// suite inside the extension host, and journeys through the real workbench in a real browser. Installs what it needs below .vscode-test/.
//
//   node scripts/test.mjs [--workbench oldest|newest] [--only STEP] [--match TEXT]
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { compileTests } from "./compile.mjs";
import { program } from "./needs.mjs";
import { makePackage, serverProgram } from "./package.mjs";
import { EXTENSION, TEST } from "./places.mjs";
import { installWorkbench } from "./workbench.mjs";

const { values } = parseArgs({
  options: { workbench: { type: "string", default: "oldest" }, only: { type: "string" }, match: { type: "string", default: "" } },
});

/**
 * A name, and what it does. Output of commands that run beside others is kept until they end.
 * @typedef {[string, () => Promise<unknown>]} Step
 */

/**
 * Columns of steps that run beside one another; each column in order. The installation waits for registries most of the time.
 * @type {Step[][]}
 */
const QUICK = [
  [["workbench", () => installWorkbench(values.workbench)]],
  [["lint", () => npm("lint", "later")]],
  [
    ["types", () => npm("types", "later")],
    ["unit", () => npm("test:unit", "later")],
    ["views", () => npm("test:webview", "later")],
  ],
];

/**
 * Steps that have the machine to themselves: two cores have enough to do with one workbench.
 * @type {Step[]}
 */
const SLOW = [
  ["grammar", () => npm("test:grammar", "now", values.workbench)],
  ["pages", () => inBrowser()],
  ["host", () => inWorkbench("host")],
  ["journeys", () => inWorkbench("journeys")],
];

/**
 * @param {string} script
 * @param {"now" | "later"} shown
 * @param {string[]} args
 */
function npm(script, shown, ...args) {
  return run("npm", ["run", "--silent", script, "--", ...args], process.env, shown);
}

/** Runs the webviews by themselves, with the extension's side played by the test. */
function inBrowser() {
  return run("npm", ["run", "--silent", "test:webview-browser"], { ...process.env, KLOTHO_TEST_BROWSER: program("browser") }, "now");
}

/**
 * Runs a folder of tests that start a workbench each.
 * @param {string} kind
 */
async function inWorkbench(kind) {
  const pictures = path.join(TEST, "pictures", values.workbench);
  if (kind === "journeys" && values.match === "") await rm(pictures, { recursive: true, force: true });
  const server = serverProgram(process.platform === "win32" ? "klotho-ls.exe" : "klotho-ls");
  const { root, node, vscode } = await installWorkbench(values.workbench);
  const env = {
    ...process.env,
    KLOTHO_LS: server,
    KLOTHO_TEST_ROOT: root,
    KLOTHO_TEST_NODE: node,
    KLOTHO_TEST_VSCODE: vscode,
    KLOTHO_TEST_BROWSER: program("browser"),
    KLOTHO_TEST_PICTURES: pictures,
    ...(await packages(server)),
  };
  const compiled = await compileTests(kind);
  const files = compiled.filter((file) => path.basename(file).includes(values.match));
  await run(process.execPath, ["--test", "--test-concurrency=1", "--test-reporter=spec", ...files], env, "now");
}

/** @type {Promise<Record<string, string>> | undefined} */
let made;

/** @param {string} server */
function packages(server) {
  process.env["KLOTHO_LS"] = server;
  made ??= (async () => ({
    // Nobody gets it, so a word stands in for the licences of the server's crates, which take a tool more.
    KLOTHO_TEST_VSIX: await makePackage(`${process.platform}-${process.arch}`, (_, file) => writeFileSync(file, "none")),
    KLOTHO_TEST_VSIX_UNIVERSAL: await makePackage(undefined),
  }))();
  return made;
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {"now" | "later"} shown
 */
async function run(command, args, env, shown) {
  const stdio = shown === "now" ? "inherit" : "pipe";
  const child = spawn(command, args, { cwd: EXTENSION, env, stdio: ["ignore", stdio, stdio], shell: process.platform === "win32" });
  const ended = new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  const said = await Promise.all([child.stdout, child.stderr].map((stream) => (stream === null ? "" : text(stream))));
  const code = await ended;
  if (said.join("") !== "") console.log(said.join("").trimEnd());
  if (code !== 0) throw new Error(`${path.basename(command)} ${args.join(" ")} failed`);
}

/** @param {Step} step */
async function take([name, act]) {
  if (values.only !== undefined && values.only !== name) return;
  const from = Date.now();
  console.log(`\n== ${name}`);
  try {
    await act();
  } catch (error) {
    console.error(`\nstep failed: ${name} (${error instanceof Error ? error.message : error})`);
    process.exit(1);
  }
  console.log(`== ${name}: ${Math.round((Date.now() - from) / 1000)} s`);
}

/** @param {Step[]} steps */
async function inOrder(steps) {
  for (const step of steps) await take(step);
}

await Promise.all(QUICK.map(inOrder));
await inOrder(SLOW);
