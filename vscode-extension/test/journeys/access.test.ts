import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Frame, Page } from "playwright-core";
import { audit } from "../../webview/harness/audit";
import { appears, type Window } from "../workbench/browser";
import { openSample } from "../workbench/sample";
import { PATIENCE_MS } from "../workbench/server";
import { until } from "../workbench/support";
import { COST, GRAPH, viewOf } from "../workbench/view";

/** What names an element to whoever hears the screen read. */
interface Focused {
  getAttribute(name: string): string | null;
  labels?: ArrayLike<{ innerText: string }> | null;
  innerText?: string;
}

/** What a page has that Node has not. */
interface Drawn {
  requestAnimationFrame(done: (at: unknown) => void): void;
  document: { hasFocus(): boolean };
}

/** What the extension shows, for whoever has no mouse, or hears the screen read. */
suite("by keys alone", () => {
  let window: Window;
  openSample((opened) => { ({ window } = opened); });

  const press = (key: string) => window.page.keyboard.press(key);
  /** Presses a key until something is so, and says whether it is. */
  const leads = async (key: string, holds: () => Promise<boolean>, drawn: Page | Frame, most: number) => {
    for (let presses = 0; presses < most && !(await holds()); presses += 1) {
      await press(key);
      // What the key does is seen with the next drawing.
      await drawn.evaluate(() => new Promise((resolve) => { (globalThis as unknown as Drawn).requestAnimationFrame(resolve); }));
    }
    return holds();
  };
  /** Presses a key until something has the focus; a person would not press it more often than this. */
  const pressUntil = async (key: string, holds: () => Promise<boolean>, drawn: Page | Frame = window.page) => {
    assert.ok(await leads(key, holds, drawn, 60), `${key} does not lead there`);
  };
  /** Has the view beside the code take the keys. */
  const enter = async (frame: Frame) => {
    await press("Control+2");
    await until(() => frame.evaluate(() => (globalThis as unknown as Drawn).document.hasFocus()));
  };
  /** Looked at in one step: the focus may move on between two. */
  const focusIn = (frame: Frame, label: RegExp) => async () => {
    const texts = await frame.locator(":focus").evaluateAll((found) =>
      (found as unknown as Focused[]).map((one) => one.getAttribute("aria-label") ?? one.labels?.[0]?.innerText ?? one.innerText ?? ""),
    );
    return texts.some((text) => label.test(text));
  };
  const rowHas = (text: string) => async () =>
    (await window.page.locator(".part.sidebar .monaco-list-row.focused").filter({ hasText: text }).count()) > 0;

  test("the tree is walked, and Enter opens the source", async () => {
    await window.run("Klotho: Focus on By Unit View");
    await window.treeRow("playlist-store").waitFor();
    const tab = window.page.locator('.tab.active[data-resource-name="store.ts"]');
    await until(async () => {
      if (await tab.isVisible()) return true;
      // The tree may be filled anew while it is walked.
      await window.run("Klotho: Focus on By Unit View");
      await pressUntil("ArrowDown", rowHas("playlist-store"));
      await press("Enter");
      // A second key would change the code, were the first one only late.
      return appears(tab, PATIENCE_MS / 4);
    });
  });

  test("nothing serious is found by axe in the trees", async () => {
    assert.deepEqual(await audit(window.page, ".part.sidebar .monaco-list"), []);
  });

  test("the graph is reached, walked and left for the source", async () => {
    await window.openFile("playlists.ts");
    await window.run("Klotho: Show Resource Graph");
    const frame = await viewOf(window.page, GRAPH);
    await frame.locator('.world [data-ref="persist_kv:playlist-store"]').waitFor();
    const selected = frame.locator('.world .selected[data-ref="persist_kv:playlist-store"]');
    await until(async () => {
      // The drawing may be made anew while it is walked, and takes the focus with it.
      await enter(frame);
      await pressUntil("Tab", focusIn(frame, /^Drawing/), frame);
      await press("Escape");
      return leads("ArrowRight", async () => (await selected.count()) > 0, frame, 6);
    });
    await press("Enter");
    await window.page.locator('.tab.active[data-resource-name="store.ts"]').waitFor();
  });

  test("the cost view is reached, and a slider moved by an arrow re-prices", async () => {
    await window.openFile("playlists.ts");
    await window.goTo(15);
    await window.run("Klotho: Show Cost of This Unit");
    const frame = await viewOf(window.page, COST);
    const price = frame.locator(".total").first();
    await price.waitFor();
    await frame.locator('.places table[aria-busy="false"]').waitFor();
    const before = await price.innerText();
    await enter(frame);
    await pressUntil("Tab", focusIn(frame, /^Requests a month$/), frame);
    await press("PageUp");
    await until(async () => (await price.innerText()) !== before);
  });

  test("nothing serious is found by axe in the walkthrough", async () => {
    await window.run("Welcome: Open Walkthrough");
    await window.choose("Get started with Klotho");
    await window.page.getByText("Hover over an annotation").first().waitFor();
    // The buttons around the texts are the workbench's own.
    assert.deepEqual(await audit(window.page, ".step-description-container"), []);
  });
});
