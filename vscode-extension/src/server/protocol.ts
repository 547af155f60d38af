/** What klotho-ls answers beyond the language server protocol. docs/protocol.md says what each key means. */

export interface Position {
  line: number;
  character: number;
}

export interface Range {
  start: Position;
  end: Position;
}

export interface ProjectStatus {
  root: string;
  name: string | null;
  configuration: string | null;
  units: number;
  resources: number;
  files: number;
  findings: { error: number; warning: number; information: number; hint: number };
  monthlyUsd: number | null;
  assumed: boolean;
  missingPrices: boolean;
}

export interface Status {
  version: string;
  phase: "reading" | "ready";
  projects: ProjectStatus[];
}

/** A resource as it is named in edges, files and costs: `kind:id`. */
export type Reference = string;

export interface AnnotationRow {
  capability: string;
  id: string | null;
  file: string;
  range: Range;
  resource: Reference | null;
}

export interface NodeRow {
  kind: string;
  id: string;
  type: string | null;
  language: string | null;
  symbol: string | null;
  file: string | null;
  range: Range | null;
}

export interface EdgeRow {
  from: Reference;
  to: Reference;
  kind: "routes_to" | "calls" | "uses" | "publishes_to" | "subscribes_to";
  label: string | null;
}

export interface RouteRow {
  gateway: Reference;
  unit: Reference;
  verb: string;
  path: string;
  file: string;
  range: Range;
}

export interface FileRow {
  owner: Reference;
  path: string;
  role: string;
}

export interface FunctionRow {
  name: string;
  file: string;
  range: Range;
  units: Reference[];
}

export interface DiagnosticRow {
  code: string;
  severity: "error" | "warning" | "information" | "hint";
  message: string;
  file: string | null;
  range: Range | null;
}

/** The document of docs/graph-json.md. */
export interface Graph {
  version: number;
  annotations: AnnotationRow[];
  nodes: NodeRow[];
  edges: EdgeRow[];
  routes: RouteRow[];
  files: FileRow[];
  functions: FunctionRow[];
  diagnostics: DiagnosticRow[];
}

export type Mode = "on-demand" | "always-on";

export interface NodeCost {
  node: Reference;
  name: string;
  mode: Mode | null;
  monthlyUsd: number | null;
  assumed: boolean;
  text: string;
}

export interface ProjectGraph {
  root: string;
  generation: number;
  graph: Graph;
  costs: NodeCost[];
}

export interface GraphAnswer {
  projects: ProjectGraph[];
}

export type WorkloadValue = string | number | boolean | number[];

export interface CostParams {
  textDocument: { uri: string };
  position?: Position;
  unit?: string;
  workload?: Record<string, WorkloadValue>;
}

export interface Place {
  target: string;
  name: string;
  mode: Mode;
  monthlyUsd: number | null;
  lines: { text: string; usd: number; formula: string }[];
  coldStart: string | null;
  fits: boolean;
  why: string[];
  recommended: boolean;
  current: boolean;
  capacity: number[] | null;
}

export interface WorkloadInput {
  value: WorkloadValue;
  from: "annotation" | "klotho.yaml" | "usage file" | "defaults" | "measurement" | "assumed" | "override";
}

export interface CostAnswer {
  root: string;
  unit: string;
  current: string;
  currency: "USD";
  requests: number;
  workload: Record<string, WorkloadInput>;
  places: Place[];
  traffic: number[];
  curve: { requests: number[]; places: { target: string; monthlyUsd: (number | null)[] }[] };
  crossings: { requests: number; from: string; to: string }[];
  verdict: string;
}

/** The requests, by method. */
export interface Requests {
  "klotho/status": { params: undefined; result: Status };
  "klotho/graph": { params: { textDocument?: { uri: string } }; result: GraphAnswer };
  "klotho/cost": { params: CostParams; result: CostAnswer | null };
}

/** The notifications, by method. */
export interface Notifications {
  "klotho/graphChanged": { roots: string[] };
}

/** The commands that change files; all take one object. */
export const SWITCH_TARGET = "klotho-ls.switchTarget";
export const APPLY_PLAN = "klotho-ls.applyPlan";
/** What a lens does: shows all that is known about its place. */
export const SHOW = "klotho-ls.show";
