/** What of a graph the cursor stands in. Pure. */
import { shown } from "../../webview/shared/text";
import { holds, type ProjectModel } from "./graphModel";

export interface UnderCursor {
  /** Nodes as the drawing names them. */
  readonly refs: string[];
  /** What it is, for people. */
  readonly label: string;
}

interface Position {
  readonly line: number;
  readonly character: number;
}

/** The innermost of annotation, function and file that belongs to a node; null where none does. */
export function underCursor(project: ProjectModel, file: string, at: Position): UnderCursor | null {
  return inAnnotation(project, file, at) ?? inFunction(project, file, at) ?? inFile(project, file);
}

function inAnnotation(project: ProjectModel, file: string, at: Position): UnderCursor | null {
  const row = project.files.get(file)?.annotations.find((annotation) => holds(annotation.range, at));
  return row?.resource == null ? null : found(project, [row.resource], "This annotation declares");
}

function inFunction(project: ProjectModel, file: string, at: Position): UnderCursor | null {
  const rows = (project.files.get(file)?.functions ?? []).filter((row) => holds(row.range, at));
  const innermost = rows.reduce<(typeof rows)[number] | undefined>(
    (best, row) => (best === undefined || holds(best.range, row.range.start) ? row : best),
    undefined,
  );
  return innermost === undefined ? null : found(project, innermost.units, `${shown(innermost.name, 80)} runs in`);
}

function inFile(project: ProjectModel, file: string): UnderCursor | null {
  return found(project, project.files.get(file)?.owners ?? [], "This file belongs to");
}

function found(project: ProjectModel, names: readonly string[], label: string): UnderCursor | null {
  const refs = names.flatMap((name) => project.refs.get(name) ?? []);
  return refs.length === 0 ? null : { refs, label };
}
