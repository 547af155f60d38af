/** Which part of a graph is drawn, and what a search finds in it. Pure. */
import { kindOf } from "../shared/kinds";
import type { Link, Project, Resource } from "../shared/messages";

/** More than this nobody can read in one picture. */
export const LIMIT = 300;

export interface Choice {
  /** Kinds that are left out. */
  readonly hidden: readonly string[];
  /** The unit whose surroundings alone are drawn; null for all. */
  readonly unit: string | null;
}

export interface Part {
  readonly resources: readonly Resource[];
  readonly links: readonly Link[];
  /** How many fit the choice and were left out because there are too many. */
  readonly leftOut: number;
}

/** The part of the project that the choice asks for. */
export function partOf(project: Project, choice: Choice, limit = LIMIT): Part {
  const near = choice.unit === null ? null : surroundings(project, choice.unit);
  const wanted = project.resources.filter(
    (resource) => !choice.hidden.includes(resource.kind) && (near === null || near.has(resource.ref)),
  );
  const kept = wanted.length > limit ? mostTelling(wanted, project.links, limit) : wanted;
  const refs = new Set(kept.map((resource) => resource.ref));
  return {
    resources: kept,
    links: project.links.filter((link) => refs.has(link.from) && refs.has(link.to)),
    leftOut: wanted.length - kept.length,
  };
}

function surroundings(project: Project, unit: string): Set<string> {
  const near = new Set([unit]);
  for (const link of project.links) {
    if (link.from === unit || link.to === unit) {
      near.add(link.from);
      near.add(link.to);
    }
  }
  return near;
}

/** Units with all that touches them, the dearest and best connected first, until the picture is full. */
function mostTelling(wanted: readonly Resource[], links: readonly Link[], limit: number): Resource[] {
  const neighbours = neighboursOf(links);
  const weight = (resource: Resource): number =>
    (resource.kind === "execution_unit" ? 1e9 : 0) + (resource.monthlyUsd ?? 0) * 10 + (neighbours.get(resource.ref)?.length ?? 0);
  const byWeight = wanted.map((resource) => ({ resource, weight: weight(resource) }));
  byWeight.sort((a, b) => b.weight - a.weight);
  const known = new Set(wanted.map((resource) => resource.ref));
  const kept = new Set<string>();
  for (const { resource } of byWeight) {
    for (const ref of [resource.ref, ...(neighbours.get(resource.ref) ?? [])]) {
      if (kept.size < limit && known.has(ref)) {
        kept.add(ref);
      }
    }
  }
  return wanted.filter((resource) => kept.has(resource.ref));
}

/** The nodes at the other end of the links of each node. */
export function neighboursOf(links: readonly Link[]): Map<string, string[]> {
  const neighbours = new Map<string, string[]>();
  const add = (from: string, to: string): void => {
    const known = neighbours.get(from);
    if (known === undefined) {
      neighbours.set(from, [to]);
    } else {
      known.push(to);
    }
  };
  for (const link of links) {
    add(link.from, link.to);
    add(link.to, link.from);
  }
  return neighbours;
}

/** The resources in which every word of the query stands somewhere; null where nothing is asked. */
export function search(resources: readonly Resource[], query: string): Set<string> | null {
  const words = query.toLocaleLowerCase().split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) {
    return null;
  }
  const found = resources.filter((resource) => {
    const text = haystack(resource);
    return words.every((word) => text.includes(word));
  });
  return new Set(found.map((resource) => resource.ref));
}

function haystack(resource: Resource): string {
  const { id, kind, place, language, symbol, source, mode } = resource;
  return [id, kindOf(kind).one, place, language, symbol, source, mode?.replace("-", " ")].join("\n").toLocaleLowerCase();
}
