"""Races of language servers at the keyboard: the first reply, one keystroke, a burst of them."""

import pathlib
import statistics

import commands
import corpus
import measure
from client import Client
from result import Course, Mark, Race, milliseconds

KEYSTROKES = 30
BURST = 100
# Longer than what any of the racers waits for before it looks.
PAUSE = 0.12


class Typist:
    """A server with one document open, and a place in it where one letter comes and goes."""

    def __init__(self, command: list[str], root: pathlib.Path, name: str, language: str, text: str, before: str):
        self.client = Client(command, root)
        self.client.start()
        self.client.initialized()
        self.uri = self.client.open(root / name, language, text)
        self.text = text
        self.go(before)
        self.version = 0
        self.times: list[float] = []
        self.client.publication(self.uri, 0)
        self.client.quiet(0.5)
        self.cpu = measure.cpu_seconds(self.client.pid)

    def go(self, before: str) -> None:
        """Types behind the first `before` from now on."""
        text, at = self.text, self.text.index(before) + len(before)
        self.line = text.count("\n", 0, at)
        self.character = at - (text.rfind("\n", 0, at) + 1)
        # Without the letter and with it.
        self.texts = [text, text[:at] + "x" + text[at:]]

    def type(self) -> float:
        """One letter more or less; when that was sent."""
        self.version += 1
        removed = 1 - self.version % 2
        whole = self.texts[self.version % 2]
        letter = "" if removed else "x"
        return self.client.change(self.uri, self.version, self.line, self.character, removed, letter, whole)

    def keystroke(self) -> None:
        """One letter, and how long its findings took."""
        sent = self.type()
        self.times.append(self.client.publication(self.uri, self.version) - sent)
        self.client.quiet(PAUSE)
        self.client.published.clear()

    def row(self) -> dict[str, float | None]:
        """What the keystrokes took."""
        used = measure.cpu_seconds(self.client.pid)
        cpu = None if used is None else (used - self.cpu) / len(self.times) * 1000
        worst = measure.percentile(self.times, 0.95) * 1000
        return {"ms": milliseconds(self.times), "p95 ms": worst, "processor ms": cpu, "MiB": measure.resident(self.client.pid)}


def first_reply(course: Course) -> list[Race]:
    """From the start of the process to the reply to `initialize`, and the memory then."""
    root = corpus.tree(course.folder, 10, 0.05)
    racers = {"klotho-ls": [course.server]}
    if "ruff" in course.peers:
        racers["ruff server"] = [course.peers["ruff"], "server"]
    seconds: dict[str, list[float]] = {name: [] for name in racers}
    memory: dict[str, list[float]] = {name: [] for name in racers}
    for _ in range(20):
        for name, command in racers.items():
            client = Client(command, root)
            seconds[name].append(client.start())
            memory[name].append(measure.resident(client.pid) or 0.0)
            # Some listen to no goodbye before that.
            client.initialized()
            client.stop()
    rows = {name: {"ms": milliseconds(seconds[name]), "MiB": statistics.median(memory[name])} for name in racers}
    race = Race("First reply to `initialize`", rows)
    if "ruff server" in rows:
        ours, theirs = rows["klotho-ls"], rows["ruff server"]
        race.marks.append(Mark("time, as `ruff server`", ours["ms"] / theirs["ms"], 1.5))
        if theirs["MiB"]:
            race.marks.append(Mark("memory, as `ruff server`", ours["MiB"] / theirs["MiB"], 1.5))
    return [race]


def light_python() -> str:
    """About 190 KB of Python in which nothing is wrong."""
    function = 'def read{n}(key: str) -> str:\n    """Return the entry of a key."""\n    found = key.strip() + "{n}"\n    return found\n\n\n'
    return "".join(function.format(n=n) for n in range(1_700))


def in_turn(typists: dict[str, Typist], strokes: int = KEYSTROKES) -> dict[str, dict[str, float | None]]:
    """Lets all type, one keystroke each in turn."""
    for _ in range(strokes):
        for typist in typists.values():
            typist.keystroke()
    rows = {name: typist.row() for name, typist in typists.items()}
    for typist in typists.values():
        typist.client.stop()
    return rows


def keystroke(course: Course) -> list[Race]:
    """One letter in a file of 200 KB: in an annotation, in code, and in code where there is much to be said of the file."""
    return [of_place(course, "in an annotation", 'id = "m1'), of_place(course, "in code", "=> key"), with_findings(course)]


def with_findings(course: Course) -> Race:
    """What each keystroke takes where hundreds of findings are sent after it, beside the same without them."""
    root = corpus.tree(course.folder, 10, 0.05)
    texts = {"nothing to say": corpus.many_annotations(), "a note for each third": corpus.many_annotations("EventEmitter")}
    typists = {name: Typist([course.server], root, "many.ts", "typescript", text, "=> key") for name, text in texts.items()}
    return Race("The same keystroke in code, without findings and with hundreds", in_turn(typists))


