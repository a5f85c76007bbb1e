"""What the counting page knows, without a widget: the widgets only draw it.

A request carries a ticket. Whatever comes back with an older ticket belongs to a picture or a
model that nobody looks at any more, and is dropped here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from crowdgui.sources import DEMO, Source
from models.errors import UserError
from models.prediction import Prediction


@dataclass(eq=False)
class Entry:
    """One opened source; `counts` by the model that made them."""

    source: Source
    counts: dict[str, float] = field(default_factory=dict)
    problem: Exception | None = None

    @property
    def is_demo(self) -> bool:
        return self.source.path == DEMO


@dataclass(frozen=True)
class ModelChoice:
    """A model to pick: its file's size in bytes, and why it cannot be used, if so."""

    name: str
    size: int = 0
    problem: UserError | None = None


@dataclass(frozen=True)
class ModelList:
    """All models, and the one that is used when nobody chooses."""

    choices: tuple[ModelChoice, ...]
    default: str = ""


@dataclass(frozen=True)
class OpenOrder:
    """Words to open, in their order: files, folders, patterns and "demo:"."""

    clearing: int
    words: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Opened:
    """The pictures that an order's words stand for, and what was wrong with some of them."""

    clearing: int
    sources: list[Source]
    problems: list[Exception]


@dataclass(frozen=True, eq=False)
class Request:
    """What the worker is to count; `picture` is given when it has been read before."""

    ticket: int
    source: Source
    model: str
    picture: NDArray[np.uint8] | None = None


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture that was read: its pixels, and the same for Qt, each level half the one before."""

    ticket: int
    pixels: NDArray[np.uint8]
    levels: tuple[QImage, ...]
    truth: int | None = None


@dataclass(frozen=True, eq=False)
class Counted:
    """A result, and its density map in colours at its own size."""

    ticket: int
    prediction: Prediction
    overlay: QImage
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
        self.model = ""
        self.picture: Picture | None = None
        self.shown: Entry | None = None
        self.result: Counted | None = None
        self.busy = False
        self.opening = 0
        self._ticket = self._clearing = 0

    @property
    def current_entry(self) -> Entry | None:
        return self.entries[self.current] if 0 <= self.current < len(self.entries) else None

    @property
    def prediction(self) -> Prediction | None:
        return self.result.prediction if self.result else None

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

    def add(self, sources: list[Source]) -> int:
        """Append sources; one that is open already keeps its place. Returns the first's index."""
        places = {entry.source.path: index for index, entry in enumerate(self.entries)}
        for source in sources:
            if source.path not in places:
                places[source.path] = len(self.entries)
                self.entries.append(Entry(source))
        return places[sources[0].path]

    def clear(self) -> None:
        """Forget all sources and what is on the screen; what was asked for becomes stale."""
        self._ticket += 1
        self._clearing += 1
        self.opening = 0
        self.entries.clear()
        self.current = -1
        self.picture = self.shown = self.result = None
        self.busy = False

    def set_models(self, found: ModelList, wanted: str) -> None:
        """Take the list of models; use `wanted`, else the default, else the first that works."""
        self.models = found.choices
        usable = [choice.name for choice in found.choices if choice.problem is None]
        names = [name for name in (wanted, found.default) if name in usable]
        self.model = next(iter(names + usable), "")

    def model_size(self, name: str) -> int:
        """Return the size of a model's file in bytes, 0 where it is not known."""
        return next((c.size for c in self.models or () if c.name == name), 0)

    def request_current(self) -> Request | None:
        """Ask for the picture that the list stands on; None while the models are not listed."""
        entry = self.current_entry
        if entry is None or self.models is None:
            return None
        return self._request(Request(self._ticket + 1, entry.source, self.model))

    def request_recount(self) -> Request | None:
        """Ask for the picture on the screen again, with the model that is chosen now."""
        entry = self.current_entry
        on_screen = entry is self.shown or (entry is not None and entry.problem is not None)
        if not on_screen or self.shown is None or self.picture is None:
            return self.request_current()
        pixels = self.picture.pixels
        return self._request(Request(self._ticket + 1, self.shown.source, self.model, pixels))

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
        return True

    def accept_result(self, counted: Counted) -> bool:
        """Take the result of the picture on the screen; False when it is stale."""
        if self.is_stale(counted.ticket):
            return False
        self.result, self.busy = counted, False
        if self.shown is not None:
            self.shown.counts[counted.prediction.model] = counted.prediction.count
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
            ModelChoice(choice.name, choice.size, problem) if choice.name == name else choice
            for choice in self.models or ()
        )
        if self.prediction is not None:
            self.model = self.prediction.model
