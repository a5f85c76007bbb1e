"""The window never waits for a network, and leaves no thread behind."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QThread, QTimer, Slot
from pytestqt.qtbot import QtBot

from crowdgui.window.counting import worker
from crowdgui.window.main_window import MainWindow

Grey = Callable[..., str]
Wait = Callable[[MainWindow], None]


class Heartbeat(QObject):
    """A 10 ms timer in the GUI thread that remembers its largest gap."""

    def __init__(self) -> None:
        super().__init__()
        self.largest, self.beats = 0.0, 0
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=10, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    @Slot()
    def _beat(self) -> None:
        now = time.perf_counter()
        self.largest, self._last = max(self.largest, now - self._last), now
        self.beats += 1


def test_window_lives_while_a_slow_network_counts(
    window: MainWindow, fakes: dict, grey: Grey, wait_idle: Wait, qtbot: QtBot
) -> None:
    window.open_words([grey(10), grey(20, size=(1600, 1200))])
    wait_idle(window)
    qtbot.wait(100)
    fakes["alpha"].seconds = 1.0
    gaps: list[float] = []
    # A shared machine pauses by itself now and then; a network in the GUI thread always would.
    while not gaps or (min(gaps) >= 0.1 and len(gaps) < 4):
        heart = Heartbeat()
        window.page.choose(1)
        wait_idle(window)
        assert window.page.facts.count.text() == "20"
        assert heart.beats > 10
        gaps.append(heart.largest)
    assert min(gaps) < 0.1, gaps


def test_picture_is_read_in_the_worker(window: MainWindow, wait_idle: Wait) -> None:
    import numpy as np

    from crowdgui.sources import Source

    threads: list[int] = []

    def read() -> np.ndarray:
        threads.append(threading.get_ident())
        return np.zeros((64, 64, 3), np.uint8)

    def find_truth() -> int:
        threads.append(threading.get_ident())
        return 5

    window.page.choose(window.page.session.add([Source("x.png", read, find_truth)]))
    wait_idle(window)
    assert len(threads) == 2
    assert threading.get_ident() not in threads
    assert window.page.facts.truth.text().startswith("true count 5")


def test_demo_scene_is_not_rendered_in_the_gui_thread(
    window: MainWindow, wait_idle: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crowdgui import sources

    threads: list[str] = []
    render = sources.render_scene

    def watched(seed: int) -> object:
        threads.append(QThread.currentThread().objectName())
        return render(seed)

    sources.demo_scene.cache_clear()
    monkeypatch.setattr(sources, "render_scene", watched)
    window.page.show_demo()
    wait_idle(window)
    assert threads == ["counting"]


def test_closing_while_counting_ends_the_thread(
    window: MainWindow, fakes: dict, grey: Grey, home: Path, qtbot: QtBot
) -> None:
    alpha = fakes["alpha"]
    alpha.seconds = 0.5
    window.open_words([grey(10), grey(20)])
    qtbot.waitUntil(alpha.begun.is_set)
    window.page.choose(1)
    began = time.perf_counter()
    window.close()
    assert time.perf_counter() - began < 3
    assert window.page.counter.thread_.isFinished()
    assert not window.still_counting
    assert alpha.seen == [10.0]
    assert (home / "settings.json").exists()
    qtbot.wait(50)
    assert window.page.session.result is None


def test_network_that_does_not_end_is_told_of(
    window: MainWindow,
    fakes: dict,
    grey: Grey,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(worker, "JOIN_MS", 100)
    fakes["alpha"].gate.clear()
    window.open_words([grey(10)])
    qtbot.waitUntil(fakes["alpha"].begun.is_set)
    window.close()
    assert window.still_counting
    fakes["alpha"].gate.set()
    qtbot.waitUntil(window.page.counter.thread_.isFinished)
