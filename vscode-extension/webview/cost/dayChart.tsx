/** A day: how much is asked in each hour, and what each place keeps ready and is paid for. */
import { scaleLinear } from "d3-scale";
import { area, curveMonotoneX, line } from "d3-shape";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Cost } from "../shared/contract";
import { hour, rate, several } from "../shared/text";
import { TableTwin } from "./tableTwin";
import { seriesOf, type Series } from "./series";
import { useWidth } from "./width";

const LEFT = 44;
const RIGHT = 12;
const TOP = 12;
const TRAFFIC = 150;
const STRIP = 26;
const STRIP_GAP = 20;
const HOURS = Array.from({ length: 24 }, (_, h) => h);

export function DayChart({ cost }: { cost: Cost }): JSX.Element {
  const [box, width] = useWidth();
  const [at, setAt] = useState<number | null>(null);
  const series = seriesOf(cost.places);
  const x = scaleLinear([0, 24], [LEFT, Math.max(width - RIGHT, LEFT + 1)]);
  const stripsTop = TOP + TRAFFIC + 44;
  const height = stripsTop + series.length * (STRIP + STRIP_GAP);
  return (
    <figure class="chart" ref={box}>
      <figcaption>
        <h2>A day</h2>
        <p class="quiet">{at === null ? daySummary(cost) : hourSummary(cost, at)}</p>
      </figcaption>
      <svg
        role="img"
        aria-labelledby="day-title day-text"
        width={width}
        height={height}
        onMouseMove={(event) => {
          const h = Math.floor(x.invert(event.offsetX));
          setAt(h >= 0 && h < 24 ? h : null);
        }}
        onMouseLeave={() => { setAt(null); }}
      >
        <title id="day-title">Traffic in each hour of a day, and the instances that are paid for</title>
        <desc id="day-text">{daySummary(cost)} The table below has all figures.</desc>
        <Traffic traffic={cost.traffic} x={x} />
        {series.map((one, index) => (
          <Strip
            key={one.place.target}
            series={one}
            traffic={cost.traffic}
            x={x}
            top={stripsTop + index * (STRIP + STRIP_GAP)}
          />
        ))}
        {at === null ? null : <rect class="hour-mark" x={x(at)} y={TOP} width={x(1) - x(0)} height={height - TOP} />}
      </svg>
      <DayTable cost={cost} />
    </figure>
  );
}

type Scale = ReturnType<typeof scaleLinear<number, number>>;

function Traffic({ traffic, x }: { traffic: readonly number[]; x: Scale }): JSX.Element {
  const y = scaleLinear([0, Math.max(...traffic) || 1], [TOP + TRAFFIC, TOP]).nice(4);
  const points = [...traffic.map((value, h) => [h + 0.5, value] as const)];
  const all = [[0, points[0]?.[1] ?? 0] as const, ...points, [24, points.at(-1)?.[1] ?? 0] as const];
  const fill = area<readonly [number, number]>().x(([h]) => x(h)).y0(y(0)).y1(([, value]) => y(value)).curve(curveMonotoneX);
  const edge = line<readonly [number, number]>((point) => x(point[0]), (point) => y(point[1])).curve(curveMonotoneX);
  const wide = x(24) - x(0) > 420;
  return (
    <g class="axis-group">
      {y.ticks(4).map((tick) => (
        <g key={tick}>
          <line class="grid" x1={x(0)} x2={x(24)} y1={y(tick)} y2={y(tick)} />
          <text class="tick y" x={x(0) - 7} y={y(tick) + 4}>
            {rate(tick)}
          </text>
        </g>
      ))}
      <text class="tick" x={x(0)} y={TOP - 2}>
        requests per second
      </text>
      <path class="traffic-area" d={fill(all) ?? ""} />
      <path class="traffic-line" d={edge(all) ?? ""} />
      {HOURS.filter((h) => h % (wide ? 3 : 6) === 0).concat(24).map((h) => (
        <text key={h} class={`tick x ${h === 24 ? "last" : ""}`} x={x(h)} y={TOP + TRAFFIC + 16}>
          {hour(h)}
        </text>
      ))}
    </g>
  );
}

interface StripProps {
  readonly series: Series;
  readonly traffic: readonly number[];
  readonly x: Scale;
  readonly top: number;
}

/** What one place keeps ready; where that is nothing, what it is paid for rises and falls with the traffic. */
function Strip({ series: { place, look }, traffic, x, top }: StripProps): JSX.Element {
  const values = place.capacity ?? traffic;
  const y = scaleLinear([0, Math.max(...values) || 1], [0, STRIP]);
  const bar = x(1) - x(0);
  return (
    <g class={`strip ${look} ${place.capacity === null ? "by-use" : ""} ${place.fits ? "" : "unfit"}`}>
      <text class={`strip-name ${place.current ? "current" : ""}`} x={x(0)} y={top - 5}>
        {place.name}
        <tspan class="strip-fact" dx="8">
          {capacityWords(place.capacity)}
        </tspan>
      </text>
      <line class="grid" x1={x(0)} x2={x(24)} y1={top + STRIP} y2={top + STRIP} />
      {values.map((value, h) => (
        <rect key={h} class="bar" x={x(h) + 0.75} width={Math.max(bar - 1.5, 1)} y={top + STRIP - y(value)} height={y(value)} />
      ))}
    </g>
  );
}

/** Instances of a day in words. */
export function capacityWords(capacity: readonly number[] | null): string {
  if (capacity === null) {
    return "nothing kept ready, paid by request";
  }
  const [least, most] = [Math.min(...capacity), Math.max(...capacity)];
  return least === most ? `${several(most, "instance")} at all hours` : `${least} to ${several(most, "instance")}`;
}

function daySummary(cost: Cost): string {
  const most = Math.max(...cost.traffic);
  const mean = cost.traffic.reduce((sum, value) => sum + value, 0) / 24;
  return `Peak ${rate(most)} requests per second at ${hour(cost.traffic.indexOf(most))}, ${rate(mean)} on average.`;
}

function hourSummary(cost: Cost, h: number): string {
  const ready = cost.places.flatMap(({ name, capacity }) => (capacity === null ? [] : [`${name} ${several(capacity[h] ?? 0, "instance")}`]));
  return [`${hour(h)}: ${rate(cost.traffic[h] ?? 0)} requests per second`, ...ready].join(", ");
}

function DayTable({ cost }: { cost: Cost }): JSX.Element {
  const always = cost.places.filter(({ capacity }) => capacity !== null);
  return (
    <TableTwin
      name="Figures of the day"
      head={["Hour", "Requests per second", ...always.map(({ name }) => `${name}, instances`)]}
      rows={HOURS.map((h) => [
        hour(h),
        rate(cost.traffic[h] ?? 0),
        ...always.map(({ capacity }) => String(capacity?.[h] ?? "")),
      ])}
    />
  );
}
