"""The live page with sources that are being counted."""

from __future__ import annotations

import threading

from pytestqt.qtbot import QtBot

from crowdgui.window.main_window import MainWindow

LIMIT_MS = 30_000


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
