// Makes the package: `npm run package` one for every platform, which finds the server on PATH or by a setting, and
// `npm run package -- --target linux-x64` one that carries the server. KLOTHO_LS names a server that is built already.
import { execFileSync } from "node:child_process";
import { chmod, cp, mkdir, readFile, rm, stat } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { createVSIX } from "@vscode/vsce";
import { build } from "./build.mjs";
import { EXTENSION, REPOSITORY } from "./places.mjs";

/** Most bytes that a package may have. Who makes it larger decides that here. */
const BUDGET = { universal: 500_000, platform: 16_000_000 };

/** Those for which .github/workflows/release.yml builds the server, and what Rust calls them. */
const PLATFORMS = new Map([
  ["linux-x64", "x86_64-unknown-linux-gnu"],
  ["linux-arm64", "aarch64-unknown-linux-gnu"],
  ["darwin-x64", "x86_64-apple-darwin"],
  ["darwin-arm64", "aarch64-apple-darwin"],
  ["win32-x64", "x86_64-pc-windows-msvc"],
]);

/**
 * @param {string | undefined} target
 * @param {typeof writeServerNotices} notices writes the licences of what is in a server that the package carries
 */
export async function makePackage(target, notices = writeServerNotices) {
  await build();
  const server = path.join(EXTENSION, "server");
  await rm(server, { recursive: true, force: true });
  const file = path.join(EXTENSION, `klotho-ls${target === undefined ? "" : `-${target}`}.vsix`);
  try {
    if (target !== undefined) await carryServer(target, server, notices);
    const options = { cwd: EXTENSION, dependencies: false, packagePath: file, ...(await pages()) };
    await createVSIX(target === undefined ? options : { ...options, target });
  } finally {
    // Left behind, it would be the server of whoever develops the extension.
    await rm(server, { recursive: true, force: true });
  }
  await checkSize(file, target === undefined ? BUDGET.universal : BUDGET.platform);
  return file;
}

/** Where the links and pictures of the extension's page lie, which the tool would look for at the root of the repository. */
async function pages() {
  const { repository } = JSON.parse(await readFile(path.join(EXTENSION, "package.json"), "utf8"));
  const at = (/** @type {string} */ kind) => `${repository.url}/${kind}/HEAD/${repository.directory}`;
  return { baseContentUrl: at("blob"), baseImagesUrl: at("raw") };
}

/**
 * The licences of the crates in the server; needs cargo-about.
 * @param {string} triple
 * @param {string} file
 */
function writeServerNotices(triple, file) {
  execFileSync("bash", [path.join(REPOSITORY, "ci/third-party.sh"), triple, file], { stdio: "inherit" });
}

/**
 * @param {string} target
 * @param {string} folder
 * @param {typeof writeServerNotices} notices
 */
async function carryServer(target, folder, notices) {
  const triple = PLATFORMS.get(target);
  if (triple === undefined) throw new Error(`there is no package for ${target}; there are ${[...PLATFORMS.keys()].join(", ")}`);
  const name = target.startsWith("win32") ? "klotho-ls.exe" : "klotho-ls";
  if (process.env["KLOTHO_LS"] === undefined && target !== `${process.platform}-${process.arch}`) {
    throw new Error(`this machine is no ${target}: build the server there and name it by KLOTHO_LS`);
  }
  await mkdir(folder);
  await cp(serverProgram(name), path.join(folder, name));
  await chmod(path.join(folder, name), 0o755);
  notices(triple, path.join(folder, "THIRD-PARTY.txt"));
}

/**
 * The server that KLOTHO_LS names, else one that is built now.
 * @param {string} name
 */
export function serverProgram(name) {
  const named = process.env["KLOTHO_LS"];
  if (named !== undefined) return named;
  execFileSync("cargo", ["build", "--release", "-p", "klotho-ls"], { cwd: REPOSITORY, stdio: "inherit" });
  return path.join(process.env["CARGO_TARGET_DIR"] ?? path.join(REPOSITORY, "target"), "release", name);
}

/**
 * @param {string} file
 * @param {number} budget
 */
async function checkSize(file, budget) {
  const { size } = await stat(file);
  if (size > budget) throw new Error(`${file} has ${size} bytes, more than the ${budget} that it may have`);
  console.log(`${file}: ${size} bytes of ${budget}`);
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { values } = parseArgs({ options: { target: { type: "string" } } });
  await makePackage(values.target);
}
