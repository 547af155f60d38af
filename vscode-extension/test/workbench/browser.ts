import { mkdir, writeFile } from "node:fs/promises";
import * as path from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { GIVEN, PATIENCE_MS, type Workbench } from "./server";
import { until } from "./support";

/** A window of the workbench, with what a person does in it. Every step waits for what it needs, never for a time. */
export class Window {
  private constructor(readonly page: Page) {}

  static async open(browser: Browser, workbench: Workbench, query = ""): Promise<Window> {
    const context = await browser.newContext({ viewport: SIZE });
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
    await this.accept(`>${title}`, title);
  }

  /** Opens a file where code stands, also while a view beside it has the focus. */
  async openFile(name: string): Promise<void> {
    await this.closeChat();
    await this.run("View: Focus First Editor Group");
    await this.accept(name, name);
    await this.page.locator(`.tab.active[data-resource-name="${path.basename(name)}"]`).waitFor();
    await this.editor().locator(".view-line").first().waitFor();
  }

  /** Puts the cursor into a line and a column, counted from one. */
  async goTo(line: number, column = 1): Promise<void> {
    await this.accept(`:${line}:${column}`, new RegExp(`line ${line}\\b`, "i"));
    await this.status(new RegExp(`Ln ${line}, Col ${column}\\b`)).waitFor();
  }

  /** Puts the cursor before a text, which stands in the file as `content` has it. */
  async goToText(content: string, text: string): Promise<void> {
    const before = content.slice(0, content.indexOf(text)).split("\n");
    await this.goTo(before.length, (before.at(-1) ?? "").length + 1);
  }

  /** Saves until what the files hold is so: a change of a file that nobody looks at is marked as unsaved only some time after it was made. */
  async save(holds: () => Promise<boolean>): Promise<void> {
    await until(async () => {
      await this.run("File: Save All");
      return holds();
    });
  }

  /**
   * Holds the mouse over a piece of the text until its hover says something. Lines move as lenses come, and a hover goes with
   * them: then the mouse is moved there again.
   */
  async hover(text: string, says: string): Promise<Locator> {
    const hover = this.page.locator(".monaco-hover").filter({ hasText: says }).first();
    await until(async () => {
      await this.page.mouse.move(...ASIDE);
      await this.word(text).hover();
      return appears(hover);
    });
    return hover;
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
    await this.closeChat();
    await this.page.locator('.activitybar [aria-label="Klotho"]').first().click();
    await this.page.locator(".part.sidebar").getByText("By Unit", { exact: false }).first().waitFor();
  }

  /** A lens above a line. */
  lens(text: string): Locator {
    return this.editor().locator(".codelens-decoration").filter({ hasText: text }).first();
  }

  /** The colour in which a piece of the text is drawn. */
  colourOf(text: string): Promise<string> {
    return this.word(text).evaluate((element) => (globalThis as unknown as PageGlobals).getComputedStyle(element).color);
  }

  /** The titles that the list of commands has for a text. */
  async commands(text: string): Promise<string[]> {
    await this.quickOpen(`>${text}`, /./);
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
    await widget.locator(".matchesCount").filter({ hasText: /of [1-9]/ }).waitFor();
    await this.page.keyboard.press("Control+Alt+Enter");
    await this.editor().locator(".view-line").filter({ hasText: to.replaceAll(" ", "\u00a0") }).first().waitFor();
    await this.page.keyboard.press("Escape");
    await this.editor().locator(".find-widget.visible").waitFor({ state: "detached" });
  }

  async clearNotifications(): Promise<void> {
    await this.run("Notifications: Clear All Notifications");
    await this.page.locator(".notification-toast").first().waitFor({ state: "detached" });
  }

  /** Takes a picture in each kind of theme. The theme changes by the settings, so that what is open stays open. */
  async pictures(workbench: Workbench, name: string, mouse: "stays" | "leaves" = "leaves"): Promise<void> {
    if (mouse === "leaves") await this.page.mouse.move(...ASIDE);
    for (const [kind, theme] of Object.entries(THEMES)) {
      await this.wear(workbench, theme);
      await this.still(`${name}-${kind}`, "stays");
    }
  }

