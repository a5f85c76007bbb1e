"""The levels of a zone as a person sees them: a word, a colour, and a dash of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor

from models.errors import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from crowdgui.live.levels import ZoneReading

translate = QCoreApplication.translate

# By the word that logs and messages use; "" for a zone without capacity or area.
_NAMES = {
    "free": QT_TRANSLATE_NOOP("Levels", "free"),
    "moderate": QT_TRANSLATE_NOOP("Levels", "moderate"),
    "crowded": QT_TRANSLATE_NOOP("Levels", "crowded"),
    "very crowded": QT_TRANSLATE_NOOP("Levels", "very crowded"),
}
_COLOURS = {
    "": "#78beff", "free": "#5ac878", "moderate": "#f0c83c", "crowded": "#fa8c28",
    "very crowded": "#eb3c3c",
}  # fmt: skip
# The fuller, the more solid: told apart without colours, from afar and when printed.
_LINES = {
    "": Qt.PenStyle.SolidLine, "free": Qt.PenStyle.DotLine, "moderate": Qt.PenStyle.DashLine,
    "crowded": Qt.PenStyle.SolidLine, "very crowded": Qt.PenStyle.SolidLine,
}  # fmt: skip
_WIDTHS = {"crowded": 2.5, "very crowded": 4.5}


def level_name(word: str) -> str:
    """Return a level in the language of the window; "" stays "" (a zone without levels)."""
    return translate("Levels", _NAMES[word]) if word in _NAMES else word


def level_colour(word: str) -> QColor:
    return QColor(_COLOURS[word])


def level_line(word: str) -> tuple[Qt.PenStyle, float]:
    """Return how the outline of a zone of this level is drawn: its dashes and its width."""
    return _LINES[word], _WIDTHS.get(word, 2.0)


def known_levels(readings: Sequence[ZoneReading], *, old: bool) -> Sequence[ZoneReading]:
    """Return zones with the levels that are known: nobody sees how full a place is that was."""
    return [replace(reading, level=None) for reading in readings] if old else readings
