import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../../test/workbench/launch";
import { audit } from "./audit";
import { HOSTILE } from "./build";
import { recordedCost } from "./recorded";
import { openStage, type Setting, type Stage } from "./stage";
import { THEMES } from "./themes";

const COST = recordedCost("playlists");
const UNIT = { root: COST.root, unit: COST.unit };

let browser: Browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());

async function withCost(run: (stage: Stage) => Promise<void>, setting: Partial<Setting> = {}, cost = COST): Promise<void> {
  const stage = await openStage(browser, { view: "cost", ...setting });
  await stage.hears("ready");
  await stage.send({ type: "cost", cost, overrides: {} });
  await stage.page.getByRole("table", { name: /^Where/ }).waitFor();
  await run(stage);
  assert.deepEqual(stage.wrong, []);
  await stage.close();
}

for (const theme of THEMES) {
  test(`nothing serious is found by axe, ${theme}`, async () => {
    await withCost(async (stage) => {
      await stage.picture(`cost-${theme}`);
      for (const summary of await stage.page.locator("summary").all()) {
        await summary.click();
      }
      assert.deepEqual(await audit(stage.page), []);
      await stage.page.setViewportSize({ width: 520, height: 1700 });
      assert.deepEqual(await audit(stage.page), []);
      await stage.picture(`cost-${theme}-narrow`);
    }, { theme, size: { width: 1280, height: 900 } });
  });
}

test("while nothing can be shown it says why, and the way on", async () => {
  const stage = await openStage(browser, { view: "cost", theme: "light" });
  assert.deepEqual(await stage.hears("ready"), { type: "ready", follow: true });
  await stage.page.getByRole("heading", { name: "Reading the project" }).waitFor();
  await stage.page.getByRole("button", { name: "Show log" }).click();
  await stage.hears("showLog");
  await stage.send({ type: "nothing" });
  await stage.page.getByRole("heading", { name: "No unit here" }).waitFor();
  assert.deepEqual(await audit(stage.page), []);
  await stage.send({ type: "failed", message: "klotho-ls is not running." });
  await stage.page.getByText("klotho-ls is not running.").waitFor();
  await stage.page.getByRole("button", { name: "Try again" }).press("Enter");
  await stage.hears("retry");
  await stage.close();
});

test("a slider moved by keys is priced at once, and its figures are shown when they come", async () => {
  await withCost(async (stage) => {
    const slider = stage.page.getByRole("slider", { name: "Requests a month" });
    await slider.press("ArrowRight");
    const asked = await stage.hears("price");
    assert.equal(asked["unit"], COST.unit);
    const { monthly_requests: requests } = asked["workload"] as { monthly_requests: number };
    assert.ok(requests > COST.requests);
    await stage.page.locator('.places table[aria-busy="true"]').waitFor();
    const places = COST.places.map((place) => (place.current ? { ...place, monthlyUsd: 18.5 } : place));
    const workload = { ...COST.workload, monthly_requests: { value: requests, from: "override" } };
    await stage.send({ type: "cost", cost: { ...COST, requests, places, workload }, overrides: asked["workload"] });
    await stage.page.locator(".total", { hasText: "$18.5" }).waitFor();
    await stage.page.locator('.places table[aria-busy="false"]').waitFor();
    await stage.page.getByText("(tried)").waitFor({ state: "detached" });
    await stage.picture("cost-dark-tried");
    const since = stage.heard.length;
    await stage.page.getByRole("button", { name: "Reset: Requests a month" }).press("Enter");
    assert.deepEqual((await stage.hears("price", since))["workload"], {});
  });
});

test("numbers can be typed; what is none is marked and not asked for", async () => {
  await withCost(async (stage) => {
    const field = stage.page.getByLabel("Requests a month, as a number");
    await field.fill("2.5M");
    assert.deepEqual((await stage.hears("price"))["workload"], { monthly_requests: 2_500_000 });
    const since = stage.heard.length;
    await field.fill("a lot");
    assert.equal(await field.getAttribute("aria-invalid"), "true");
    assert.equal(stage.heard.length, since);
    await field.blur();
    assert.equal(await field.inputValue(), "2.5M");
  });
});

