/** The drawing itself: the same on the screen and in an exported file. Pure. */
import { curveBumpX, line } from "d3-shape";
import { memo } from "preact/compat";
import type { JSX } from "preact";
import { kindOf, MODE_WORDS } from "../shared/kinds";
import type { Resource } from "../shared/messages";
import { monthly } from "../shared/money";
import { labelWidth, NODE_HEIGHT, NODE_WIDTH, type DrawnLink, type Layout, type Point } from "./layout";
import { fitting, inLines, lettersOfLongest, shapeOf } from "./shapes";

export interface Marks {
  readonly selected: string | null;
  /** Where the cursor of the editor is. */
  readonly cursor: ReadonlySet<string>;
  /** What a search found; null where nothing is searched. */
  readonly found: ReadonlySet<string> | null;
}

interface DrawingProps {
  readonly resources: readonly Resource[];
  readonly layout: Layout;
  readonly marks: Marks;
}

/** Edges below, nodes above. */
export function Drawing({ resources, layout, marks }: DrawingProps): JSX.Element {
  const near = nearSelected(layout.links, marks.selected);
  const farLetters = lettersOfLongest(resources.map(({ id }) => id), FAR_LETTERS.least, FAR_LETTERS.most);
  return (
    <>
      <g class="links">
        {layout.links.map((link) => (
          <LinkMark key={link.key} link={link} tone={linkTone(link, marks)} />
        ))}
      </g>
      <g class="nodes">
        {resources.map((resource) => {
          const at = layout.nodes.get(resource.ref);
          return at === undefined ? null : (
            <NodeMark
              key={resource.ref}
              resource={resource}
              x={at.x}
              y={at.y}
              tone={nodeTone(resource.ref, marks, near)}
              farLetters={farLetters}
            />
          );
        })}
      </g>
    </>
  );
}

function nearSelected(links: readonly DrawnLink[], selected: string | null): Set<string> {
  const touching = links.filter((link) => link.from === selected || link.to === selected);
  return new Set(touching.flatMap((link) => [link.from, link.to]));
}

function nodeTone(ref: string, marks: Marks, near: ReadonlySet<string>): string {
  const tones = [
    marks.selected === ref ? "selected" : "",
    marks.cursor.has(ref) ? "cursor" : "",
    marks.found !== null && !marks.found.has(ref) ? "dim" : "",
    marks.selected !== null && near.has(ref) ? "near" : "",
  ];
  return tones.filter((tone) => tone !== "").join(" ");
}

function linkTone(link: DrawnLink, marks: Marks): string {
  const dim = marks.found !== null && !(marks.found.has(link.from) && marks.found.has(link.to));
  const touched = marks.selected === link.from || marks.selected === link.to;
  return [dim ? "dim" : "", touched ? "touched" : ""].filter((tone) => tone !== "").join(" ");
}

/**
 * How many letters a line has room for in a drawing seen from afar. All its names are of one size: that in which the longest
 * stands in one line, within these bounds.
 */
const FAR_LETTERS = { least: 10.5, most: 15 };
/** So wide are the letters of a line together, by their size. */
const FAR_ROOM = 300;

interface NodeProps {
  readonly resource: Resource;
  readonly x: number;
  readonly y: number;
  readonly tone: string;
  readonly farLetters: number;
}

const NodeMark = memo(function NodeMark({ resource, x, y, tone, farLetters }: NodeProps): JSX.Element {
  const kind = kindOf(resource.kind);
  const { path, inner, left, top } = shapeOf(kind.outline);
  const right = NODE_WIDTH - left;
  return (
    <g
      class={`node ${resource.mode ?? "plain"} ${tone}`}
      data-ref={resource.ref}
      transform={`translate(${x - NODE_WIDTH / 2} ${y - NODE_HEIGHT / 2})`}
    >
      <path class="halo" d={path} />
      <path class="shape" d={path} />
      {inner === "" ? null : <path class="inner" d={inner} />}
      <path class="icon" d={kind.icon} transform={`translate(${left} ${top + 12.5})`} />
      <text class="name" x={left + 25} y={top + 25}>
        {fitting(resource.id, (right - left - 25) / 8)}
      </text>
      <FarName resource={resource} letters={farLetters} />
      <Facts resource={resource} left={left} top={top} />
      <Problems resource={resource} />
      {tone.includes("cursor") ? <Here /> : null}
    </g>
  );
});

