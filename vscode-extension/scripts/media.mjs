// Makes the pictures of the pages below media/ from those that the journeys took: stills that are cut to what they show, and the tour,
// which moves. They are taken in the oldest workbench, in its dark theme.
//
//   npm run media    takes them anew first
import { stat } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { EXTENSION, TEST } from "./places.mjs";

const TAKEN = path.join(TEST, "pictures/oldest");
const MADE = path.join(EXTENSION, "media");

/** The editors and views, without what stands around them. */
const EDITORS = { left: 348, top: 30, width: 932, height: 748 };

/**
 * The part of a picture that is shown.
 * @type {Record<string, import("sharp").Region>}
 */
const STILLS = {
  hover: { left: 348, top: 65, width: 890, height: 400 },
  targets: { left: 340, top: 30, width: 604, height: 200 },
  graph: EDITORS,
  cost: { left: 48, top: 30, width: 1232, height: 885 },
};

/** How long each picture of the tour stays, in milliseconds. */
const TOUR = { open: 1800, hover: 3500, targets: 3000, switched: 3000, saved: 1500 };
const WIDTH = 1000;

/** Pages are read over slow lines, too. */
const MOST_BYTES = 1_500_000;

for (const [name, region] of Object.entries(STILLS)) {
  const picture = sharp(path.join(TAKEN, `${name}-dark.png`)).extract(region);
  await picture.png({ compressionLevel: 9, palette: true }).toFile(path.join(MADE, `${name}.png`));
}

const frames = await Promise.all(
  Object.keys(TOUR).map((name, index) => sharp(path.join(TAKEN, `tour-${index + 1}-${name}.png`)).resize({ width: WIDTH }).png().toBuffer()),
);
const tour = path.join(MADE, "tour.webp");
await sharp(frames, { join: { animated: true } }).webp({ quality: 80, effort: 6, delay: Object.values(TOUR), loop: 0 }).toFile(tour);
const { size } = await stat(tour);
console.log(`${path.relative(EXTENSION, tour)}: ${size} bytes of ${MOST_BYTES}`);
if (size > MOST_BYTES) process.exitCode = 1;
