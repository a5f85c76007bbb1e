"""Hands over a long file's events so that the window's thread has its turn between."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Semaphore

from trainer.events import Event
from trainer.follow import Follower

# Should the window be gone, nobody says that a piece was taken in.
PATIENCE_S = 1.0


class Paced:
    """The new events of a run, a piece at a time: the next once the last was taken in.

    Otherwise the pieces of a long file wait in the window's queue, which it empties in one go.
    """

    def __init__(self, follower: Follower) -> None:
        self._follower = follower
        self._free = Semaphore(1)

    def pieces(self) -> Iterator[list[Event]]:
        """Yield them in the thread that reads."""
        for piece in self._follower.pieces():
            self._free.acquire(timeout=PATIENCE_S)
            yield piece

    def taken(self) -> None:
        """Say in the window's thread that the last piece was taken in."""
        self._free.release()
