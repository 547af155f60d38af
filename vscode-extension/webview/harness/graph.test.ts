import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { projectModel } from "../../src/views/graphModel";
import { launchBrowser } from "../../test/workbench/launch";
import type { Project } from "../shared/messages";
import { audit } from "./audit";
import { aroundHubs, HOSTILE, project as small } from "./build";
import { manyServices, recordedGraph, recordedProject } from "./recorded";
import { openStage, type Setting, type Stage } from "./stage";
import { THEMES } from "./themes";

const MUSIC = recordedProject("music-service");
const ORDERS = recordedProject("orders-js");
const PLAYLISTS = "execution_unit:playlists";

let browser: Browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());

/** Runs a test with the view on the screen; nothing may have gone wrong in the page. */
async function withGraph(
  projects: readonly Project[],
  run: (stage: Stage) => Promise<void>,
  setting: Partial<Setting> = {},
): Promise<void> {
  const stage = await openStage(browser, { view: "graph", ...setting });
  await stage.hears("ready");
  await stage.send({ type: "projects", projects, active: projects[0]?.root ?? null });
  await stage.page.locator(projects.some(({ resources }) => resources.length > 0) ? ".canvas" : ".waiting").waitFor();
  await run(stage);
  assert.deepEqual(stage.wrong, []);
  await stage.close();
}

const node = (stage: Stage, ref: string): ReturnType<Stage["page"]["locator"]> => stage.page.locator(`.world [data-ref="${ref}"]`);
const transform = (stage: Stage): Promise<string | null> => stage.page.locator(".world").getAttribute("transform");
const selected = (stage: Stage): Promise<string | null> => stage.page.locator(".world .node.selected").getAttribute("data-ref");

for (const theme of THEMES) {
  test(`nothing serious is found by axe, ${theme}`, async () => {
    await withGraph([MUSIC, ORDERS], async (stage) => {
      await stage.send({ type: "cursor", root: MUSIC.root, refs: [PLAYLISTS], label: "commute runs in" });
      await stage.page.locator(".here").waitFor();
      await stage.picture(`graph-${theme}`);
      await node(stage, "gateway:music-api").click();
      await stage.page.locator(".details").waitFor();
      await stage.page.locator("summary", { hasText: "Export" }).click();
      assert.deepEqual(await audit(stage.page), []);
      await stage.picture(`graph-${theme}-selected`);
    }, { theme });
  });

  test(`nothing serious is found by axe where there is nothing to show, ${theme}`, async () => {
    await withGraph([small([], [])], async (stage) => {
      assert.deepEqual(await audit(stage.page), []);
      await stage.picture(`graph-${theme}-empty`);
      await stage.send({ type: "failed", message: "klotho-ls is not running." });
      await stage.page.getByRole("heading", { name: "The graph cannot be shown" }).waitFor();
      assert.deepEqual(await audit(stage.page), []);
      await stage.picture(`graph-${theme}-failed`);
      const since = stage.heard.length;
      await stage.page.getByRole("button", { name: "Try again" }).click();
      await stage.hears("retry", since);
    }, { theme });
  });
}

test("by keys alone: search, walk, open, look around, export", async () => {
  await withGraph([MUSIC, ORDERS], async (stage) => {
    const { keyboard } = stage.page;
    const focused = (): Promise<string | null> => stage.page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? null);
    const tabTo = async (label: RegExp): Promise<void> => {
      for (let presses = 0; presses < 40 && !label.test((await focused()) ?? ""); presses += 1) {
        await keyboard.press("Tab");
      }
      assert.match((await focused()) ?? "", label);
    };
    await tabTo(/^Search/);
    await keyboard.type("recent");
    await keyboard.press("Enter");
    assert.equal(await selected(stage), "persist_kv:recent-plays");
    await tabTo(/^Drawing/);
    await keyboard.press("ArrowLeft");
    assert.equal(await selected(stage), "execution_unit:recommendations");
    await keyboard.press("Enter");
    assert.deepEqual(await stage.hears("reveal"), { type: "reveal", root: MUSIC.root, ref: "execution_unit:recommendations", focus: true });
    const before = await transform(stage);
    await keyboard.press("+");
    await keyboard.press("Shift+ArrowRight");
    assert.notEqual(await transform(stage), before);
    await keyboard.press("0");
    assert.equal(await transform(stage), before);
    await keyboard.press("Escape");
    assert.equal(await stage.page.locator(".world .node.selected").count(), 0);
    await keyboard.press("/");
    assert.match((await focused()) ?? "", /^Search/);
    await keyboard.press("Control+A");
    await keyboard.press("Delete");
    await tabTo(/^Resources$/);
    await keyboard.press("End");
    await keyboard.press("ArrowUp");
    assert.equal(await stage.page.locator('[role="option"][aria-selected="true"] .row-name').textContent(), "playlist-store");
    assert.equal(await selected(stage), "persist_kv:playlist-store");
  });
});

