import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import * as path from "node:path";
import { suite, test } from "node:test";
import type { Frame, Locator } from "playwright-core";
import type { Window } from "../workbench/browser";
import { openSample } from "../workbench/sample";
import type { Workbench } from "../workbench/server";
import { until } from "../workbench/support";
import { COST, GRAPH, viewOf } from "../workbench/view";

const PLAYLISTS = "execution_unit:playlists";
const RECOMMENDATIONS = "execution_unit:recommendations";

/** The two views as the workbench shows them: its frames, its policy, its themes, and the real server behind them. */
suite("the views beside the code", () => {
  let window: Window;
  let workbench: Workbench;
  openSample((opened) => { ({ window, workbench } = opened); });

  const onDisk = (name: string) => readFile(path.join(workbench.folder, name), "utf8");
  const graph = () => viewOf(window.page, GRAPH);
  const cost = () => viewOf(window.page, COST);
  const node = (frame: Frame, ref: string): Locator => frame.locator(`.world [data-ref="${ref}"]`);
  const row = (frame: Frame, name: string): Locator => frame.locator(".places").getByRole("row", { name });

  const drag = async (slider: Locator) => {
    await slider.scrollIntoViewIfNeeded();
    const box = (await slider.boundingBox()) ?? assert.fail("the slider is not drawn");
    const [y, from] = [box.y + box.height / 2, box.x + box.width / 2];
    await window.page.mouse.move(from, y);
    await window.page.mouse.down();
    await window.page.mouse.move(box.x + box.width - 4, y, { steps: 8 });
    await window.page.mouse.up();
  };

  test("the graph is drawn beside the code, with the unit of the cursor marked", async () => {
    await window.run("Klotho: Show Resource Graph");
    const frame = await graph();
    for (const ref of [PLAYLISTS, RECOMMENDATIONS, "gateway:music-api", "persist_kv:playlist-store"]) {
      await node(frame, ref).waitFor();
    }
    assert.match((await node(frame, PLAYLISTS).textContent()) ?? "", /\$17/);
    await window.goTo(15);
    await frame.locator(`.world .cursor[data-ref="${PLAYLISTS}"]`).waitFor();
    const total = (await window.status(/\/mo/).innerText()).trim();
    await frame.locator(".footer").getByText(total, { exact: false }).waitFor();
    await window.pictures(workbench, "graph");
  });

  test("a click on a node opens its source, and the mark follows into that file", async () => {
    const frame = await graph();
    await node(frame, RECOMMENDATIONS).click();
    await window.page.locator('.tab[data-resource-name="main.py"]').waitFor();
    await frame.locator(".details").getByText("recommendations").first().waitFor();
    await frame.locator(`.world .selected[data-ref="${RECOMMENDATIONS}"]`).waitFor();
  });

  test("the target is switched, and the graph and its prices follow", async () => {
    await window.openFile("playlists.ts");
    await window.run("Klotho: Switch Target");
    await window.choose("ECS on Fargate");
    const frame = await graph();
    await node(frame, PLAYLISTS).filter({ hasText: "ECS" }).waitFor();
    await window.openFile("playlists.ts");
    await window.run("Klotho: Switch Target");
    await window.choose("AWS Lambda");
    await node(frame, PLAYLISTS).filter({ hasText: "$17" }).waitFor();
  });

  test("the cost of the unit is shown place by place", async () => {
    await window.openFile("playlists.ts");
    await window.goTo(15);
    await window.run("Klotho: Show Cost of This Unit");
    const frame = await cost();
    await row(frame, "AWS Lambda").getByText("$17").first().waitFor();
    await row(frame, "ECS on Fargate").waitFor();
    await window.filledByView(() => window.pictures(workbench, "cost"));
  });

  test("a slider that is dragged re-prices at once", async () => {
    const frame = await cost();
    await frame.locator('.places table[aria-busy="false"]').waitFor();
    const before = await row(frame, "AWS Lambda").innerText();
    const slider = frame.getByRole("slider", { name: "Requests a month" });
    const value = await slider.inputValue();
    await until(async () => {
      // What stands above it may grow while the mouse is on its way.
      await drag(slider);
      return (await slider.inputValue()) !== value;
    });
    await until(async () => (await row(frame, "AWS Lambda").innerText()) !== before);
    await frame.locator('.places table[aria-busy="false"]').waitFor();
  });

  test("what was tried is written into the annotation by the button", async () => {
    const frame = await cost();
    await frame.getByLabel("Memory, as a number").fill("1024");
    await frame.locator('.places table[aria-busy="false"]').waitFor();
    await frame.getByRole("button", { name: "Write this workload" }).click();
    await frame.getByText("The workload is written down.").waitFor();
    await window.save(async () => (await onDisk("playlists.ts")).includes("memory_mb = 1024"));
    assert.doesNotMatch(await onDisk("playlists.ts"), /monthly_requests = 10_000_000$/m);
  });

  test("a place is switched to by its button, in the annotation and the configuration", async () => {
    const frame = await cost();
    await frame.getByRole("button", { name: "Switch to ECS on Fargate" }).click();
    await row(frame, "ECS on Fargate").getByText("runs here").waitFor();
    await window.save(async () => (await onDisk("klotho.yaml")).includes("type: ecs"));
    await window.save(async () => (await onDisk("playlists.ts")).includes('target = "ecs"'));
  });
});
