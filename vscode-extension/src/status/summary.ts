import type { Known } from "../project/known";
import { dollars } from "../../webview/shared/money";
import type { State } from "../server/machine";
import type { ProjectStatus } from "../server/protocol";

/** How things stand, for the status bar and the language status. Texts are plain. */
export interface Health {
  level: "ok" | "busy" | "warning" | "error";
  /** In the status bar, with the editor's icons. */
  short: string;
  /** What a screen reader says in place of `short`. */
  spoken: string;
  /** One line of explanation. */
  detail: string;
}

/** The state that decides which welcome text a view shows. */
export type ViewState = "missing" | "failed" | "off" | "reading" | "old" | "empty" | "full";

export function viewState(state: State, known: Known): ViewState {
  if (state.kind === "missing" || state.kind === "failed" || state.kind === "off") return state.kind;
  if (state.kind !== "running") return "reading";
  if (known.kind === "old") return "old";
  if (known.kind !== "projects") return "reading";
  return known.graphs.some(({ graph }) => graph.annotations.length > 0) ? "full" : "empty";
}

/** How the server and the projects are. `mismatch` is what there is to say about versions. */
export function health(state: State, known: Known, mismatch: string | undefined): Health {
  switch (state.kind) {
    case "off":
      return { level: "warning", short: "$(debug-disconnect) Klotho", spoken: "Klotho: stopped", detail: "The server is stopped." };
    case "missing":
      return { level: "error", short: "$(error) Klotho", spoken: "Klotho: server not found", detail: state.reason };
    case "failed":
      return {
        level: "error",
        short: "$(error) Klotho",
        spoken: "Klotho: server stopped",
        detail: `The server stopped several times and is not started again by itself. ${state.reason}`,
      };
    case "running":
      return mismatch === undefined
        ? ofProjects(known)
        : { ...ofProjects(known), level: "warning", detail: mismatch };
    default:
      return { level: "busy", short: "$(sync~spin) Klotho", spoken: "Klotho: starting", detail: "The server starts." };
  }
}

function ofProjects(known: Known): Health {
  if (known.kind === "old") {
    return { level: "warning", short: "$(cloud) Klotho", spoken: "Klotho", detail: "This server has no totals to show." };
  }
  if (known.kind !== "projects") {
    return { level: "busy", short: "$(sync~spin) Klotho", spoken: "Klotho: reading", detail: "The project is read." };
  }
  const total = sum(known.statuses);
  const found = total.findings;
  const marks = [found.error > 0 ? `$(error) ${found.error}` : "", found.warning > 0 ? `$(warning) ${found.warning}` : ""];
  const short = ["$(cloud)", total.units > 0 ? total.amount : "Klotho", ...marks.filter((mark) => mark !== "")].join(" ");
  const detail = `${count(total.units, "unit")}, ${findings(found)}`;
  return {
    level: found.error > 0 ? "error" : "ok",
    short,
    spoken: `Klotho: ${total.units > 0 ? `${total.amount}, ` : ""}${detail}`,
    detail,
  };
}

/** All projects together. */
interface Total {
  units: number;
  amount: string;
  findings: ProjectStatus["findings"];
}

function sum(statuses: ProjectStatus[]): Total {
  const findings = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const status of statuses) {
    for (const severity of ["error", "warning", "information", "hint"] as const) {
      findings[severity] += status.findings[severity];
    }
  }
  return { units: statuses.reduce((units, status) => units + status.units, 0), amount: amount(statuses), findings };
}

/** The sum a month. What has no price is not in it, and the sum says so. */
export function amount(statuses: readonly Pick<ProjectStatus, "units" | "monthlyUsd" | "assumed" | "missingPrices">[]): string {
  const known = statuses.map((status) => status.monthlyUsd).filter((usd) => usd !== null);
  if (known.length === 0) return "no price";
  const isPart = statuses.some((status) => status.missingPrices || (status.monthlyUsd === null && status.units > 0));
  const assumed = statuses.some((status) => status.assumed) ? "~" : "";
  return `${isPart ? "≥ " : ""}${assumed}${dollars(known.reduce((all, usd) => all + usd, 0))}/mo`;
}

function findings(found: ProjectStatus["findings"]): string {
  const parts = [
    found.error > 0 ? count(found.error, "error") : "",
    found.warning > 0 ? count(found.warning, "warning") : "",
    found.information > 0 ? count(found.information, "note") : "",
  ].filter((part) => part !== "");
  return parts.length > 0 ? parts.join(", ") : "no findings";
}

/** `1 unit`, `2 units`. */
function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** A line for each project, for the tooltip: the name and what it costs. */
export function lines(statuses: ProjectStatus[]): { name: string; amount: string; detail: string }[] {
  return statuses
    .filter((status) => status.units > 0)
    .map((status) => ({
      name: status.name ?? lastPart(status.root),
      amount: amount([status]),
      detail: `${count(status.units, "unit")}, ${findings(status.findings)}`,
    }));
}

function lastPart(uri: string): string {
  return decodeURIComponent(uri.replace(/\/+$/, "").split("/").at(-1) ?? uri);
}
