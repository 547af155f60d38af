import type { DiagnosticRow, Graph, Range, Reference } from "../server/protocol";

export interface Counts {
  error: number;
  warning: number;
}

/** Findings by the node that they are about. */
export interface Findings {
  ofNode: Map<Reference, DiagnosticRow[]>;
  /** Those about nothing that is a node. */
  ofProject: DiagnosticRow[];
}

/** Gives each finding to the resource whose annotation it stands in, else to the units that hold its file. Hints are left out. */
export function findingsByNode(graph: Graph): Findings {
  const found: Findings = { ofNode: new Map(), ofProject: [] };
  const nodes = new Set(graph.nodes.map((node) => `${node.kind}:${node.id}`));
  for (const row of graph.diagnostics) {
    if (row.severity === "hint") continue;
    const owners = ownersOf(graph, row).filter((owner) => nodes.has(owner));
    if (owners.length === 0) found.ofProject.push(row);
    for (const owner of owners) found.ofNode.set(owner, [...(found.ofNode.get(owner) ?? []), row]);
  }
  return found;
}

/** Errors and warnings among them. */
export function countsOf(rows: DiagnosticRow[]): Counts {
  const number = (severity: DiagnosticRow["severity"]) => rows.filter((row) => row.severity === severity).length;
  return { error: number("error"), warning: number("warning") };
}

function ownersOf(graph: Graph, row: DiagnosticRow): Reference[] {
  const { file, range } = row;
  if (file === null || range === null) return [];
  const annotation = graph.annotations.find((it) => it.file === file && holds(it.range, range));
  if (annotation?.resource != null) return [annotation.resource];
  const owners = graph.files.filter((it) => it.path === file).map((it) => it.owner);
  return [...new Set(owners)].filter((owner) => owner.startsWith("execution_unit:"));
}

function holds(outer: Range, inner: Range): boolean {
  return outer.start.line <= inner.start.line && inner.start.line <= outer.end.line;
}
