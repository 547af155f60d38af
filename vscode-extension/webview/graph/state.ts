/** What the graph view knows, and how it changes. Pure. */
import * as v from "valibot";
import type { Project, ToGraph } from "../shared/messages";

/** What a person chose; kept while the view is hidden. */
export const Kept = v.object({
  root: v.nullable(v.string()),
  hidden: v.array(v.string()),
  unit: v.nullable(v.string()),
  query: v.string(),
  selected: v.nullable(v.string()),
  follow: v.boolean(),
  list: v.boolean(),
  zoom: v.nullable(v.object({ x: v.number(), y: v.number(), k: v.number() })),
});
export type Kept = v.InferOutput<typeof Kept>;

export const FRESH: Kept = {
  root: null,
  hidden: [],
  unit: null,
  query: "",
  selected: null,
  follow: true,
  list: true,
  zoom: null,
};

export interface Cursor {
  readonly root: string;
  readonly refs: readonly string[];
  readonly label: string;
}

export interface State {
  readonly phase: "loading" | "failed" | "shown";
  /** Why it failed. */
  readonly message: string;
  readonly notice: string | null;
  readonly projects: readonly Project[];
  readonly cursor: Cursor | null;
  readonly kept: Kept;
}

export type Action = ToGraph | { readonly type: "choose"; readonly choice: Partial<Kept> };

/** The state of a view that was just opened. */
export function fresh(kept: Kept | null): State {
  return { phase: "loading", message: "", notice: null, projects: [], cursor: null, kept: kept ?? FRESH };
}

/** The state after something was heard or chosen. */
export function step(state: State, action: Action): State {
  switch (action.type) {
    case "loading":
      return state.projects.length > 0 ? state : { ...state, phase: "loading" };
    case "failed":
      return { ...state, phase: "failed", message: action.message };
    case "notice":
      return { ...state, notice: action.message };
    case "projects":
      return withProjects(state, action.projects, action.active);
    case "cursor":
      return withCursor(state, action);
    case "choose":
      return { ...state, notice: null, kept: chosen(state.kept, action.choice) };
  }
}

/** The project that is shown. */
export function shownProject(state: State): Project | null {
  return state.projects.find((project) => project.root === state.kept.root) ?? null;
}

function withProjects(state: State, projects: readonly Project[], active: string | null): State {
  const { kept } = state;
  const known = projects.find((project) => project.root === kept.root);
  const root = known?.root ?? projects.find((project) => project.root === active)?.root ?? projects[0]?.root ?? null;
  const project = projects.find((candidate) => candidate.root === root);
  const there = (ref: string | null): string | null =>
    project?.resources.some((resource) => resource.ref === ref) === true ? ref : null;
  return {
    ...state,
    phase: "shown",
    message: "",
    projects,
    kept: { ...chosen(kept, { root }), selected: there(kept.selected), unit: there(kept.unit) },
  };
}

function withCursor(state: State, cursor: Cursor): State {
  const known = state.projects.some((project) => project.root === cursor.root);
  const kept = state.kept.follow && known ? chosen(state.kept, { root: cursor.root }) : state.kept;
  return { ...state, cursor, kept };
}

/** Another project is looked at anew: what was chosen in the one before means nothing there. */
function chosen(kept: Kept, choice: Partial<Kept>): Kept {
  const moved = choice.root !== undefined && choice.root !== kept.root && kept.root !== null;
  const reset = moved ? { hidden: [], unit: null, query: "", selected: null, zoom: null } : {};
  return { ...kept, ...reset, ...choice };
}
