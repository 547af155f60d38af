import { monthly } from "../../webview/shared/money";
import { iconOfKind, KINDS, split, titleOfType } from "../project/kinds";
import type { DiagnosticRow, EdgeRow, NodeCost, NodeRow, ProjectGraph, Range, Reference } from "../server/protocol";
import { type Counts, type Findings, countsOf, findingsByNode } from "./findings";

/** Where something stands in the source. */
export interface Place {
  root: string;
  file: string;
  range: Range;
}

/** An icon of our own, or one of the editor's. */
export type Icon = { own: string } | { codicon: string; colour?: string };

/** A line of the tree, as plain data. */
export interface Entry {
  /** The same for the same thing after a change, so that what was unfolded stays so. */
  key: string;
  label: string;
  description: string;
  /** All of it, for a tooltip and a screen reader; the description is short enough for a narrow side bar. */
  spoken: string;
  icon: Icon;
  children: Entry[];
  expanded: boolean;
  problems: Counts;
  place?: Place;
  /** The unit whose target can be switched here. */
  unit?: { root: string; id: string };
}

/** What the lines of one project are made from. */
interface Source {
  project: ProjectGraph;
  nodes: Map<Reference, NodeRow>;
  costs: Map<Reference, NodeCost>;
  findings: Findings;
}

const NO_PROBLEMS: Counts = { error: 0, warning: 0 };

/** How an edge of a unit reads, with the unit as the subject, and from which end the other node is taken. */
const RELATIONS: Record<EdgeRow["kind"], { outward: string; inward: string }> = {
  routes_to: { outward: "routes to", inward: "served by" },
  uses: { outward: "uses", inward: "used by" },
  calls: { outward: "calls", inward: "called by" },
  publishes_to: { outward: "publishes to", inward: "published to by" },
  subscribes_to: { outward: "subscribes to", inward: "subscribed to by" },
};

/** Each unit with what serves it and what it uses; then what belongs to no unit. */
export function byUnit(projects: ProjectGraph[]): Entry[] {
  return underProjects(projects, (source) => {
    const all = [...source.nodes.entries()];
    const units = all.filter(([, node]) => node.kind === "execution_unit");
    const touched = new Set<Reference>();
    const lines = units.map(([reference, node]) => {
      const related = relations(source, reference, touched);
      return { ...entry(source, reference, node), children: [...problems(source, reference), ...related], expanded: true };
    });
    const alone = all.filter(([reference, node]) => node.kind !== "execution_unit" && !touched.has(reference));
    return [...lines, ...alone.map(([reference, node]) => leaf(source, reference, node))];
  });
}

/** Each kind with its resources, and with each resource the units that have to do with it. */
export function byKind(projects: ProjectGraph[]): Entry[] {
  return underProjects(projects, (source) =>
    Object.entries(KINDS).flatMap(([kind, { plural, icon }]) => {
      const nodes = [...source.nodes.entries()].filter(([, node]) => node.kind === kind);
      if (nodes.length === 0) return [];
      const children = nodes.map(([reference, node]) => ({
        ...entry(source, reference, node),
        children: [...problems(source, reference), ...relations(source, reference, new Set())],
      }));
      return [
        line(`${source.project.root} ${kind}`, plural, String(nodes.length), { own: icon }, { children, expanded: true }),
      ];
    }),
  );
}

function underProjects(projects: ProjectGraph[], lines: (source: Source) => Entry[]): Entry[] {
  const shown = projects.filter(({ graph }) => graph.annotations.length > 0);
  const made = shown.map((project) => {
    const source = sourceOf(project);
    return { project, children: [...projectProblems(source), ...lines(source)] };
  });
  const [only] = made;
  if (made.length === 1 && only !== undefined) return only.children;
  return made.map(({ project, children }) =>
    line(project.root, lastPart(project.root), "", { codicon: "root-folder" }, { children, expanded: true }),
  );
}

function sourceOf(project: ProjectGraph): Source {
  return {
    project,
    nodes: new Map(project.graph.nodes.map((node) => [`${node.kind}:${node.id}`, node])),
    costs: new Map(project.costs.map((cost) => [cost.node, cost])),
    findings: findingsByNode(project.graph),
  };
}

/** What a node has to do with others. What is listed is added to `touched`. */
function relations(source: Source, reference: Reference, touched: Set<Reference>): Entry[] {
  const lines = source.project.graph.edges.flatMap((edge) => {
    const isOutward = edge.from === reference;
    if (!isOutward && edge.to !== reference) return [];
    const other = isOutward ? edge.to : edge.from;
    const node = source.nodes.get(other);
    if (node === undefined) return [];
    touched.add(other);
    const words = RELATIONS[edge.kind][isOutward ? "outward" : "inward"];
    return [related(source, reference, edge, other, node, words)];
  });
  // What serves a unit comes first, as a request does.
  return lines.sort((a, b) => Number(b.spoken.startsWith("served")) - Number(a.spoken.startsWith("served")));
}

