import { readFile } from "node:fs/promises";
import * as path from "node:path";
import { suite, test } from "node:test";
import type { Window } from "../workbench/browser";
import { openSample } from "../workbench/sample";
import type { Workbench } from "../workbench/server";
import { GRAPH, viewOf } from "../workbench/view";

/** What the moving picture of the pages shows, one still after the other. */
suite("the tour", () => {
  let window: Window;
  let workbench: Workbench;
  openSample((opened) => { ({ window, workbench } = opened); });

  const saved = (target: string) => window.save(async () => {
    return (await readFile(path.join(workbench.folder, "klotho.yaml"), "utf8")).includes(`type: ${target}`);
  });

  test("a unit is looked at, switched to where it is cheaper, and the graph follows", async () => {
    await window.dark(workbench);
    await window.run("Klotho: Show Resource Graph");
    const graph = await viewOf(window.page, GRAPH);
    const unit = graph.locator('.world [data-ref="execution_unit:playlists"]');
    await window.goTo(1);
    await window.run("Klotho: Switch Target");
    await window.choose("ECS on Fargate");
    await saved("ecs");
    await unit.filter({ hasText: "$46" }).waitFor();
    await window.goTo(1);
    await window.lens("AWS Lambda").waitFor();
    await window.still("tour-1-open");
    await window.hover("@klotho", "AWS Lambda");
    await window.still("tour-2-hover", "stays");
    await window.page.keyboard.press("Escape");
    await window.run("Klotho: Switch Target");
    await window.rows().filter({ hasText: "AWS Lambda" }).first().waitFor();
    await window.still("tour-3-targets");
    await window.choose("AWS Lambda");
    await unit.filter({ hasText: "$17" }).waitFor();
    await window.lens("ECS on Fargate").waitFor();
    await window.still("tour-4-switched");
    await saved("lambda");
    await window.still("tour-5-saved");
  });
});
