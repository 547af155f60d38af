import { iconOfAnnotation } from "../project/kinds";
import type { Graph, Range } from "../server/protocol";

/** The lines of a file that get an icon, by the icon. */
export function marks(graph: Graph, file: string): Map<string, Range[]> {
  const found = new Map<string, Range[]>();
  for (const annotation of graph.annotations) {
    if (annotation.file !== file) continue;
    const icon = iconOfAnnotation(annotation.capability, annotation.resource);
    if (icon === undefined) continue;
    // The first line alone: an icon on each line of a long annotation would be noise.
    const { start } = annotation.range;
    found.set(icon, [...(found.get(icon) ?? []), { start, end: start }]);
  }
  return found;
}

/** The path of a file below a root, or nothing when it lies elsewhere. */
export function below(root: string, uri: string): string | undefined {
  const folder = root.endsWith("/") ? root : `${root}/`;
  return uri.startsWith(folder) ? decodeURIComponent(uri.slice(folder.length)) : undefined;
}
