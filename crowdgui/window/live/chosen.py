"""What a person has chosen on the live page, as it is remembered."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from crowdgui.window.settings import Settings

MOST_MINUTES = 1440
INTERVALS = (1, 10, 60, 300)
# The longer side of what is counted, in pixels; 0 as it comes.
SIZES = (0, 1280, 960, 640)
Kind = TypeVar("Kind", bool, int, str)


class Chosen:
    """Reads the settings of the live page; what is wrong in their file takes its default."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @property
    def model(self) -> str:
        return self._kept("model", "")

    @property
    def longest_side(self) -> int:
        return self._one_of(SIZES, "longest_side")

    @property
    def second(self) -> str:
        """The model that is asked for a second opinion."""
        return self._kept("second", "")

    @property
    def second_minutes(self) -> int:
        """How often it is asked by itself; 0: only on request."""
        minutes = self._kept("second_minutes", 0)
        return minutes if 0 <= minutes <= MOST_MINUTES else 0

    @property
    def csv(self) -> bool:
        return self._kept("csv", False)

    @property
    def sqlite(self) -> bool:
        return self._kept("sqlite", False)

    @property
    def mqtt(self) -> bool:
        return self._kept("mqtt", False)

    @property
    def interval(self) -> int:
        """The seconds between two rows of the log."""
        return self._one_of(INTERVALS, "interval")

    @property
    def log_folder(self) -> Path:
        kept = self._kept("log_folder", "")
        return Path(kept) if kept else Path.home() / "crowdgui"

    @property
    def sound(self) -> bool:
        return self._kept("sound", True)

    def _kept(self, name: str, default: Kind) -> Kind:
        """Return what is remembered, if it is of the default's kind."""
        kept = self._settings.live.get(name, default)
        return kept if type(kept) is type(default) else default

    def _one_of(self, choices: tuple[int, ...], name: str) -> int:
        kept = self._kept(name, choices[0])
        return kept if kept in choices else choices[0]
