"""What a race gave: figures of each racer, and the marks that they are held against."""

import dataclasses


@dataclasses.dataclass
class Mark:
    """A figure and what it may be at most."""

    what: str
    reached: float
    limit: float
    unit: str = "x"

    @property
    def is_met(self) -> bool:
        """Rounded as it is shown, so that the table never contradicts itself."""
        return float(f"{self.reached:.3g}") <= self.limit

    def shown(self) -> str:
        """The figure and its limit, for people."""
        return f"{self.reached:.3g} {self.unit} (mark {self.limit:.3g})"


@dataclasses.dataclass
class Race:
    """One race: a row for each racer, with the same columns in all."""

    title: str
    rows: dict[str, dict[str, float | None]]
    marks: list[Mark] = dataclasses.field(default_factory=list)
    note: str = ""

    def as_json(self) -> dict:
        """For machines."""
        marks = [dataclasses.asdict(mark) | {"met": mark.is_met} for mark in self.marks]
        return {"title": self.title, "rows": self.rows, "marks": marks, "note": self.note}


@dataclasses.dataclass
class Course:
    """Where races are run, and with what."""

    server: str
    peers: dict[str, str]
    folder: object
    large: bool = False
    races: list[Race] = dataclasses.field(default_factory=list)


def milliseconds(values: list[float]) -> float:
    """The median, in milliseconds."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    median = ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    return median * 1000
