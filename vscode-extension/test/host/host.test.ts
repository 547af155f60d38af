import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as path from "node:path";
import type { Browser } from "playwright-core";
import { runInHost } from "../workbench/host";
import { launchBrowser } from "../workbench/launch";
import { EXTENSION, GIVEN, startWorkbench, type Workbench } from "../workbench/server";
import { SAMPLE } from "../workbench/support";

let browser: Browser;
let workbench: Workbench;

before(async () => {
  browser = await launchBrowser();
  workbench = await startWorkbench({ project: SAMPLE, machine: { "klotho.server.path": GIVEN.server }, forSuite: true });
});

after(async () => {
  await browser.close();
  await workbench.stop();
});

test("the suite inside the extension host", async () => {
  assert.equal(await runInHost(browser, workbench, EXTENSION, path.join(__dirname, "suite.js")), 0);
});
