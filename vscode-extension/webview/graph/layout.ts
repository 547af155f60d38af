/**
 * Where everything stands. What hangs together is laid out by itself, in layers from left to right, and the groups are
 * packed below each other. A group that stays the same keeps its form, so an edit moves nothing but what it touches.
 */
import dagre from "@dagrejs/dagre";
import { linkKind } from "../shared/kinds";
import type { Link } from "../shared/messages";
import { hubsOf, spread } from "./hubs";
import { linkLabel, type LabelledLink } from "./labels";
import { pack, type Spot } from "./pack";
import { neighboursOf, type Part } from "./select";

export const NODE_WIDTH = 220;
export const NODE_HEIGHT = 76;
/** The room beside hubs, in which their many links spread. */
const FAN = 120;
const LABEL_HEIGHT = 16;
const LETTER_WIDTH = 6.2;
/** Beyond this many links in a group labels take part in the layout no more: they would push everything apart. */
const MAX_LABELLED = 150;
/** So many links of a group decide where its nodes stand; more would take seconds. The others are drawn without a detour. */
const MAX_GUIDING = 340;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** An edge as it is drawn: from where the arrow starts to its head. */
export interface DrawnLink extends LabelledLink {
  readonly key: string;
  readonly points: readonly Point[];
  /** Where the middle of its label stands; null where there is no room. */
  readonly labelAt: Point | null;
}

export interface Layout {
  /** The middle of each node. */
  readonly nodes: ReadonlyMap<string, Point>;
  readonly links: readonly DrawnLink[];
  readonly width: number;
  readonly height: number;
}

interface Group extends Layout {
  readonly key: string;
}

/** Lays parts out one after the other, each like the one before as far as it is the same. */
export class Layouter {
  private groups = new Map<string, Group>();
  private before: ReadonlyMap<string, Point> = new Map();
  private order = new Map<string, number>();

  lay(part: Part, routes: ReadonlyMap<string, readonly string[]>): Layout {
    const links = part.links.map((link) => linkLabel(link, routes));
    const all = part.resources.map(({ ref }) => ref);
    const groups = connected(all, part.links).map((refs) => this.group(refs, links.filter((link) => refs.has(link.from))));
    groups.sort((a, b) => byHeight(a, b) || (a.key < b.key ? -1 : 1));
    const { spots, width, height } = pack(inOldOrder(groups, this.groups), this.oldSpots(groups));
    const nodes = new Map<string, Point>();
    const drawn: DrawnLink[] = [];
    groups.forEach((group) => { place(group, spots.get(group.key) ?? { x: 0, y: 0 }, nodes, drawn); });
    this.groups = new Map(groups.map((group) => [group.key, group]));
    this.before = nodes;
    this.order = new Map([...nodes.keys()].map((ref, at) => [ref, at]));
    return { nodes, links: drawn, width, height };
  }

  private group(refs: ReadonlySet<string>, links: readonly LabelledLink[]): Group {
    const key = JSON.stringify([[...refs].sort(), links.map(({ from, to, kind, text }) => [from, to, kind, text])]);
    const known = this.groups.get(key);
    if (known !== undefined) {
      return known;
    }
    const at = (ref: string): number => this.order.get(ref) ?? Number.MAX_SAFE_INTEGER;
    return { key, ...laidOut([...refs].sort((a, b) => at(a) - at(b)), links) };
  }

  /** Where a group has to be so that the first of its nodes that was there before stays where it was. */
  private oldSpots(groups: readonly Group[]): Map<string, Spot> {
    const spots = new Map<string, Spot>();
    for (const { key, nodes } of groups) {
      for (const [ref, inside] of nodes) {
        const old = this.before.get(ref);
        if (old !== undefined) {
          spots.set(key, { x: Math.max(0, old.x - inside.x), y: Math.max(0, old.y - inside.y) });
          break;
        }
      }
    }
    return spots;
  }
}

/** Groups that are as they were come first: the others have to do with the room that is left. */
function inOldOrder(groups: readonly Group[], old: ReadonlyMap<string, Group>): Group[] {
  return [...groups.filter(({ key }) => old.has(key)), ...groups.filter(({ key }) => !old.has(key))];
}

function byHeight(a: Layout, b: Layout): number {
  return b.height - a.height || b.width - a.width;
}

/** The sets of nodes that links hold together. */
function connected(refs: readonly string[], links: readonly Link[]): Set<string>[] {
  const neighbours = neighboursOf(links);
  const seen = new Set<string>();
  const sets: Set<string>[] = [];
  for (const ref of refs) {
    if (seen.has(ref)) {
      continue;
    }
    const set = new Set([ref]);
    for (const member of set) {
      seen.add(member);
      neighbours.get(member)?.forEach((next) => set.add(next));
    }
    sets.push(set);
  }
  return sets;
}

