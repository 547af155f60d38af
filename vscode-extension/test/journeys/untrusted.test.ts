import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { after, before, suite, test } from "node:test";
import type { Browser } from "playwright-core";
import { Window } from "../workbench/browser";
import { launchBrowser } from "../workbench/launch";
import { GIVEN, startWorkbench, type Workbench } from "../workbench/server";
import { SAMPLE, until } from "../workbench/support";

/** A workspace that nobody trusts yet, and that would like to choose the server. */
suite("a workspace that is not trusted", () => {
  let browser: Browser;
  let workbench: Workbench;
  let window: Window;

  before(async () => {
    browser = await launchBrowser();
    workbench = await startWorkbench({ project: SAMPLE, vsix: GIVEN.carrying, trusted: false });
    await mkdir(path.join(workbench.folder, ".vscode"));
    await writeFile(path.join(workbench.folder, ".vscode/settings.json"), '{ "klotho.server.path": "/bin/false" }');
    window = await Window.open(browser, workbench);
    await window.openFile("playlists.ts");
  });

  after(async () => {
    await browser.close();
    await workbench.stop();
  });

  test("the server runs all the same, and is not the one that the workspace names", async () => {
    await window.page.getByText("Restricted Mode").first().waitFor();
    await window.status(/\/mo/).waitFor();
    await window.hover("@klotho", "ECS on Fargate");
    await window.pictures(workbench, "untrusted", "stays");
    await window.page.keyboard.press("Escape");
  });

  test("what starts programs is not offered", async () => {
    const offered = async (title: string) => (await window.commands(title)).some((row) => row.includes(title));
    await until(() => offered("Klotho: Switch Target"));
    assert.equal(await offered("Klotho: Check the Whole Project"), false);
    assert.equal(await offered("Klotho: Compare Cost"), false);
  });
});
