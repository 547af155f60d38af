/** The drawing as Mermaid text. Pure. */
import { kindOf, linkKind, MODE_WORDS } from "../shared/kinds";
import type { Resource } from "../shared/messages";
import type { Part } from "./select";

/** A flowchart of the part that is shown, left to right. */
export function mermaid(part: Part): string {
  const names = new Map(part.resources.map((resource, index) => [resource.ref, `n${index}`]));
  const lines = ["flowchart LR"];
  for (const resource of part.resources) {
    const [open, close] = kindOf(resource.kind).mermaid;
    lines.push(`  ${names.get(resource.ref)}${open}"${label(resource)}"${close}`);
  }
  for (const link of part.links) {
    const words = [linkKind(link.kind).verb, link.labels.join(", ")].filter((word) => word !== "").join(": ");
    lines.push(`  ${names.get(link.from)} -->|"${escaped(words)}"| ${names.get(link.to)}`);
  }
  for (const mode of ["on-demand", "always-on"] as const) {
    const members = part.resources.filter((resource) => resource.mode === mode).map(({ ref }) => names.get(ref));
    if (members.length > 0) {
      lines.push(`  class ${members.join(",")} ${mode === "on-demand" ? "onDemand" : "alwaysOn"}`);
    }
  }
  lines.push("  classDef onDemand stroke:#1a85ff,stroke-width:2px,stroke-dasharray:6 3");
  lines.push("  classDef alwaysOn stroke:#d67e00,stroke-width:3px");
  return lines.join("\n") + "\n";
}

function label(resource: Resource): string {
  const mode = resource.mode === null ? null : MODE_WORDS[resource.mode];
  const second = [resource.place ?? kindOf(resource.kind).one, mode].filter((word) => word !== null).join(", ");
  return [resource.id, second, resource.cost].filter((line) => line !== null).map(escaped).join("<br/>");
}

/** Mermaid reads entities in quoted text; everything but plain letters and signs becomes one. */
function escaped(text: string): string {
  return Array.from(text.replace(/[\r\n]+/g, " "))
    .map((letter) => (/[\p{L}\p{N} .,:/_+()~$@-]/u.test(letter) ? letter : `#${letter.codePointAt(0) ?? 0};`))
    .join("");
}
