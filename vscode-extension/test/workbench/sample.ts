import { after, before } from "node:test";
import { Window } from "./browser";
import { launchBrowser } from "./launch";
import { GIVEN, startWorkbench, type Workbench } from "./server";
import { SAMPLE } from "./support";

/** A window on the sample, and the workbench that it belongs to. */
export interface Opened {
  window: Window;
  workbench: Workbench;
}

/**
 * Gives the suite around it a window with the sample's first unit once its cost is known, where the package that carries the
 * server is installed; closes all when the suite ends.
 */
export function openSample(take: (opened: Opened) => void): void {
  const closers: (() => Promise<void>)[] = [];

  before(async () => {
    const browser = await launchBrowser();
    closers.push(() => browser.close());
    const workbench = await startWorkbench({ project: SAMPLE, vsix: GIVEN.carrying });
    closers.push(() => workbench.stop());
    const window = await Window.open(browser, workbench);
    await window.openFile("playlists.ts");
    await window.status(/\/mo/).waitFor();
    take({ window, workbench });
  });

  after(async () => {
    for (const close of closers) await close();
  });
}
