import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { suite, test } from "node:test";
import { EXTENSION, GIVEN, install } from "../workbench/server";

/** What a package contributes for a format that another extension brings into the editor. */
interface Validation {
  fileMatch: string | string[];
  url: string;
}

/** For each format: the contribution, and the files that it is for. */
const FORMATS: Record<string, string[]> = {
  yamlValidation: ["klotho.yaml", "klotho.yml"],
  jsonValidation: ["klotho.json"],
  tomlValidation: ["klotho.toml"],
};

/** What lies in the packages once an editor has unpacked them. */
suite("the packages", () => {
  for (const kind of ["universal", "carrying"] as const) {
    test(`the ${kind} one has the schemas of docs/ for every format of the configuration`, async () => {
      const place = await mkdtemp(path.join(tmpdir(), "klotho-package-"));
      try {
        const folder = await install(GIVEN[kind], place);
        const { contributes } = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8")) as {
          contributes: Record<string, Validation[] | undefined>;
        };
        for (const [point, files] of Object.entries(FORMATS)) {
          const validations = contributes[point] ?? [];
          assert.deepEqual(validations.flatMap(({ fileMatch }) => fileMatch), files);
          for (const { url } of validations) {
            const docs = path.join(EXTENSION, "../docs", path.basename(url));
            assert.equal(await readFile(path.join(folder, url), "utf8"), await readFile(docs, "utf8"));
          }
        }
      } finally {
        await rm(place, { recursive: true, force: true, maxRetries: 5 });
      }
    });
  }
});