test("a screen reader hears what is chosen in the drawing", async () => {
  await withGraph([MUSIC], async (stage) => {
    await stage.page.locator(".canvas").focus();
    await stage.page.keyboard.press("ArrowRight");
    await stage.page.keyboard.press("ArrowRight");
    const ref = await selected(stage);
    const chosen = MUSIC.resources.find((resource) => resource.ref === ref);
    assert.ok(chosen !== undefined);
    await stage.page.locator('[role="status"]', { hasText: chosen.id }).waitFor({ state: "attached" });
    const options = stage.page.getByRole("listbox", { name: "Resources" }).getByRole("option");
    assert.equal(await options.count(), MUSIC.resources.length);
    assert.equal(await options.and(stage.page.locator('[aria-selected="true"]')).count(), 1);
  });
});

test("kinds are hidden and shown, a unit's surroundings alone are shown", async () => {
  await withGraph([MUSIC], async (stage) => {
    const stores = stage.page.getByRole("button", { name: "2 key-value stores" });
    await stores.press("Space");
    assert.equal(await stores.getAttribute("aria-pressed"), "false");
    assert.equal(await stage.page.locator(".world .node").count(), 4);
    await stores.press("Space");
    await stage.page.getByLabel("Around unit").selectOption({ label: "playlists" });
    await node(stage, "execution_unit:recommendations").waitFor({ state: "detached" });
    assert.equal(await stage.page.locator(".world .node").count(), 3);
  });
});

test("by mouse: a click opens the source, a second one goes there, the wheel zooms, dragging moves and opens nothing", async () => {
  await withGraph([MUSIC], async (stage) => {
    await node(stage, PLAYLISTS).click();
    assert.deepEqual(await stage.hears("reveal"), { type: "reveal", root: MUSIC.root, ref: PLAYLISTS, focus: false });
    const since = stage.heard.length;
    await node(stage, PLAYLISTS).dblclick();
    await stage.page.waitForFunction(() => true);
    assert.ok(stage.heard.slice(since).some((message) => message["focus"] === true));
    const { mouse } = stage.page;
    const before = await transform(stage);
    await mouse.move(400, 200);
    await mouse.wheel(0, -300);
    await stage.page.waitForFunction((old) => document.querySelector(".world")?.getAttribute("transform") !== old, before);
    const zoomed = await transform(stage);
    const heard = stage.heard.length;
    await mouse.down();
    await mouse.move(450, 260, { steps: 4 });
    await mouse.up();
    assert.notEqual(await transform(stage), zoomed);
    assert.equal(stage.heard.length, heard);
  });
});

test("the view follows the cursor, to another project too, until that is turned off", async () => {
  await withGraph([MUSIC, ORDERS], async (stage) => {
    await stage.send({ type: "cursor", root: ORDERS.root, refs: ["execution_unit:orders"], label: "checkout runs in" });
    await node(stage, "execution_unit:orders").and(stage.page.locator(".cursor")).waitFor();
    await stage.page.getByText("checkout runs in orders").waitFor();
    await stage.page.getByRole("button", { name: "Follow the cursor" }).click();
    await stage.page.locator(".world .cursor").waitFor({ state: "detached" });
    await stage.send({ type: "cursor", root: MUSIC.root, refs: [PLAYLISTS], label: "commute runs in" });
    assert.equal(await stage.page.getByLabel("Project").inputValue(), ORDERS.root);
  });
});

test("while somebody types, nodes stay the same elements at the same places", async () => {
  await withGraph([MUSIC], async (stage) => {
    await stage.page.evaluate(() => {
      document.querySelectorAll(".world .node").forEach((element) => Object.assign(element, { seen: true }));
    });
    const at = await node(stage, PLAYLISTS).getAttribute("transform");
    const dearer = MUSIC.resources.map((row) => (row.ref === PLAYLISTS ? { ...row, monthlyUsd: 47 } : row));
    await stage.send({ type: "projects", projects: [{ ...MUSIC, resources: dearer }], active: MUSIC.root });
    await node(stage, PLAYLISTS).locator(".cost", { hasText: "$47.0/mo" }).waitFor();
    assert.equal(await node(stage, PLAYLISTS).getAttribute("transform"), at);
    const seen = await stage.page.evaluate(() => [...document.querySelectorAll(".world .node")].every((element) => "seen" in element));
    assert.ok(seen);
  });
});

test("what was chosen is there again after the view was hidden", async () => {
  let kept: unknown;
  let before: string | null = null;
  await withGraph([MUSIC], async (stage) => {
    await node(stage, PLAYLISTS).click();
    await stage.page.getByRole("button", { name: "Zoom in" }).click();
    await stage.page.waitForFunction(() => (window as unknown as { kept: { selected: string; zoom: unknown } | null }).kept?.zoom != null);
    [kept, before] = [await stage.kept(), await transform(stage)];
  });
  await withGraph([MUSIC], async (stage) => {
    await node(stage, PLAYLISTS).and(stage.page.locator(".selected")).waitFor();
    assert.equal(await transform(stage), before);
  }, { state: kept });
});

test("what was kept by somebody else is not trusted", async () => {
  await withGraph([MUSIC], async (stage) => {
    await node(stage, PLAYLISTS).waitFor();
  }, { state: { root: 3, hidden: "all" } });
});

