/** What kinds of nodes and edges there are, and how each is told from the others. */

/** The outline of a node. */
export type Outline = "card" | "gate" | "drum" | "pill" | "note" | "page";

export interface Kind {
  readonly one: string;
  readonly many: string;
  readonly outline: Outline;
  /** A drawing of 16 x 16, in lines. */
  readonly icon: string;
  /** How Mermaid opens and closes such a node. */
  readonly mermaid: readonly [string, string];
}

const OTHER: Kind = { one: "resource", many: "other", outline: "card", icon: "M3 3h10v10H3z", mermaid: ["[", "]"] };

/** In the order in which lists show them. */
const KINDS: Readonly<Record<string, Kind>> = {
  gateway: {
    one: "gateway",
    many: "gateways",
    outline: "gate",
    icon: "M2 8h8M7 5l3 3-3 3M12 2h2v12h-2",
    mermaid: ["{{", "}}"],
  },
  execution_unit: {
    one: "unit",
    many: "units",
    outline: "card",
    icon: "M6 2H5a1.5 1.5 0 0 0-1.5 1.5v3L2 8l1.5 1.5v3A1.5 1.5 0 0 0 5 14h1M10 2h1a1.5 1.5 0 0 1 1.5 1.5v3L14 8l-1.5 1.5v3A1.5 1.5 0 0 1 11 14h-1",
    mermaid: ["[", "]"],
  },
  static_unit: {
    one: "static site",
    many: "static sites",
    outline: "page",
    icon: "M2 3h12v10H2zM2 6h12M4 4.5h1",
    mermaid: ["[[", "]]"],
  },
  pubsub: {
    one: "topic",
    many: "topics",
    outline: "pill",
    icon: "M8 7a1 1 0 1 0 0 2a1 1 0 1 0 0-2M5.2 5.2a4 4 0 0 0 0 5.6M10.8 5.2a4 4 0 0 1 0 5.6M3 3a7 7 0 0 0 0 10M13 3a7 7 0 0 1 0 10",
    mermaid: ["([", "])"],
  },
  persist_kv: {
    one: "key-value store",
    many: "key-value stores",
    outline: "drum",
    icon: "M5.5 5a3 3 0 1 0 0 6a3 3 0 1 0 0-6M8.5 8H14v2.5M12 8v2",
    mermaid: ["[(", ")]"],
  },
  persist_orm: {
    one: "database",
    many: "databases",
    outline: "drum",
    icon: "M2 3h12v10H2zM2 6.5h12M2 9.7h12M7 6.5V13",
    mermaid: ["[(", ")]"],
  },
  persist_fs: {
    one: "file store",
    many: "file stores",
    outline: "drum",
    icon: "M2 13V3.5h4L7.5 5H14v8z",
    mermaid: ["[(", ")]"],
  },
  persist_redis_node: {
    one: "Redis node",
    many: "Redis nodes",
    outline: "drum",
    icon: "M8 2l6 3-6 3-6-3zM2 8l6 3 6-3M2 11l6 3 6-3",
    mermaid: ["[(", ")]"],
  },
  persist_redis_cluster: {
    one: "Redis cluster",
    many: "Redis clusters",
    outline: "drum",
    icon: "M8 1.5l4 2-4 2-4-2zM4.5 8l3.5 2-3.5 2L1 10zM11.5 8l3.5 2-3.5 2L8 10z",
    mermaid: ["[(", ")]"],
  },
  persist_secret: {
    one: "secret",
    many: "secrets",
    outline: "note",
    icon: "M3.5 7h9v7h-9zM5.5 7V4.5a2.5 2.5 0 0 1 5 0V7M8 10v1.5",
    mermaid: [">", "]"],
  },
  config: {
    one: "configuration",
    many: "configuration",
    outline: "note",
    icon: "M2 4.5h6M11 4.5h3M9.5 3v3M2 11.5h3M8 11.5h6M6.5 10v3",
    mermaid: [">", "]"],
  },
};

const ORDER = Object.keys(KINDS);

/** What is known about a kind; kinds of newer servers are drawn plainly. */
export function kindOf(kind: string): Kind {
  return (Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined) ?? { ...OTHER, one: kind.replaceAll("_", " ") };
}

/** The place of a kind in lists. */
export function kindOrder(kind: string): number {
  const place = ORDER.indexOf(kind);
  return place === -1 ? ORDER.length : place;
}

export interface LinkKind {
  /** Subject first: `unit uses store`. */
  readonly verb: string;
  /** The other way round: `store used by unit`. */
  readonly passive: string;
  /** The event flows against the sentence, so the arrow does too. */
  readonly reversed: boolean;
}

const LINKS: Readonly<Record<string, LinkKind>> = {
  routes_to: { verb: "routes to", passive: "reached through", reversed: false },
  calls: { verb: "calls", passive: "called by", reversed: false },
  uses: { verb: "uses", passive: "used by", reversed: false },
  publishes_to: { verb: "publishes to", passive: "fed by", reversed: false },
  subscribes_to: { verb: "subscribes to", passive: "heard by", reversed: true },
};

/** What is known about a kind of edge. */
export function linkKind(kind: string): LinkKind {
  const words = kind.replaceAll("_", " ");
  return (Object.hasOwn(LINKS, kind) ? LINKS[kind] : undefined) ?? { verb: words, passive: words, reversed: false };
}

/** All kinds of edges that have a line style of their own. */
export const LINK_KINDS: readonly string[] = Object.keys(LINKS);

/** How a place is paid for, in words. */
export const MODE_WORDS = { "on-demand": "on demand", "always-on": "always on" } as const;
