"""What the counting page knows, without a widget: the widgets only draw it.

A request carries a ticket. Whatever comes back with an older ticket belongs to a picture or a
model that nobody looks at any more, and is dropped here.
"""

from __future__ import annotations

import os
from collections import deque
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from crowdgui.sources import DEMO, Source
from crowdgui.window.counting.kept_regions import KeptRegions, Place
from crowdgui.window.counting.maps import Maps
from crowdgui.window.desk import ModelChoice, ModelList
from crowdgui.window.engines import EngineChoice
from crowdgui.window.viewing.regions import Region
from models.errors import UserError
from models.pictures import natural_key
from models.prediction import Prediction

PASTED = "pasted:"


@dataclass(frozen=True)
class Outcome:
    """What is kept of a count when its density map is not."""

    count: float
    seconds: float
    engine: str
    precision: str
    size: tuple[int, int]

    @classmethod
    def of(cls, prediction: Prediction) -> Outcome:
        p = prediction
        return cls(p.count, p.seconds, p.engine, p.precision, p.size)


@dataclass(eq=False)
class Entry:
    """One opened source; `results` by the model that made them."""

    source: Source
    results: dict[str, Outcome] = field(default_factory=dict)
    problem: Exception | None = None

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

    @property
    def counts(self) -> dict[str, float]:
        return {model: outcome.count for model, outcome in self.results.items()}


