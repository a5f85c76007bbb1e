"""How what is said of a source fits on its tile, however small that is."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF

from crowdgui.live.credentials import without_password
from crowdgui.window.live.words import is_old, message_of, short_name

if TYPE_CHECKING:
    from crowdgui.live.session import LiveState
    from crowdgui.window.live.view import LiveView

# Letters in pixels, the largest first; smaller ones cannot be read.
NAME_PX, MESSAGE_PX = (12, 11, 10), (12, 11, 10, 9)
# An address's scheme, and its user with what stands for the password.
BEFORE_HOST = re.compile(r"^\w+://(?:[^/?#]*@)?")
MESSAGE_FLAGS = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap

MakeFont = Callable[[float], QFont]


def say_tile(view: LiveView, state: LiveState, given: str, recording: str) -> None:
    """Write on a tile what its source is called by a person or its address, and how it fares."""
    count = f"{state.latest.smooth:,.0f}" if state.latest is not None else ""
    words, address = message_of(state).partition("\n")[0], without_password(state.name)
    view.say(words, given or tile_name(state.name), count, recording)
    view.set_stale(is_old(state))
    view.setToolTip(f"{given}\n{address}" if given else address)
    view.setAccessibleName(f"{given or state.name} {count} {words}".strip())


def tile_name(name: str) -> str:
    """Return a source's name for its tile: of an address what follows its scheme and user."""
    return BEFORE_HOST.sub("", short_name(name))


def fit_name(name: str, width: float, make_font: MakeFont) -> tuple[str, float]:
    """Return a name as it fits into so many pixels, and the size of its letters.

    Before its letters are gone, they are smaller; and the host of an address, which stands
    before the first slash, goes last: of the rest the end stays, where cameras of one host differ.
    """
    for pixels in NAME_PX:
        if QFontMetricsF(make_font(pixels)).horizontalAdvance(name) <= width:
            return name, pixels
    host, slash, path = name.partition("/")
    for head, pixels in product((host, host.partition(":")[0]) if slash else (), NAME_PX):
        metrics = QFontMetricsF(make_font(pixels))
        if metrics.horizontalAdvance(f"{head}/…") <= width:
            room = width - metrics.horizontalAdvance(f"{head}/")
            return f"{head}/{metrics.elidedText(path, Qt.TextElideMode.ElideLeft, room)}", pixels
    metrics = QFontMetricsF(make_font(NAME_PX[-1]))
    return metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, width), NAME_PX[-1]


def fit_message(message: str, room: QRectF, make_font: MakeFont) -> tuple[str, float]:
    """Return a message as it fits into a room, and its letters' size: in a line if it can be."""
    for flags, pixels in product((Qt.AlignmentFlag.AlignCenter, MESSAGE_FLAGS), MESSAGE_PX):
        metrics = QFontMetricsF(make_font(pixels))
        needed = metrics.boundingRect(room, flags.value, message)
        if needed.height() <= room.height() and needed.width() <= room.width():
            return message, pixels
    metrics = QFontMetricsF(make_font(MESSAGE_PX[-1]))
    right = Qt.TextElideMode.ElideRight
    return metrics.elidedText(message, right, room.width()), MESSAGE_PX[-1]
