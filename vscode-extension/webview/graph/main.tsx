/** Starts the graph view. */
import { render } from "preact";
import { connect } from "../shared/bridge";
import { ToGraph, type FromGraph } from "../shared/messages";
import { App } from "./app";
import { Kept } from "./state";
import "../shared/theme.css";
import "./drawing.css";
import "./graph.css";

let listener: (message: ToGraph) => void = () => undefined;

const bridge = connect<ToGraph, FromGraph, Kept>(ToGraph, Kept, (message) => {
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
