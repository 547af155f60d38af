/** Starts the cost view. */
import { render } from "preact";
import { connect } from "../shared/bridge";
import { ToCost, type FromCost } from "../shared/messages";
import { App } from "./app";
import { Kept } from "./state";
import "../shared/theme.css";
import "./cost.css";

let listener: (message: ToCost) => void = () => undefined;

const bridge = connect<ToCost, FromCost, Kept>(ToCost, Kept, (message) => {
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
