/** Which node the arrow keys lead to. Pure. */
import type { Point } from "./layout";

export type Direction = "left" | "right" | "up" | "down";

const TURN: Readonly<Record<Direction, (by: Point) => Point>> = {
  right: ({ x, y }) => ({ x, y }),
  left: ({ x, y }) => ({ x: -x, y }),
  down: ({ x, y }) => ({ x: y, y: x }),
  up: ({ x, y }) => ({ x: -y, y: x }),
};

/** Going astray to the side costs more than going far. */
const ASIDE = 2.5;

/** The nearest node in that direction; the first one when there is none to start from; null where there is no further. */
export function next(nodes: ReadonlyMap<string, Point>, from: string | null, direction: Direction): string | null {
  const start = from === null ? undefined : nodes.get(from);
  if (start === undefined) {
    return topLeft(nodes);
  }
  let best: { ref: string; far: number } | null = null;
  for (const [ref, point] of nodes) {
    const { x: ahead, y: aside } = TURN[direction]({ x: point.x - start.x, y: point.y - start.y });
    const far = ahead + Math.abs(aside) * ASIDE;
    if (ahead > 1 && Math.abs(aside) <= ahead * 4 && (best === null || far < best.far)) {
      best = { ref, far };
    }
  }
  return best?.ref ?? null;
}

function topLeft(nodes: ReadonlyMap<string, Point>): string | null {
  let best: { ref: string; far: number } | null = null;
  for (const [ref, { x, y }] of nodes) {
    if (best === null || x + y < best.far) {
      best = { ref, far: x + y };
    }
  }
  return best?.ref ?? null;
}
