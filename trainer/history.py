"""What the events of a run add up to: where it stands, its best error, its curves."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trainer.config import Config
from trainer.events import Event

ENDS = ("finished", "stopped", "failed")
# What says where a run stands; all other events, known or not, leave that as it was.
KINDS = ("started", "step", "validated", "paused", "resumed", *ENDS)
# What goes on before the steps and between them.
DOINGS = ("preparing", "validating")
COLUMNS = ("epoch", "loss", "loss_truth", "loss_teacher", "lr")


@dataclass(frozen=True)
class Score:
    """One validation: errors of the averaged weights after `epoch` epochs."""

    epoch: int
    mae: float
    rmse: float


class Story:
    """The facts of a run so far.

    `seconds` leaves out pauses, the time between two parts, and what is prepared before a part
    has started.

    `kind` is the last thing told of KINDS, empty before the first event. `doing` is the last of
    "preparing" and "validating", which tell how far they are, until what they are for has come.
    """

    def __init__(self) -> None:
        self.kind = ""
        self.began: float | None = None
        self.seconds = 0.0
        self.epochs = 0
        self.best: Score | None = None
        self.started: Event = {}
        self.step: Event = {}
        self.end: Event = {}
        self.doing: Event = {}
        self.warnings: list[Event] = []
        self._last = 0.0

    @property
    def ended(self) -> bool:
        return self.kind in ENDS

    @property
    def takes_orders(self) -> bool:
        """Whether it has said a word: before, a process is only being started."""
        return bool(self.started or self.doing)

    def add_all(self, events: Iterable[Event]) -> None:
        """Take events in; one that lacks what its kind should tell is passed over."""
        for event in events:
            with suppress(KeyError, TypeError, ValueError, OverflowError):
                self.add(event)

    def add(self, event: Event) -> None:
        """Take one event in; raises KeyError, TypeError or ValueError for a malformed one."""
        kind, time = event["event"], float(event["time"])
        if kind == "started":
            self._begin(event, time)
        elif kind == "step":
            # All are looked at first: half an event changes nothing.
            epoch, _ = int(event["epoch"]), [float(event[n]) for n in ("step", *COLUMNS[1:])]
            self.step, self.epochs = event, max(self.epochs, epoch - 1)
        elif kind == "validated":
            self._validated(event)
        elif kind == "warning" and event["message"]:
            self.warnings.append(event)
        elif kind in DOINGS:
            int(event["done"]), int(event["of"])
            self.doing = event
        elif kind in ENDS:
            self.end = event
        if kind != "started" and self.kind not in ("", "paused", *ENDS):
            self.seconds += max(time - self._last, 0.0) if self._last else 0.0
        self._last = time
        if kind in KINDS:
            self.kind = kind
        if kind in ("started", "step", "validated", *ENDS):
            self.doing = {}

    def _begin(self, event: Event, time: float) -> None:
        int(event["epochs"]), int(event["pictures"])
        self.began = time if self.began is None else self.began
        self.started, self.end = event, {}

    def _validated(self, event: Event) -> Score:
        score = Score(int(event["epoch"]), float(event["mae"]), float(event["rmse"]))
        self.epochs = max(self.epochs, score.epoch)
        if self.best is None or score.mae < self.best.mae:
            self.best = score
        return score


class History(Story):
    """The facts and the curves: a row of COLUMNS a step event, `epoch` as a number with a part.

    Where a run was cut off and did some steps again, the later ones hold.
    """

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.config = config
        self.scores: list[Score] = []
        self.previews = 0
        self._rows: NDArray[np.float64] = np.empty((1024, len(COLUMNS)))
        self._filled = 0
        self._per_epoch = 1

    def __len__(self) -> int:
        return self._filled

    def column(self, name: str) -> NDArray[np.float64]:
        """Return the values of one of COLUMNS so far."""
        return self._rows[: self._filled, COLUMNS.index(name)]

    @property
    def steps_done(self) -> int:
        """Steps from the beginning of the run to the last one told."""
        return round(self.column("epoch")[-1] * self._per_epoch) if self._filled else 0

    @property
    def steps_total(self) -> int:
        """Steps of the whole run; 0 before it is known how many pictures there are."""
        return self.config.epochs * self._per_epoch if self.started else 0

    def add(self, event: Event) -> None:
        super().add(event)
        if event["event"] == "step":
            place = int(event["epoch"]) - 1 + int(event["step"]) / self._per_epoch
            self._add_row(place, [float(event[name]) for name in COLUMNS[1:]])

    def _begin(self, event: Event, time: float) -> None:
        super()._begin(event, time)
        crops = int(event["pictures"]) * self.config.crops
        self._per_epoch = max(-(-crops // self.config.batch), 1)

    def _validated(self, event: Event) -> Score:
        score = super()._validated(event)
        self.scores = [old for old in self.scores if old.epoch < score.epoch] + [score]
        self.previews += event.get("preview") is not None
        return score

    def _add_row(self, place: float, values: list[float]) -> None:
        if self._filled and place <= self._rows[self._filled - 1, 0]:
            self._filled = int(np.searchsorted(self.column("epoch"), place - 1e-9))
        if self._filled == len(self._rows):
            self._rows = np.concatenate([self._rows, np.empty_like(self._rows)])
        self._rows[self._filled] = [place, *values]
        self._filled += 1


def smoothed(values: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    """Return the mean of each value and the `width` - 1 before it."""
    if width <= 1 or len(values) < 2:
        return values
    sums = np.concatenate([[0.0], np.cumsum(np.nan_to_num(values))])
    ends = np.arange(1, len(values) + 1)
    begins = np.maximum(ends - width, 0)
    means: NDArray[np.float64] = (sums[ends] - sums[begins]) / (ends - begins)
    return means
