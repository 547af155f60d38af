/** Boxes side by side and below each other: close together at first, and afterwards where they were. Pure. */

export interface Box {
  readonly key: string;
  readonly width: number;
  readonly height: number;
}

export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** The upper left corner of each box, by key, and the size of all. */
export interface Packing {
  readonly spots: ReadonlyMap<string, Spot>;
  readonly width: number;
  readonly height: number;
}

const GAP = 44;
/** How much wider than high a screen is. */
const RATIO = 1.5;
/** Widths of rows that are tried, as parts of the one that would do if nothing were left empty. */
const PAGES = [0.85, 0.95, 1.05, 1.15, 1.3, 1.45];
/** A whole that gets this much smaller is worth moving everything. */
const WORTH_MOVING = 1.3;

/** Packs boxes; those with an old spot keep it where that leaves no great holes. */
export function pack(boxes: readonly Box[], old: ReadonlyMap<string, Spot>): Packing {
  const anew = inRows(boxes);
  if (old.size === 0) {
    return anew;
  }
  const kept = keeping(boxes, old);
  return size(kept) <= size(anew) * WORTH_MOVING ? kept : anew;
}

function size({ width, height }: Packing): number {
  return Math.max(width, height * RATIO);
}

/** Rows of about the form of a screen. */
function inRows(boxes: readonly Box[]): Packing {
  const area = boxes.reduce((sum, { width, height }) => sum + (width + GAP) * (height + GAP), 0);
  const widest = Math.max(0, ...boxes.map(({ width }) => width));
  const tries = PAGES.map((part) => rows(boxes, Math.max(widest, Math.sqrt(area * RATIO) * part)));
  return tries.reduce((best, other) => (size(other) < size(best) ? other : best));
}

function rows(boxes: readonly Box[], page: number): Packing {
  const spots = new Map<string, Spot>();
  let [x, y, rowHeight, width] = [0, 0, 0, 0];
  for (const box of boxes) {
    if (x > 0 && x + box.width > page) {
      [x, y, rowHeight] = [0, y + rowHeight + GAP, 0];
    }
    spots.set(box.key, { x, y });
    x += box.width + GAP;
    width = Math.max(width, x - GAP);
    rowHeight = Math.max(rowHeight, box.height);
  }
  return { spots, width, height: y + rowHeight };
}

interface Placed extends Box, Spot {}

/** Every box at its old spot if that is free; the others go to the first gap that takes them. */
function keeping(boxes: readonly Box[], old: ReadonlyMap<string, Spot>): Packing {
  const placed: Placed[] = [];
  const homeless: Box[] = [];
  for (const box of boxes) {
    const spot = old.get(box.key);
    if (spot !== undefined && isFree(placed, box, spot)) {
      placed.push({ ...box, ...spot });
    } else {
      homeless.push(box);
    }
  }
  const page = Math.max(0, ...placed.map(({ x, width }) => x + width));
  for (const box of homeless) {
    placed.push({ ...box, ...firstGap(placed, box, Math.max(page, box.width)) });
  }
  return {
    spots: new Map(placed.map(({ key, x, y }) => [key, { x, y }])),
    width: Math.max(0, ...placed.map(({ x, width }) => x + width)),
    height: Math.max(0, ...placed.map(({ y, height }) => y + height)),
  };
}

function isFree(placed: readonly Placed[], box: Box, { x, y }: Spot): boolean {
  if (x < 0 || y < 0) {
    return false;
  }
  return placed.every(
    (other) =>
      x + box.width + GAP <= other.x ||
      other.x + other.width + GAP <= x ||
      y + box.height + GAP <= other.y ||
      other.y + other.height + GAP <= y,
  );
}

/** Right of a box or below one, the highest such place within the page; below everything if there is none. */
function firstGap(placed: readonly Placed[], box: Box, page: number): Spot {
  const spots = placed.flatMap(({ x, y, width, height }) => [
    { x: x + width + GAP, y },
    { x, y: y + height + GAP },
  ]);
  spots.sort((a, b) => a.y - b.y || a.x - b.x);
  const bottom = Math.max(-GAP, ...placed.map(({ y, height }) => y + height)) + GAP;
  return spots.find((spot) => spot.x + box.width <= page && isFree(placed, box, spot)) ?? { x: 0, y: bottom };
}
