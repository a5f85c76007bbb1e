"""Captions with a name and a number, in which the name alone may be cut."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

NAME = "{name}"


def fitted(caption: str, name: str, metrics: QFontMetrics, width: int) -> str:
    """Put a name for "{name}" in a caption, cut in the middle to what room there is."""
    room = max(width - metrics.horizontalAdvance(caption.replace(NAME, "")), 0)
    cut = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room)
    return caption.replace(NAME, cut)
