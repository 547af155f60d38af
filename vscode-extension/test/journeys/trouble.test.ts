import { chmod, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { after, before, suite, test } from "node:test";
import type { Browser } from "playwright-core";
import { Window } from "../workbench/browser";
import { launchBrowser } from "../workbench/launch";
import { GIVEN, startWorkbench, type Workbench } from "../workbench/server";
import { SAMPLE } from "../workbench/support";

/** The server is missing, then it breaks, then it is well again. */
suite("trouble with the server", () => {
  let browser: Browser;
  let workbench: Workbench;
  let window: Window;
  let place: string;
  let program: string;

  before(async () => {
    browser = await launchBrowser();
    place = await mkdtemp(path.join(tmpdir(), "klotho-broken-"));
    program = path.join(place, "klotho-ls");
    const machine = { "klotho.server.path": program };
    workbench = await startWorkbench({ project: SAMPLE, vsix: GIVEN.universal, machine });
    window = await Window.open(browser, workbench);
    await window.openFile("playlists.ts");
  });

  after(async () => {
    await browser.close();
    await workbench.stop();
    await rm(place, { recursive: true, force: true, maxRetries: 5 });
  });

  /** Renamed into place: what is started again and again must not be half a program, nor one that is still open. */
  const write = async (script: string) => {
    await writeFile(`${program}.new`, `#!/bin/sh\n${script}\n`);
    await chmod(`${program}.new`, 0o755);
    await rename(`${program}.new`, program);
  };

  test("a program that is not there is said with the way out, and colours need no server", async () => {
    await window.notification(/klotho\.server\.path names/).waitFor();
    await window.status("Klotho").waitFor();
    await window.showUnits();
    await window.page.getByText("was not found").first().waitFor();
    await window.pictures(workbench, "missing");
    await window.clearNotifications();
  });

  test("a program that always ends is given up with an explanation", async () => {
    await write("echo it is broken >&2; exit 1");
    await window.run("Klotho: Restart Server");
    await window.notification(/stopped several times/).waitFor();
    await window.page.locator(".part.sidebar").getByText("stopped several times").first().waitFor();
    await window.pictures(workbench, "crashes");
    // The next test waits for one that comes then.
    await window.clearNotifications();
  });

  test("one that never answers is ended by a restart", async () => {
    await write("exec sleep 100000");
    await window.run("Klotho: Restart Server");
    await window.run("Klotho: Server State");
    await window.rows().filter({ hasText: "Restart Server" }).first().waitFor();
    await window.page.keyboard.press("Escape");
    await write("echo it is broken >&2; exit 1");
    await window.run("Klotho: Restart Server");
    await window.notification(/stopped several times/).waitFor();
  });

  test("a file that it crashes over is named, and left out by the next one", async () => {
    await window.clearNotifications();
    const once = path.join(place, "once");
    const words = 'echo "klotho-ls crashed while it read playlists.ts" >&2; exit 134';
    await write(`[ -e "${once}" ] || { touch "${once}"; ${words}; }\nexec "${GIVEN.server}" "$@"`);
    await window.run("Klotho: Restart Server");
    await window.notification(/crashed while it read playlists\.ts/).waitFor();
    // The one that follows says in the file that it was left out.
    await window.status(/\/mo.*\d/).waitFor();
    await window.pictures(workbench, "crash");
    await window.clearNotifications();
    await write("echo it is broken >&2; exit 1");
    await window.run("Klotho: Restart Server");
    await window.notification(/stopped several times/).waitFor();
  });

  test("the button of the message starts it again once it is mended", async () => {
    await write(`exec "${GIVEN.server}" "$@"`);
    await window.notification(/stopped several times/).getByText("Restart Server").click();
    await window.status(/\/mo/).waitFor();
    await window.treeRow("playlists").waitFor();
  });
});
