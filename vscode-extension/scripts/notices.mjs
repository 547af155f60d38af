// The licences of the libraries that are bundled, as these want to be told of.
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { DIST, EXTENSION } from "./places.mjs";

/** Those that ask for no more than this notice. */
const FREE = ["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "BlueOak-1.0.0", "0BSD"];

/**
 * Writes dist/THIRD-PARTY.txt.
 * @param {import("esbuild").Metafile[]} bundles
 */
export async function writeNotices(bundles) {
  const files = bundles.flatMap(({ inputs }) => Object.keys(inputs));
  const folders = [...new Set(files.flatMap((file) => folderOf(file) ?? []))].sort();
  const notices = await Promise.all(folders.map(notice));
  await writeFile(path.join(DIST, "THIRD-PARTY.txt"), `Libraries that are part of this extension, with their licences.\n\n${[...new Set(notices)].join("\n")}`);
}

/**
 * The package that a bundled file belongs to.
 * @param {string} file
 */
function folderOf(file) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

/** @param {string} folder */
async function notice(folder) {
  const place = path.resolve(EXTENSION, folder);
  const { name, version, license } = JSON.parse(await readFile(path.join(place, "package.json"), "utf8"));
  if (!FREE.includes(license)) throw new Error(`${name} has the licence “${license}”: may it be bundled?`);
  const texts = (await readdir(place)).filter((file) => /^licen[cs]e/i.test(file)).sort();
  const [text] = texts;
  if (text === undefined) throw new Error(`${name} brings no text of its licence`);
  const rule = "-".repeat(80);
  return `${rule}\n${name} ${version} (${license})\n${rule}\n\n${(await readFile(path.join(place, text), "utf8")).trim()}\n`;
}