@dataclass(frozen=True)
class OpenOrder:
    """Words to open, in their order: files, folders, patterns and "demo:"."""

    clearing: int
    words: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Opened:
    """The pictures that an order's words stand for, and what was wrong with some of them.

    `folders` has the words that are folders, each with the names of its pictures.
    """

    clearing: int
    entries: list[Entry]
    problems: list[Exception]
    folders: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Request:
    """What the worker is to count; `picture` is given when it has been read before."""

    ticket: int
    source: Source
    model: str
    engine: EngineChoice
    picture: NDArray[np.uint8] | None = None


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture that was read: its pixels, and the same for Qt, each level half the one before.

    `heads` are the true head centres (N, 2) in pixels, `truth` their number, `problem` what is
    wrong with the file that gives them; `bytes` is the size of the picture's file, 0 without one.
    """

    ticket: int
    pixels: NDArray[np.uint8]
    levels: tuple[QImage, ...]
    truth: int | None = None
    heads: NDArray[np.float32] | None = None
    problem: UserError | None = None
    bytes: int = 0

    @property
    def size(self) -> tuple[int, int]:
        return self.pixels.shape[1], self.pixels.shape[0]


@dataclass(frozen=True, eq=False)
class Counted:
    """A result, and its density map as levels for Qt; density `full_scale` is the highest."""

    ticket: int
    prediction: Prediction
    levels: QImage
    full_scale: float


@dataclass(frozen=True, eq=False)
class Failed:
    """What went wrong, and in which step: "read", "load" (the model), "count" or "save"."""

    ticket: int
    step: str
    error: Exception


def tells_of_none(error: UserError, entry: Entry) -> bool:
    """Whether an error says that the folder which holds this picture holds none."""
    folder = Path(entry.source.path).parent
    return error.code == "folder-empty" and error.facts["path"] == folder


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


class Session:
    """The opened sources, the model, the picture on the screen and its result."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.current = -1
        self.models: tuple[ModelChoice, ...] | None = None
        self.model = ""
        self.picture: Picture | None = None
        self.shown: Entry | None = None
        self.result: Counted | None = None
        self.busy = False
        self.opening = 0
        self.engine = EngineChoice()
        self.maps = Maps()
        self.kept = KeptRegions()
        self._places: dict[str, int] = {}
        self._ticket = self._clearing = 0

    @property
    def current_entry(self) -> Entry | None:
        return self.entries[self.current] if 0 <= self.current < len(self.entries) else None

    @property
    def prediction(self) -> Prediction | None:
        return self.result.prediction if self.result else None

    @property
    def place(self) -> Place | None:
        """The place whose regions the picture on the screen has."""
        if self.picture is None:
            return None
        return Place(self.shown.folder if self.shown else "", self.picture.size)

    @property
    def regions(self) -> list[Region]:
        """The regions of the picture on the screen; the list may be changed."""
        return [] if self.place is None else self.kept.of(self.place)

    def order_opening(self, words: list[str]) -> OpenOrder:
        """Ask what words stand for; `opening` counts the orders that are not answered yet."""
        self.opening += 1
        return OpenOrder(self._clearing, tuple(words))

    def accept_opened(self, opened: Opened) -> bool:
        """Note that an order is answered; False when all was closed since it was given."""
        if opened.clearing != self._clearing:
            return False
        self.opening -= 1
        return True

    def add(self, entries: list[Entry]) -> int:
        """Append entries; one that is open already keeps its place. Returns the first's index."""
        for entry in entries:
            if entry.source.path not in self._places:
                self._places[entry.source.path] = len(self.entries)
                self.entries.append(entry)
        return self._places[entries[0].source.path]

    def take_in(self, found: list[Entry]) -> None:
        """Put new pictures of one folder among those that are open; the current one stays so."""
        new = [entry for entry in found if entry.source.path not in self._places]
        if not new:
            return
        current = self.current_entry
        self.entries[:] = merged(self.entries, new)
        self._number()
        if current is not None:
            self.current = self._places[current.source.path]

    def find(self, path: str) -> int | None:
        """Return the index of the entry with this path."""
        return self._places.get(path)

    def remove(self, index: int) -> None:
        """Forget one source; the current one stays so, and its place is taken by the next."""
        self.entries.pop(index)
        self._number()
        if index < self.current or self.current == len(self.entries):
            self.current -= 1

    def _number(self) -> None:
        self._places = {entry.source.path: place for place, entry in enumerate(self.entries)}

    def clear(self) -> None:
        """Forget all sources and what is on the screen; what was asked for becomes stale."""
        self._ticket += 1
        self._clearing += 1
        self.opening = 0
        self.entries.clear()
        self._places.clear()
        self.kept.close()
        self.current = -1
        self.maps.clear()
        self.picture = self.shown = self.result = None
        self.busy = False

    def stop_waiting(self) -> None:
        """Let what was asked for become stale; everything else stays."""
        self._ticket += 1
        self._clearing += 1
        self.opening = 0
        self.busy = False

    def set_models(self, found: ModelList, wanted: str) -> None:
        """Take the list of models; keep the present one, else use `wanted`, else the default."""
        present = self.model if self.models is not None else ""
        self.models = found.choices
        usable = [choice.name for choice in found.choices if choice.problem is None]
        names = [name for name in (present, wanted, found.default) if name in usable]
        self.model = next(iter(names + usable), "")

    def rename_model(self, before: str, now: str) -> None:
        """Know a model and its counts by another name."""
        self.model = now if self.model == before else self.model
        for entry in self.entries:
            if before in entry.results:
                entry.results[now] = entry.results.pop(before)

    def set_engine(self, engine: EngineChoice) -> None:
        """Compute with other settings from now on; earlier counts are no longer comparable."""
        if engine == self.engine:
            return
        self.engine = engine
        for entry in self.entries:
            entry.results.clear()
        self.maps.clear()

    def model_size(self, name: str) -> int:
        """Return the size of a model's file in bytes, 0 where it is not known."""
        return next((c.size for c in self.models or () if c.name == name), 0)

    def request_current(self) -> Request | None:
        """Ask for the picture that the list stands on; None while the models are not listed."""
        entry = self.current_entry
        if entry is None or self.models is None:
            return None
        return self._request(Request(self._ticket + 1, entry.source, self.model, self.engine))

    def request_recount(self) -> Request | None:
        """Ask for the picture on the screen again, with the model that is chosen now."""
        entry = self.current_entry
        on_screen = entry is self.shown or (entry is not None and entry.problem is not None)
        if not on_screen or self.shown is None or self.picture is None:
            return self.request_current()
        pixels = self.picture.pixels
        return self._request(
            Request(self._ticket + 1, self.shown.source, self.model, self.engine, pixels)
        )

    def _request(self, request: Request) -> Request:
        self._ticket = request.ticket
        self.busy = True
        return request

    def is_stale(self, ticket: int) -> bool:
        return ticket != self._ticket

    def accept_picture(self, picture: Picture) -> bool:
        """Put a new picture on the screen, without any count; False when it is stale."""
        if self.is_stale(picture.ticket):
            return False
        self.picture, self.shown, self.result = picture, self.current_entry, None
        if self.shown is not None:
            self.shown.problem = None
            self.kept.use(self.shown.folder)
        return True

    def accept_result(self, counted: Counted) -> bool:
        """Take the result of the picture on the screen; False when it is stale."""
        if self.is_stale(counted.ticket):
            return False
        self.result, self.busy = counted, False
        if self.shown is not None:
            prediction = counted.prediction
            self.shown.results[prediction.model] = Outcome.of(prediction)
            self.maps.keep(self.shown, prediction.model, prediction.density)
        return True

    def accept_failure(self, failed: Failed) -> bool:
        """Note what failed; what is on the screen stays. False when it is stale."""
        if self.is_stale(failed.ticket):
            return False
        self.busy = False
        entry = self.current_entry
        if failed.step == "read" and entry is not None:
            entry.problem = failed.error
        if failed.step == "load" and isinstance(failed.error, UserError):
            self._refuse_model(self.model, failed.error)
        return True

    def _refuse_model(self, name: str, problem: UserError) -> None:
        """Mark a model that did not load; go back to the one that made the count shown."""
        self.models = tuple(
            replace(choice, problem=problem) if choice.name == name else choice
            for choice in self.models or ()
        )
        if self.prediction is not None:
            self.model = self.prediction.model
