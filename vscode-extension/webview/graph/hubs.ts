/**
 * What many nodes hang on, such as a store that a hundred units use, would stand before one column of them all. Here such hubs
 * stand aside, and what is left without them falls into small groups that are packed into the form of a screen. Pure.
 */
import type { Link } from "../shared/messages";
import { pack } from "./pack";

/** With more neighbours than this a node is a hub. */
const MANY = 12;

/** A drawing of a few nodes. */
export interface Island {
  readonly nodes: ReadonlyMap<string, Point>;
  readonly width: number;
  readonly height: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
  /** The room between the hubs and the others, in which links spread. */
  readonly between: number;
}

/** Where all stands, and the corners of the links that end at a hub. */
export interface Spread {
  readonly nodes: ReadonlyMap<string, Point>;
  /** By how much each island was moved. */
  readonly spots: readonly Point[];
  readonly ways: ReadonlyMap<Link, readonly Point[]>;
  readonly width: number;
  readonly height: number;
}

/** The nodes with very many neighbours; those that more arrows leave than reach are on the left. */
export function hubsOf(arrows: readonly (readonly [string, string])[]): { readonly left: string[]; readonly right: string[] } {
  const heads = new Map<string, Set<string>>();
  const tails = new Map<string, Set<string>>();
  const add = (map: Map<string, Set<string>>, key: string, value: string): void => {
    map.set(key, (map.get(key) ?? new Set()).add(value));
  };
  for (const [tail, head] of arrows) {
    add(heads, tail, head);
    add(tails, head, tail);
  }
  const count = (map: Map<string, Set<string>>, ref: string): number => map.get(ref)?.size ?? 0;
  const refs = [...new Set(arrows.flat())].filter((ref) => count(heads, ref) + count(tails, ref) > MANY);
  const isLeft = (ref: string): boolean => count(heads, ref) >= count(tails, ref);
  return { left: refs.filter(isLeft), right: refs.filter((ref) => !isLeft(ref)) };
}

/** Puts hubs left and right of the islands. */
export function spread(
  hubs: { readonly left: readonly string[]; readonly right: readonly string[] },
  islands: readonly Island[],
  arrows: ReadonlyMap<Link, readonly [string, string]>,
  size: Size,
): Spread {
  const boxes = islands.map((island, at) => ({ key: String(at), width: island.width, height: island.height }));
  const packed = pack(boxes, new Map());
  const column = size.width + size.between;
  const shift = hubs.left.length > 0 ? column : 0;
  const tallest = Math.max(hubs.left.length, hubs.right.length) * (size.height + size.between / 2);
  const height = Math.max(packed.height, tallest);
  const nodes = new Map<string, Point>();
  const tops = new Map<string, number>();
  const spots = islands.map((island, at) => {
    const spot = packed.spots.get(String(at)) ?? { x: 0, y: 0 };
    const [x, y] = [spot.x + shift, spot.y];
    island.nodes.forEach((point, ref) => {
      nodes.set(ref, { x: point.x + x, y: point.y + y });
      tops.set(ref, y);
    });
    return { x, y };
  });
  stack(hubs.left, size.width / 2, height, nodes);
  stack(hubs.right, shift + packed.width + size.between + size.width / 2, height, nodes);
  const ways = new Map([...arrows].map(([link, [tail, head]]) => [link, way(tail, head, nodes, tops, size)]));
  const width = shift + packed.width + (hubs.right.length > 0 ? column : 0);
  return { nodes, spots, ways, width, height };
}

/** One below the other, in the middle of the height. */
function stack(refs: readonly string[], x: number, height: number, nodes: Map<string, Point>): void {
  refs.forEach((ref, at) => { nodes.set(ref, { x, y: (height * (at + 0.5)) / refs.length }); });
}

/** The corners of a link between a hub and a node: along the free lane above the node's row, so that it runs behind nothing. */
function way(
  tail: string,
  head: string,
  nodes: ReadonlyMap<string, Point>,
  tops: ReadonlyMap<string, number>,
  size: Size,
): readonly Point[] {
  const [from, to] = [nodes.get(tail), nodes.get(head)];
  if (from === undefined || to === undefined) {
    return [];
  }
  const lane = LANE_ABOVE;
  const aside = size.width / 2 + size.between / 4;
  const far = size.width / 2 + size.between;
  const [atTail, atHead] = [tops.get(tail), tops.get(head)];
  if (atHead !== undefined && atTail === undefined) {
    return to.x - from.x < far + size.width ? [] : [{ x: from.x + far, y: atHead - lane }, { x: to.x - aside, y: atHead - lane }];
  }
  if (atTail !== undefined && atHead === undefined) {
    return to.x - from.x < far + size.width ? [] : [{ x: from.x + aside, y: atTail - lane }, { x: to.x - far, y: atTail - lane }];
  }
  return [];
}

/** Half of what `pack` leaves free between rows. */
const LANE_ABOVE = 22;
