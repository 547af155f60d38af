/** Outlines of nodes, in a box whose upper left corner is the origin. Pure. */
import type { Outline } from "../shared/kinds";
import { NODE_HEIGHT as H, NODE_WIDTH as W } from "./layout";

export interface Shape {
  /** The outline. */
  readonly path: string;
  /** Lines inside of it. */
  readonly inner: string;
  /** Where the contents start. */
  readonly left: number;
  readonly top: number;
}

const LID = 9;
const FOLD = 16;
const POINT = 16;

const SHAPES: Readonly<Record<Outline, Shape>> = {
  card: { path: rounded(7), inner: "", left: 14, top: 0 },
  gate: {
    path: `M${POINT} 0H${W - POINT}L${W} ${H / 2}L${W - POINT} ${H}H${POINT}L0 ${H / 2}Z`,
    inner: "",
    left: 26,
    top: 0,
  },
  drum: {
    path: `M0 ${LID}A${W / 2} ${LID} 0 0 1 ${W} ${LID}V${H - LID}A${W / 2} ${LID} 0 0 1 0 ${H - LID}Z`,
    inner: `M0 ${LID}A${W / 2} ${LID} 0 0 0 ${W} ${LID}`,
    left: 14,
    top: 7,
  },
  pill: { path: rounded(H / 2), inner: "", left: 30, top: 0 },
  note: {
    path: `M0 0H${W - FOLD}L${W} ${FOLD}V${H}H0Z`,
    inner: `M${W - FOLD} 0V${FOLD}H${W}`,
    left: 14,
    top: 0,
  },
  page: { path: rounded(4), inner: `M0 10H${W}`, left: 14, top: 5 },
};

/** The form of a node. */
export function shapeOf(outline: Outline): Shape {
  return SHAPES[outline];
}

function rounded(r: number): string {
  return `M${r} 0H${W - r}A${r} ${r} 0 0 1 ${W} ${r}V${H - r}A${r} ${r} 0 0 1 ${W - r} ${H}H${r}A${r} ${r} 0 0 1 0 ${H - r}V${r}A${r} ${r} 0 0 1 ${r} 0Z`;
}

/** Cuts text to about so many letters of middling width; wide letters count double. */
export function fitting(text: string, width: number): string {
  const letters = Array.from(text);
  const fit = countFitting(letters, width);
  return fit === letters.length ? text : `${letters.slice(0, Math.max(1, fit - 1)).join("")}…`;
}

/** Text in one line, or in two that break where words do; the second is cut where it is too long. */
export function inLines(text: string, width: number): string[] {
  const letters = Array.from(text);
  const fit = countFitting(letters, width);
  if (fit === letters.length) {
    return [text];
  }
  const most = Math.max(1, fit);
  // A sign may hang over, or it would begin the second line.
  const head = letters.slice(0, most + 1).join("");
  const gap = Math.max(...["-", "_", ".", "/", " "].map((sign) => head.lastIndexOf(sign)));
  const at = gap > head.length / 3 ? gap + 1 : letters.slice(0, most).join("").length;
  return [text.slice(0, at), fitting(text.slice(at), width)].filter((line) => line !== "");
}

/** How many letters the longest of some names has, as letters of middling width, within bounds. */
export function lettersOfLongest(names: readonly string[], least: number, most: number): number {
  return names.reduce((longest, name) => Math.max(longest, Math.min(widthOf(Array.from(name.slice(0, MOST_READ))), most)), least);
}

/** No name is shown at such a length. */
const MOST_READ = 100;

function widthOf(letters: readonly string[]): number {
  return letters.reduce((width, letter) => width + weight(letter), 0);
}

function countFitting(letters: readonly string[], width: number): number {
  let used = 0;
  const over = letters.findIndex((letter) => (used += weight(letter)) > width);
  return over === -1 ? letters.length : over;
}

function weight(letter: string): number {
  if (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f000}-\u{3ffff}]/u.test(letter)) {
    return 2;
  }
  return /[A-Zmw@%]/.test(letter) ? 1.25 : /[ijlt.,:;'|! ]/.test(letter) ? 0.55 : 1;
}
