import type { Known } from "../project/known";
import type { State } from "../server/machine";

/** What a report of an issue may say of a machine and a project: how much of what, never what it is called. */
export interface Facts {
  extension: string;
  editor: string;
  system: string;
  remote: string | undefined;
  trusted: boolean;
  folders: number;
  state: State;
  crashes: number;
  known: Known;
  /** Settings of ours that differ from their defaults. */
  settings: Record<string, unknown>;
}

/** The state of the extension as Markdown. There is no source, no name, no path in it. */
export function dump(facts: Facts): string {
  const { state } = facts;
  const rows: [string, string][] = [
    ["extension", facts.extension],
    ["editor", facts.editor],
    ["system", facts.system],
    ["remote", facts.remote ?? "no"],
    ["trusted", yes(facts.trusted)],
    ["folders", String(facts.folders)],
    ["server", server(state)],
    ["ends without being asked, lately", String(facts.crashes)],
    ...projects(facts.known),
    ...Object.entries(facts.settings).map(([name, value]): [string, string] => [name, setting(value)]),
  ];
  return ["What happened:", "", "What you expected:", "", "How to make it happen:", "", "| | |", "|---|---|", ...rows.map(cells), ""].join("\n");
}

function server(state: State): string {
  switch (state.kind) {
    case "running":
      return `running, version ${state.version ?? "unknown"}, from ${state.program.from}`;
    case "starting":
      return `starting, from ${state.program.from}`;
    // The reason may hold a path, so it is left out.
    default:
      return state.kind;
  }
}

function projects(known: Known): [string, string][] {
  if (known.kind !== "projects") return [["projects", known.kind]];
  return known.graphs.map(({ graph, generation }, at): [string, string] => {
    const sizes = [
      `${graph.files.length} files`,
      `${graph.annotations.length} annotations`,
      `${graph.nodes.length} nodes`,
      `${graph.edges.length} edges`,
      `${graph.routes.length} routes`,
      `${graph.diagnostics.length} findings`,
      `generation ${generation}`,
    ];
    const codes = [...new Set(graph.diagnostics.map((row) => row.code))].sort();
    return [`project ${at + 1}`, [sizes.join(", "), ...codes].join("; ")];
  });
}

/** A text in a setting may be a path or a name; that it is set is enough. Short words from a list of values are kept. */
function setting(value: unknown): string {
  if (typeof value === "boolean" || typeof value === "number") return String(value);
  if (typeof value === "string" && /^[a-z]{1,20}$/.test(value)) return value;
  return "set";
}

function yes(is: boolean): string {
  return is ? "yes" : "no";
}

function cells([name, value]: [string, string]): string {
  return `| ${name} | ${value} |`;
}
