"""Races of whole commands: `check` on large trees, and the start of the program."""

import pathlib

import corpus
import measure
from result import Course, Mark, Race

MARKER = "@klotho::"
ROUNDS = 5
# So slow that two rounds say enough.
SLOW = {"ast-grep scan": 2}

# The same work as ours: comments of every language in the tree that hold the marker.
RULES = "\n---\n".join(
    f"id: klotho-{language.lower()}\nlanguage: {language}\nseverity: warning\nmessage: found\n"
    f"rule:\n  kind: comment\n  regex: '{MARKER}'\n"
    for language in ["TypeScript", "Tsx", "JavaScript", "Python", "Go"]
)


def rules(course: Course) -> pathlib.Path:
    """The rules of ast-grep on disk."""
    path = course.folder / "rules.yml"
    path.write_text(RULES)
    return path


def check(course: Course) -> list[Race]:
    """`check` on a tree of 19,000 files, without annotations, with 5% of the files annotated, and with all of them."""
    return [of_tree(course, 19_000, share) for share in (0.0, 0.05, 1.0)]


def of_tree(course: Course, files: int, share: float) -> Race:
    """One tree."""
    tree = str(corpus.tree(course.folder, files, share))
    commands = {"klotho-ls check": [course.server, "check", tree]}
    if "rg" in course.peers:
        commands["rg -l"] = [course.peers["rg"], "--no-ignore", "--hidden", "-l", MARKER, tree]
    if "ast-grep" in course.peers:
        commands["ast-grep scan"] = [course.peers["ast-grep"], "scan", "--rule", str(rules(course)), tree]
    costs = measure.rounds(commands, ROUNDS, SLOW)
    race = Race(f"Check of {files:,} files, {share:.0%} annotated", columns(costs))
    ours = costs["klotho-ls check"]
    if "rg -l" in costs and share == 0:
        race.marks.append(Mark("time, as `rg -l`", ours.seconds / costs["rg -l"].seconds, 1.5))
        race.marks.append(Mark("processor time, as `rg -l`", ours.cpu_seconds / costs["rg -l"].cpu_seconds, 1.5))
        race.marks += memory("memory, as `rg -l`", ours, costs["rg -l"], 3)
    limits = {0: 1 / 20, 0.05: 1 / 5}
    if "ast-grep scan" in costs and share in limits:
        race.marks.append(Mark("time, as `ast-grep scan`", ours.seconds / costs["ast-grep scan"].seconds, limits[share]))
    return race


def start(course: Course) -> list[Race]:
    """How long the program takes to do nothing."""
    commands = {"klotho-ls": [course.server, "--version"]}
    if "rg" in course.peers:
        commands["rg"] = [course.peers["rg"], "--version"]
    if "ruff" in course.peers:
        commands["ruff"] = [course.peers["ruff"], "--version"]
    costs = measure.rounds(commands, 30)
    race = Race("Start (`--version`)", columns(costs))
    if "rg" in costs:
        race.marks.append(Mark("time, as `rg`", costs["klotho-ls"].seconds / costs["rg"].seconds, 1.5))
    return [race]


def columns(costs: dict[str, measure.Cost]) -> dict[str, dict[str, float | None]]:
    """A row for each command."""
    return {
        name: {"ms": cost.seconds * 1000, "processor ms": cost.cpu_seconds * 1000, "peak MiB": cost.mebibytes}
        for name, cost in costs.items()
    }


def memory(what: str, ours: measure.Cost, theirs: measure.Cost, limit: float) -> list[Mark]:
    """A mark of memory, where it can be measured."""
    if ours.mebibytes is None or theirs.mebibytes is None:
        return []
    return [Mark(what, ours.mebibytes / theirs.mebibytes, limit)]