/** What hangs together: in layers, but for hubs, which stand beside what is left without them. */
function laidOut(refs: readonly string[], links: readonly LabelledLink[]): Layout {
  const hubs = hubsOf(links.map(ends));
  const aside = new Set([...hubs.left, ...hubs.right]);
  if (aside.size === 0) {
    return layered(refs, links);
  }
  const isInner = ({ from, to }: Link): boolean => !aside.has(from) && !aside.has(to);
  const inner = links.filter(isInner);
  const outer = links.filter((link) => !isInner(link));
  const groups = connected(refs.filter((ref) => !aside.has(ref)), inner);
  const islands = groups.map((set) => layered([...set], inner.filter(({ from }) => set.has(from)))).sort(byHeight);
  const arrows = new Map(outer.map((link) => [link, ends(link)]));
  const { nodes, spots, ways, width, height } = spread(hubs, islands, arrows, { width: NODE_WIDTH, height: NODE_HEIGHT, between: FAN });
  const drawn: DrawnLink[] = [];
  islands.forEach((island, at) => { place(island, spots[at] ?? { x: 0, y: 0 }, new Map(), drawn); });
  for (const link of outer) {
    const [tail, head] = ends(link).map((ref) => nodes.get(ref));
    drawn.push({ ...link, key: linkKey(link), points: fromSideToSide(ways.get(link) ?? [], tail, head), labelAt: null });
  }
  return { nodes, links: drawn, width, height };
}

interface Placed {
  readonly x?: number;
  readonly y?: number;
  readonly points?: readonly Point[];
}

function layered(refs: readonly string[], links: readonly LabelledLink[]): Layout {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  const labelled = links.length <= MAX_LABELLED;
  graph.setGraph({
    rankdir: "LR",
    nodesep: 22,
    edgesep: 10,
    ranksep: labelled ? 34 : 90,
    ranker: labelled ? "network-simplex" : "tight-tree",
  });
  graph.setDefaultEdgeLabel(() => ({}));
  refs.forEach((ref) => graph.setNode(ref, { width: NODE_WIDTH, height: NODE_HEIGHT }));
  guiding(links).forEach((link) => {
    const [tail, head] = ends(link);
    const width = labelled ? labelWidth(link.text) + 8 : 0;
    graph.setEdge(tail, head, { width, height: labelled ? LABEL_HEIGHT : 0, labelpos: "c" }, link.kind);
  });
  dagre.layout(graph);
  const nodes = new Map(refs.map((ref) => [ref, middle(graph.node(ref) as Placed)]));
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  const drawn = links.map((link): DrawnLink => {
    const [tail, head] = ends(link);
    const { points = [], x, y } = (graph.edge(tail, head, link.kind) as Placed | undefined) ?? {};
    const labelAt = labelled && x !== undefined && y !== undefined ? { x, y } : null;
    return { ...link, key: linkKey(link), points: fromSideToSide(points.slice(1, -1).map(middle), nodes.get(tail), nodes.get(head)), labelAt };
  });
  return { nodes, links: drawn, width, height };
}

/** The links that decide where nodes stand: of very many, those that first reach a node, and then as they come. */
function guiding(links: readonly LabelledLink[]): readonly LabelledLink[] {
  if (links.length <= MAX_GUIDING) {
    return links;
  }
  const reached = new Set<string>();
  const first = links.filter(({ from, to }) => {
    const isNew = !reached.has(from) || !reached.has(to);
    reached.add(from).add(to);
    return isNew;
  });
  const chosen = new Set(first);
  return [...first, ...links.filter((link) => !chosen.has(link))].slice(0, Math.max(MAX_GUIDING, first.length));
}

/** About how wide the label of an edge is. */
export function labelWidth(text: string): number {
  return Math.ceil(text.length * LETTER_WIDTH) + 6;
}

/** A name for a link that no other has. */
function linkKey(link: Link): string {
  return JSON.stringify([link.from, link.kind, link.to]);
}

/** Where the arrow starts and where its head is: an event flows from the topic to whoever subscribes. */
function ends(link: Link): readonly [string, string] {
  return linkKind(link.kind).reversed ? [link.to, link.from] : [link.from, link.to];
}

function middle({ x, y }: Placed): Point {
  return { x: x ?? 0, y: y ?? 0 };
}

/** Arrows leave a node at its right side and come in at the left one, unless they have to go back. */
function fromSideToSide(inner: readonly Point[], tail: Point | undefined, head: Point | undefined): Point[] {
  if (tail === undefined || head === undefined) {
    return [...inner];
  }
  const half = NODE_WIDTH / 2;
  const forward = tail.x + half <= head.x - half;
  const start = { x: tail.x + (forward ? half : -half), y: tail.y };
  const end = { x: head.x + (forward ? -half : half), y: head.y };
  return [start, ...inner, end];
}

/** Puts a group where it was given a spot. */
function place(group: Layout, by: Spot, nodes: Map<string, Point>, links: DrawnLink[]): void {
  const moved = (point: Point): Point => ({ x: point.x + by.x, y: point.y + by.y });
  group.nodes.forEach((point, ref) => nodes.set(ref, moved(point)));
  for (const link of group.links) {
    links.push({ ...link, points: link.points.map(moved), labelAt: link.labelAt === null ? null : moved(link.labelAt) });
  }
}
