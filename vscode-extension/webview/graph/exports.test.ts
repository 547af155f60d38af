import assert from "node:assert/strict";
import { test } from "node:test";
import { HOSTILE, project, resource } from "../harness/build";
import { recordedProject } from "../harness/recorded";
import type { Project } from "../shared/messages";
import { svgFile } from "./exportFile";
import { routesByLink } from "./labels";
import { Layouter } from "./layout";
import { mermaid } from "./mermaid";
import { partOf } from "./select";

function asSvg(shown: Project): string {
  const part = partOf(shown, { hidden: [], unit: null });
  return svgFile(shown, part, new Layouter().lay(part, routesByLink(shown)), () => "#123456");
}

const asMermaid = (shown: Project): string => mermaid(partOf(shown, { hidden: [], unit: null }));

function hostile(): Project {
  const resources = HOSTILE.map((id, index) => resource(`execution_unit:${index}`, { id, place: id, cost: id, mode: "on-demand", monthlyUsd: 1 }));
  return { ...project([], []), name: HOSTILE[0], resources, links: [{ from: "execution_unit:0", kind: "calls", to: "execution_unit:1", labels: [...HOSTILE] }] };
}

test("the recorded app as Mermaid", () => {
  assert.equal(
    asMermaid(recordedProject("music-service")),
    `flowchart LR
  n0["playlists<br/>AWS Lambda, on demand<br/>${costOf("playlists")}"]
  n1["recommendations<br/>AWS Lambda, on demand<br/>${costOf("recommendations")}"]
  n2{{"music-api<br/>API Gateway"}}
  n3{{"recommend-api<br/>API Gateway"}}
  n4[("playlist-store<br/>${placeOf("playlist-store")}<br/>${costOf("playlist-store")}")]
  n5[("recent-plays<br/>${placeOf("recent-plays")}<br/>${costOf("recent-plays")}")]
  n0 -->|"uses"| n4
  n1 -->|"uses"| n5
  n2 -->|"routes to"| n0
  n3 -->|"routes to"| n1
  class n0,n1 onDemand
  classDef onDemand stroke:#1a85ff,stroke-width:2px,stroke-dasharray:6 3
  classDef alwaysOn stroke:#d67e00,stroke-width:3px
`,
  );
});

function row(id: string): { cost: string | null; place: string | null } {
  return recordedProject("music-service").resources.find((one) => one.id === id) ?? { cost: null, place: null };
}

const costOf = (id: string): string => row(id).cost ?? "";
const placeOf = (id: string): string => row(id).place ?? "";

test("Mermaid takes hostile names as text: no quote, bracket or line of theirs is left", () => {
  const lines = asMermaid(hostile()).trimEnd().split("\n");
  assert.equal(lines.length, 1 + HOSTILE.length + 1 + 1 + 2);
  for (const line of lines.slice(1, 1 + HOSTILE.length)) {
    assert.match(line, /^ {2}n\d+\["[^"<>[\]{}|`\\]*(<br\/>[^"<>[\]{}|`\\]*)*"\]$/);
  }
});

test("an SVG file needs nothing but itself", () => {
  const svg = asSvg(recordedProject("music-service"));
  assert.match(svg, /^<\?xml version="1.0" encoding="UTF-8"\?>\n<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  assert.doesNotMatch(svg, /var\(|href|url\(|<script|<foreignObject/);
  assert.match(svg, />playlists</);
  assert.match(svg, /#123456/);
});

test("an SVG file takes hostile names as text", () => {
  const svg = asSvg(hostile());
  assert.doesNotMatch(svg, /<img|<script/);
  assert.equal(svg.match(/<style>/g)?.length, 1);
  assert.equal(svg.match(/<\/style>/g)?.length, 1);
  // eslint-disable-next-line no-control-regex
  assert.doesNotMatch(svg, /[\u0000-\u0008]/);
});
