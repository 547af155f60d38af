/** Starts a view: its app, between the extension's messages and what is kept while it is hidden. */
import { render, type ComponentType } from "preact";
import type * as v from "valibot";
import { connect } from "./bridge";

export interface ViewProps<In, Out, State> {
  /** What was kept when the view was last hidden. */
  readonly kept: State | null;
  readonly post: (message: Out) => void;
  readonly keep: (state: State) => void;
  /** Says who hears the extension's messages from now on. */
  readonly listen: (hear: (message: In) => void) => void;
}

/** To be called once. */
export function start<In, Out, State>(
  incoming: v.GenericSchema<unknown, In>,
  kept: v.GenericSchema<unknown, State>,
  App: ComponentType<ViewProps<In, Out, State>>,
): void {
  let listener: (message: In) => void = () => undefined;
  const bridge = connect<In, Out, State>(incoming, kept, (message) => {
    listener(message);
  });
  const view = document.getElementById("view");
  if (view !== null) {
    render(
      <App
        kept={bridge.restore()}
        post={bridge.post}
        keep={bridge.keep}
        listen={(hear) => {
          listener = hear;
        }}
      />,
      view,
    );
  }
}
