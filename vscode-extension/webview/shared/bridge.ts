/** The line between a view and the extension. */
import * as v from "valibot";

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

export interface Bridge<Out, State> {
  readonly post: (message: Out) => void;
  /** What was kept when the view was last hidden; null where there is nothing that can be read. */
  readonly restore: () => State | null;
  readonly keep: (state: State) => void;
}

/** Connects the view; what does not have the agreed form is dropped. To be called once. */
export function connect<In, Out, State>(
  incoming: v.GenericSchema<unknown, In>,
  kept: v.GenericSchema<unknown, State>,
  hear: (message: In) => void,
): Bridge<Out, State> {
  const api = acquireVsCodeApi();
  window.addEventListener("message", (event: MessageEvent<unknown>) => {
    const message = v.safeParse(incoming, event.data);
    if (message.success) {
      hear(message.output);
    }
  });
  return {
    post: (message) => {
      api.postMessage(message);
    },
    restore: () => {
      const state = v.safeParse(kept, api.getState());
      return state.success ? state.output : null;
    },
    keep: (state) => {
      api.setState(state);
    },
  };
}
