"""How costs grow with the workspace, and what happens while it is being read."""

import pathlib

import corpus
import measure
from client import Client
from editing import Typist, ready
from result import Course, Mark, Race, milliseconds

SIZES = [10, 1_000, 10_000]
LARGE = 100_000
# How often the server is started to be asked while it reads.
STARTS = 4
EDITS = 10_000

SMALL = """// @klotho::execution_unit { id = "small" }
export async function small(key: string) {
  return key;
}
// @klotho::
"""


def growth(course: Course) -> list[Race]:
    """Each size of workspace, all of whose files lie in one project; 5% of them are annotated."""
    rows = {}
    for files in SIZES + [LARGE] * course.large:
        rows[f"{files:,} files"] = of_size(course, files)
    race = Race("Growth with the workspace, 5% of the files annotated", rows)
    few, many = rows["10 files"], rows["10,000 files"]
    race.marks.append(Mark("keystroke that changes no fact, 10,000 files as 10", many["code ms"] / few["code ms"], 1.2))
    return [race]


def of_size(course: Course, files: int) -> dict[str, float | None]:
    """One size: the first index, a keystroke in a small file, a hover, a completion."""
    root = corpus.tree(course.folder, files, 0.05)
    typist = Typist([course.server], root, "small.ts", "typescript", SMALL, "return key")
    index = ready(typist.client)
    code = strokes(typist)
    typist.go('id = "')
    changes = strokes(typist)
    # Behind what was typed last.
    hover = ask(typist.client, "textDocument/hover", typist.uri, 0, 8)
    completion = ask(typist.client, "textDocument/completion", typist.uri, 4, 11)
    memory = measure.resident(typist.client.pid)
    typist.client.stop()
    return {
        "index ms": index * 1000,
        "code ms": code,
        "id ms": changes,
        "hover ms": hover,
        "completion ms": completion,
        "MiB": memory,
    }


def strokes(typist: Typist) -> float:
    """The median of some keystrokes, in milliseconds."""
    typist.times.clear()
    for _ in range(20):
        typist.keystroke()
    return milliseconds(typist.times)


def ask(client: Client, method: str, uri: str, line: int, character: int) -> float:
    """The median of some questions, in milliseconds."""
    return milliseconds([client.timed(at(method, uri, line, character))[0] for _ in range(30)])


def at(method: str, uri: str, line: int, character: int) -> tuple[str, dict]:
    """A question about a place."""
    return method, {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}


def contention(course: Course) -> list[Race]:
    """Hover and completion, asked without a pause while 10,000 annotated files are being read: one at a time, and as two who ask
    at once would."""
    root = corpus.tree(course.folder, 10_000, 1.0)
    times: dict[str, list[float]] = {}
    for _ in range(STARTS):
        asked_while_reading(course, root, times)
    rows = {
        name: {
            "questions": float(len(values)),
            "ms": milliseconds(values),
            "p99 ms": measure.percentile(values, 0.99) * 1000,
            "worst ms": max(values) * 1000,
        }
        for name, values in times.items()
    }
    race = Race("While 10,000 annotated files are being read", rows)
    race.marks += [Mark(f"p99 of {name}", row["p99 ms"], 20, "ms") for name, row in rows.items()]
    return [race]


def asked_while_reading(course: Course, root: pathlib.Path, times: dict[str, list[float]]) -> None:
    """One start; questions about a file that lies on the disk, until all is read."""
    path = root / "small.ts"
    path.write_text(SMALL)
    client = Client([course.server], root)
    client.start()
    client.initialized()
    uri = client.open(path, "typescript", SMALL)
    hover = at("textDocument/hover", uri, 0, 8)
    completion = at("textDocument/completion", uri, 4, 11)
    turns = {
        "hover": [hover],
        "completion": [completion],
        "both of two people at once": [hover, completion, hover, completion],
    }
    reading = True
    while reading:
        for _ in range(5):
            for name, questions in turns.items():
                times.setdefault(name, []).extend(client.timed(*questions))
        reading = client.ask("klotho/status", None)[1]["result"]["phase"] != "ready"
    client.stop()
    path.unlink()


def memory(course: Course) -> list[Race]:
    """Memory after many edits must be where it was after the first ones."""
    root = corpus.tree(course.folder, 1_000, 0.05)
    typist = Typist([course.server], root, "small.ts", "typescript", SMALL, "return key")
    ready(typist.client)
    edit(typist, 500)
    before = measure.resident(typist.client.pid)
    edit(typist, EDITS)
    after = measure.resident(typist.client.pid)
    typist.client.stop()
    if before is None or after is None:
        return []
    race = Race(f"Memory after {EDITS:,} edits", {"klotho-ls": {"MiB before": before, "MiB after": after}})
    race.marks.append(Mark("growth", after - before, 8, "MiB"))
    return [race]


def edit(typist: Typist, count: int) -> None:
    """Edits in bursts, each waited for."""
    for _ in range(count // 50):
        for _ in range(50):
            typist.type()
        typist.client.publication(typist.uri, typist.version)
        typist.client.published.clear()
