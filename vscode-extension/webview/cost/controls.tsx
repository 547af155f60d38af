/** What is reckoned with, and what may be tried instead. */
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import type { WorkloadValue } from "../shared/contract";
import { shown } from "../shared/text";
import { KNOBS, parse, SHAPES, spoken, STEPS, stepOf, valueAt, type Knob } from "./knobs";
import { valueOf, type State } from "./state";

interface ControlsProps {
  readonly state: State;
  readonly onTry: (key: string, value: number | string) => void;
  readonly onReset: (key: string | null) => void;
  readonly onWrite: () => void;
}

export function Controls(props: ControlsProps): JSX.Element {
  const { state, onReset, onWrite } = props;
  const tried = Object.keys(state.overrides).length > 0;
  return (
    <section class="controls" aria-label="Workload">
      <h2>Workload</h2>
      {KNOBS.map((knob) => (
        <KnobField key={knob.key} knob={knob} {...props} />
      ))}
      <ShapeField {...props} />
      <div class="actions">
        <button type="button" disabled={!tried} onClick={onWrite}>
          Write this workload
        </button>
        <button type="button" class="second" disabled={!tried} onClick={() => { onReset(null); }}>
          Reset
        </button>
      </div>
      <p class="hint small">
        {tried ? "Tried values are reckoned with at once; nothing is written until you say so." : "Move a slider to see what the bill does."}
      </p>
      <OtherInputs state={state} />
    </section>
  );
}

function KnobField({ knob, state, onTry, onReset }: ControlsProps & { knob: Knob }): JSX.Element | null {
  const value = Number(valueOf(state, knob.key));
  const [typed, setTyped] = useState<string | null>(null);
  if (!Number.isFinite(value) || state.cost?.workload[knob.key] === undefined) {
    return null;
  }
  const wrong = typed !== null && parse(knob, typed) === null;
  const id = `knob-${knob.key}`;
  return (
    <Field id={id} label={knob.label} name={knob.key} state={state} onReset={onReset}>
      <input
        type="range"
        id={id}
        min={0}
        max={STEPS}
        value={stepOf(knob, value)}
        aria-valuetext={spoken(knob, value)}
        style={{ "--part": `${(100 * stepOf(knob, value)) / STEPS}%` }}
        onInput={(event) => {
          setTyped(null);
          onTry(knob.key, valueAt(knob, event.currentTarget.valueAsNumber));
        }}
      />
      <span class="typed">
        <input
          type="text"
          inputMode="decimal"
          aria-label={`${knob.label}, as a number`}
          aria-invalid={wrong}
          title={wrong ? "A number such as 1500, 20k or 10M" : ""}
          value={typed ?? spoken({ ...knob, unit: "" }, value)}
          maxLength={20}
          onInput={(event) => {
            const text = event.currentTarget.value;
            const number = parse(knob, text);
            setTyped(text);
            if (number !== null) {
              onTry(knob.key, number);
            }
          }}
          onBlur={() => { setTyped(null); }}
        />
        {knob.unit === "" ? null : <span class="quiet">{knob.unit}</span>}
      </span>
    </Field>
  );
}

function ShapeField({ state, onTry, onReset }: ControlsProps): JSX.Element | null {
  const value = valueOf(state, "shape");
  if (state.cost?.workload["shape"] === undefined) {
    return null;
  }
  const named = typeof value === "string" && SHAPES.some(([name]) => name === value);
  return (
    <Field id="knob-shape" label="Shape of the day" name="shape" state={state} onReset={onReset}>
      <select
        id="knob-shape"
        value={named ? value : "own"}
        onChange={(event) => { onTry("shape", event.currentTarget.value); }}
      >
        {named ? null : (
          <option value="own" disabled>
            Own: 24 numbers
          </option>
        )}
        {SHAPES.map(([name, label]) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
      </select>
    </Field>
  );
}

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly name: string;
  readonly state: State;
  readonly onReset: (key: string) => void;
  readonly children: ComponentChildren;
}

function Field({ id, label, name, state, onReset, children }: FieldProps): JSX.Element {
  const tried = Object.hasOwn(state.overrides, name);
  return (
    <div class={`knob ${tried ? "tried" : ""}`}>
      <div class="knob-head">
        <label for={id}>{label}</label>
        {tried ? (
          <button type="button" class="link-button" aria-label={`Reset: ${label}`} onClick={() => { onReset(name); }}>
            reset
          </button>
        ) : (
          <OriginTag from={state.cost?.workload[name]?.from ?? "assumed"} />
        )}
      </div>
      <div class="knob-body">{children}</div>
    </div>
  );
}

/** Who says so; what nobody says stands out. */
function OriginTag({ from }: { from: string }): JSX.Element {
  return <span class={`tag ${from === "assumed" ? "assumed" : ""}`}>{from === "override" ? "tried" : shown(from, 40)}</span>;
}

function OtherInputs({ state }: { state: State }): JSX.Element | null {
  const known = new Set([...KNOBS.map((knob) => knob.key), "shape"]);
  const rows = Object.entries(state.cost?.workload ?? {}).filter(([key, { value }]) => !known.has(key) && value !== null);
  return rows.length === 0 ? null : (
    <details class="others">
      <summary>Other inputs</summary>
      <table>
        <thead class="hidden-label">
          <tr>
            <th scope="col">Input</th>
            <th scope="col">Value</th>
            <th scope="col">From</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([key, { value, from }]) => (
            <tr key={key}>
              <th scope="row">{shown(key, 40)}</th>
              <td>{written(value)}</td>
              <td>
                <OriginTag from={from} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function written(value: WorkloadValue): string {
  return Array.isArray(value) ? `${value.length} numbers` : shown(String(value), 40);
}
