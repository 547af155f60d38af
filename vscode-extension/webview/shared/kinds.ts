/** What kinds of nodes and edges there are, and how each is told from the others. */

import ICONS from "./icons.json";

/** The outline of a node. */
export type Outline = "card" | "gate" | "drum" | "pill" | "note" | "page";

export interface Kind {
  readonly one: string;
  readonly many: string;
  readonly outline: Outline;
  /** A drawing of 16 x 16, in lines: the same as in trees and beside annotations. */
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
    icon: ICONS.gateway,
    mermaid: ["{{", "}}"],
  },
  execution_unit: {
    one: "unit",
    many: "units",
    outline: "card",
    icon: ICONS.unit,
    mermaid: ["[", "]"],
  },
  static_unit: {
    one: "static site",
    many: "static sites",
    outline: "page",
    icon: ICONS.static,
    mermaid: ["[[", "]]"],
  },
  pubsub: {
    one: "topic",
    many: "topics",
    outline: "pill",
    icon: ICONS.pubsub,
    mermaid: ["([", "])"],
  },
  persist_kv: {
    one: "key-value store",
    many: "key-value stores",
    outline: "drum",
    icon: ICONS.kv,
    mermaid: ["[(", ")]"],
  },
  persist_orm: {
    one: "database",
    many: "databases",
    outline: "drum",
    icon: ICONS.orm,
    mermaid: ["[(", ")]"],
  },
  persist_fs: {
    one: "file store",
    many: "file stores",
    outline: "drum",
    icon: ICONS.fs,
    mermaid: ["[(", ")]"],
  },
  persist_redis_node: {
    one: "Redis node",
    many: "Redis nodes",
    outline: "drum",
    icon: ICONS.redis,
    mermaid: ["[(", ")]"],
  },
  persist_redis_cluster: {
    one: "Redis cluster",
    many: "Redis clusters",
    outline: "drum",
    icon: ICONS.redis,
    mermaid: ["[(", ")]"],
  },
  persist_secret: {
    one: "secret",
    many: "secrets",
    outline: "note",
    icon: ICONS.secret,
    mermaid: [">", "]"],
  },
  config: {
    one: "configuration",
    many: "configuration",
    outline: "note",
    icon: ICONS.config,
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
