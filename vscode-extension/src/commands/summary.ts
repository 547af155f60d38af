import { dollars } from "../../webview/shared/money";
import type { NodeCost, ProjectGraph } from "../server/protocol";
import { lastPart, units } from "../tree/model";

/** Where each unit of the projects runs and what that costs, as Markdown for a pull request or a chat. */
export function summary(projects: ProjectGraph[]): string {
  const parts = projects.filter((project) => units(project).length > 0).map(ofProject);
  return parts.join("\n");
}

function ofProject(project: ProjectGraph): string {
  const inUnits = new Set(units(project).map(({ id }) => `execution_unit:${id}`));
  const others = project.costs.filter((cost) => !inUnits.has(cost.node));
  const rows = [
    ...units(project).map(({ id, cost, node }) => row(id, cost?.name ?? node.type ?? "", cost)),
    ...others.map((cost) => row(cost.node.slice(cost.node.indexOf(":") + 1), cost.name, cost)),
  ];
  const all = project.costs.map((cost) => cost.monthlyUsd);
  const total = all.reduce<number>((sum, usd) => sum + (usd ?? 0), 0);
  const notes = [
    project.costs.some((cost) => cost.assumed) ? "~ with traffic that is assumed where nobody states it." : "",
    all.includes(null) ? "What has no price is not in the total." : "",
  ].filter((note) => note !== "");
  return [
    `### ${escape(lastPart(project.root))}: where it runs`,
    "",
    "| | runs on | a month |",
    "|---|---|---:|",
    ...rows,
    `| **total** | | **${dollars(total)}** |`,
    "",
    ...(notes.length > 0 ? [notes.join(" "), ""] : []),
  ].join("\n");
}

function row(name: string, place: string, cost: NodeCost | undefined): string {
  const usd = cost?.monthlyUsd;
  const amount = usd === null || usd === undefined ? "no price" : `${cost?.assumed === true ? "~" : ""}${dollars(usd)}`;
  return `| ${escape(name)} | ${escape(place)} | ${amount} |`;
}

/** Names come from source code: none may end a cell or start markup. */
function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|#!~&$]/g, (mark) => `\\${mark}`).replace(/\s+/g, " ");
}
