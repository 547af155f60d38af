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
  let used = 0;
  const letters = Array.from(text);
  for (const [index, letter] of letters.entries()) {
    used += weight(letter);
    if (used > width) {
      return letters.slice(0, Math.max(1, index - 1)).join("") + "…";
    }
  }
  return text;
}

/** Text in one line, or in two that break where words do; the second is cut where it is too long. */
export function inLines(text: string, width: number): string[] {
  const whole = fitting(text, width);
  if (whole === text) {
    return [text];
  }
  const head = whole.slice(0, -1);
  const gap = Math.max(...["-", "_", ".", "/", " "].map((sign) => head.lastIndexOf(sign)));
  const at = gap > head.length / 3 ? gap + 1 : head.length;
  return [text.slice(0, at), fitting(text.slice(at), width)];
}

function weight(letter: string): number {
  if (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f000}-\u{3ffff}]/u.test(letter)) {
    return 2;
  }
  return /[A-Zmw@%]/.test(letter) ? 1.25 : /[ijlt.,:;'|! ]/.test(letter) ? 0.55 : 1;
}
