/** What the extension and its views tell each other. Both sides check what they get. */
import * as v from "valibot";
import { Cost, Mode, Overrides } from "./contract";

/** A node of the graph as it is drawn. */
const Resource = v.object({
  /** `kind:id`, shortened where it is longer than any real one. */
  ref: v.string(),
  kind: v.string(),
  id: v.string(),
  /** What it becomes, for people: `AWS Lambda`. */
  place: v.nullable(v.string()),
  language: v.nullable(v.string()),
  symbol: v.nullable(v.string()),
  /** Where it is declared, for people: `src/app.ts:12`. */
  source: v.nullable(v.string()),
  mode: v.nullable(Mode),
  monthlyUsd: v.nullable(v.number()),
  /** Whether the figure rests on traffic that nobody stated. */
  assumed: v.boolean(),
  /** The figure in the server's words, or null where it has no bill of its own. */
  cost: v.nullable(v.string()),
  functions: v.number(),
  errors: v.number(),
  warnings: v.number(),
});
export type Resource = v.InferOutput<typeof Resource>;

/** All edges of one kind between two nodes. */
const Link = v.object({
  from: v.string(),
  to: v.string(),
  kind: v.string(),
  /** Functions called, events published; routes have theirs in `routes`. */
  labels: v.array(v.string()),
});
export type Link = v.InferOutput<typeof Link>;

const Route = v.object({ gateway: v.string(), unit: v.string(), verb: v.string(), path: v.string() });
export type Route = v.InferOutput<typeof Route>;

const Project = v.object({
  root: v.string(),
  name: v.string(),
  /** What it costs a month, in the words of the status bar; null before that is known. */
  total: v.nullable(v.string()),
  resources: v.array(Resource),
  links: v.array(Link),
  routes: v.array(Route),
});
export type Project = v.InferOutput<typeof Project>;

const Loading = v.object({ type: v.literal("loading") });
const Failed = v.object({ type: v.literal("failed"), message: v.string() });
const Notice = v.object({ type: v.literal("notice"), message: v.string() });

/** What the graph view is told. */
export const ToGraph = v.variant("type", [
  Loading,
  Failed,
  Notice,
  v.object({ type: v.literal("projects"), projects: v.array(Project), active: v.nullable(v.string()) }),
  v.object({
    type: v.literal("cursor"),
    root: v.string(),
    refs: v.array(v.string()),
    label: v.string(),
  }),
]);
export type ToGraph = v.InferOutput<typeof ToGraph>;

const MAX_EXPORT = 64 * 1024 * 1024;

/** What the graph view asks for. */
export const FromGraph = v.variant("type", [
  v.object({ type: v.literal("ready") }),
  v.object({ type: v.literal("retry") }),
  v.object({ type: v.literal("showLog") }),
  v.object({ type: v.literal("reveal"), root: v.string(), ref: v.string(), focus: v.boolean() }),
  v.object({ type: v.literal("revealRoute"), root: v.string(), index: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
  v.object({ type: v.literal("showCost"), root: v.string(), ref: v.string() }),
  v.object({
    type: v.literal("export"),
    root: v.string(),
    format: v.picklist(["svg", "png", "mermaid"]),
    /** The text, or a PNG in base64. */
    content: v.pipe(v.string(), v.maxLength(MAX_EXPORT)),
  }),
]);
export type FromGraph = v.InferOutput<typeof FromGraph>;

/** What the cost view is told. */
export const ToCost = v.variant("type", [
  Loading,
  Failed,
  Notice,
  v.object({ type: v.literal("nothing") }),
  v.object({ type: v.literal("written") }),
  v.object({
    type: v.literal("cost"),
    cost: Cost,
    /** What the figures were reckoned with, so that a late answer is known as such. */
    overrides: Overrides,
  }),
]);
export type ToCost = v.InferOutput<typeof ToCost>;

/** What the cost view asks for. */
export const FromCost = v.variant("type", [
  v.object({ type: v.literal("ready"), follow: v.boolean() }),
  v.object({ type: v.literal("retry") }),
  v.object({ type: v.literal("showLog") }),
  v.object({ type: v.literal("follow"), on: v.boolean() }),
  v.object({ type: v.literal("price"), root: v.string(), unit: v.string(), workload: Overrides }),
  v.object({ type: v.literal("write"), root: v.string(), unit: v.string(), workload: Overrides }),
  v.object({ type: v.literal("switch"), root: v.string(), unit: v.string(), target: v.string() }),
  v.object({ type: v.literal("showGraph"), root: v.string(), unit: v.string() }),
]);
export type FromCost = v.InferOutput<typeof FromCost>;
