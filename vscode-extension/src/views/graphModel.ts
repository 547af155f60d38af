/** The server's graph as the graph view draws it. Pure. */
import type { Graph, GraphProject, Range } from "../../webview/shared/contract";
import type { Link, Project, Resource } from "../../webview/shared/messages";
import { shown } from "../../webview/shared/text";
import { titleOfType } from "../project/kinds";

/** Longer than any id that the compiler takes; what is longer is shortened, so that no name can fill the memory. */
const MAX_REF = 300;

/** Where something of the graph stands in the code. */
export interface Place {
  readonly file: string;
  readonly range: Range;
}

/** What one file says. */
export interface FileRows {
  readonly annotations: Graph["annotations"];
  readonly functions: Graph["functions"];
  /** Nodes of the graph that the file belongs to. */
  readonly owners: string[];
}

/** A project with the way back from what is drawn to the code. */
export interface ProjectModel {
  readonly root: string;
  readonly graph: Graph;
  readonly view: Project;
  /** The node's name in the graph, for the one in the drawing. */
  readonly nodes: ReadonlyMap<string, { readonly name: string; readonly place: Place | null }>;
  /** The node's name in the drawing, for the one in the graph. */
  readonly refs: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, FileRows>;
}

/** Makes the model of one project. */
export function projectModel(project: GraphProject): ProjectModel {
  const { graph } = project;
  const refs = new Map<string, string>();
  const nodes = new Map<string, { name: string; place: Place | null }>();
  graph.nodes.forEach((node, index) => {
    const name = `${node.kind}:${node.id}`;
    const ref = name.length > MAX_REF ? `${name.slice(0, MAX_REF)}#${index}` : name;
    refs.set(name, ref);
    nodes.set(ref, { name, place: node.file !== null && node.range !== null ? { file: node.file, range: node.range } : null });
  });
  const files = rowsByFile(graph);
  const view: Project = {
    root: project.root,
    name: rootName(project.root),
    total: null,
    resources: resources(project, refs, files),
    links: links(graph, refs),
    routes: graph.routes.map((route) => ({
      gateway: refs.get(route.gateway) ?? "",
      unit: refs.get(route.unit) ?? "",
      verb: shown(route.verb, 10),
      path: shown(route.path, 200),
    })),
  };
  return { root: project.root, graph, view, nodes, refs, files };
}

/** The last folder of a root, for people. */
export function rootName(root: string): string {
  const last = root.replace(/\/+$/, "").split("/").at(-1) ?? root;
  try {
    return shown(decodeURIComponent(last), 80);
  } catch {
    return shown(last, 80);
  }
}

function rowsByFile(graph: Graph): Map<string, FileRows> {
  const files = new Map<string, FileRows>();
  const rows = (file: string): FileRows => {
    const known = files.get(file) ?? { annotations: [], functions: [], owners: [] };
    files.set(file, known);
    return known;
  };
  graph.annotations.forEach((row) => rows(row.file).annotations.push(row));
  graph.functions.forEach((row) => rows(row.file).functions.push(row));
  graph.files.forEach((row) => rows(row.path).owners.push(row.owner));
  return files;
}

function resources(
  project: GraphProject,
  refs: ReadonlyMap<string, string>,
  files: ReadonlyMap<string, FileRows>,
): Resource[] {
  const { graph } = project;
  const costs = new Map(project.costs.map((cost) => [cost.node, cost]));
  const functions = functionCounts(graph);
  const problems = problemCounts(graph, files);
  return graph.nodes.map((node) => {
    const name = `${node.kind}:${node.id}`;
    const cost = costs.get(name);
    const found = problems.get(name);
    return {
      ref: refs.get(name) ?? name,
      kind: node.kind,
      id: shown(node.id, 200),
      place: maybeShown(cost?.name ?? titleOfType(node.type)),
      language: maybeShown(node.language),
      symbol: maybeShown(node.symbol),
      source: node.file === null || node.range === null ? null : `${shown(node.file, 200)}:${node.range.start.line + 1}`,
      mode: cost?.mode ?? null,
      monthlyUsd: cost?.monthlyUsd ?? null,
      assumed: cost?.assumed ?? false,
      cost: maybeShown(cost?.text ?? null),
      functions: functions.get(name) ?? 0,
      errors: found?.errors ?? 0,
      warnings: found?.warnings ?? 0,
    };
  });
}

function maybeShown(text: string | null): string | null {
  return text === null ? null : shown(text, 80);
}

function functionCounts(graph: Graph): Map<string, number> {
  const counts = new Map<string, number>();
  for (const unit of graph.functions.flatMap((row) => row.units)) {
    counts.set(unit, (counts.get(unit) ?? 0) + 1);
  }
  return counts;
}

/** Errors and warnings that stand on the annotation of a node. */
function problemCounts(
  graph: Graph,
  files: ReadonlyMap<string, FileRows>,
): Map<string, { errors: number; warnings: number }> {
  const counts = new Map<string, { errors: number; warnings: number }>();
  for (const { severity, file, range } of graph.diagnostics) {
    if (file === null || range === null || (severity !== "error" && severity !== "warning")) {
      continue;
    }
    const holder = files.get(file)?.annotations.find((annotation) => holds(annotation.range, range.start));
    if (holder?.resource == null) {
      continue;
    }
    const found = counts.get(holder.resource) ?? { errors: 0, warnings: 0 };
    found[severity === "error" ? "errors" : "warnings"] += 1;
    counts.set(holder.resource, found);
  }
  return counts;
}

/** Edges of one kind between two nodes are one link. */
function links(graph: Graph, refs: ReadonlyMap<string, string>): Link[] {
  const merged = new Map<string, Link>();
  for (const edge of graph.edges) {
    const from = refs.get(edge.from);
    const to = refs.get(edge.to);
    if (from === undefined || to === undefined) {
      continue;
    }
    const key = JSON.stringify([from, edge.kind, to]);
    const link = merged.get(key) ?? { from, to, kind: edge.kind, labels: [] };
    if (edge.label !== null && link.labels.length < 100) {
      link.labels.push(shown(edge.label, 80));
    }
    merged.set(key, link);
  }
  return [...merged.values()];
}

/** Whether a range holds a position, its end included. */
export function holds(range: Range, at: { line: number; character: number }): boolean {
  const { start, end } = range;
  const after = at.line > start.line || (at.line === start.line && at.character >= start.character);
  const before = at.line < end.line || (at.line === end.line && at.character <= end.character);
  return after && before;
}