def of_place(course: Course, where: str, before: str) -> Race:
    """One letter at one place."""
    root, text = corpus.tree(course.folder, 10, 0.05), corpus.many_annotations()
    typists = {"klotho-ls": Typist([course.server], root, "many.ts", "typescript", text, before)}
    if "ruff" in course.peers:
        command = [course.peers["ruff"], "server"]
        typists["ruff server, its light file"] = Typist(command, root, "light.py", "python", light_python(), "found")
    if "ast-grep" in course.peers:
        ast_grep = with_rules(course)
        command = [course.peers["ast-grep"], "lsp", "-c", str(ast_grep / "sgconfig.yml")]
        typists["ast-grep lsp"] = Typist(command, ast_grep, "many.ts", "typescript", text, before)
    rows = in_turn(typists)
    race = Race(f"Keystroke {where}, {len(text) // 1000} KB of TypeScript with {text.count('@klotho::'):,} annotations", rows)
    ours = rows["klotho-ls"]["ms"]
    for name, limit in [("ruff server, its light file", 1), ("ast-grep lsp", 1 / 5)]:
        if name in rows:
            race.marks.append(Mark(f"time, as {name}", ours / rows[name]["ms"], limit))
    return race


def with_rules(course: Course) -> pathlib.Path:
    """A project of ast-grep that has the rules."""
    root = course.folder / "ast-grep"
    (root / "rules").mkdir(parents=True, exist_ok=True)
    (root / "sgconfig.yml").write_text("ruleDirs: [rules]\n")
    for number, rule in enumerate(commands.RULES.split("\n---\n")):
        (root / "rules" / f"rule{number}.yml").write_text(rule)
    return root


def workspace(course: Course) -> list[Race]:
    """The same keystrokes where many files lie around: what they cost must follow the edit, not the workspace."""
    text = corpus.many_annotations()
    races = []
    for where, before in [("in an annotation", 'id = "m1'), ("in code", "=> key")]:
        typists = {}
        for files in (10, 10_000):
            root = corpus.tree(course.folder, files, 0.05)
            typists[f"{files:,} files"] = typist = Typist([course.server], root, "many.ts", "typescript", text, before)
            ready(typist.client)
        rows = in_turn(typists)
        race = Race(f"The same keystroke {where}, among few and many files, 5% of them annotated", rows)
        few, many = rows["10 files"], rows["10,000 files"]
        race.marks.append(Mark("time, as among 10 files", many["ms"] / few["ms"], 1.2))
        races.append(race)
    return races


def ready(client: Client) -> float:
    """Waits until all files are read; the seconds since the process was started."""
    while True:
        at, answer = client.ask("klotho/status", None)
        if answer["result"]["phase"] == "ready":
            client.quiet(0.5)
            return at - client.started
        client.quiet(0.02)


def burst(course: Course) -> list[Race]:
    """A hundred edits at once: how often findings are shown, and when the last ones are."""
    text = corpus.many_annotations()
    root = corpus.tree(course.folder, 10, 0.05)
    racers = {"klotho-ls": [course.server]}
    if "biome" in course.peers:
        racers["biome"] = [course.peers["biome"], "lsp-proxy"]
    if "ruff" in course.peers:
        racers["ruff server, its light file"] = [course.peers["ruff"], "server"]
    typists = {}
    for name, command in racers.items():
        of_ruff = name.startswith("ruff")
        file = ("light.py", "python", light_python(), "found") if of_ruff else ("many.ts", "typescript", text, "=> key")
        typists[name] = Typist(command, root, *file)
    rows: dict[str, dict[str, float | None]] = {}
    results: dict[str, list[tuple[float, int]]] = {name: [] for name in typists}
    for _ in range(5):
        for name, typist in typists.items():
            results[name].append(one_burst(typist))
    for name, typist in typists.items():
        settled, published = zip(*results[name])
        rows[name] = {"settled ms": milliseconds(list(settled)), "publications": float(max(published))}
        typist.client.stop()
    if "biome" in course.peers:
        commands.measure.once([course.peers["biome"], "stop"])
    race = Race(f"{BURST} edits in a burst", rows)
    race.marks.append(Mark("publications", rows["klotho-ls"]["publications"], 3, ""))
    if "biome" in rows:
        race.marks.append(Mark("settled, as biome", rows["klotho-ls"]["settled ms"] / rows["biome"]["settled ms"], 1 / 3))
    return [race]


def one_burst(typist: Typist) -> tuple[float, int]:
    """The seconds from the first edit to the findings of the last, and how many publications there were."""
    typist.client.published.clear()
    sent = [typist.type() for _ in range(BURST)]
    at = typist.client.publication(typist.uri, typist.version)
    typist.client.quiet(0.6)
    count = sum(parameters["uri"] == typist.uri for _, parameters in typist.client.published)
    return at - sent[0], count
