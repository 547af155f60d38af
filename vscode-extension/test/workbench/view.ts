import type { Frame, Page } from "playwright-core";
import { until } from "./support";

/**
 * The page inside a webview, which the workbench wraps into two frames of another origin. It is known by its title, since the
 * workbench takes frames away and makes new ones as editors move.
 */
export async function viewOf(page: Page, title: string): Promise<Frame> {
  let found: Frame | undefined;
  await until(async () => {
    for (const frame of page.frames()) {
      // A frame may go while it is asked.
      const name = await frame.title().catch(() => "");
      if (name === title && (await frame.locator("#view > *").count().catch(() => 0)) > 0) found = frame;
    }
    return found !== undefined;
  });
  if (found === undefined) throw new Error(`${title} is not shown`);
  return found;
}

export const GRAPH = "Klotho: resource graph";
export const COST = "Klotho: cost";
