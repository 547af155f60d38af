import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import * as path from "node:path";
import { suite, test } from "node:test";
import type { Window } from "../workbench/browser";
import { openSample } from "../workbench/sample";
import type { Workbench } from "../workbench/server";
import { until } from "../workbench/support";

/** The package is installed, the sample opened, and what it shows is looked at and changed. */
suite("a first look", () => {
  let window: Window;
  let workbench: Workbench;
  openSample((opened) => { ({ window, workbench } = opened); });

  const onDisk = (name: string) => readFile(path.join(workbench.folder, name), "utf8");

  test("the status bar says what it costs a month", async () => {
    await window.status(/\$[\d.]+\/mo/).waitFor();
  });

  test("an icon stands beside the annotation, and what the annotation says is coloured", async () => {
    await window.page.locator(".margin .cgmr[class*='TextEditorDecorationType']").first().waitFor();
    // Lines are drawn anew as colours arrive, and what was taken out of the page has none.
    const colours = () => Promise.all(["@klotho", "id", "10_000_000"].map((text) => window.colourOf(text)));
    await until(async () => new Set((await colours()).filter((colour) => colour !== "")).size === 3);
  });

  test("the hover compares the targets", async () => {
    const hover = await window.hover("@klotho", "ECS on Fargate");
    await window.pictures(workbench, "hover", "stays");
    assert.match(await hover.innerText(), /AWS Lambda/);
    await window.page.keyboard.press("Escape");
  });

  test("the tree shows units, what serves them and what they use", async () => {
    await window.showUnits();
    for (const text of ["playlists", "music-api", "playlist-store"]) await window.treeRow(text).waitFor();
    await window.pictures(workbench, "tree");
  });

  test("a row of the tree leads to the source", async () => {
    await window.treeRow("playlist-store").click();
    await window.page.locator('.tab.active[data-resource-name="store.ts"]').waitFor();
  });

  test("the list of targets has what each costs", async () => {
    await window.openFile("playlists.ts");
    await window.run("Klotho: Switch Target");
    await window.rows().filter({ hasText: "ECS on Fargate" }).first().waitFor();
    await window.pictures(workbench, "targets");
  });

  test("switching changes the annotation and the configuration, and the tree follows", async () => {
    await window.choose("ECS on Fargate");
    await window.treeRow(/playlists.*Fargate/).waitFor();
    await window.save(async () => (await onDisk("klotho.yaml")).includes("type: ecs"));
    await window.save(async () => (await onDisk("playlists.ts")).includes('target = "ecs"'));
    await window.pictures(workbench, "switched");
  });

  test("a mistake gets a squiggle, a mark in the tree and a number in the status bar", async () => {
    await window.replaceAll('target = "ecs"', 'target = "esc"');
    await window.page.locator(".squiggly-error").first().waitFor();
    await window.status(/\/mo.*1/).waitFor();
    await window.treeRow(/esc/).waitFor();
    await window.pictures(workbench, "mistake");
  });

  test("its quick fix takes it away", async () => {
    await window.goToText(await onDisk("playlists.ts"), 'ecs"');
    await window.run("Quick Fix");
    await window.page.locator(".action-widget .monaco-list-row.focused").filter({ hasText: "Replace by ecs" }).waitFor();
    await window.page.keyboard.press("Enter");
    await window.page.locator(".squiggly-error").first().waitFor({ state: "detached" });
  });
});
