/** The cost view. */
import type { JSX } from "preact";
import { useEffect, useReducer } from "preact/hooks";
import type { Cost } from "../shared/contract";
import type { FromCost, ToCost } from "../shared/messages";
import { price } from "../shared/money";
import { count } from "../shared/text";
import { Waiting } from "../shared/waiting";
import type { ViewProps } from "../shared/start";
import { Controls } from "./controls";
import { CurveChart } from "./curveChart";
import { DayChart } from "./dayChart";
import { Places } from "./places";
import { fresh, keptOf, same, step, upToDate, type Action, type Kept, type State } from "./state";

type AppProps = ViewProps<ToCost, FromCost, Kept>;

export function App({ kept, post, keep, listen }: AppProps): JSX.Element {
  const [state, dispatch] = useReducer(step, kept, fresh);
  useEffect(() => {
    listen(dispatch);
    post({ type: "ready", follow: state.follow });
  }, []);
  useEffect(() => {
    if (state.phase === "shown") {
      keep(keptOf(state));
    }
  }, [state.phase, state.cost, state.overrides, state.follow]);
  usePricing(state, post);
  if (state.phase === "shown" && state.cost !== null) {
    return <Shown state={state} cost={state.cost} dispatch={dispatch} post={post} />;
  }
  return <Empty state={state} post={post} />;
}

/** Whatever is tried is priced; the extension asks for one at a time and drops what is out of date. */
function usePricing(state: State, post: (message: FromCost) => void): void {
  const { cost, overrides, priced } = state;
  useEffect(() => {
    if (cost !== null && !same(overrides, priced)) {
      post({ type: "price", root: cost.root, unit: cost.unit, workload: overrides });
    }
    // What was priced follows from what is tried; hearing of it asks for nothing.
  }, [overrides, cost?.root, cost?.unit]);
}

function Empty({ state, post }: { state: State; post: AppProps["post"] }): JSX.Element {
  if (state.phase === "failed") {
    return (
      <Waiting
        title="The cost cannot be shown"
        text={state.message}
        act={{ label: "Try again", run: () => { post({ type: "retry" }); } }}
      />
    );
  }
  if (state.phase === "nothing") {
    return (
      <Waiting
        title="No unit here"
        text="Put the cursor into an annotated function, or into a unit of klotho.yaml, to see what that unit costs on every place where it may run."
      />
    );
  }
  return (
    <Waiting
      title="Reading the project"
      text="The cost appears as soon as the server has read the annotations. If it does not, its log says why."
      busy
      aside={{ label: "Show log", run: () => { post({ type: "showLog" }); } }}
    />
  );
}

interface ShownProps {
  readonly state: State;
  readonly cost: Cost;
  readonly dispatch: (action: Action) => void;
  readonly post: (message: FromCost) => void;
}

function Shown({ state, cost, dispatch, post }: ShownProps): JSX.Element {
  const { root, unit } = cost;
  const tried = (key: string, value: number | string): void => {
    dispatch({ type: "try", key, value });
  };
  return (
    <main class="cost" aria-label={`Cost of ${unit}`}>
      <Head state={state} cost={cost} dispatch={dispatch} post={post} />
      <p class="verdict" role="status">
        {cost.verdict}
      </p>
      {state.notice === null ? null : (
        <p class="notice" role="alert">
          {state.notice}
        </p>
      )}
      <Controls
        state={state}
        onTry={tried}
        onReset={(key) => { dispatch({ type: "reset", key }); }}
        onWrite={() => { post({ type: "write", root, unit, workload: state.overrides }); }}
      />
      <div class="figures">
        <Places
          cost={cost}
          stale={!upToDate(state)}
          onSwitch={(target) => { post({ type: "switch", root, unit, target }); }}
        />
        <div class="charts">
          <DayChart cost={cost} />
          <CurveChart cost={cost} onVolume={(requests) => { tried("monthly_requests", requests); }} />
        </div>
      </div>
    </main>
  );
}

function Head({ state, cost, dispatch, post }: ShownProps): JSX.Element {
  const current = cost.places.find((place) => place.current);
  const assumed = cost.workload["monthly_requests"]?.from === "assumed";
  return (
    <header class="head">
      <div>
        <h1>
          <bdi>{cost.unit}</bdi>
          <span class="quiet"> on {current?.name ?? cost.current}</span>
        </h1>
        <p class="quiet">
          at {count(cost.requests)} requests a month{assumed ? " (assumed: nobody states them)" : ""}
        </p>
      </div>
      <p class="total">
        {price(current?.monthlyUsd ?? null)}
        <span class="quiet"> a month</span>
      </p>
      <div class="actions">
        <button
          type="button"
          class="second toggle"
          aria-pressed={state.follow}
          onClick={() => {
            dispatch({ type: "following", on: !state.follow });
            post({ type: "follow", on: !state.follow });
          }}
        >
          Follow the cursor
        </button>
        <button type="button" class="second" onClick={() => { post({ type: "showGraph", root: cost.root, unit: cost.unit }); }}>
          Show in graph
        </button>
      </div>
    </header>
  );
}
