/** Puts a view on the screen of a real browser, with the extension's side played by the test. */
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { pageHtml } from "../../src/views/page";
import { BODY_CLASS, VARIABLES, type Theme } from "./themes";

/** The extension's folder; tests run from there. */
const ROOT = process.cwd();
const ORIGIN = "https://view.test";

export interface Setting {
  readonly view: "graph" | "cost";
  readonly theme?: Theme;
  readonly size?: { readonly width: number; readonly height: number };
  /** What the view had kept. */
  readonly state?: unknown;
  readonly reducedMotion?: boolean;
}

export interface Stage {
  readonly page: Page;
  /** Everything that the view asked for so far. */
  readonly heard: Record<string, unknown>[];
  /** What went wrong in the page: errors, refusals of its policy, requests to anywhere. */
  readonly wrong: string[];
  send(message: unknown): Promise<void>;
  /** The first message of a kind from `since` on; waits for it. */
  hears(type: string, since?: number): Promise<Record<string, unknown>>;
  kept(): Promise<unknown>;
  picture(name: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens a view as VS Code does. */
export async function openStage(browser: Browser, setting: Setting): Promise<Stage> {
  const context = await browser.newContext({
    viewport: setting.size ?? { width: 1280, height: 800 },
    reducedMotion: setting.reducedMotion === false ? "no-preference" : "reduce",
  });
  const page = await context.newPage();
  const heard: Record<string, unknown>[] = [];
  const wrong = await watched(page);
  const arrivals = new Set<() => void>();
  await page.exposeFunction("posted", (message: Record<string, unknown>) => {
    heard.push(message);
    arrivals.forEach((arrival) => {
      arrival();
    });
  });
  const theme = setting.theme ?? "dark";
  await page.addInitScript(pretendVsCode, {
    variables: VARIABLES[theme],
    bodyClass: BODY_CLASS[theme],
    state: setting.state ?? null,
  });
  await page.goto(`${ORIGIN}/${setting.view}.html`);
  return {
    page,
    heard,
    wrong,
    send: (message) => page.evaluate((data) => { window.postMessage(data, "*"); }, message),
    hears: (type, since = 0) => firstOf(heard, arrivals, type, since),
    kept: () => page.evaluate(() => (window as unknown as { kept: unknown }).kept),
    picture: (name) => picture(page, name),
    close: () => context.close(),
  };
}

async function watched(page: Page): Promise<string[]> {
  const wrong: string[] = [];
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") {
      wrong.push(message.text());
    }
  });
  await page.route("**/*", async (route) => {
    const url = new URL(route.request().url());
    const answer = url.origin === ORIGIN ? resource(url.pathname) : null;
    if (answer === null) {
      wrong.push(`asked for ${url.href.slice(0, 200)}`);
      await route.abort();
    } else {
      await route.fulfill(answer);
    }
  });
  return wrong;
}

function resource(pathname: string): { body: string | Buffer; contentType: string } | null {
  const [, name = "", kind = ""] = /^\/(graph|cost)\.(html|js|css)$/.exec(pathname) ?? [];
  if (kind === "html") {
    const page = { title: name, nonce: "n0nce", cspSource: ORIGIN, script: `${ORIGIN}/${name}.js`, style: `${ORIGIN}/${name}.css` };
    return { body: pageHtml(page), contentType: "text/html" };
  }
  if (kind === "") {
    return pathname === "/favicon.ico" ? { body: "", contentType: "image/x-icon" } : null;
  }
  const body = readFileSync(path.join(ROOT, "dist/webview", `${name}.${kind}`));
  return { body, contentType: kind === "js" ? "text/javascript" : "text/css" };
}

/** Runs in the page, before anything else. */
function pretendVsCode({
  variables,
  bodyClass,
  state,
}: {
  variables: Readonly<Record<string, string>>;
  bodyClass: string;
  state: unknown;
}): void {
  const page = window as unknown as {
    kept: unknown;
    posted: (message: unknown) => Promise<void>;
    acquireVsCodeApi: () => unknown;
  };
  page.kept = state;
  page.acquireVsCodeApi = () => ({
    postMessage: (message: unknown) => void page.posted(message),
    getState: () => page.kept,
    setState: (kept: unknown) => {
      page.kept = kept;
    },
  });
  document.addEventListener("readystatechange", () => {
    for (const [name, value] of Object.entries(variables)) {
      document.documentElement.style.setProperty(`--vscode-${name}`, value);
    }
    document.body.className = bodyClass;
  });
}

function firstOf(
  heard: readonly Record<string, unknown>[],
  arrivals: Set<() => void>,
  type: string,
  since: number,
): Promise<Record<string, unknown>> {
  return new Promise((resolve) => {
    const look = (): void => {
      const message = heard.slice(since).find((candidate) => candidate["type"] === type);
      if (message !== undefined) {
        arrivals.delete(look);
        resolve(message);
      }
    };
    arrivals.add(look);
    look();
  });
}

async function picture(page: Page, name: string): Promise<void> {
  const folder = path.join(ROOT, "out/pictures");
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}
