/** Answers of the real server about the projects of tests/apps, and larger ones made of them. */
import { readFileSync } from "node:fs";
import path from "node:path";
import * as v from "valibot";
import { projectModel } from "../../src/views/graphModel";
import { Cost, GraphReply, type GraphProject } from "../shared/contract";
import type { Project } from "../shared/messages";

function read(name: string): unknown {
  return JSON.parse(readFileSync(path.join(process.cwd(), "webview/harness/recorded", name), "utf8"));
}

/** The project of `klotho/graph` for an app. */
export function recordedGraph(app: string): GraphProject {
  const [project] = v.parse(GraphReply, read(`${app}.graph.json`)).projects;
  if (project === undefined) {
    throw new Error(`nothing recorded for ${app}`);
  }
  return project;
}

/** The same as the view is told of it. */
export function recordedProject(app: string): Project {
  return projectModel(recordedGraph(app)).view;
}

/** The answer to `klotho/cost` for a unit. */
export function recordedCost(unit: string): Cost {
  return v.parse(Cost, read(`${unit}.cost.json`));
}

/** A shop of many services, each like the ones of the recorded apps: gateway, unit, stores, topics, shared settings. */
export function manyServices(resources: number): Project {
  const [first, second] = [recordedProject("music-service"), recordedProject("orders-js")];
  const all: Project = { root: "file:///apps/shop", name: "shop", total: null, resources: [], links: [], routes: [] };
  for (let copy = 0; all.resources.length < resources; copy += 1) {
    for (const source of [first, second]) {
      addCopy(all, source, copy);
    }
  }
  const kept = new Set(all.resources.slice(0, resources).map(({ ref }) => ref));
  return {
    ...all,
    resources: all.resources.slice(0, resources),
    links: all.links.filter((link) => kept.has(link.from) && kept.has(link.to)),
  };
}

function addCopy(all: Project, source: Project, copy: number): void {
  const renamed = (ref: string): string => `${ref}-${copy}`;
  all.resources.push(...source.resources.map((row) => ({ ...row, ref: renamed(row.ref), id: `${row.id}-${copy}` })));
  all.links.push(...source.links.map((link) => ({ ...link, from: renamed(link.from), to: renamed(link.to) })));
  all.routes.push(
    ...source.routes.map((route) => ({ ...route, gateway: renamed(route.gateway), unit: renamed(route.unit) })),
  );
  const units = source.resources.filter(({ kind }) => kind === "execution_unit");
  for (const [index, { ref }] of units.entries()) {
    // Every third service calls its neighbour, as services do.
    if (copy > 0 && (copy + index) % 3 === 0) {
      all.links.push({ from: renamed(ref), to: `${ref}-${copy - 1}`, kind: "calls", labels: ["notify"] });
    }
  }
}
