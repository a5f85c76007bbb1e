"""A run's events as they come: only what is new is read, and what is no event is passed over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from trainer.events import Event

PIECE = 256 * 1024


class Follower:
    """Reads a growing events.jsonl from where it stopped.

    A line is taken only when it is whole. A file that became shorter is another one, and is read
    from its beginning.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._place = 0
        self._rest = b""

    def pieces(self) -> Iterator[list[Event]]:
        """Yield the new events, those of at most PIECE bytes at a time."""
        while True:
            try:
                with self.path.open("rb") as file:
                    if self.path.stat().st_size < self._place:
                        self._place, self._rest = 0, b""
                    file.seek(self._place)
                    read = file.read(PIECE)
            except OSError:
                # Not there yet, or out of reach for now: the next look may find it.
                return
            if not read:
                return
            self._place += len(read)
            *lines, self._rest = (self._rest + read).split(b"\n")
            yield [event for line in lines if (event := _event(line)) is not None]

    def events(self) -> list[Event]:
        """Return all new events at once."""
        return [event for piece in self.pieces() for event in piece]


def read_events(path: Path) -> list[Event]:
    """Return the events of a run so far, none where there is no file."""
    return Follower(path).events()


def _event(line: bytes) -> Event | None:
    try:
        event = json.loads(line)
        if isinstance(event, dict) and isinstance(event["event"], str):
            float(event["time"])
            return event
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    return None
