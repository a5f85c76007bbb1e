"""When the training page looks for what is new, and when it does not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crowdgui.window.main_window import MainWindow
from crowdgui.window.training.page import TrainingPage
from small_trainings import TINY, WAIT, begin, end
from trainer.config import make_config
from trainer.events import Event, append_event, make_event
from trainer.runs import begin_run, occupied


@pytest.fixture
def other(page: TrainingPage, data: Path) -> Path:
    """Return a run that was not started in this window."""
    facts = {key: value for key, value in TINY.items() if key != "preset"}
    folder = begin_run(make_config({**facts, "data": [str(data)]}), page.session.root / "other")
    append_event(folder / "events.jsonl", make_event("started", epochs=4, pictures=8))
    return folder


def timers(page: TrainingPage) -> tuple[bool, bool]:
    return page.pacing.reading.isActive(), page.pacing.listing.isActive()


def test_of_a_run_that_is_over_nothing_more_is_read(
    page: TrainingPage, window: MainWindow, other: Path, qtbot: QtBot
) -> None:
    page.show_run(other)
    qtbot.waitUntil(lambda: page.session.phase == "cut off", timeout=WAIT)
    assert timers(page) == (False, True)
    window.show_page("count")
    assert timers(page) == (False, False)
    append_event(other / "events.jsonl", make_event("finished"))
    window.show_page("train")
    assert timers(page) == (False, True)
    qtbot.waitUntil(lambda: page.session.phase == "finished", timeout=WAIT)


def test_what_is_asked_for_while_it_is_read_is_read_afterwards(
    page: TrainingPage, other: Path, qtbot: QtBot
) -> None:
    page.show_run(other)
    qtbot.waitUntil(lambda: page.session.phase == "cut off", timeout=WAIT)
    page.pacing.stop()
    follower = page.session._follower
    qtbot.waitUntil(lambda: not page.session._reading, timeout=WAIT)
    at_end, gate, pieces = threading.Event(), threading.Event(), follower.pieces

    def slow() -> Iterator[list[Event]]:
        yield from pieces()
        at_end.set()
        gate.wait(WAIT / 1000)

    follower.pieces = slow
    page.session.read()
    assert at_end.wait(WAIT / 1000)
    append_event(other / "events.jsonl", make_event("finished"))
    page.session.read()
    gate.set()
    qtbot.waitUntil(lambda: page.session.phase == "finished", timeout=WAIT)


def test_a_run_of_elsewhere_is_noticed_and_read_while_the_page_is_seen(
    page: TrainingPage, window: MainWindow, other: Path, qtbot: QtBot
) -> None:
    page.show_run(other)
    qtbot.waitUntil(lambda: page.session.phase == "cut off", timeout=WAIT)
    with occupied(other):
        qtbot.waitUntil(lambda: page.session.phase == "elsewhere", timeout=WAIT)
        assert timers(page) == (True, True)
        window.show_page("count")
        assert timers(page) == (False, False)
        window.show_page("train")
        assert timers(page) == (True, True)
        append_event(other / "events.jsonl", make_event("finished"))
    qtbot.waitUntil(lambda: page.session.phase == "finished", timeout=WAIT)
    assert timers(page) == (False, True)


def test_a_training_of_this_window_is_followed_behind_other_pages_and_no_longer(
    page: TrainingPage, window: MainWindow, qtbot: QtBot
) -> None:
    begin(page, qtbot)
    window.show_page("count")
    assert timers(page) == (True, True)
    end(page, qtbot)
    assert timers(page) == (False, False)
    qtbot.waitUntil(lambda: [row.state for row in page.session.rows] == ["stopped"], timeout=WAIT)
