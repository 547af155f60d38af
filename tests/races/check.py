#!/usr/bin/env python3
"""Races `klotho-ls check` against ripgrep and ast-grep on the same tree, in the same run.

    cargo build --release && python3 tests/races/check.py [--files 10000] [--runs 5]

Needs `rg` and `ast-grep` on PATH (ripgrep and ast-grep-cli of any package manager); a peer that is missing is said and
left out. Each round runs every racer once, so that a machine whose speed drifts slows them all. Medians and ratios are
printed as a table and written to target/races/check.json.
"""

import argparse
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parents[2]
FOLDER = HERE / "target" / "races"
MARKER = "@klotho::"

# About 5 KB of ordinary code; `{n}` makes every file differ.
FUNCTION = """
/** Returns the entry {n}.{i} of the ledger, or nothing when it was settled. */
export async function entry{i}(ledger: Ledger, key: string): Promise<Entry | undefined> {{
  // Settled entries are kept for a month.
  const found = ledger.entries.filter((entry) => entry.key === key && entry.open);
  if (found.length === 0) {{
    return undefined;
  }}
  return {{ ...found[0], total: found.reduce((sum, entry) => sum + entry.amount * {i}, {n}) }};
}}
"""
UNIT = '/* @klotho::execution_unit {{\n *   id = "unit-{n}"\n * }}\n */\n'

RULES = "\n---\n".join(
    f"id: comment-{name}\nlanguage: typescript\nrule:\n  kind: comment\n  regex: '@klotho::{name}'\nmessage: found"
    for name in ["execution_unit", "expose", "persist", "pubsub", "static_unit"]
)


def make_tree(files: int, annotated: float) -> pathlib.Path:
    """A tree of `files` files of which the share `annotated` holds an annotation. The same every time."""
    root = FOLDER / f"tree-{files}-{int(annotated * 100)}"
    if (root / "done").exists():
        return root
    every = int(1 / annotated) if annotated else files + 1
    for n in range(files):
        path = root / f"d{n // 100}" / f"file{n}.ts"
        path.parent.mkdir(parents=True, exist_ok=True)
        body = "".join(FUNCTION.format(n=n, i=i) for i in range(10))
        head = UNIT.format(n=n) if n % every == every - 1 else ""
        path.write_text(head + "export interface Ledger { entries: Entry[] }\n" + body)
    (root / "done").write_text("")
    return root


def timed(command: list[str]) -> float:
    """Seconds of one run."""
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def peak_memory(command: list[str]) -> float | None:
    """Peak memory of one more run in MiB, by GNU time; a child of this script would count the script's own memory."""
    if not shutil.which("/usr/bin/time"):
        return None
    result = FOLDER / "memory"
    full = ["/usr/bin/time", "-f", "%M", "-o", str(result), *command]
    subprocess.run(full, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return int(result.read_text().split()[-1]) / 1024


def race(racers: dict[str, list[str]], runs: int) -> dict[str, dict[str, float | None]]:
    """Every racer once as a warm-up, then `runs` rounds."""
    results: dict[str, list[float]] = {name: [] for name in racers}
    for round_number in range(runs + 1):
        for name, command in racers.items():
            seconds = timed(command)
            if round_number > 0:
                results[name].append(seconds)
    return {
        name: {"seconds": statistics.median(rows), "mebibytes": peak_memory(racers[name])}
        for name, rows in results.items()
    }


def racers(tree: pathlib.Path, binary: pathlib.Path) -> dict[str, list[str]]:
    """The commands for one tree; peers that are not installed are left out."""
    rules = FOLDER / "rules.yml"
    rules.write_text(RULES)
    all_racers = {
        "klotho-ls check": [str(binary), "check", str(tree)],
        "rg -l": ["rg", "--no-ignore", "--hidden", "-l", MARKER, str(tree)],
        "ast-grep scan": ["ast-grep", "scan", "--rule", str(rules), str(tree)],
    }
    present = {name: command for name, command in all_racers.items() if shutil.which(command[0])}
    for name in all_racers.keys() - present.keys():
        print(f"left out: {name}, which is not installed", file=sys.stderr)
    return present


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    binary = HERE / "target" / "release" / "klotho-ls"
    if not binary.exists():
        sys.exit("build the program first: cargo build --release")
    FOLDER.mkdir(parents=True, exist_ok=True)
    report = {"machine": platform.platform(), "cores": os.cpu_count(), "files": arguments.files, "trees": {}}
    for annotated in [0.0, 0.05]:
        tree = make_tree(arguments.files, annotated)
        results = race(racers(tree, binary), arguments.runs)
        report["trees"][f"{annotated:.0%} annotated"] = results
        ours = results["klotho-ls check"]
        print(f"\n{arguments.files} files, {annotated:.0%} annotated")
        for name, row in results.items():
            ratio = ours["seconds"] / row["seconds"]
            memory = "     ?" if row["mebibytes"] is None else f"{row['mebibytes']:6.1f}"
            print(f"  {name:<16} {row['seconds']:8.3f} s  {memory} MiB   ours / theirs {ratio:6.2f}")
    (FOLDER / "check.json").write_text(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main()
