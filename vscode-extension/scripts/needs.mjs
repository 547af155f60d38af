// Programs of the system that tests need. They are installed where nobody has to be asked: as root with apt, and in CI.
//
//   node scripts/needs.mjs    ends with 0 when all are there, with 3 and one line each when tests have to be left out
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

/**
 * @typedef {object} Need
 * @property {string[]} names any of which will do
 * @property {string} debian the package that brings it
 * @property {string} why
 */

/** @type {Record<"browser" | "ripgrep" | "python" | "make" | "compiler", Need>} */
const NEEDS = {
  browser: { names: ["chromium", "chromium-browser", "google-chrome"], debian: "chromium", why: "the browser that shows the workbench" },
  ripgrep: { names: ["rg"], debian: "ripgrep", why: "with which the workbench searches" },
  python: { names: ["python3"], debian: "python3", why: "builds the native modules of the workbench" },
  make: { names: ["make"], debian: "make", why: "builds the native modules of the workbench" },
  compiler: { names: ["c++"], debian: "g++", why: "builds the native modules of the workbench" },
};

/** What ends the script when something is missing that may not be installed here. */
const LEFT_OUT = 3;

const IN_CI = (process.env["CI"] ?? "") !== "";

/**
 * The path of a program, installed if need be.
 * @param {keyof typeof NEEDS} name
 */
export function program(name) {
  const need = NEEDS[name];
  const found = onPath(need.names) ?? (install([need]), onPath(need.names));
  if (found === undefined) throw new Error(wayOut(need));
  return found;
}

/** @param {Need[]} needs */
function install(needs) {
  if (needs.length === 0 || !mayInstall()) return;
  const sudo = isRoot() ? [] : ["sudo", "--non-interactive"];
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", ...needs.map(({ debian }) => debian)]]) {
    const [first = "", ...rest] = [...sudo, "apt-get", ...args];
    // Standard output is for what is missing.
    spawnSync(first, rest, { stdio: ["ignore", 2, 2] });
  }
}

/** A person at a computer of their own is told what to install instead. */
function mayInstall() {
  return (isRoot() || IN_CI) && onPath(["apt-get"]) !== undefined;
}

function isRoot() {
  return process.getuid?.() === 0;
}

/** @param {Need} need */
function wayOut({ names, debian, why }) {
  return `${names[0]} is not on PATH (${why}): install it, on Debian with \`apt-get install ${debian}\``;
}

/** @param {string[]} names */
function onPath(names) {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find((file) => existsSync(file));
}

if (process.argv[1] === import.meta.filename) {
  const missing = () => Object.values(NEEDS).filter(({ names }) => onPath(names) === undefined);
  install(missing());
  for (const need of missing()) console.log(wayOut(need));
  if (missing().length > 0) process.exitCode = mayInstall() || IN_CI ? 1 : LEFT_OUT;
}
