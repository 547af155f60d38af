/** What the cost view knows, and how it changes. Pure. */
import * as v from "valibot";
import { Overrides, type Cost, type WorkloadValue } from "../shared/contract";
import type { ToCost } from "../shared/messages";

const Unit = v.object({ root: v.string(), unit: v.string() });

/** What a person chose; kept while the view is hidden. */
export const Kept = v.object({
  follow: v.boolean(),
  /** The unit that was looked at, and what was tried with it. */
  unit: v.nullable(Unit),
  overrides: Overrides,
});
export type Kept = v.InferOutput<typeof Kept>;

export interface State {
  readonly phase: "loading" | "failed" | "nothing" | "shown";
  readonly message: string;
  readonly notice: string | null;
  readonly cost: Cost | null;
  /** What is tried instead of what holds. */
  readonly overrides: Overrides;
  /** What the figures were reckoned with. */
  readonly priced: Overrides;
  readonly follow: boolean;
  /** What was tried before the view was hidden, until the unit is here again. */
  readonly before: Kept | null;
}

export type Action =
  | ToCost
  | { readonly type: "try"; readonly key: string; readonly value: number | string }
  | { readonly type: "reset"; readonly key: string | null }
  | { readonly type: "following"; readonly on: boolean };

/** The state of a view that was just opened. */
export function fresh(kept: Kept | null): State {
  return {
    phase: "loading",
    message: "",
    notice: null,
    cost: null,
    overrides: {},
    priced: {},
    follow: kept?.follow ?? true,
    before: kept,
  };
}

/** The state after something was heard or chosen. */
export function step(state: State, action: Action): State {
  switch (action.type) {
    case "loading":
      return state.cost === null ? { ...state, phase: "loading" } : state;
    case "nothing":
      return state.cost === null ? { ...state, phase: "nothing" } : state;
    case "failed":
      return { ...state, phase: "failed", message: action.message };
    case "notice":
      return { ...state, notice: action.message };
    case "written":
      return { ...state, overrides: {}, notice: "The workload is written down." };
    case "cost":
      return withCost(state, action.cost, action.overrides);
    case "try":
      return { ...state, notice: null, overrides: { ...state.overrides, [action.key]: action.value } };
    case "reset":
      return { ...state, notice: null, overrides: without(state.overrides, action.key) };
    case "following":
      return { ...state, follow: action.on };
  }
}

/** What is kept of a state. */
export function keptOf(state: State): Kept {
  const { cost, follow, overrides } = state;
  return { follow, unit: cost === null ? null : { root: cost.root, unit: cost.unit }, overrides };
}

/** Whether the figures are those of what is tried. */
export function upToDate(state: State): boolean {
  return same(state.overrides, state.priced);
}

/** Whether two sets of overrides say the same. */
export function same(a: Overrides, b: Overrides): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && a[key] === b[key]);
}

/** The value that a control shows: what is tried, else what holds. */
export function valueOf(state: State, key: string): WorkloadValue {
  return state.overrides[key] ?? state.cost?.workload[key]?.value ?? null;
}

/** Another unit starts without overrides; what was tried with the same one goes on, also after the view was hidden. */
function withCost(state: State, cost: Cost, priced: Overrides): State {
  const { cost: old, before } = state;
  const shown = { ...state, phase: "shown" as const, message: "", cost, priced, before: null };
  if (old !== null) {
    const sameUnit = old.root === cost.root && old.unit === cost.unit;
    return sameUnit ? shown : { ...shown, notice: null, overrides: priced };
  }
  const resumed = before?.unit?.root === cost.root && before.unit.unit === cost.unit;
  return { ...shown, overrides: resumed ? before.overrides : priced };
}

function without(overrides: Overrides, key: string | null): Overrides {
  return key === null ? {} : Object.fromEntries(Object.entries(overrides).filter(([other]) => other !== key));
}
