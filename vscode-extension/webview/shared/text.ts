/** Words and figures as people read them. */

const ELLIPSIS = "…";

/* Controls, zero-width and direction marks: they could make a name look like another one or turn its surroundings. */
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** Text of the project for one line: nothing unseen in it, and not longer than `limit` characters. */
export function shown(text: string, limit = 120): string {
  const head = text.length > limit * 4 ? text.slice(0, limit * 4) : text;
  const letters = Array.from(head.replace(UNSEEN, "\ufffd"));
  if (letters.length <= limit && head.length === text.length) {
    return letters.join("");
  }
  return letters.slice(0, Math.max(1, limit - 1)).join("") + ELLIPSIS;
}

const STEPS: readonly (readonly [number, string])[] = [
  [1e12, "T"],
  [1e9, "B"],
  [1e6, "M"],
  [1e3, "k"],
];

/** A count in three figures: `950`, `12.5k`, `10M`. */
export function count(value: number): string {
  const step = STEPS.find(([size]) => Math.abs(value) >= size * 0.9995);
  const scaled = step === undefined ? value : value / step[0];
  const text = String(Number(scaled.toPrecision(3)));
  return step === undefined ? text : text + step[1];
}

/** Requests a second: `0.02`, `3.8`, `1.2k`. */
export function rate(value: number): string {
  return value >= 1000 ? count(value) : String(Number(value.toPrecision(2)));
}

/** `1 resource`, `6 resources`. */
export function several(n: number, one: string, many = `${one}s`): string {
  return `${new Intl.NumberFormat("en-US").format(n)} ${n === 1 ? one : many}`;
}

/** `07:00` for 7. */
export function hour(h: number): string {
  return `${String(h).padStart(2, "0")}:00`;
}
