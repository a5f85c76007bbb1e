"""The orders that a run is given: its first process takes them, and all of them obey."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator

from trainer.events import Event, make_event
from trainer.parallel import Ranks

# Both stop a run; only the first is somebody's wish.
STOPS = ("stop", "parent-gone")
# An order is "pause", "resume" or one of STOPS; the function returns the oldest not yet taken.
Orders = Callable[[], str | None]


class OrderTaker:
    """Takes a run's orders; `parent_gone` says that it was stopped as nobody watches any more."""

    def __init__(self, orders: Orders, ranks: Ranks, device: str) -> None:
        self._orders, self._ranks, self._device = orders, ranks, device
        self.parent_gone = False

    def obey(
        self, epoch: int, step: int, keep: Callable[[], None] = lambda: None
    ) -> Generator[Event, None, str | None]:
        """Take the next order, and wait while paused; returns the last one that was taken.

        `keep` saves what is done, of an `epoch` so many steps, before a pause or a stop.
        """
        order = self._next()
        if order in ("pause", *STOPS) and self._ranks.first:
            keep()
        if order == "pause":
            yield make_event("paused", epoch=epoch, step=step)
            # Asked anew each time: an order reaches several processes together.
            while (order := self._next()) not in ("resume", *STOPS):
                time.sleep(0.1)
            if order == "resume":
                yield make_event("resumed", epoch=epoch, step=step)
        self.parent_gone = order == "parent-gone"
        return order

    def _next(self) -> str | None:
        order = self._orders() if self._ranks.first else None
        return self._ranks.tell_order(order, self._device)
