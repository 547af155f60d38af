// Icons from their drawings: one drawing for each kind of resource, in the colours of light and dark themes, and the
// picture of the gallery, which takes no SVG.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { Resvg } from "@resvg/resvg-js";
import { DIST, EXTENSION } from "./places.mjs";

/** Sixteen units wide and high, in strokes of `currentColor`. */
const DRAWINGS = {
  // A box with a play sign: code that runs.
  unit: '<rect x="2" y="2.5" width="12" height="11" rx="2"/><path d="M6.7 5.7v4.6l3.8-2.3z" fill="currentColor"/>',
  // A door with an arrow through it.
  gateway: '<path d="M8.5 2.5h4a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-4"/><path d="M2 8h8M7 5l3 3-3 3"/>',
  // A page.
  static: '<path d="M4 1.8h5.2L12.5 5v9.2H4z"/><path d="M9 2v3.3h3.3M6.3 8.3h4M6.3 11h4"/>',
  // A key and its value.
  kv: '<rect x="1.8" y="4" width="5" height="3"/><rect x="9.2" y="4" width="5" height="3"/><rect x="1.8" y="9.5" width="5" height="3"/><rect x="9.2" y="9.5" width="5" height="3"/><path d="M6.8 5.5h2.4M6.8 11h2.4"/>',
  // The barrel that stands for a database.
  orm: '<ellipse cx="8" cy="3.9" rx="5.5" ry="2.1"/><path d="M2.5 3.9v8.2c0 1.2 2.5 2.1 5.5 2.1s5.5-.9 5.5-2.1V3.9M2.5 8c0 1.2 2.5 2.1 5.5 2.1s5.5-.9 5.5-2.1"/>',
  // A folder.
  fs: '<path d="M1.8 12.8V3.4h4.4l1.5 1.9h6.5v7.5z"/>',
  // A flash: what is quick because it is in memory.
  redis: '<path d="M9.2 1.6 3.4 9h4l-.8 5.4L12.6 7h-4z"/>',
  // A key.
  secret: '<circle cx="5" cy="10.8" r="2.9"/><path d="m7.1 8.7 6-6M10.6 5.2l2.2 2.2"/>',
  // One speaks, several hear.
  pubsub: '<circle cx="3.4" cy="8" r="1.7" fill="currentColor"/><circle cx="12.6" cy="3.2" r="1.5"/><circle cx="12.6" cy="8" r="1.5"/><circle cx="12.6" cy="12.8" r="1.5"/><path d="M5 7.2l6.2-3.4M5.1 8H11M5 8.8l6.2 3.4"/>',
  // Sliders.
  config: '<path d="M2 4.5h6.5M12 4.5h2M2 11.5h2M7.5 11.5H14"/><circle cx="10.2" cy="4.5" r="1.7"/><circle cx="5.8" cy="11.5" r="1.7"/>',
  // A clip that holds something on.
  embed: '<path d="m12.8 7.3-5 5a2.9 2.9 0 0 1-4.1-4.1l5.2-5.2a1.9 1.9 0 0 1 2.7 2.7l-5 5a.9.9 0 0 1-1.3-1.3l4.4-4.4"/>',
};

const COLOURS = { light: "#1f6fb2", dark: "#6cb6ff" };

export async function writeIcons() {
  for (const [theme, colour] of Object.entries(COLOURS)) {
    const folder = path.join(DIST, "icons", theme);
    await mkdir(folder, { recursive: true });
    for (const [name, drawing] of Object.entries(DRAWINGS)) {
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
  return `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="${colour}" color="${colour}" stroke-width="1.2" stroke-linecap="round" stroke-linejoin="round">${drawing}</svg>\n`;
}
