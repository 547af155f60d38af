import { mkdir } from "node:fs/promises";
import * as path from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { GIVEN, PATIENCE_MS, type Workbench } from "./server";

/** A window of the workbench, with what a person does in it. Every step waits for what it needs, never for a time. */
export class Window {
  private constructor(readonly page: Page) {}

  static async open(browser: Browser, workbench: Workbench, query = ""): Promise<Window> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: `http://${workbench.host}` });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(`http://${workbench.host}/?folder=${workbench.folder}${query}`);
    await page.locator(".monaco-workbench .part.statusbar").waitFor();
    return new Window(page);
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  /** Runs a command by its title. */
  async run(title: string): Promise<void> {
    await this.quickOpen(`>${title}`);
    const row = this.rows().filter({ hasText: title }).first();
    await row.waitFor();
    await row.click();
  }

  /** Runs a command without the mouse. */
  async runByKeys(title: string): Promise<void> {
    await this.quickOpen(`>${title}`);
    await this.page.locator(".quick-input-widget .monaco-list-row.focused").filter({ hasText: title }).waitFor();
    await this.page.keyboard.press("Enter");
    await this.page.locator(".quick-input-widget input").first().waitFor({ state: "hidden" });
  }

  /** Opens a file where code stands, also while a view beside it has the focus. */
  async openFile(name: string): Promise<void> {
    await this.run("View: Focus First Editor Group");
    await this.quickOpen(name);
    const row = this.rows().filter({ hasText: name }).first();
    await row.waitFor();
    await row.click();
    await this.page.locator(`.tab.active[data-resource-name="${path.basename(name)}"]`).waitFor();
    await this.editor().locator(".view-line").first().waitFor();
  }

  /** Puts the cursor into a line, counted from one. */
  async goTo(line: number): Promise<void> {
    await this.run("Go to Line/Column");
    await this.page.locator(".quick-input-widget input").first().pressSequentially(String(line));
    await this.page.keyboard.press("Enter");
    await this.status(new RegExp(`Ln ${line}\\b`)).waitFor();
  }

  /** Chooses a row of the list that is open. */
  async choose(text: string | RegExp): Promise<void> {
    const row = this.rows().filter({ hasText: text }).first();
    await row.waitFor();
    await row.click();
  }

  rows(): Locator {
    return this.page.locator(".quick-input-widget .monaco-list-row");
  }

  editor(): Locator {
    return this.page.locator(".editor-group-container.active .monaco-editor").first();
  }

  /** The piece of the text in the editor, as it is drawn. */
  word(text: string | RegExp): Locator {
    return this.editor().locator(".view-line span span").filter({ hasText: text }).first();
  }

  status(text: string | RegExp): Locator {
    return this.page.locator(".part.statusbar .statusbar-item").filter({ hasText: text }).first();
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator(".notification-toast").filter({ hasText: text }).first();
  }

  treeRow(text: string | RegExp): Locator {
    return this.page.locator(".part.sidebar .monaco-list-row").filter({ hasText: text }).first();
  }

  async showUnits(): Promise<void> {
    await this.page.locator('.activitybar [aria-label="Klotho"]').first().click();
    await this.page.locator(".part.sidebar").getByText("By Unit", { exact: false }).first().waitFor();
  }

  /** The colour in which a piece of the text is drawn. */
  colourOf(text: string): Promise<string> {
    return this.word(text).evaluate((element) => (globalThis as unknown as PageGlobals).getComputedStyle(element).color);
  }

  /** The titles that the list of commands has for a text. */
  async commands(text: string): Promise<string[]> {
    await this.quickOpen(`>${text}`);
    await this.rows().first().waitFor();
    const titles = await this.rows().allInnerTexts();
    await this.page.keyboard.press("Escape");
    return titles;
  }

  /** Replaces a text in the editor as a person does, by the dialogue for that. */
  async replaceAll(from: string, to: string): Promise<void> {
    await this.run("Replace");
    const widget = this.editor().locator(".find-widget");
    await widget.locator("textarea[aria-label='Find']").fill(from);
    await widget.locator("textarea[aria-label='Replace']").fill(to);
    await this.page.keyboard.press("Control+Alt+Enter");
    await this.page.keyboard.press("Escape");
  }

  async clearNotifications(): Promise<void> {
    await this.run("Notifications: Clear All Notifications");
    await this.page.locator(".notification-toast").first().waitFor({ state: "detached" });
  }

  /** Takes a picture in each kind of theme. The theme changes by the settings, so that what is open stays open. */
  async pictures(workbench: Workbench, name: string, mouse: "stays" | "leaves" = "leaves"): Promise<void> {
    if (mouse === "leaves") await this.page.mouse.move(960, 10);
    await mkdir(GIVEN.pictures, { recursive: true });
    for (const [kind, theme] of Object.entries(THEMES)) {
      await workbench.set({ "workbench.colorTheme": theme.id });
      await this.page.locator(`.monaco-workbench.${theme.mark}`).waitFor();
      await this.page.screenshot({ path: path.join(GIVEN.pictures, `${name}-${kind}.png`) });
    }
  }

  private async quickOpen(text: string): Promise<void> {
    const input = this.page.locator(".quick-input-widget input");
    await this.page.keyboard.press("F1");
    await input.first().waitFor();
    await input.first().fill(text);
  }
}

/** What a page has that Node has not. */
interface PageGlobals {
  getComputedStyle(element: unknown): { color: string };
}

interface Theme {
  id: string;
  /** The class that the workbench has with such a theme. */
  mark: string;
}

/** The dark one comes last, since tests start with it. */
const THEMES: Record<string, Theme> = {
  light: { id: "Default Light Modern", mark: "vs" },
  contrast: { id: "Default High Contrast", mark: "hc-black" },
  dark: { id: "Default Dark Modern", mark: "vs-dark" },
};
