"""The live page with sources that are being counted."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from crowdgui.live import recording
from crowdgui.window.main_window import MainWindow

LIMIT_MS = 60_000


def live_threads() -> list[str]:
    names = ("live inference", "live watchdog", "live pictures", "live log", "live recording",
             "second opinion", "reader ")  # fmt: skip
    return [thread.name for thread in threading.enumerate() if thread.name.startswith(names)]


def wait_for_count(window: MainWindow, qtbot: QtBot, sources: int = 1) -> None:
    """Wait until so many sources are counted, and the large one is seen."""
    page = window.live

    def counted() -> bool:
        there = page.hub.sources
        return len(there) == sources and all(source.latest is not None for source in there)

    qtbot.waitUntil(counted, timeout=LIMIT_MS)
    qtbot.waitUntil(lambda: page.live_view.made is not None, timeout=LIMIT_MS)


def add(window: MainWindow, qtbot: QtBot, *words: str) -> None:
    before = len(window.live.hub.sources)
    window.live.open_words(list(words))
    wait_for_count(window, qtbot, before + len(words))


def colours_drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that gets the colour map of each picture that is drawn for a file."""
    drawn, draw = list[str](), recording.draw_overlay

    def spied(
        picture: Any, density: Any, grid: Any, opacity: float, colour_map: str = "inferno"
    ) -> Any:
        drawn.append(colour_map)
        return draw(picture, density, grid, opacity, colour_map)

    monkeypatch.setattr(recording, "draw_overlay", spied)
    return drawn