test("300 nodes are drawn, and looking around changes one attribute", async (context) => {
  const shop = manyServices(300);
  await withGraph([shop], async (stage) => {
    assert.equal(await stage.page.locator(".world .node").count(), 300);
    const sizes = await stage.page.locator(".far-name").evaluateAll((names) => names.map((name) => name.getAttribute("font-size")));
    assert.equal(new Set(sizes).size, 1);
    await stage.picture("graph-dark-300");
    await stage.page.evaluate(() => {
      const changed = new Set<string>();
      Object.assign(window, { changed });
      new MutationObserver((records) => {
        records.forEach(({ type, attributeName, target }) => changed.add(`${type} ${attributeName ?? ""} of ${(target as Element).getAttribute("class")?.split(" ")[0] ?? "?"}`));
      }).observe(document.querySelector(".surface") ?? document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    });
    await stage.page.mouse.move(500, 400);
    await stage.page.mouse.down();
    await stage.page.mouse.move(560, 440, { steps: 8 });
    await stage.page.mouse.up();
    await stage.page.locator(".canvas").press("Shift+ArrowRight");
    const changed = await stage.page.evaluate(() => [...(window as unknown as { changed: Set<string> }).changed]);
    assert.deepEqual(changed, ["attributes transform of world"]);
    await node(stage, `${PLAYLISTS}-3`).click();
    await stage.hears("reveal");
    context.diagnostic(`300 nodes take ${Math.round(await drawingTime(stage))} ms`);
  });
});

/** The page's own processor time from hearing of 300 other nodes to having painted them, whatever else this machine does. */
async function drawingTime(stage: Stage): Promise<number> {
  const session = await stage.page.context().newCDPSession(stage.page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const busy = async (): Promise<number> => {
    const { metrics } = await session.send("Performance.getMetrics");
    return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0) * 1000;
  };
  const shop = manyServices(300);
  const before = await busy();
  await stage.send({ type: "projects", projects: [{ ...shop, root: "file:///apps/other", name: "other" }], active: null });
  await stage.page.getByRole("application", { name: "Drawing of other" }).waitFor();
  await stage.page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
  return (await busy()) - before;
}

test("of more than 300 it says what it left out, and a unit can be chosen", async () => {
  await withGraph([manyServices(420)], async (stage) => {
    await stage.page.getByText("Showing 300 of 420 resources").waitFor();
    assert.equal(await stage.page.locator(".world .node").count(), 300);
    await stage.page.getByLabel("Around unit").selectOption({ label: "playlists-34" });
    await stage.page.getByText("Showing 300 of").waitFor({ state: "detached" });
    await node(stage, `${PLAYLISTS}-34`).waitFor();
  });
});

test("hostile and endless names are text, in the page and in what is exported", async () => {
  const recorded = recordedGraph("music-service");
  const ids = [...HOSTILE, "y".repeat(1_000_000), "שלום-עולם", "漢字の名前がとても長いユニット"];
  const nodes = ids.map((id) => ({ kind: "execution_unit", id, type: id, language: id, symbol: id, file: id, range: recorded.graph.nodes[0]?.range ?? null }));
  const edges = [{ from: `execution_unit:${ids[0]}`, kind: "calls", to: `execution_unit:${ids[1]}`, label: HOSTILE[0] }];
  const { view } = projectModel({ ...recorded, graph: { ...recorded.graph, nodes, edges, routes: [] } });
  await withGraph([view], async (stage) => {
    await node(stage, view.resources[0]?.ref.replaceAll('"', '\\"') ?? "").click();
    await stage.page.locator(".details").waitFor();
    await stage.picture("graph-dark-hostile");
    assert.equal(await stage.page.locator("#view img, #view script, #view iframe").count(), 0);
    assert.equal(await stage.page.evaluate(() => "harmed" in window), false);
    for (const [label, format] of [["SVG picture", "svg"], ["PNG picture", "png"], ["Mermaid text", "mermaid"]] as const) {
      const since = stage.heard.length;
      await stage.page.locator("summary", { hasText: "Export" }).press("Enter");
      await stage.page.getByRole("button", { name: label }).press("Enter");
      const { content } = await stage.hears("export", since);
      await checkExport(stage, format, String(content));
    }
  });
});

async function checkExport(stage: Stage, format: string, content: string): Promise<void> {
  if (format === "png") {
    assert.equal(Buffer.from(content, "base64").subarray(1, 4).toString(), "PNG");
  }
  if (format === "svg") {
    // A page of its own: a parsed picture is held to the policy of the page that parses it, and it is made to lie in a file.
    const page = await stage.page.context().newPage();
    const tags = await page.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
      return [...new Set([...parsed.querySelectorAll("*")].map(({ tagName }) => tagName))].sort();
    }, content);
    await page.close();
    assert.deepEqual(tags, ["g", "path", "rect", "style", "svg", "text", "title"]);
    assert.doesNotMatch(content, /var\(/);
  }
}

test("a hundred units around a gateway and a store fit into the view", async () => {
  await withGraph([aroundHubs()], async (stage) => {
    await node(stage, "persist_orm:shared").waitFor();
    await stage.picture("graph-dark-hubs");
  });
});