/** The name as it stands in a drawing seen from afar: large, in one line or two, with the price below. */
function FarName({ resource: { id, cost, monthlyUsd, assumed }, letters }: { resource: Resource; letters: number }): JSX.Element {
  const size = FAR_ROOM / letters;
  const name = inLines(id, letters);
  const lines = cost === null ? name : [...name, monthly(monthlyUsd, assumed)];
  const first = NODE_HEIGHT / 2 + size * (0.37 - (lines.length - 1) * 0.52);
  return (
    <>
      {lines.map((text, index) => (
        <text key={index} class={index < name.length ? "far-name" : "far-name price"} font-size={size} x={NODE_WIDTH / 2} y={first + index * size * 1.04}>
          {text}
        </text>
      ))}
    </>
  );
}

/** A tab that says that the cursor of the editor is here. */
function Here(): JSX.Element {
  return (
    <g class="here" transform="translate(10 -4)">
      <g class="tab">
        <rect y="-22" width="62" height="22" rx="5" />
        <text x="31" y="-6.5">
          cursor
        </text>
      </g>
    </g>
  );
}

function Facts({ resource, left, top }: { resource: Resource; left: number; top: number }): JSX.Element {
  const kind = kindOf(resource.kind);
  const right = NODE_WIDTH - left;
  const y = top + 42;
  const priced = resource.cost !== null;
  return (
    <g class="facts">
      <text class="fact" x={left + 25} y={y}>
        {fitting(resource.place ?? kind.one, priced ? 15 : 24)}
      </text>
      {priced ? (
        <text class="cost" x={right} y={y}>
          {monthly(resource.monthlyUsd, resource.assumed)}
        </text>
      ) : null}
      <ModeMark resource={resource} x={left + 25} y={y + 17} />
      {priced && resource.assumed ? (
        <text class="assumed" x={right} y={y + 17}>
          assumed
        </text>
      ) : null}
    </g>
  );
}

/** A bolt for what starts when it is called, a disc for what never stops; words beside it. */
function ModeMark({ resource, x, y }: { resource: Resource; x: number; y: number }): JSX.Element {
  if (resource.mode === null) {
    return (
      <text class="fact" x={x} y={y}>
        {kindOf(resource.kind).one}
      </text>
    );
  }
  const icon = resource.mode === "on-demand" ? "M5 0L0 6h3L2 11 8 4H4.5z" : "M4.5 1a4.5 4.5 0 1 0 .01 0z";
  return (
    <>
      <path class="mode-icon" d={icon} transform={`translate(${x} ${y - 10})`} />
      <text class="mode" x={x + 13} y={y}>
        {MODE_WORDS[resource.mode]}
      </text>
    </>
  );
}

function Problems({ resource }: { resource: Resource }): JSX.Element | null {
  const { errors, warnings } = resource;
  if (errors + warnings === 0) {
    return null;
  }
  return (
    <g class={errors > 0 ? "badge error" : "badge warning"} transform={`translate(${NODE_WIDTH - 10} 0)`}>
      {errors > 0 ? <circle r="9" /> : <path d="M0 -10L10 8H-10Z" />}
      <text y="4">{errors > 0 ? Math.min(errors, 99) : "!"}</text>
    </g>
  );
}

const curve = line<Point>((point) => point.x, (point) => point.y).curve(curveBumpX);

const LinkMark = memo(function LinkMark({ link, tone }: { link: DrawnLink; tone: string }): JSX.Element {
  const path = curve([...link.points]) ?? "";
  return (
    <g class={`link ${link.kind} ${tone}`}>
      <path class="line" d={path} />
      <path class="head" d={arrowHead(link.points)} />
      {link.labelAt === null ? null : (
        <g class="label-at" transform={`translate(${link.labelAt.x} ${link.labelAt.y})`}>
          <rect class="plate" x={-labelWidth(link.text) / 2} y="-8" width={labelWidth(link.text)} height="16" />
          <text class="label" y="4">
            {link.text}
          </text>
        </g>
      )}
    </g>
  );
});

function arrowHead(points: readonly Point[]): string {
  const [end, before] = [points.at(-1), points.at(-2)];
  if (end === undefined || before === undefined) {
    return "";
  }
  const back = before.x <= end.x ? -8 : 8;
  return `M${end.x + back} ${end.y - 4.5}L${end.x} ${end.y}L${end.x + back} ${end.y + 4.5}Z`;
}
