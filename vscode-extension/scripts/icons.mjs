// Icons from their drawings: one drawing for each kind of resource, in the colours of light and dark themes, and the
// picture of the gallery, which takes no SVG.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { Resvg } from "@resvg/resvg-js";
import { DIST, EXTENSION } from "./places.mjs";

/** Lines sixteen units wide and high, by name: those that the graph draws, too. */
const DRAWINGS = path.join(EXTENSION, "webview/shared/icons.json");

const COLOURS = { light: "#1f6fb2", dark: "#6cb6ff" };

export async function writeIcons() {
  /** @type {Record<string, string>} */
  const drawings = JSON.parse(await readFile(DRAWINGS, "utf8"));
  for (const [theme, colour] of Object.entries(COLOURS)) {
    const folder = path.join(DIST, "icons", theme);
    await mkdir(folder, { recursive: true });
    for (const [name, drawing] of Object.entries(drawings)) {
      await writeFile(path.join(folder, `${name}.svg`), svg(drawing, colour));
    }
  }
  const picture = new Resvg(await readFile(path.join(EXTENSION, "media/icon.svg"), "utf8"), { fitTo: { mode: "width", value: 256 } });
  await writeFile(path.join(DIST, "icon.png"), picture.render().asPng());
}

/**
 * @param {string} drawing
 * @param {string} colour
 */
function svg(drawing, colour) {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="${colour}" stroke-width="1.2" stroke-linecap="round" stroke-linejoin="round"><path d="${drawing}"/></svg>\n`;
}
