/** What stands on the edges. Pure. */
import { linkKind } from "../shared/kinds";
import type { Link, Project } from "../shared/messages";
import { shown } from "../shared/text";

const MAX_LABEL = 24;

export interface LabelledLink extends Link {
  /** Short, for the drawing. */
  readonly text: string;
  /** Whole, for whoever asks. */
  readonly sentence: string;
}

/** The verbs and paths of each pair of gateway and unit, by `routeKey`. */
export function routesByLink(project: Project): Map<string, string[]> {
  const routes = new Map<string, string[]>();
  for (const { gateway, unit, verb, path } of project.routes) {
    const key = routeKey(gateway, unit);
    const known = routes.get(key) ?? [];
    known.push(`${verb} ${path}`);
    routes.set(key, known);
  }
  return routes;
}

function routeKey(gateway: string, unit: string): string {
  return JSON.stringify([gateway, unit]);
}

/** Gives a link its words. */
export function linkLabel(link: Link, routes: ReadonlyMap<string, readonly string[]>): LabelledLink {
  const { verb, reversed } = linkKind(link.kind);
  const paths = link.kind === "routes_to" ? (routes.get(routeKey(link.from, link.to)) ?? []) : [];
  const names = paths.length > 0 ? paths : link.labels;
  const text = paths.length > 1 ? `${paths.length} routes` : short(reversed ? "on" : shortVerb(link.kind, verb), names);
  const sentence = names.length === 0 ? verb : `${verb} (${names.slice(0, 12).join(", ")}${names.length > 12 ? ", …" : ""})`;
  return { ...link, text, sentence };
}

function shortVerb(kind: string, verb: string): string {
  return kind === "publishes_to" ? "publishes" : kind === "routes_to" ? "" : verb;
}

function short(verb: string, names: readonly string[]): string {
  const [first] = names;
  if (first === undefined) {
    return verb === "" ? "routes to" : verb === "on" ? "subscribed" : verb;
  }
  const more = names.length > 1 ? ` +${names.length - 1}` : "";
  return shown(`${verb} ${first}`.trim(), MAX_LABEL) + more;
}