function related(
  source: Source,
  from: Reference,
  edge: EdgeRow,
  other: Reference,
  node: NodeRow,
  words: string,
): Entry {
  const inner = entry(source, other, node);
  const label = edge.label === null ? node.id : `${node.id} · ${edge.label}`;
  // That a unit uses what stands below it, and is served by it, is what the tree is read as.
  const description = words === "uses" || words === "served by" ? inner.description : words;
  const isGateway = node.kind === "gateway" && edge.kind === "routes_to";
  const children = isGateway ? routes(source, other, from) : [];
  return {
    ...inner,
    key: `${inner.key} ${from} ${edge.kind} ${edge.label ?? ""}`,
    label,
    description,
    spoken: `${words} ${titleOf(node.kind)} ${label}${costSpoken(source, other, node)}`,
    children,
  };
}

function routes(source: Source, gateway: Reference, unit: Reference): Entry[] {
  const { root, graph } = source.project;
  const served = graph.routes.filter((route) => route.gateway === gateway && route.unit === unit);
  return served.map((route) => {
    const place = { root, file: route.file, range: route.range };
    const key = `${root} ${gateway} ${unit} ${route.verb} ${route.path}`;
    return line(key, `${route.verb} ${route.path}`, "", { codicon: "symbol-method" }, { place });
  });
}

function leaf(source: Source, reference: Reference, node: NodeRow): Entry {
  return { ...entry(source, reference, node), children: problems(source, reference) };
}

function entry(source: Source, reference: Reference, node: NodeRow): Entry {
  const { root } = source.project;
  // Amounts are of a month throughout; in a narrow side bar each letter counts.
  const cost = source.costs.get(reference)?.text.replace(/\/mo$/, "") ?? titleOfType(node.type) ?? "";
  const made = line(`${root} ${reference}`, node.id, cost, { own: iconOfKind(node.kind) }, {
    spoken: `${titleOf(node.kind)} ${node.id}${costSpoken(source, reference, node)}`,
    problems: countsOf(source.findings.ofNode.get(reference) ?? []),
  });
  if (node.file !== null && node.range !== null) made.place = { root, file: node.file, range: node.range };
  if (node.kind === "execution_unit") made.unit = { root, id: node.id };
  return made;
}

function costSpoken(source: Source, reference: Reference, node: NodeRow): string {
  const cost = source.costs.get(reference);
  const text = cost === undefined ? titleOfType(node.type) : `${cost.name}, ${monthly(cost.monthlyUsd, cost.assumed)}`;
  return text === null ? "" : `, ${text}`;
}

function problems(source: Source, reference: Reference): Entry[] {
  return (source.findings.ofNode.get(reference) ?? []).map((row) => problem(source, reference, row));
}

function projectProblems(source: Source): Entry[] {
  return source.findings.ofProject.map((row) => problem(source, "", row));
}

const SEVERITIES: Record<DiagnosticRow["severity"], { codicon: string; colour: string }> = {
  error: { codicon: "error", colour: "problemsErrorIcon.foreground" },
  warning: { codicon: "warning", colour: "problemsWarningIcon.foreground" },
  information: { codicon: "info", colour: "problemsInfoIcon.foreground" },
  hint: { codicon: "lightbulb", colour: "problemsInfoIcon.foreground" },
};

function problem(source: Source, owner: Reference, row: DiagnosticRow): Entry {
  const { root } = source.project;
  const at = row.range === null ? "" : `${row.range.start.line}:${row.range.start.character}`;
  const key = `${root} ${owner} ${row.code} ${row.file ?? ""} ${at}`;
  // A tree has no Markdown.
  const message = row.message.replace(/`([^`]*)`/g, "“$1”");
  const made = line(key, message, row.code, SEVERITIES[row.severity], { spoken: `${row.severity}: ${message} (${row.code})` });
  if (row.file !== null && row.range !== null) made.place = { root, file: row.file, range: row.range };
  return made;
}

function line(key: string, label: string, description: string, icon: Icon, more: Partial<Entry>): Entry {
  const spoken = description === "" ? label : `${label}, ${description}`;
  return { key, label, description, spoken, icon, children: [], expanded: false, problems: NO_PROBLEMS, ...more };
}

function titleOf(kind: string): string {
  return KINDS[kind]?.title ?? kind;
}

/** The last folder of a root, for people. */
export function lastPart(uri: string): string {
  return decodeURIComponent(uri.replace(/\/+$/, "").split("/").at(-1) ?? uri);
}

/** The nodes of a project that are units, with their costs, in the order of the graph. */
export function units(project: ProjectGraph): { id: string; cost: NodeCost | undefined; node: NodeRow }[] {
  const costs = new Map(project.costs.map((cost) => [split(cost.node).kind === "execution_unit" ? cost.node : "", cost]));
  return project.graph.nodes
    .filter((node) => node.kind === "execution_unit")
    .map((node) => ({ id: node.id, node, cost: costs.get(`execution_unit:${node.id}`) }));
}
