"""What Start does when it is pressed twice, early, or with data that is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QProcess
from pytestqt.qtbot import QtBot

from crowdgui.window.main_window import MainWindow
from crowdgui.window.training import tasks
from crowdgui.window.training.page import TrainingPage
from crowdgui.window.training.session import TrainingSession
from small_trainings import TINY, WAIT, begin, end
from trainer.config import make_config
from trainer.events import append_event, make_event
from trainer.runs import begin_run


def test_a_second_click_begins_no_second_run(page: TrainingPage, qtbot: QtBot) -> None:
    page.start()
    assert page.session.phase == "starting"
    assert not page.start_button.isEnabled()
    page.start()
    qtbot.waitUntil(lambda: page.session.phase == "running", timeout=WAIT)
    end(page, qtbot)
    assert len(list(page.session.root.glob("*/config.json"))) == 1


def test_a_run_that_cannot_be_made_leaves_start_as_it_was(
    page: TrainingPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.session.root.parent.mkdir(parents=True, exist_ok=True)
    page.session.root.write_text("no folder")
    page.start()
    qtbot.waitUntil(lambda: not page.session.at_work, timeout=WAIT)
    assert "cannot be written" in window.notices.bars()[0].notice.text()
    assert page.start_button.isEnabled()
    page.session.root.unlink()


def test_data_chosen_while_scenes_are_drawn_is_only_looked_at(
    page: TrainingPage, data: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.data = None
    monkeypatch.setattr(tasks, "render_scenes", lambda _number: iter(()))
    page.start()
    page.open_data(data)
    qtbot.waitUntil(lambda: page.data is not None and page.data.problems is not None)
    assert page.session.phase == "none"


def test_data_that_is_gone_is_named(
    home: Path, new_window: Callable[..., MainWindow], fakes: object, qtbot: QtBot
) -> None:
    window = new_window()
    window.settings.training["data"] = "/nowhere/part_A"
    window.show_page("train")
    qtbot.waitUntil(lambda: bool(window.notices.bars()), timeout=WAIT)
    assert "/nowhere/part_A does not exist" in window.notices.bars()[0].notice.text()


def test_the_run_at_work_stays_on_the_screen(
    page: TrainingPage, window: MainWindow, qtbot: QtBot
) -> None:
    run = begin(page, qtbot)
    page.tabs.setCurrentWidget(page.runs)
    page.show_run(run.parent / "another")
    assert page.session.run == run
    assert page.tabs.currentWidget() is page.runs
    assert "at work" in window.notices.bars()[0].notice.text()
    end(page, qtbot)


def test_nothing_is_trained_on_before_it_was_looked_at(
    page: TrainingPage, window: MainWindow, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "look_at", lambda _folder: iter(()))
    page.open_data(data)
    assert page.looking
    assert not page.start_button.isEnabled()
    assert not window.actions_["train-start"].isEnabled()
    page.start()
    page.sweeps.start()
    assert page.session.phase == "none"
    assert not page._start_then


def test_an_offer_stays_until_somebody_has_answered(
    home: Path, data: Path, new_window: Callable[..., MainWindow], fakes: object, qtbot: QtBot
) -> None:
    facts = {key: value for key, value in TINY.items() if key != "preset"}
    folder = begin_run(make_config({**facts, "data": [str(data)]}), home / "runs" / "mcnn-1")
    append_event(folder / "events.jsonl", make_event("started", epochs=4, pictures=3))
    window = new_window()
    qtbot.waitUntil(lambda: bool(window.notices.bars()), timeout=WAIT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TrainingSession, "at_work", True)
        window.notices.bars()[0].action_button.click()
        said = [bar.notice.text() for bar in window.notices.bars()]
    assert said == [
        "The training mcnn-1 was cut off after 0 epochs.",
        "A training is at work; this one can be continued when it ends.",
    ]
    assert "offered" not in window.settings.training
    window.notices.bars()[0].close_button.click()
    assert window.settings.training["offered"] == "mcnn-1 0"


def test_a_child_that_cannot_be_started_leaves_the_page_free(
    page: TrainingPage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = QProcess.ProcessError.FailedToStart
    monkeypatch.setattr(QProcess, "error", lambda _process: failed)
    monkeypatch.setattr(QProcess, "start", lambda process: process.errorOccurred.emit(failed))
    page.start()
    assert page.session.at_work
    qtbot.waitUntil(lambda: not page.session.at_work, timeout=WAIT)
    assert page.start_button.isEnabled()
    assert window.notices.bars()


def test_a_look_that_is_cancelled_says_so(
    page: TrainingPage, data: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, partial = Event(), tasks.DataFacts(data, "own data", True, {"train": 3, "val": 1})

    def look(_folder: Path) -> Iterator[tasks.DataFacts]:
        yield partial
        gate.wait()
        yield partial

    monkeypatch.setattr(tasks, "look_at", look)
    page.open_data(data)
    qtbot.waitUntil(lambda: page.data is partial)
    assert page.estimate.text() == "Counting pictures and people…"
    assert page.data_view.problem_title.text() == "Looking for problems…"
    assert page._looking is not None
    page._looking.cancel()
    gate.set()
    qtbot.waitUntil(lambda: not page.looking)
    assert page.estimate.text() == page.data_view.problem_title.text() == "Not all was looked at."
    assert "–" in page.data_view.numbers.text()