  /** Has the editor beside the code fill a taller window while something is done. */
  async filledByView(act: () => Promise<void>): Promise<void> {
    const toggle = async () => {
      await this.run("View: Focus Last Editor Group");
      await this.run("View: Toggle Maximize Editor Group");
      await this.run("View: Toggle Primary Side Bar Visibility");
    };
    await this.page.setViewportSize(TALL);
    await toggle();
    await act();
    await toggle();
    await this.page.setViewportSize(SIZE);
  }

  /** Puts on the dark theme, which the pages show. */
  async dark(workbench: Workbench): Promise<void> {
    await this.wear(workbench, THEMES.dark);
  }

  private async wear(workbench: Workbench, theme: Theme): Promise<void> {
    await workbench.set({ "workbench.colorTheme": theme.id });
    await this.page.locator(`.monaco-workbench.${theme.mark}`).waitFor();
    await until(() => this.viewsHave(theme.view));
  }

  /** Newer workbenches may open a chat beside the code, which would stand in each picture. Nothing depends on whether it goes. */
  private async closeChat(): Promise<void> {
    const chat = this.page.locator(".part.auxiliarybar");
    if (!(await chat.isVisible())) return;
    await this.page.keyboard.press("Control+Alt+B");
    await chat.waitFor({ state: "hidden", timeout: SOON_MS }).catch(() => undefined);
  }

  /** Whether the views beside the code have taken over a theme. */
  private async viewsHave(mark: string): Promise<boolean> {
    for (const frame of this.page.frames().filter((one) => one.url().includes("fake.html"))) {
      // A frame may go while it is asked.
      if ((await frame.locator(`body:not(.${mark})`).count().catch(() => 0)) > 0) return false;
    }
    return true;
  }

  /** Takes a picture once all stands still: colours come in several steps, some of them from the server. */
  async still(name: string, mouse: "stays" | "leaves" = "leaves"): Promise<void> {
    if (mouse === "leaves") await this.page.mouse.move(...ASIDE);
    await mkdir(GIVEN.pictures, { recursive: true });
    let last = await this.page.screenshot();
    let same = 0;
    await until(async () => {
      const next = await this.page.screenshot();
      same = next.equals(last) ? same + 1 : 0;
      last = next;
      return same === SAME;
    });
    await writeFile(path.join(GIVEN.pictures, `${name}.png`), last);
  }

  /** Chooses by the keyboard what the list of everything has for a text, once it comes first there. */
  private async accept(typed: string, row: string | RegExp): Promise<void> {
    await this.quickOpen(typed, row);
    await this.page.keyboard.press("Enter");
    // A command may ask something in the same place.
    await until(async () => !(await this.input().isVisible()) || (await this.input().inputValue()) !== typed);
  }

  /** Has the list of everything show a text, with this row first. An editor that gets the focus late closes it; then it is opened again. */
  private async quickOpen(text: string, row: string | RegExp): Promise<void> {
    const first = this.page.locator(".quick-input-widget .monaco-list-row.focused").filter({ hasText: row });
    await until(async () => {
      await this.page.keyboard.press("F1");
      const filled = this.input().fill(text, { timeout: SOON_MS });
      return (await filled.then(() => true, () => false)) && appears(first);
    });
  }

  private input(): Locator {
    return this.page.locator(".quick-input-widget input").first();
  }
}

const SIZE = { width: 1280, height: 800 };
const TALL = { ...SIZE, height: 960 };

/** Where the mouse is in nobody's way. */
const ASIDE: [number, number] = [960, 10];

/** So many pictures in a row that are the same show what stands still. */
const SAME = 3;

/** What does not come within so long has to be asked for again. */
const SOON_MS = PATIENCE_MS / 30;

/** Whether it can be seen within moments. */
export async function appears(locator: Locator, within = SOON_MS): Promise<boolean> {
  return locator.waitFor({ timeout: within }).then(() => true, () => false);
}

/** What a page has that Node has not. */
interface PageGlobals {
  getComputedStyle(element: unknown): { color: string };
}

interface Theme {
  id: string;
  /** The class that the workbench has with such a theme. */
  mark: string;
  /** That of the page in a view. */
  view: string;
}

/** The dark one comes last, since tests start with it. */
const THEMES = {
  light: { id: "Default Light Modern", mark: "vs", view: "vscode-light" },
  contrast: { id: "Default High Contrast", mark: "hc-black", view: "vscode-high-contrast" },
  dark: { id: "Default Dark Modern", mark: "vs-dark", view: "vscode-dark" },
} satisfies Record<string, Theme>;
