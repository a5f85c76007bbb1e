"""What the counting page knows, without a widget: the widgets only draw it.

A request carries a ticket. Whatever comes back with an older ticket belongs to a picture or a
model that nobody looks at any more, and is dropped here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from crowdgui.sources import Source
from crowdgui.window.counting.entries import Entry, Outcome, Stamp, merged
from crowdgui.window.counting.kept_regions import KeptRegions, Place
from crowdgui.window.counting.maps import Maps
from crowdgui.window.desk import ModelChoice, ModelList
from crowdgui.window.engines import EngineChoice
from crowdgui.window.viewing.regions import Region
from models.errors import UserError
from models.prediction import Prediction


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
    wrong with the file that gives them; `stamp` is of the picture's file, None without one.
    """

    ticket: int
    pixels: NDArray[np.uint8]
    levels: tuple[QImage, ...]
    truth: int | None = None
    heads: NDArray[np.float32] | None = None
    problem: UserError | None = None
    stamp: Stamp | None = None

    @property
    def bytes(self) -> int:
        """The size of the picture's file, 0 without one."""
        return 0 if self.stamp is None else self.stamp[1]

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


class Session:
    """The opened sources, the model, the picture on the screen and its result."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.current = -1
        self.models: tuple[ModelChoice, ...] | None = None
        self.model = self.default = ""
        self.picture: Picture | None = None
        self.shown: Entry | None = None
        self.result: Counted | None = None
        self.busy = False
        # Whether the picture on the screen is another than when its file was read before.
        self.rewritten = False
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
    def awaited(self) -> Entry | None:
        """The chosen picture while it is read, and another one is still on the screen."""
        entry = self.current_entry
        return entry if self.busy and entry is not self.shown else None

    @property
    def prediction(self) -> Prediction | None:
        """What was counted in the chosen picture; nothing of the one before it."""
        return self.result.prediction if self.result and not self.awaited else None

    @property
    def on_screen(self) -> tuple[Picture, Prediction] | None:
        """The picture on the screen and what was counted in it; None where either is missing."""
        if self.picture is None or self.prediction is None:
            return None
        return self.picture, self.prediction

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

    def lacks_current(self) -> bool:
        """Whether the count of the current picture is not there and not on its way."""
        entry = self.current_entry
        if entry is None or self.busy:
            return False
        return entry is not self.shown or self.result is None or entry.problem is not None

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

    def set_models(self, found: ModelList, wanted: str) -> set[str]:
        """Take the list of models; keep the present one, else use `wanted`, else the default.

        What models have counted that are gone, or have another file under their name, is
        forgotten; returns their names.
        """
        present = self.model if self.models is not None else ""
        stamps = {choice.name: choice.stamp for choice in found.choices}
        renewed = {c.name for c in self.models or () if c.stamp != stamps.get(c.name)}
        for name in renewed:
            self.maps.forget(name)
            for entry in self.entries:
                entry.results.pop(name, None)
        self.models, self.default = found.choices, found.default
        self.model = self._usable(present, wanted, found.default)
        return renewed

    def _usable(self, *names: str) -> str:
        """Return the first of these models that can be used, else any, else ""."""
        usable = [choice.name for choice in self.models or () if choice.problem is None]
        return next(iter([name for name in names if name in usable] + usable), "")

    def rename_model(self, before: str, now: str) -> None:
        """Know a model and its counts by another name."""
        self.model = now if self.model == before else self.model
        if self.models is not None:
            named = {before: now}
            self.models = tuple(replace(c, name=named.get(c.name, c.name)) for c in self.models)
        self.maps.rename(before, now)
        for entry in self.entries:
            if before in entry.results:
                entry.results[now] = entry.results.pop(before)

    def set_engine(self, engine: EngineChoice) -> bool:
        """Compute with other settings from now on; whether earlier counts are void by that.

        How many threads count is none of the count's affair.
        """
        void = replace(engine, threads=self.engine.threads) != self.engine
        self.engine = engine
        if void:
            for entry in self.entries:
                entry.results.clear()
            self.maps.clear()
        return void

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
            self.rewritten = self.note_file(self.shown, picture.stamp)
            self.kept.use(self.shown.folder)
        return True

    def know_heads(self, heads: NDArray[np.float32] | None) -> None:
        """Take other head centres (N, 2) for the truth about the picture on the screen."""
        if self.picture is not None:
            truth = None if heads is None else len(heads)
            self.picture = replace(self.picture, heads=heads, truth=truth, problem=None)

    def note_file(self, entry: Entry, stamp: Stamp | None) -> bool:
        """Take note of the file that was read: another one voids the counts of the one before.

        Returns whether it is another one.
        """
        other = entry.stamp is not None and stamp != entry.stamp
        entry.stamp = stamp
        if other:
            self.maps.forget_picture(entry)
            entry.results.clear()
        return other

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
        """Mark a model that did not load; go back to the one that made the count shown.

        Where nothing is counted yet, the default takes its place, or any that may load.
        """
        self.models = tuple(
            replace(choice, problem=problem) if choice.name == name else choice
            for choice in self.models or ()
        )
        if self.prediction is not None:
            self.model = self.prediction.model
        elif problem.code != "device-unavailable":
            # No model would load on such a device.
            self.model = self._usable(self.default)
