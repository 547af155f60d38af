import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import * as path from "node:path";
import { after, before, suite, test } from "node:test";
import type { Browser } from "playwright-core";
import { launchBrowser, Window } from "../workbench/browser";
import { GIVEN, startWorkbench, type Workbench } from "../workbench/server";
import { SAMPLE, until } from "../workbench/support";

/** The package is installed, the sample opened, and what it shows is looked at and changed. */
suite("a first look", () => {
  let browser: Browser;
  let workbench: Workbench;
  let window: Window;

  before(async () => {
    browser = await launchBrowser();
    workbench = await startWorkbench({ project: SAMPLE, vsix: GIVEN.carrying });
    window = await Window.open(browser, workbench);
    await window.openFile("playlists.ts");
  });

  after(async () => {
    await browser.close();
    await workbench.stop();
  });

  test("the status bar says what it costs a month", async () => {
    await window.status(/\$[\d.]+\/mo/).waitFor();
  });

  test("the hover compares the targets", async () => {
    await window.word("@klotho").hover();
    const hover = window.page.locator(".monaco-hover").filter({ hasText: "ECS on Fargate" }).first();
    await hover.waitFor();
    await window.pictures(workbench, "hover");
    assert.match(await hover.innerText(), /AWS Lambda/);
    await window.page.keyboard.press("Escape");
  });

  test("the tree shows units, what serves them and what they use", async () => {
    await window.showUnits();
    await window.treeRow("playlists").waitFor();
    await window.treeRow("music-api").waitFor();
    await window.treeRow("playlist-store").waitFor();
    await window.pictures(workbench, "tree");
  });

  test("switching the target changes the annotation and the configuration, and the tree follows", async () => {
    await window.treeRow("playlists").click();
    await window.run("Klotho: Switch Target");
    await window.choose("ECS on Fargate");
    await window.treeRow(/playlists.*ECS on Fargate/).waitFor();
    await window.run("File: Save All");
    await until(async () => /type: ecs/.test(await readFile(path.join(workbench.folder, "klotho.yaml"), "utf8")));
    await until(async () => /target = "ecs"/.test(await readFile(path.join(workbench.folder, "playlists.ts"), "utf8")));
    await window.pictures(workbench, "switched");
  });
});
