// Builds what the package carries into dist/: the bundle, the webviews, icons from their drawings, the schemas, the sample project
// and the licences of what is bundled.
import { cp, mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import esbuild from "esbuild";
import { buildViews } from "../esbuild.webview.mjs";
import { writeIcons } from "./icons.mjs";
import { writeNotices } from "./notices.mjs";
import { DIST, EXTENSION, REPOSITORY } from "./places.mjs";

/** Files that the sample leaves out: what belongs to the tests of the server alone. */
const SAMPLE = path.join(REPOSITORY, "tests/apps/music-service");

export async function build() {
  await rm(DIST, { recursive: true, force: true });
  await mkdir(DIST);
  const [bundled, views] = await Promise.all([
    bundle(),
    buildViews(),
    writeIcons(),
    schemas(),
    cp(SAMPLE, path.join(DIST, "sample"), { recursive: true }),
  ]);
  await writeNotices([bundled, views]);
}

async function bundle() {
  const { metafile } = await esbuild.build({
    absWorkingDir: EXTENSION,
    entryPoints: [path.join(EXTENSION, "src/extension.ts")],
    metafile: true,
    outfile: path.join(DIST, "extension.js"),
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    external: ["vscode"],
    minify: true,
    logLevel: "warning",
  });
  return metafile;
}

/** That of the configuration, which stands in docs/ for every editor. */
async function schemas() {
  const docs = path.join(REPOSITORY, "docs");
  const to = path.join(DIST, "schemas");
  await mkdir(to);
  const names = (await readdir(docs)).filter((name) => name === "klotho-yaml.schema.json");
  await Promise.all(names.map((name) => cp(path.join(docs, name), path.join(to, name))));
}

if (process.argv[1] === new URL(import.meta.url).pathname) await build();
