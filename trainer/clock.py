"""Mean losses since the last event, crops per second, and the time still to go."""

from __future__ import annotations

import time
from typing import Any

from trainer.events import Event, make_event

TOLD_EVERY = 1.0
STEPS_OF_MEAN = 100


class Clock:
    """Counts what is done between two step events."""

    def __init__(self, total_steps: int) -> None:
        self.total_steps = total_steps
        self._truth = 0.0
        self._step_s: float | None = None
        self._validation_s = 0.0
        self.restart()

    def restart(self, waited: float = 0.0) -> None:
        """Forget what was counted: the time since then was no training.

        `waited` are the seconds that the network has waited for crops so far.
        """
        self._since, self._waited = time.perf_counter(), waited
        self._steps = self._crops = 0
        self._sums: dict[str, float] = {}

    def count(self, crops: int, losses: dict[str, float]) -> None:
        """Take a step in; `losses` has `labelled`, the share of crops that `loss_truth` is of."""
        self._steps += 1
        self._crops += crops
        for name, value in losses.items():
            self._sums[name] = self._sums.get(name, 0.0) + value

    def validated(self, seconds: float) -> None:
        """Take note of how long a validation takes."""
        self._validation_s = seconds

    def event(self, done: int, waited: float, validations: int = 0, **place: Any) -> Event:
        """Return the step event after `done` steps of all, and start anew.

        `validations` are still to come; how long one takes is known after the first. Its
        `images_per_s` are crops.
        """
        seconds = time.perf_counter() - self._since
        step_s = seconds / self._steps
        # A single step says little: the mean of the last hundred or so.
        share = min(self._steps / STEPS_OF_MEAN, 1.0)
        self._step_s = step_s if self._step_s is None else self._step_s
        self._step_s += share * (step_s - self._step_s)
        left = self._step_s * (self.total_steps - done) + self._validation_s * validations
        losses = {name: total / self._steps for name, total in self._sums.items()}
        # Where no crop had a truth, the last value holds.
        labelled = losses.pop("labelled")
        self._truth = losses["loss_truth"] / labelled if labelled else self._truth
        losses["loss_truth"] = self._truth
        event = make_event(
            "step",
            **place,
            **losses,
            images_per_s=round(self._crops / seconds, 2),
            data_share=round((waited - self._waited) / seconds, 3),
            eta_s=round(left),
        )
        self.restart(waited)
        return event


class Pace:
    """Says when progress may be told again, so that an events file stays small."""

    def __init__(self) -> None:
        self._told = time.monotonic()

    def due(self) -> bool:
        """Return whether TOLD_EVERY seconds have passed since the last time, or the beginning."""
        if time.monotonic() - self._told < TOLD_EVERY:
            return False
        self._told = time.monotonic()
        return True
