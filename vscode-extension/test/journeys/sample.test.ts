import { after, before, suite, test } from "node:test";
import type { Browser } from "playwright-core";
import { Window } from "../workbench/browser";
import { launchBrowser } from "../workbench/launch";
import { GIVEN, startWorkbench, type Workbench } from "../workbench/server";

/** Someone has installed the extension and has no code yet. */
suite("from an empty folder", () => {
  let browser: Browser;
  let workbench: Workbench;
  let window: Window;

  before(async () => {
    browser = await launchBrowser();
    workbench = await startWorkbench({ vsix: GIVEN.carrying });
    window = await Window.open(browser, workbench);
  });

  after(async () => {
    await browser.close();
    await workbench.stop();
  });

  test("the view says what to do", async () => {
    await window.showUnits();
    await window.page.getByText("Nothing is annotated here yet.").first().waitFor();
    await window.pictures(workbench, "welcome");
  });

  test("its button writes the sample, and the view shows it", async () => {
    await window.page.locator(".part.sidebar").getByRole("button", { name: "Create a Sample Project" }).click();
    await window.page.locator('.tab.active[data-resource-name="playlists.ts"]').waitFor();
    await window.treeRow("playlists").waitFor();
  });

  test("the walkthrough leads on", async () => {
    await window.run("Welcome: Open Walkthrough");
    await window.choose("Get started with Klotho");
    await window.page.getByText("Hover over an annotation").first().waitFor();
    await window.pictures(workbench, "walkthrough");
  });
});
