import type { Program } from "./find";

/**
 * The life of the server as a state machine: what happens next follows from the state and the event alone. Restarts that
 * come while one is under way become one more start after it, never a second process beside it.
 */

export type State =
  | { kind: "off" }
  | { kind: "looking"; again: boolean }
  | { kind: "missing"; reason: string }
  | { kind: "starting"; program: Program; next: "run" | "restart" | "rest" }
  | { kind: "running"; program: Program; version: string | undefined }
  | { kind: "stopping"; next: "restart" | "rest" }
  | { kind: "failed"; reason: string };

export type Event =
  | { kind: "start" }
  | { kind: "found"; program: Program }
  | { kind: "absent"; reason: string }
  | { kind: "up"; version: string | undefined }
  /** The process ended, or never answered, and nobody had asked for that. */
  | { kind: "down"; reason: string }
  | { kind: "restart" }
  | { kind: "stop" }
  | { kind: "halted" };

export type Effect =
  | { kind: "find" }
  | { kind: "launch"; program: Program }
  /** Ends one that has not answered yet, and may never do so. */
  | { kind: "abort" }
  | { kind: "halt" };

export interface Life {
  state: State;
  /** When the server went down without being asked, within the last `WINDOW_MS`. */
  crashes: number[];
}

/** What to do, and where that leads. */
export interface Step {
  life: Life;
  effects: Effect[];
}

/** So many ends within so much time are a loop that no further start would end. */
export const CRASHES = 5;
export const WINDOW_MS = 3 * 60 * 1000;

export const NEW_LIFE: Life = { state: { kind: "off" }, crashes: [] };

const LOOK: State = { kind: "looking", again: false };

/** What `event` leads to at the time `now`, in milliseconds. An event that means nothing in a state changes nothing. */
export function step(life: Life, event: Event, now: number): Step {
  const stay: Step = { life, effects: [] };
  const { state } = life;
  switch (state.kind) {
    case "off":
    case "missing":
    case "failed":
      // Who starts it by hand wants a new life, with no crashes held against it.
      return event.kind === "start" || event.kind === "restart" ? look([]) : stay;
    case "looking":
      return whileLooking(life, state, event) ?? stay;
    case "starting":
      return whileStarting(life, state, event, now) ?? stay;
    case "running":
      return whileRunning(life, event, now) ?? stay;
    case "stopping":
      return whileStopping(life, event) ?? stay;
  }
}

function whileLooking(life: Life, state: State & { kind: "looking" }, event: Event): Step | undefined {
  switch (event.kind) {
    case "found":
      if (state.again) return look(life.crashes);
      return to(life, { kind: "starting", program: event.program, next: "run" }, { kind: "launch", program: event.program });
    case "absent":
      return state.again ? look(life.crashes) : to(life, { kind: "missing", reason: event.reason });
    case "restart":
      // The setting may have changed after the look had begun.
      return to(life, { kind: "looking", again: true });
    case "stop":
      return to(life, { kind: "off" });
    default:
      return undefined;
  }
}

function whileStarting(life: Life, state: State & { kind: "starting" }, event: Event, now: number): Step | undefined {
  switch (event.kind) {
    case "up":
      if (state.next === "run") {
        return to(life, { kind: "running", program: state.program, version: event.version });
      }
      return to(life, { kind: "stopping", next: state.next }, { kind: "halt" });
    case "down":
      if (state.next === "run") return crashed(life, event.reason, now);
      return state.next === "rest" ? to(life, { kind: "off" }) : look(life.crashes);
    case "restart":
      return to(life, { ...state, next: "restart" }, { kind: "abort" });
    case "stop":
      return to(life, { ...state, next: "rest" }, { kind: "abort" });
    default:
      return undefined;
  }
}

function whileRunning(life: Life, event: Event, now: number): Step | undefined {
  switch (event.kind) {
    case "down":
      return crashed(life, event.reason, now);
    case "restart":
      return to(life, { kind: "stopping", next: "restart" }, { kind: "halt" });
    case "stop":
      return to(life, { kind: "stopping", next: "rest" }, { kind: "halt" });
    default:
      return undefined;
  }
}

function whileStopping(life: Life, event: Event): Step | undefined {
  switch (event.kind) {
    case "restart":
    case "start":
      return to(life, { kind: "stopping", next: "restart" });
    case "stop":
      return to(life, { kind: "stopping", next: "rest" });
    case "halted":
      return life.state.kind === "stopping" && life.state.next === "restart"
        ? look(life.crashes)
        : to(life, { kind: "off" });
    default:
      return undefined;
  }
}

function crashed(life: Life, reason: string, now: number): Step {
  const crashes = [...life.crashes.filter((at) => now - at < WINDOW_MS), now];
  return crashes.length < CRASHES ? look(crashes) : { life: { state: { kind: "failed", reason }, crashes }, effects: [] };
}

function look(crashes: number[]): Step {
  return { life: { state: LOOK, crashes }, effects: [{ kind: "find" }] };
}

function to(life: Life, state: State, ...effects: Effect[]): Step {
  return { life: { ...life, state }, effects };
}
