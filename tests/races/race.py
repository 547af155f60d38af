#!/usr/bin/env python3
"""Races klotho-ls against its peers, on the same work in the same run.

    cargo xtask race [RACE]... [--large] [--write]

Peers and the trees to race on come from PyPI and npm, pinned, into a cache folder. Racers take turns, so that a machine whose speed drifts
slows them all; what counts are medians and their ratios. A peer that cannot be installed is said and left out.
"""

import argparse
import json
import os
import pathlib
import platform
import sys
import time

import commands
import editing
import growth
import page
import peers
from result import Course

RACES = {
    "start": commands.start,
    "reply": editing.first_reply,
    "check": commands.check,
    "keystroke": editing.keystroke,
    "workspace": editing.workspace,
    "burst": editing.burst,
    "contention": growth.contention,
    "growth": growth.growth,
    "memory": growth.memory,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="cargo xtask race", description=__doc__.splitlines()[0])
    parser.add_argument("races", nargs="*", metavar="RACE", help=f"of {', '.join(RACES)}; all when none is named")
    parser.add_argument("--server", required=True, help="the program to race")
    parser.add_argument("--folder", required=True, type=pathlib.Path, help="where peers, trees and results are kept")
    parser.add_argument("--large", action="store_true", help="growth up to 100,000 files too")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/speed.md")
    arguments = parser.parse_args()
    unknown = set(arguments.races) - RACES.keys()
    if unknown:
        parser.error(f"no race is called {', '.join(sorted(unknown))}; there are {', '.join(RACES)}")
    if arguments.write and arguments.races:
        parser.error("--write takes the figures of all races, of one machine and one day: name none with it")
    folder = arguments.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    course = Course(arguments.server, peers.install(folder), folder, arguments.large)
    for name in arguments.races or RACES:
        start = time.monotonic()
        for race in RACES[name](course):
            course.races.append(race)
            print(page.table(race), flush=True)
        print(f"({name}: {time.monotonic() - start:.0f} s)\n", file=sys.stderr, flush=True)
    report = {"machine": machine(), "versions": versions(course), "races": [race.as_json() for race in course.races]}
    (folder / "report.json").write_text(json.dumps(report, indent=2) + "\n")
    if arguments.write:
        page.write(report, course.races)
    print(page.verdict(course.races))


def machine() -> dict[str, str | int]:
    """What the races were run on."""
    model = platform.processor() or platform.machine()
    try:
        rows = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next((row.partition(": ")[2] for row in rows if row.startswith("model name")), model)
        load = os.getloadavg()[0]
    except OSError:
        load = 0.0
    return {
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "system": platform.system(),
        "processor": model,
        "cores": os.cpu_count() or 0,
        "load": round(load, 1),
    }


def versions(course: Course) -> dict[str, str]:
    """What took part."""
    return peers.versions({"klotho-ls": course.server} | course.peers)


if __name__ == "__main__":
    main()
