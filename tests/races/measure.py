"""Measuring: whole commands in interleaved rounds, and the arithmetic of what was measured."""

import dataclasses
import math
import os
import shutil
import statistics
import subprocess
import tempfile
import time


@dataclasses.dataclass
class Cost:
    """What a command took: medians of all rounds."""

    seconds: float
    cpu_seconds: float
    mebibytes: float | None


def once(command: list[str]) -> Cost:
    """One run: the wall clock, and the system's own account of the finished child."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    return Cost(seconds, usage.ru_utime + usage.ru_stime, None)


def peak_memory(command: list[str]) -> float | None:
    """Peak memory of one more run in MiB, by GNU time: what is a child of this script starts with the script's own memory."""
    timer = shutil.which("time")
    if timer is None:
        return None
    with tempfile.NamedTemporaryFile("r", suffix=".txt") as file:
        full = [timer, "-f", "%M", "-o", file.name, *command]
        subprocess.run(full, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        lines = file.read().split()
    return int(lines[-1]) / 1024 if lines and lines[-1].isdigit() else None


def rounds(commands: dict[str, list[str]], count: int, slow: dict[str, int] | None = None) -> dict[str, Cost]:
    """Each command once as a warm-up, then in turn, so that a machine whose speed drifts slows them all. Commands in `slow`
    take part in fewer rounds."""
    results: dict[str, list[Cost]] = {name: [] for name in commands}
    for number in range(count + 1):
        for name, command in commands.items():
            if number <= (slow or {}).get(name, count):
                cost = once(command)
                results[name].append(cost)
    medians = {name: median(costs[1:]) for name, costs in results.items()}
    for name, cost in medians.items():
        cost.mebibytes = peak_memory(commands[name])
    return medians


def median(costs: list[Cost]) -> Cost:
    """The median of each figure."""
    seconds = statistics.median(cost.seconds for cost in costs)
    return Cost(seconds, statistics.median(cost.cpu_seconds for cost in costs), None)


def percentile(values: list[float], share: float) -> float:
    """The smallest value below which at least `share` of all lie."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def resident(pid: int) -> float | None:
    """The memory that a process has now, in MiB; nothing where the system does not tell."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii") as status:
            rows = dict(line.split(":", 1) for line in status)
        return int(rows["VmRSS"].split()[0]) / 1024
    except (OSError, KeyError):
        return None


def cpu_seconds(pid: int) -> float | None:
    """The processor time that a process has used so far; nothing where the system does not tell."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
            fields = stat.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except OSError:
        return None
