"""What is said of a source: its state, its delay, its figures."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from crowdgui.window.language import say
from models.errors import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from crowdgui.live.session import LiveState

translate = QCoreApplication.translate
NOTHING = "–"
STATES = {
    "opening": QT_TRANSLATE_NOOP("LiveState", "Connecting…"),
    "live": QT_TRANSLATE_NOOP("LiveState", "Live"),
    "stalled": QT_TRANSLATE_NOOP("LiveState", "Interrupted"),
    "ended": QT_TRANSLATE_NOOP("LiveState", "The video is over"),
    "closed": QT_TRANSLATE_NOOP("LiveState", "Ended"),
}
RETRY = QT_TRANSLATE_NOOP("LiveState", "Reconnecting in {seconds} s")
RECONNECTING = QT_TRANSLATE_NOOP("LiveState", "Reconnecting…")
DOWN = QT_TRANSLATE_NOOP("LiveState", "Down since {time}")


def short_name(name: str) -> str:
    """Return a source's name without the folders of a file; addresses and cameras stay whole."""
    return name if "://" in name else re.split(r"[/\\]", name)[-1]


def state_words(state: LiveState) -> str:
    """Return where a source stands, in a few words."""
    if state.retry_s is not None:
        return translate("LiveState", RETRY).format(seconds=max(round(state.retry_s), 1))
    if state.state.value == "stalled":
        return translate("LiveState", RECONNECTING)
    return translate("LiveState", STATES[state.state.value])


def down_words(state: LiveState) -> str:
    """Return since when a source has given no picture; "" for one that gives some."""
    if state.down_since is None:
        return ""
    return translate("LiveState", DOWN).format(time=time_words(state.down_since))


def time_words(moment: float) -> str:
    """Return a moment (seconds since 1970) as hours and minutes, with its date if not today's."""
    then = time.localtime(moment)
    today = then[:3] == time.localtime()[:3]
    return time.strftime("%H:%M" if today else "%Y-%m-%d %H:%M", then)


def is_old(state: LiveState) -> bool:
    """Whether what was counted last is no longer what the source shows."""
    return state.latest is not None and not state.fresh


def problem_words(state: LiveState) -> str:
    """Return what is wrong with a source as a sentence; "" where nothing is."""
    return "" if state.problem is None else say(state.problem)


def message_of(state: LiveState) -> str:
    """Return what is to be written over the picture: nothing while all is well."""
    live, problem = state.state.value == "live", problem_words(state)
    if live and not problem:
        return ""
    words = "" if live else state_words(state)
    return "\n".join(part for part in (words, problem) if part)


def per_second(rate: float) -> str:
    return f"{rate:.1f}"


def milliseconds(value: float | None) -> str:
    """Return a time as a person reads it: ms below 10 s, seconds above."""
    if value is None:
        return NOTHING
    return f"{value:,.0f} ms" if value < 10_000 else f"{value / 1000:,.0f} s"
