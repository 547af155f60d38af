"""Results for people: tables in Markdown, a chart, and the page docs/speed.md that keeps the last ones."""

import math
import pathlib
import re

from result import Race

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "speed.md"
CHART = ROOT / "docs" / "speed-growth.svg"
BEGIN, END = "<!-- figures: cargo xtask race --write -->", "<!-- end of figures -->"


def table(race: Race) -> str:
    """One race in Markdown."""
    columns = list(dict.fromkeys(column for row in race.rows.values() for column in row))
    lines = [f"### {race.title}", "", "| | " + " | ".join(columns) + " |", "|---|" + "---:|" * len(columns)]
    lines += [f"| {name} | " + " | ".join(figure(row.get(column)) for column in columns) + " |" for name, row in race.rows.items()]
    lines += ["", *[f"- {mark.what}: {mark.shown()}, {'met' if mark.is_met else '**missed**'}" for mark in race.marks]]
    return "\n".join(lines).rstrip() + "\n"


def figure(value: float | None) -> str:
    """Three digits."""
    if value is None:
        return "?"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def verdict(races: list[Race]) -> str:
    """How many marks were met."""
    marks = [mark for race in races for mark in race.marks]
    return f"{sum(mark.is_met for mark in marks)} of {len(marks)} marks met"


def write(report: dict, races: list[Race]) -> None:
    """Puts the figures into the page, and the chart beside it."""
    machine = report["machine"]
    taken = f"Taken on {machine['date']}: {machine['cores']} cores of {machine['processor']}, {machine['system']}."
    names = ", ".join(version if name in version else f"{name} {version}" for name, version in report["versions"].items())
    grown = next((race for race in races if race.title.startswith("Growth")), None)
    parts = [BEGIN, "", f"{taken} Raced: {names}. {verdict(races)}.", "", *[table(race) for race in races]]
    if grown:
        CHART.write_text(chart(grown))
        parts.append(f"![{grown.title}]({CHART.name})\n")
    block = "\n".join([*parts, END])
    text = PAGE.read_text(encoding="utf-8")
    pattern = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END), re.DOTALL)
    PAGE.write_text(pattern.sub(lambda _: block, text), encoding="utf-8")


def chart(race: Race) -> str:
    """Lines over the number of files, both on logarithmic scales."""
    sizes = [int(re.sub(r"\D", "", name)) for name in race.rows]
    columns = [column for column in next(iter(race.rows.values())) if column.endswith(" ms")]
    values = [row[column] or 0.1 for row in race.rows.values() for column in columns]
    low, high = math.floor(math.log10(max(min(values), 0.1))), math.ceil(math.log10(max(values)))
    across = lambda size: 60 + 420 * (math.log10(size) - 1) / max(1, math.log10(sizes[-1]) - 1)
    down = lambda value: 270 - 240 * (math.log10(max(value, 10**low)) - low) / max(1, high - low)
    parts = ['<svg xmlns="http://www.w3.org/2000/svg" width="640" height="320" font-family="sans-serif" font-size="12">']
    parts.append('<rect width="640" height="320" fill="white"/>')
    for power in range(low, high + 1):
        y = down(10**power)
        parts.append(f'<path d="M60 {y:.0f}H480" stroke="#ddd"/><text x="54" y="{y + 4:.0f}" text-anchor="end">{10**power:g} ms</text>')
    for size in sizes:
        parts.append(f'<text x="{across(size):.0f}" y="290" text-anchor="middle">{size:,}</text>')
    parts.append('<text x="270" y="310" text-anchor="middle">files in the workspace</text>')
    colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9"]
    for colour, column in zip(colours, columns):
        points = [(across(size), down(row[column] or 0.1)) for size, row in zip(sizes, race.rows.values())]
        path = "L".join(f"{x:.0f} {y:.0f}" for x, y in points)
        parts.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(f'<text x="488" y="{points[-1][1] + 4:.0f}" fill="{colour}">{column.removesuffix(" ms")}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"
