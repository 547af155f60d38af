/** What the server answers to `klotho/graph` and `klotho/cost`, as far as the views use it. */
import * as v from "valibot";

const Position = v.object({ line: v.number(), character: v.number() });

/** Zero-based, UTF-16, end exclusive: as in the protocol and in VS Code. */
const Range = v.object({ start: Position, end: Position });
export type Range = v.InferOutput<typeof Range>;

const Node = v.object({
  kind: v.string(),
  id: v.string(),
  type: v.nullable(v.string()),
  language: v.nullable(v.string()),
  symbol: v.nullable(v.string()),
  file: v.nullable(v.string()),
  range: v.nullable(Range),
});

const Edge = v.object({ from: v.string(), kind: v.string(), to: v.string(), label: v.nullable(v.string()) });

const Route = v.object({
  gateway: v.string(),
  unit: v.string(),
  verb: v.string(),
  path: v.string(),
  file: v.string(),
  range: Range,
});

const Annotation = v.object({ file: v.string(), range: Range, resource: v.nullable(v.string()) });

const FileRow = v.object({ owner: v.string(), path: v.string(), role: v.string() });

const FunctionRow = v.object({ name: v.string(), file: v.string(), range: Range, units: v.array(v.string()) });

const Diagnostic = v.object({
  severity: v.string(),
  file: v.nullable(v.string()),
  range: v.nullable(Range),
});

const Graph = v.object({
  annotations: v.array(Annotation),
  nodes: v.array(Node),
  edges: v.array(Edge),
  routes: v.array(Route),
  files: v.array(FileRow),
  functions: v.array(FunctionRow),
  diagnostics: v.array(Diagnostic),
});
export type Graph = v.InferOutput<typeof Graph>;

/** How a place is paid for: by use, or all the time. */
export const Mode = v.picklist(["on-demand", "always-on"]);
export type Mode = v.InferOutput<typeof Mode>;

const NodeCost = v.object({
  node: v.string(),
  name: v.string(),
  mode: v.nullable(Mode),
  monthlyUsd: v.nullable(v.number()),
  assumed: v.boolean(),
  text: v.string(),
});

const GraphProject = v.object({
  root: v.string(),
  generation: v.number(),
  graph: Graph,
  costs: v.array(NodeCost),
});
export type GraphProject = v.InferOutput<typeof GraphProject>;

/** The answer to `klotho/graph`. */
export const GraphReply = v.object({ projects: v.array(GraphProject) });

const ProjectTotal = v.object({
  root: v.string(),
  units: v.number(),
  monthlyUsd: v.nullable(v.number()),
  assumed: v.boolean(),
  missingPrices: v.boolean(),
});

/** The answer to `klotho/status`: sums of each project before anything is rounded. */
export const StatusReply = v.object({ projects: v.array(ProjectTotal) });

/** What `klotho/graphChanged` carries. */
export const GraphChanged = v.object({ roots: v.array(v.string()) });

const Hours = v.pipe(v.array(v.number()), v.length(24));

const WorkloadValue = v.union([v.number(), v.string(), v.boolean(), v.array(v.number()), v.null()]);
export type WorkloadValue = v.InferOutput<typeof WorkloadValue>;

const Place = v.object({
  target: v.string(),
  name: v.string(),
  mode: Mode,
  monthlyUsd: v.nullable(v.number()),
  lines: v.array(v.object({ text: v.string(), usd: v.nullable(v.number()) })),
  coldStart: v.nullable(v.string()),
  fits: v.boolean(),
  why: v.array(v.string()),
  recommended: v.boolean(),
  current: v.boolean(),
  capacity: v.nullable(Hours),
});
export type Place = v.InferOutput<typeof Place>;

/** What a unit costs wherever it may run. */
export const Cost = v.object({
  root: v.string(),
  unit: v.string(),
  current: v.string(),
  currency: v.string(),
  requests: v.number(),
  workload: v.record(v.string(), v.object({ value: WorkloadValue, from: v.string() })),
  places: v.array(Place),
  traffic: Hours,
  curve: v.object({
    requests: v.array(v.number()),
    places: v.array(v.object({ target: v.string(), monthlyUsd: v.array(v.nullable(v.number())) })),
  }),
  crossings: v.array(v.object({ requests: v.number(), from: v.string(), to: v.string() })),
  verdict: v.string(),
});
export type Cost = v.InferOutput<typeof Cost>;

/** The answer to `klotho/cost`: null where there is no unit. */
export const CostReply = v.nullable(Cost);

/** Keys of a workload and what to reckon with in their stead. */
export const Overrides = v.record(v.string(), v.union([v.number(), v.string()]));
export type Overrides = v.InferOutput<typeof Overrides>;
