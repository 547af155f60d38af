/** How the places are told apart in the charts: by colour, by dash and by name. Pure. */
import type { Place } from "../shared/contract";

export interface Series {
  readonly place: Place;
  /** A class of cost.css. */
  readonly look: string;
}

const ALWAYS_ON = ["s1", "s2", "s3", "s4"];

/** Places that are paid for by use come in one look, the others one after the other. */
export function seriesOf(places: readonly Place[]): Series[] {
  let next = 0;
  return places.map((place) => {
    if (place.mode === "on-demand") {
      return { place, look: "s0" };
    }
    next += 1;
    return { place, look: ALWAYS_ON[(next - 1) % ALWAYS_ON.length] ?? "s1" };
  });
}

/** Moves labels apart that would stand on each other; both are heights, and the order stays. */
export function apart(wanted: readonly number[], gap: number, bottom: number): number[] {
  const order = wanted.map((at, index) => ({ at, index })).sort((a, b) => a.at - b.at);
  const placed = new Array<number>(wanted.length).fill(0);
  let floor = Number.NEGATIVE_INFINITY;
  for (const { at, index } of order) {
    floor = Math.max(at, floor + gap);
    placed[index] = floor;
  }
  let ceiling = bottom;
  for (const { index } of [...order].reverse()) {
    ceiling = Math.min(placed[index] ?? 0, ceiling);
    placed[index] = ceiling;
    ceiling -= gap;
  }
  return placed;
}

/** The cheapest place that fits at each volume of the curve, as stretches of the same. */
export function cheapest(
  requests: readonly number[],
  curves: readonly { readonly target: string; readonly monthlyUsd: readonly (number | null)[] }[],
): { readonly target: string; readonly from: number; readonly to: number }[] {
  const stretches: { target: string; from: number; to: number }[] = [];
  requests.forEach((volume, index) => {
    const target = cheapestAt(index, curves);
    const last = stretches.at(-1);
    if (last !== undefined) {
      last.to = volume;
    }
    if (target !== null && last?.target !== target) {
      stretches.push({ target, from: volume, to: volume });
    }
  });
  return stretches;
}

function cheapestAt(
  index: number,
  curves: readonly { readonly target: string; readonly monthlyUsd: readonly (number | null)[] }[],
): string | null {
  let best: { target: string; amount: number } | null = null;
  for (const { target, monthlyUsd } of curves) {
    const amount = monthlyUsd[index] ?? null;
    if (amount !== null && (best === null || amount < best.amount)) {
      best = { target, amount };
    }
  }
  return best?.target ?? null;
}
