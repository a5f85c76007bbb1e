"""An opened picture as the list knows it: where it is from and what was counted in it."""

from __future__ import annotations

import os
from collections import deque
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from crowdgui.sources import DEMO, Source
from models.errors import UserError
from models.grid import Grid
from models.pictures import natural_key
from models.prediction import Prediction

PASTED = "pasted:"
# When a file was changed (ns), and its size in bytes.
Stamp = tuple[int, int]


@dataclass(frozen=True)
class Outcome:
    """What is kept of a count when its density map is not."""

    count: float
    # Counted once more it is the same outcome, however long that took.
    seconds: float = field(compare=False)
    engine: str
    precision: str
    grid: Grid

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the picture in pixels."""
        return self.grid.size

    @classmethod
    def of(cls, prediction: Prediction) -> Outcome:
        p = prediction
        return cls(p.count, p.seconds, p.engine, p.precision, p.grid)


def file_stamp(path: Path) -> Stamp | None:
    """Return what changes when a file does; None where there is no such file."""
    try:
        facts = path.stat()
    except (OSError, ValueError):
        return None
    return facts.st_mtime_ns, facts.st_size


def has_changed(entry: Entry) -> bool:
    """Return whether its file is another than when it was read last, or gone; may take a while."""
    path = Path(entry.source.path)
    return entry.is_file and entry.stamp is not None and file_stamp(path) != entry.stamp


@dataclass(eq=False)
class Entry:
    """One opened source; `results` by the model that made them, `exported` are in some file."""

    source: Source
    results: dict[str, Outcome] = field(default_factory=dict)
    exported: set[Outcome] = field(default_factory=set)
    problem: Exception | None = None
    stamp: Stamp | None = None  # of its file when it was read last

    @property
    def is_demo(self) -> bool:
        return self.source.path == DEMO

    @cached_property
    def is_file(self) -> bool:
        return not self.is_demo and not self.source.path.startswith(PASTED)

    @cached_property
    def file_name(self) -> str:
        return Path(self.source.path).name

    @cached_property
    def folder(self) -> str:
        """The whole path of the file's folder, however it was named; "" for what is no file."""
        if not self.is_file:
            return ""
        return os.path.normcase(Path(os.path.abspath(self.source.path)).parent)  # noqa: PTH100

    @cached_property
    def sort_key(self) -> list[tuple[int, str]]:
        return natural_key(self.file_name)

    def count_of(self, model: str) -> float | None:
        """Return what a model has counted, None where it has not or the picture cannot be read."""
        outcome = self.results.get(model)
        return None if outcome is None or self.problem is not None else outcome.count

    @property
    def counts(self) -> dict[str, float]:
        return {model: outcome.count for model, outcome in self.results.items()}


def unexported(entries: list[Entry]) -> list[tuple[str, Outcome]]:
    """Return the counts that are in no file, each with its model."""
    return [
        (model, outcome)
        for entry in entries
        for model, outcome in entry.results.items()
        if outcome not in entry.exported
    ]


def tells_of_none(error: UserError, entry: Entry) -> bool:
    """Whether an error says that the folder which holds this picture holds none."""
    folder = Path(entry.source.path).parent
    return error.code in ("folder-empty", "folder-videos") and error.facts["path"] == folder


def merged(entries: list[Entry], new: list[Entry]) -> list[Entry]:
    """Put new entries of one folder, in their order, among its others; else at the end."""
    folder, waiting = new[0].folder, deque(new)
    places = [place for place, entry in enumerate(entries) if entry.folder == folder]
    end = places[-1] + 1 if places else len(entries)
    result: list[Entry] = []
    for entry in entries[:end]:
        while waiting and entry.folder == folder and waiting[0].sort_key < entry.sort_key:
            result.append(waiting.popleft())
        result.append(entry)
    return [*result, *waiting, *entries[end:]]
