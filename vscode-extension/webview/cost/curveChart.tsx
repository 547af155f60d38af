/** The bill at every volume, and where one place becomes cheaper than another. */
import { scaleLog } from "d3-scale";
import { line } from "d3-shape";
import type { JSX } from "preact";
import type { Cost } from "../shared/contract";
import { dollars, price } from "../shared/money";
import { count } from "../shared/text";
import { apart, cheapest, seriesOf, type Series } from "./series";
import { TableTwin } from "./tableTwin";
import { useWidth } from "./width";

const LEFT = 50;
const TOP = 16;
const PLOT = 250;
const BAND = 12;
const HEIGHT = TOP + PLOT + 56;
const LABEL_GAP = 14;
/** The least that is told apart, as a part of the most. */
const SPAN = 1e5;

type Scale = ReturnType<typeof scaleLog<number, number>>;

interface CurveProps {
  readonly cost: Cost;
  /** A volume that was pointed at. */
  readonly onVolume: (requests: number) => void;
}

interface Axes {
  readonly x: Scale;
  readonly y: Scale;
}

export function CurveChart({ cost, onVolume }: CurveProps): JSX.Element {
  const [box, width] = useWidth();
  const axes = axesOf(cost, width);
  const series = seriesOf(cost.places);
  return (
    <figure class="chart" ref={box}>
      <figcaption>
        <h2>Break-even</h2>
        <p class="quiet">{crossingWords(cost)}</p>
      </figcaption>
      {axes === null ? (
        <p class="hint">There are no prices to draw.</p>
      ) : (
        <svg
          role="img"
          class="curve"
          aria-labelledby="curve-title curve-text"
          width={width}
          height={HEIGHT}
          onClick={(event) => {
            const [from = 1, to = 1] = axes.x.domain();
            onVolume(Number(Math.min(Math.max(axes.x.invert(event.offsetX), from), to).toPrecision(2)));
          }}
        >
          <title id="curve-title">Monthly cost on each place by requests a month</title>
          <desc id="curve-text">{crossingWords(cost)} The table below has all figures.</desc>
          <Grid axes={axes} />
          <Cheapest cost={cost} series={series} x={axes.x} />
          <Lines cost={cost} series={series} axes={axes} width={width} />
          <Now cost={cost} series={series} axes={axes} />
          <Crossings cost={cost} axes={axes} />
        </svg>
      )}
      <CurveTable cost={cost} />
    </figure>
  );
}

function axesOf(cost: Cost, width: number): Axes | null {
  const amounts = cost.curve.places.flatMap(({ monthlyUsd }) => monthlyUsd.filter((amount) => amount !== null && amount > 0) as number[]);
  const volumes = cost.curve.requests.filter((volume) => volume > 0);
  if (amounts.length === 0 || volumes.length < 2) {
    return null;
  }
  const right = Math.max(width - (width > 420 ? 104 : 16), LEFT + 40);
  const most = Math.max(...amounts);
  const low = Math.max(Math.min(...amounts), most / SPAN);
  return {
    x: scaleLog([Math.min(...volumes), Math.max(...volumes)], [LEFT, right]),
    y: scaleLog([low, Math.max(most, low * 10)], [TOP + PLOT, TOP]).nice(),
  };
}

/** The tens between two ends. */
function decades([from = 1, to = 1]: readonly number[]): number[] {
  const first = Math.ceil(Math.log10(from) - 1e-9);
  const last = Math.floor(Math.log10(to) + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => 10 ** (first + index));
}

function Grid({ axes: { x, y } }: { axes: Axes }): JSX.Element {
  const [left = 0, right = 0] = x.range();
  return (
    <g>
      {decades(y.domain()).map((amount) => (
        <g key={amount}>
          <line class="grid" x1={left} x2={right} y1={y(amount)} y2={y(amount)} />
          <text class="tick y" x={left - 7} y={y(amount) + 4}>
            {amount < 1 ? dollars(amount) : `$${count(amount)}`}
          </text>
        </g>
      ))}
      {decades(x.domain()).map((volume) => (
        <g key={volume}>
          <line class="grid" x1={x(volume)} x2={x(volume)} y1={TOP} y2={TOP + PLOT} />
          <text class="tick x" x={x(volume)} y={TOP + PLOT + BAND + 18}>
            {count(volume)}
          </text>
        </g>
      ))}
      <text class="tick x" x={(left + right) / 2} y={TOP + PLOT + BAND + 34}>
        requests a month
      </text>
      <text class="tick" x={left} y={TOP - 5}>
        a month
      </text>
    </g>
  );
}

/** A band below the plot that names the cheapest place. */
function Cheapest({ cost, series, x }: { cost: Cost; series: readonly Series[]; x: Scale }): JSX.Element {
  const fitting = cost.curve.places.filter(({ target }) => cost.places.some((place) => place.target === target && place.fits));
  const stretches = cheapest(cost.curve.requests, fitting);
  return (
    <g class="cheapest">
      {stretches.map(({ target, from, to }) => {
        const one = series.find(({ place }) => place.target === target);
        const [start, end] = [x(from), x(to)];
        return one === undefined ? null : (
          <g key={from} class={one.look}>
            <rect class="band" x={start} width={Math.max(end - start, 0)} y={TOP + PLOT + 2} height={BAND} />
            {end - start > one.place.name.length * 6.4 + 40 ? (
              <text class="band-name" x={(start + end) / 2} y={TOP + PLOT + 2 + BAND - 2.5}>
                {one.place.name} is cheapest
              </text>
            ) : null}
          </g>
        );
      })}
    </g>
  );
}

