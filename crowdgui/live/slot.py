"""The one place where a frame waits."""

from __future__ import annotations

import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class Slot(Generic[T]):
    """Holds the newest item alone; `skipped` counts those that nobody took in time.

    Whoever takes one says when it is `done` with.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._item: T | None = None
        self._at_hand = False
        self.skipped = 0

    @property
    def idle(self) -> bool:
        """Whether nothing waits, and what was taken last is done with."""
        with self._lock:
            return self._item is None and not self._at_hand

    def put(self, item: T) -> None:
        with self._lock:
            if self._item is not None:
                self.skipped += 1
            self._item = item

    def take(self) -> T | None:
        """Return the newest item, once."""
        with self._lock:
            item, self._item = self._item, None
            self._at_hand = item is not None
            return item

    def done(self) -> None:
        with self._lock:
            self._at_hand = False
