/** The parts of a workload that can be tried out. Pure. */
import { count } from "../shared/text";

/** A number on a logarithmic slider. */
export interface Knob {
  readonly key: string;
  readonly label: string;
  /** What one of it is, for people. */
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  /** What can be reckoned with is this finely divided. */
  readonly grain: (value: number) => number;
}

export const KNOBS: readonly Knob[] = [
  { key: "monthly_requests", label: "Requests a month", unit: "", min: 1e3, max: 1e10, grain: twoFigures },
  { key: "request_duration_ms", label: "Duration of a request", unit: "ms", min: 1, max: 900_000, grain: twoFigures },
  { key: "memory_mb", label: "Memory", unit: "MB", min: 128, max: 10_240, grain: (value) => to(64, value) },
  { key: "concurrency", label: "Concurrency of an instance", unit: "", min: 1, max: 1000, grain: twoFigures },
];

/** The shapes of a day that have names. */
export const SHAPES: readonly (readonly [string, string])[] = [
  ["flat", "Flat: all hours alike"],
  ["diurnal", "Diurnal: a working day"],
  ["commute", "Commute: two peaks"],
  ["spiky", "Spiky: short bursts"],
];

/** Into how many steps a slider is divided. */
export const STEPS = 400;

/** The step of a slider that is nearest to a value. */
export function stepOf(knob: Knob, value: number): number {
  const held = Math.min(Math.max(value, knob.min), knob.max);
  return Math.round((STEPS * Math.log(held / knob.min)) / Math.log(knob.max / knob.min));
}

/** The value at a step of a slider. */
export function valueAt(knob: Knob, step: number): number {
  const value = knob.min * (knob.max / knob.min) ** (step / STEPS);
  return Math.min(Math.max(knob.grain(value), knob.min), knob.max);
}

const SUFFIXES: ReadonlyMap<string, number> = new Map([
  ["", 1],
  ["k", 1e3],
  ["m", 1e6],
  ["b", 1e9],
]);

/** Reads `10M`, `1.5k`, `10_000_000` or `2,500`; null where that is no number which the knob takes. */
export function parse(knob: Knob, text: string): number | null {
  const [, digits = "", suffix = ""] = /^\s*(\d[\d_, ]*(?:\.\d+)?)\s*([kmb]?)\s*$/i.exec(text) ?? [];
  const value = Math.round(Number(digits.replace(/[_, ]/g, "")) * (SUFFIXES.get(suffix.toLowerCase()) ?? Number.NaN));
  return digits !== "" && value >= 1 && value <= knob.max * 100 ? value : null;
}

/** A value for a person. */
export function spoken(knob: Knob, value: number): string {
  return knob.unit === "" ? count(value) : `${count(value)} ${knob.unit}`;
}

function twoFigures(value: number): number {
  return Math.round(Number(value.toPrecision(2)));
}

function to(grain: number, value: number): number {
  return Math.round(value / grain) * grain;
}