interface LinesProps {
  readonly cost: Cost;
  readonly series: readonly Series[];
  readonly axes: Axes;
  readonly width: number;
}

function Lines({ cost, series, axes: { x, y }, width }: LinesProps): JSX.Element {
  const floor = y.domain()[0] ?? 0.01;
  const curves = series.map((one) => {
    const amounts = cost.curve.places.find(({ target }) => target === one.place.target)?.monthlyUsd ?? [];
    const points = cost.curve.requests.map((volume, index) => ({ volume, amount: amounts[index] ?? null }));
    const last = points.findLast(({ amount }) => amount !== null)?.amount ?? floor;
    return { ...one, points, end: y(Math.max(last, floor)) };
  });
  const path = line<{ volume: number; amount: number | null }>()
    .defined(({ amount }) => amount !== null)
    .x(({ volume }) => x(volume))
    .y(({ amount }) => y(Math.max(amount ?? floor, floor)));
  const labels = apart(curves.map(({ end }) => end), LABEL_GAP, TOP + PLOT);
  const right = x.range()[1] ?? 0;
  return (
    <g>
      {curves.map(({ place, look, points }, index) => (
        <g key={place.target} class={`${look} ${place.fits ? "" : "unfit"}`}>
          <path class="curve-line" d={path(points) ?? ""} />
          {width > 420 ? (
            <text class={`curve-name ${place.current ? "current" : ""}`} x={right + 7} y={(labels[index] ?? 0) + 4}>
              {place.name}
            </text>
          ) : null}
        </g>
      ))}
    </g>
  );
}

/** Where the unit is now, or is tried to be. */
function Now({ cost, series, axes: { x, y } }: Omit<LinesProps, "width">): JSX.Element | null {
  const [from = 1, to = 1] = x.domain();
  if (cost.requests < from || cost.requests > to) {
    return null;
  }
  const floor = y.domain()[0] ?? 0.01;
  const at = x(cost.requests);
  return (
    <g class="now">
      <line x1={at} x2={at} y1={TOP} y2={TOP + PLOT + BAND + 2} />
      <text x={at} y={TOP - 5}>
        {count(cost.requests)} a month
      </text>
      {series.map(({ place, look }) =>
        place.monthlyUsd === null ? null : (
          <circle key={place.target} class={`dot ${look}`} cx={at} cy={y(Math.max(place.monthlyUsd, floor))} r={place.current ? 5.5 : 4} />
        ),
      )}
    </g>
  );
}

function Crossings({ cost, axes: { x, y } }: { cost: Cost; axes: Axes }): JSX.Element {
  const [from = 1, to = 1] = x.domain();
  const inside = cost.crossings.filter(({ requests }) => requests >= from && requests <= to);
  return (
    <g class="crossings">
      {inside.map((crossing) => {
        const amount = amountAt(cost, crossing.to, crossing.requests);
        return amount === null ? null : (
          <g key={`${crossing.from} ${crossing.to} ${crossing.requests}`} transform={`translate(${x(crossing.requests)} ${y(amount)})`}>
            <path d="M0 -7L7 0L0 7L-7 0Z" />
            <text y="-12">{count(crossing.requests)}</text>
          </g>
        );
      })}
    </g>
  );
}

/** The bill between two points of a curve. */
export function amountAt(cost: Cost, target: string, requests: number): number | null {
  const { requests: volumes, places } = cost.curve;
  const amounts = places.find((place) => place.target === target)?.monthlyUsd ?? [];
  const after = volumes.findIndex((volume) => volume >= requests);
  const [v0, v1, a0, a1] = [volumes[Math.max(after - 1, 0)], volumes[after], amounts[Math.max(after - 1, 0)], amounts[after]];
  if (v0 === undefined || v1 === undefined || a0 == null || a1 == null || a0 <= 0 || a1 <= 0) {
    return null;
  }
  const part = v1 === v0 ? 0 : Math.log(requests / v0) / Math.log(v1 / v0);
  return a0 * (a1 / a0) ** part;
}

function crossingWords(cost: Cost): string {
  const names = new Map(cost.places.map(({ target, name }) => [target, name]));
  const words = cost.crossings.map(({ requests, from, to }) => `${names.get(to) ?? to} is cheaper than ${names.get(from) ?? from} from ${count(requests)} requests a month.`);
  return words.length === 0 ? "No place becomes cheaper than another at any volume drawn here." : words.join(" ");
}

function CurveTable({ cost }: { cost: Cost }): JSX.Element {
  const { requests, places } = cost.curve;
  const names = new Map(cost.places.map(({ target, name }) => [target, name]));
  const every = Math.max(1, Math.ceil(requests.length / 20));
  const rows = requests.flatMap((volume, index) =>
    index % every === 0 ? [[count(volume), ...places.map(({ monthlyUsd }) => price(monthlyUsd[index] ?? null))]] : [],
  );
  return (
    <TableTwin
      name="Figures of the curves"
      head={["Requests a month", ...places.map(({ target }) => names.get(target) ?? target)]}
      rows={rows}
    />
  );
}
