/** The places where a unit may run, side by side. */
import type { JSX } from "preact";
import { MODE_WORDS } from "../shared/kinds";
import type { Cost, Place } from "../shared/contract";
import { cents, dollars, price } from "../shared/money";
import { seriesOf, type Series } from "./series";

interface PlacesProps {
  readonly cost: Cost;
  /** Whether the figures are still those of another workload. */
  readonly stale: boolean;
  readonly onSwitch: (target: string) => void;
}

export function Places({ cost, stale, onSwitch }: PlacesProps): JSX.Element {
  const most = Math.max(0, ...cost.places.map(({ monthlyUsd }) => monthlyUsd ?? 0));
  const now = cost.places.find(({ current }) => current)?.monthlyUsd ?? null;
  return (
    <section class="places" aria-label="Places">
      <table role="table" aria-busy={stale}>
        <caption class="hidden-label">Where {cost.unit} may run</caption>
        <thead>
          <tr role="row">
            <th scope="col" role="columnheader">Place</th>
            <th scope="col" role="columnheader" class="amount">A month</th>
            <th scope="col" role="columnheader">Cold start</th>
            <th scope="col" role="columnheader">Fits</th>
            <th scope="col" role="columnheader">
              <span class="hidden-label">Action</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {seriesOf(cost.places).map((series) => (
            <Row key={series.place.target} series={series} most={most} now={now} onSwitch={onSwitch} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface RowProps {
  readonly series: Series;
  readonly most: number;
  /** What the unit costs where it runs now. */
  readonly now: number | null;
  readonly onSwitch: (target: string) => void;
}

function Row({ series: { place, look }, most, now, onSwitch }: RowProps): JSX.Element {
  return (
    <tr role="row" class={`place ${look} ${place.current ? "current" : ""} ${place.fits ? "" : "unfit"}`}>
      <th scope="row" role="rowheader" class="what">
        <PlaceName place={place} />
        <Bill place={place} />
      </th>
      <td role="cell" class="amount">
        <span class="price">{price(place.monthlyUsd)}</span>
        <svg class="amount-bar" aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 100 6">
          <rect class="bar" width={most === 0 || place.monthlyUsd === null ? 0 : (100 * place.monthlyUsd) / most} height="6" />
        </svg>
        <span class="quiet small">{place.current ? "" : difference(place.monthlyUsd, now)}</span>
      </td>
      <td role="cell" class="cold" data-label="Cold start: ">
        {place.coldStart ?? "none"}
      </td>
      <td role="cell" class="fits" data-label="Fits: ">
        <span class={place.fits ? "yes" : "no"}>{place.fits ? "yes" : "no"}</span>
        {place.why.length === 0 ? null : (
          <ul class="why">
            {place.why.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        )}
      </td>
      <td role="cell" class="act">
        {place.current ? (
          <span class="quiet">runs here</span>
        ) : (
          <button
            type="button"
            class={place.recommended ? "" : "second"}
            disabled={!place.fits}
            onClick={() => { onSwitch(place.target); }}
          >
            Switch to {place.name}
          </button>
        )}
      </td>
    </tr>
  );
}

function PlaceName({ place }: { place: Place }): JSX.Element {
  return (
    <div class="place-head">
      <svg class="swatch" viewBox="0 0 22 10" aria-hidden="true">
        <path class="curve-line" d="M1 5h20" />
      </svg>
      <span class="place-name">{place.name}</span>
      <span class="quiet mode">{MODE_WORDS[place.mode]}</span>
      {place.current ? <span class="tag now-tag">current</span> : null}
      {place.recommended ? <span class="tag best-tag">recommended</span> : null}
    </div>
  );
}

function Bill({ place }: { place: Place }): JSX.Element | null {
  return place.lines.length === 0 ? null : (
    <details class="bill">
      <summary aria-label={`What ${place.name} is paid for`}>what is paid for</summary>
      <ul>
        {place.lines.map(({ text, usd: amount }, index) => (
          <li key={index}>
            <span>{text}</span>
            <span class="amount">{cents(amount)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** How much more or less than now. */
export function difference(amount: number | null, now: number | null): string {
  if (amount === null || now === null) {
    return "";
  }
  const by = amount - now;
  return Math.abs(by) < 0.005 ? "the same" : `${dollars(Math.abs(by))} ${by > 0 ? "more" : "less"}`;
}
