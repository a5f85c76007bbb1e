"""A folder that was opened: which of its pictures are new, and which of those are whole."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from crowdgui.sources import picture_source
from crowdgui.window.counting.entries import Entry
from models.pictures import DAMAGE, FORMATS, MAX_PIXELS, is_candidate, natural_key

# A file that has not changed for so long is read to its end, to know that it is whole.
QUIET_S = 0.4
# One that cannot be read by then is damaged rather than unfinished: it is listed, as others are.
DAMAGED_S = 15.0
# What is larger is not decoded for this.
MOST_PIXELS = 40_000_000


@dataclass
class Arrival:
    """A new file: its size and time, since when they are so, and whether reading has failed."""

    stamp: tuple[int, int]
    since: float
    failed: bool = False


class WatchedFolder:
    """Knows the names in a folder; used by one thread at a time, and all may take a while."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # What is listed, and what a person has taken off the list.
        self.known: set[str] = set()
        self.there = True
        self._arrivals: dict[str, Arrival] = {}
        # Names that are no pictures'.
        self._others: set[str] = set()
        self._stamp = 0

    def look(self, now: float, thorough: bool = True) -> list[Entry]:
        """Return the new pictures that are whole, in their order; `now` is in seconds.

        Not thorough, it looks for new names only where the folder has another time stamp.
        """
        before, self._stamp = self._stamp, _folder_stamp(self.path)
        self.there = self._stamp != 0
        if self.there and (thorough or self._stamp != before):
            self._list(now)
        whole = [name for name in tuple(self._arrivals) if self._is_whole(name, now)]
        self.known.update(whole)
        for name in whole:
            del self._arrivals[name]
        return [_entry(self.path / name) for name in sorted(whole, key=natural_key)]

    def is_moving(self, now: float) -> bool:
        """Return whether a new file has only just changed, so that another look is due soon."""
        return any(now - one.since < 2 * QUIET_S for one in self._arrivals.values())

    def _list(self, now: float) -> None:
        try:
            with os.scandir(self.path) as found:
                names = {one.name for one in found}
        except OSError:
            self.there = False
            return
        self._others &= names
        for name in names - self.known - self._others - self._arrivals.keys():
            if is_candidate(self.path / name):
                self._arrivals[name] = Arrival((0, 0), now)
            else:
                self._others.add(name)

    def _is_whole(self, name: str, now: float) -> bool:
        """Look at a new file; one that is gone is forgotten."""
        one, stamp = self._arrivals[name], _file_stamp(self.path / name)
        if stamp is None:
            del self._arrivals[name]
            return False
        if stamp != one.stamp:
            self._arrivals[name] = Arrival(stamp, now)
            return False
        quiet = now - one.since
        if quiet < QUIET_S or (one.failed and quiet < DAMAGED_S) or not stamp[0]:
            return False
        one.failed = one.failed or not _reads_to_its_end(self.path / name)
        return not one.failed or quiet >= DAMAGED_S


def _entry(path: Path) -> Entry:
    entry = Entry(picture_source(path))
    # Worked out here, not in the window's thread.
    entry.folder, entry.sort_key  # noqa: B018
    return entry


def _reads_to_its_end(path: Path) -> bool:
    try:
        with Image.open(path, formats=FORMATS) as opened:
            # What is too large is refused when it is opened.
            too_large = opened.width * opened.height > MAX_PIXELS
            # A JPEG is read as a small picture, which takes a fraction of the time.
            opened.draft("RGB", (64, 64))
            if not too_large and opened.width * opened.height <= MOST_PIXELS:
                opened.load()
    except (MemoryError, *DAMAGE):
        return False
    return True


def _folder_stamp(path: Path) -> int:
    """Return when a folder has changed; 0 where it is not there or cannot be looked at."""
    try:
        return path.stat().st_mtime_ns or 1
    except OSError:
        return 0


def _file_stamp(path: Path) -> tuple[int, int] | None:
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_size, facts.st_mtime_ns