test("the shape of the day is chosen from a list", async () => {
  await withCost(async (stage) => {
    await stage.page.getByLabel("Shape of the day").selectOption("flat");
    assert.deepEqual((await stage.hears("price"))["workload"], { shape: "flat" });
  });
});

test("what was tried is written down on demand, and is then no longer tried", async () => {
  await withCost(async (stage) => {
    const write = stage.page.getByRole("button", { name: "Write this workload" });
    assert.equal(await write.isDisabled(), true);
    await stage.page.getByLabel("Memory, as a number").fill("1024");
    await write.press("Enter");
    assert.deepEqual(await stage.hears("write"), { type: "write", ...UNIT, workload: { memory_mb: 1024 } });
    await stage.send({ type: "written" });
    await stage.page.getByText("The workload is written down.").waitFor();
    assert.equal(await write.isDisabled(), true);
  });
});

test("a place that fits can be switched to, one that does not says why", async () => {
  await withCost(async (stage) => {
    await stage.page.getByRole("button", { name: "Switch to ECS on Fargate" }).press("Enter");
    assert.deepEqual(await stage.hears("switch"), { type: "switch", ...UNIT, target: "ecs" });
    const unfit = COST.places.find(({ fits }) => !fits);
    assert.ok(unfit !== undefined);
    assert.equal(await stage.page.getByRole("button", { name: `Switch to ${unfit.name}` }).isDisabled(), true);
    await stage.page.getByRole("row", { name: unfit.name }).getByText(unfit.why[0] ?? "").waitFor();
  });
});

test("charts have names, descriptions and all figures as tables", async () => {
  await withCost(async (stage) => {
    for (const name of [/^Traffic in each hour/, /^Monthly cost on each place/]) {
      await stage.page.getByRole("img", { name }).waitFor();
    }
    await stage.page.locator("summary", { hasText: "Figures of the day" }).press("Enter");
    const rows = stage.page.locator(".twin", { hasText: "Figures of the day" }).getByRole("row");
    assert.equal(await rows.count(), 25);
    assert.equal(await stage.page.locator(".crossings path").count(), COST.crossings.length);
  });
});

test("a click into the curves tries that volume", async () => {
  await withCost(async (stage) => {
    await stage.page.locator(".curve").click({ position: { x: 120, y: 120 } });
    const { monthly_requests: requests } = (await stage.hears("price"))["workload"] as { monthly_requests: number };
    assert.ok(requests >= 1000 && requests < COST.requests);
  });
});

test("following the cursor is turned off and kept, with what was tried", async () => {
  let kept: unknown;
  await withCost(async (stage) => {
    await stage.page.getByRole("button", { name: "Follow the cursor" }).click();
    assert.deepEqual(await stage.hears("follow"), { type: "follow", on: false });
    await stage.page.getByLabel("Memory, as a number").fill("2048");
    await stage.hears("price");
    kept = await stage.kept();
  });
  await withCost(async (stage) => {
    assert.deepEqual(stage.heard[0], { type: "ready", follow: false });
    assert.deepEqual((await stage.hears("price"))["workload"], { memory_mb: 2048 });
  }, { state: kept });
});

test("the graph can be asked for", async () => {
  await withCost(async (stage) => {
    await stage.page.getByRole("button", { name: "Show in graph" }).click();
    assert.deepEqual(await stage.hears("showGraph"), { type: "showGraph", ...UNIT });
  });
});

test("hostile texts are text", async () => {
  const [evil] = HOSTILE;
  const places = COST.places.map((place) => ({ ...place, name: evil, why: [...HOSTILE], coldStart: evil, lines: [{ text: evil, usd: 1 }] }));
  const cost = { ...COST, unit: evil, places, verdict: HOSTILE.join(" "), workload: { ...COST.workload, [evil]: { value: evil, from: evil } } };
  await withCost(async (stage) => {
    for (const summary of await stage.page.locator("summary").all()) {
      await summary.click();
    }
    assert.equal(await stage.page.locator("#view img, #view script, #view iframe").count(), 0);
    assert.equal(await stage.page.evaluate(() => "harmed" in window), false);
  }, {}, cost);
});
