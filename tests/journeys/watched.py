"""The program with a heart: a 10 ms timer in the GUI thread writes down its gaps.

Started as `python watched.py FOLDER WORDS…`. In FOLDER it writes `beats.jsonl`, one line a gap
above LONG_S: `at` (seconds since the window came), `gap` (seconds without a beat), `busy` (seconds
of it that the GUI thread itself computed), `page`, `phase` (of the training); the last line is
`{"beats": …, "largest": …}`.
`state.json` says, a few times a second, what a person sees and where things are on the screen.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget

from crowdgui.live.session import LiveSource
from crowdgui.window import start
from crowdgui.window.main_window import MainWindow
from crowdgui.window.theme import current_scheme

LONG_S = 0.05
FIRST_BEATS = 50


class Heart(QObject):
    """Beats in the GUI thread to the end."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        super().__init__(window)
        self._window, self._folder = window, folder
        self._beats, self._largest = 0, 0.0
        self._began = self._last = time.perf_counter()
        self._busy = time.thread_time()
        self._report = (folder / "beats.jsonl").open("w", encoding="utf-8", buffering=1)
        self._timer = QTimer(self, interval=10, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()
        self._state = QTimer(self, interval=300)
        self._state.timeout.connect(self._write_state)
        self._state.start()

    @Slot()
    def _beat(self) -> None:
        now, busy = time.perf_counter(), time.thread_time()
        gap = now - self._last
        # The first beats are those of the start itself.
        if self._beats > FIRST_BEATS:
            self._largest = max(self._largest, gap)
            if gap > LONG_S:
                self._write(at=now - self._began, gap=gap, busy=busy - self._busy,
                            page=self._window.front, phase=phase_of(self._window))  # fmt: skip
        self._beats += 1
        self._last, self._busy = now, busy

    @Slot()
    def _write_state(self) -> None:
        # Not flushed to the disk: waiting for that would be a gap of the observer's own.
        fresh = self._folder / "state.new"
        fresh.write_text(json.dumps(state_of(self._window)), "utf-8")
        fresh.replace(self._folder / "state.json")

    @Slot()
    def stop(self) -> None:
        self._timer.stop()
        # What is looked at goes with the window.
        self._state.stop()
        self._write(beats=self._beats, largest=self._largest)
        self._report.close()

    def _write(self, **facts: object) -> None:
        self._report.write(json.dumps(facts) + "\n")


def state_of(window: MainWindow) -> dict[str, Any]:
    """Return what a person sees, and where on the screen what they would click is."""
    session, header = window.page.session, window.page.list.tree.header()
    count = header.sectionViewportPosition(1) + header.sectionSize(1) // 2
    state: dict[str, Any] = {
        "page": window.front,
        "title": window.windowTitle(),
        "opened": len(session.entries),
        "counted": sum(session.model in entry.results for entry in session.entries),
        "busy": session.busy or window.works.isVisible(),
        "dark": current_scheme().dark,
        "language": window.language,
        "dialog": bool(QApplication.activeModalWidget()),
        "active": window.isActiveWindow(),
        "model": session.model,
        "phase": phase_of(window),
        "enabled": [name for name, action in window.actions_.all().items() if action.isEnabled()],
        "notices": [bar.notice.text() for bar in window.notices.bars()],
        "places": {"count header": _place(header.viewport(), QPoint(count, header.height() // 2))},
    }
    for bar in window.notices.bars():
        if bar.notice.action is not None:
            button = bar.action_button
            state["places"]["notice"] = _place(button, button.rect().center())
    rows = window.page.list.rows
    state["first"] = rows.index(0, 0).data() if rows.rowCount() else ""
    if "compare" in window.pages:
        state["compared"] = len(window.pages["compare"].results)  # type: ignore[attr-defined]
    if "evaluate" in window.pages:
        page = window.evaluating
        ones = page.results.ones if page.results else {}
        state["evaluated"] = sum(map(len, ones.values()))
        state["data"] = page.data is not None
        for one in next(iter(ones.values()), [])[:1]:
            at = page.scatter.place_of(one).toPoint()
            state["places"]["point"] = _place(page.scatter.plot.viewport(), at)
            state["point"] = one.path.name
    if "label" in window.pages:
        page = window.labelling
        state["marked"] = page.heads
        state["progress"] = page.progress.text()
        state["unsaved"] = page.keeper.unsaved
        for name, (x, y) in {"left": (60, 120), "right": (240, 90)}.items():
            state["places"][name] = _place(page.view.viewport(), page.view.mapFromScene(x, y))
    if "live" in window.pages:
        state["live"] = [live_facts(window, source) for source in window.live.hub.sources]
    return state


def live_facts(window: MainWindow, source: LiveSource) -> dict[str, Any]:
    """Return how a live source fares, and what the page says of the large one."""
    state = source.state()
    large = window.live.source is source
    return {
        "name": source.name,
        "state": state.state.value,
        "frames": state.stats.frames,
        "processed": state.stats.processed,
        "reconnects": state.stats.reconnects,
        "shown": window.live.figures.state.text() if large else "",
        "message": window.live.live_view.message if large else "",
        "count": window.live.figures.count.text() if large else "",
    }


def phase_of(window: MainWindow) -> str:
    """Return what the training of the window is at, empty while nobody asked for its page."""
    return window.training.session.phase if "train" in window.pages else ""


def _place(widget: QWidget, at: QPoint) -> list[int]:
    place = widget.mapToGlobal(at)
    return [place.x(), place.y()]


def main() -> None:
    folder, words = Path(sys.argv[1]), sys.argv[2:]
    make = start.make_window

    def watched(app: QApplication, language: str) -> MainWindow:
        window = make(app, language)
        heart = Heart(window, folder)
        app.lastWindowClosed.connect(heart.stop)
        return window

    start.make_window = watched
    sys.exit(start.open_window(words, "en"))


if __name__ == "__main__":
    main()
