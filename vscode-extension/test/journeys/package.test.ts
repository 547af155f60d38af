import assert from "node:assert/strict";
import { access, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { after, before, suite, test } from "node:test";
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

/** Where the licences stand of what others wrote. */
const NOTICES = { universal: ["dist/THIRD-PARTY.txt"], carrying: ["dist/THIRD-PARTY.txt", "server/THIRD-PARTY.txt"] };

/** What lies in the packages once an editor has unpacked them. */
suite("the packages", () => {
  for (const kind of ["universal", "carrying"] as const) {
    suite(`the ${kind} one`, () => {
      let place: string;
      let folder: string;
      const read = (name: string) => readFile(path.join(folder, name), "utf8");

      before(async () => {
        place = await mkdtemp(path.join(tmpdir(), "klotho-package-"));
        folder = await install(GIVEN[kind], place);
      });

      after(() => rm(place, { recursive: true, force: true, maxRetries: 5 }));

      test("has the schemas of docs/ for every format of the configuration", async () => {
        const { contributes } = JSON.parse(await read("package.json")) as { contributes: Record<string, Validation[] | undefined> };
        for (const [point, files] of Object.entries(FORMATS)) {
          const validations = contributes[point] ?? [];
          assert.deepEqual(validations.flatMap(({ fileMatch }) => fileMatch), files);
          for (const { url } of validations) {
            const docs = path.join(EXTENSION, "../docs", path.basename(url));
            assert.equal(await read(url), await readFile(docs, "utf8"));
          }
        }
      });

      test("shows the pictures of its page from where they lie", async () => {
        const page = await read("readme.md").catch(() => read("README.md"));
        const pictures = [...page.matchAll(/!\[[^\]]*\]\(([^)]*)\)/g)].map(([, url]) => url ?? "");
        assert.notEqual(pictures.length, 0);
        for (const url of pictures) {
          const [, name] = /^https:\/\/.*\/raw\/HEAD\/(.*)$/.exec(url) ?? assert.fail(url);
          await access(path.join(EXTENSION, "..", name ?? ""));
        }
      });

      test("has the licences of all that is in it", async () => {
        for (const name of NOTICES[kind]) assert.notEqual((await read(name)).trim(), "", name);
      });
    });
  }
});
