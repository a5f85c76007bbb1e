"""Counts that took long are not lost without a question; nobody with a few pictures is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from crowdgui.live.videos import VideoFeed
from crowdgui.sources import Source
from crowdgui.window.counting.entries import Entry, Outcome
from crowdgui.window.evaluating.tasks import One, Results
from crowdgui.window.leaving import FEW
from crowdgui.window.live.analysis_panel import AnalysisPanel
from crowdgui.window.main_window import MainWindow
from models.grid import Grid
from small_streams import write_video
from trainer.evaluate import Row

Wait = Callable[[MainWindow], None]
MANY = FEW + 5


def add_counted(window: MainWindow, folder: Path, number: int, seconds: float) -> None:
    """Let so many pictures be open, each counted in so many seconds."""
    outcome = Outcome(7.0, seconds, "fake", "fp32", Grid((64, 64), (8, 8)))
    paths = [folder / f"{place}.png" for place in range(number)]
    window.page.session.add(
        [Entry(Source(str(path), lambda: None), {"alpha": outcome}) for path in paths]
    )


def questions(window: MainWindow) -> list[QMessageBox]:
    return [box for box in window.findChildren(QMessageBox) if box.isVisible()]


def answer(window: MainWindow, text: str) -> None:
    (box,) = questions(window)
    next(button for button in box.buttons() if button.text() == text).click()


@pytest.fixture
def long_counted(window: MainWindow, wait_idle: Wait, tmp_path: Path) -> MainWindow:
    wait_idle(window)
    add_counted(window, tmp_path, MANY, 10.0)
    return window


@pytest.mark.parametrize(("number", "seconds"), [(FEW, 100.0), (MANY, 0.1)])
def test_few_pictures_or_quick_ones_are_closed_at_once(
    window: MainWindow, wait_idle: Wait, tmp_path: Path, number: int, seconds: float
) -> None:
    wait_idle(window)
    add_counted(window, tmp_path, number, seconds)
    window.leaving.clear()
    assert not window.page.session.entries
    assert not questions(window)


def test_closing_all_pictures_is_asked_about(long_counted: MainWindow) -> None:
    window = long_counted
    window.leaving.clear()
    (box,) = questions(window)
    assert box.text() == f"{MANY} counts by alpha are not exported."
    answer(window, "Keep open")
    assert len(window.page.session.entries) == MANY
    window.leaving.clear()
    answer(window, "Close all the same")
    assert not window.page.session.entries


def test_another_precision_is_asked_about_and_more_threads_are_not(
    long_counted: MainWindow,
) -> None:
    window = long_counted
    entries, desk = window.page.session.entries, window.desk
    desk.engine_wanted.emit(replace(desk.engine, threads=1))
    assert desk.engine.threads == 1
    assert all(entry.results for entry in entries)
    desk.engine_wanted.emit(replace(desk.engine, precision="fp32"))
    assert desk.engine.precision == "auto"
    answer(window, "Leave as it is")
    assert all(entry.results for entry in entries)
    desk.engine_wanted.emit(replace(desk.engine, precision="fp32"))
    answer(window, "Change all the same")
    assert desk.engine.precision == "fp32"
    assert not any("alpha" in entry.results for entry in entries)


def test_a_reset_says_which_counts_it_costs(long_counted: MainWindow) -> None:
    window = long_counted
    window.actions_["reset"].trigger()
    (box,) = questions(window)
    assert "not exported" not in box.informativeText()
    box.close()
    window.settings.precision = "fp32"
    window.actions_["reset"].trigger()
    (box,) = questions(window)
    assert f"{MANY} counts by alpha are not exported." in box.informativeText()


def test_what_goes_with_a_model_is_said(long_counted: MainWindow) -> None:
    assert long_counted.desk.losses_of("alpha") == [f"{MANY} counts by alpha are not exported."]
    assert long_counted.desk.losses_of("beta") == []


def test_what_is_exported_is_closed_at_once(
    long_counted: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window = long_counted
    window.files.export_counts(tmp_path / "counts.csv")
    qtbot.waitUntil(lambda: any(bar.notice.severity == "info" for bar in window.notices.bars()))
    window.leaving.clear()
    assert not window.page.session.entries


def test_an_export_that_fails_is_none(
    long_counted: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window = long_counted
    (tmp_path / "file").write_text("in the way")
    window.files.export_counts(tmp_path / "file" / "counts.csv")
    qtbot.waitUntil(lambda: bool(window.notices.bars()))
    window.leaving.clear()
    answer(window, "Close all the same")


def test_closing_the_window_is_asked_about(long_counted: MainWindow) -> None:
    window = long_counted
    window.close()
    assert window.isVisible()
    answer(window, "Keep open")
    assert window.isVisible()
    window.close()
    answer(window, "Close all the same")
    assert not window.isVisible()


def test_the_end_of_the_session_asks_nobody(long_counted: MainWindow) -> None:
    long_counted.ending = True
    long_counted.close()
    assert not long_counted.isVisible()
    assert not questions(long_counted)


def test_counting_all_is_not_stopped_without_a_question(
    window: MainWindow, fakes: dict, grey: Callable[..., str], wait_idle: Wait, qtbot: QtBot
) -> None:
    window.open_words([grey(value) for value in range(MANY)])
    wait_idle(window)
    fakes["alpha"].gate.clear()
    window.actions_["count-all"].trigger()
    window.actions_["clear"].trigger()
    (box,) = questions(window)
    assert box.text() == "Counting all pictures is not finished."
    answer(window, "Keep open")
    fakes["alpha"].gate.set()
    qtbot.waitUntil(lambda: window.page.all.work is None)
    assert len(window.page.session.entries) == MANY
    assert len([entry for entry in window.page.session.entries if entry.results]) == MANY


def test_an_evaluation_is_lost_with_the_window_alone(window: MainWindow, tmp_path: Path) -> None:
    window.show_page("evaluate")
    row = Row("a", 1, 1.0, (0.0, 0.0, 0.0, 0.0), 10.0)
    ones = [One("alpha", tmp_path / "a.png", row)] * MANY
    window.evaluating.results = Results(tmp_path, "val", MANY, {}, {"alpha": ones})
    window.leaving.clear()
    assert not questions(window)
    window.close()
    (box,) = questions(window)
    assert box.text() == "The evaluation is not exported."
    answer(window, "Keep open")
    window.evaluating.results.exported = MANY
    window.close()
    assert not window.isVisible()


def test_an_evaluation_is_not_replaced_without_a_question(
    window: MainWindow, tmp_path: Path
) -> None:
    window.show_page("evaluate")
    page, replaced = window.evaluating, list[int]()
    row = Row("a", 1, 1.0, (0.0, 0.0, 0.0, 0.0), 10.0)
    ones = [One("alpha", tmp_path / "a.png", row)] * MANY
    page.results = Results(tmp_path, "val", MANY, {}, {"alpha": ones})
    page.ask_first(lambda: replaced.append(1))
    (box,) = questions(window)
    assert box.text() == "The evaluation is not exported."
    answer(window, "Keep the results")
    assert not replaced
    page.ask_first(lambda: replaced.append(1))
    answer(window, "Replace all the same")
    assert replaced == [1]
    page.results.exported = MANY
    page.ask_first(lambda: replaced.append(1))
    assert replaced == [1, 1]


@pytest.mark.parametrize(("frames", "asked"), [(FEW, False), (MANY, True)])
def test_an_analysis_is_not_stopped_without_a_question(
    window: MainWindow, fakes: dict, tmp_path: Path, qtbot: QtBot, frames: int, asked: bool
) -> None:
    window.show_page("live")
    window.live.tools.panel = panel = AnalysisPanel(window.desk, window.live)
    panel.prepare(VideoFeed(write_video(tmp_path / "hall.mp4", frames)), (), "alpha")
    panel.plot_box.setChecked(False)
    fakes["alpha"].gate.clear()
    panel.start()
    qtbot.waitUntil(fakes["alpha"].begun.is_set)
    assert window.leaving.may_close() != asked
    assert [box.text() for box in questions(window)] == (
        ["The analysis of hall.mp4 is not finished."] * asked
    )
    if asked:
        answer(window, "Keep open")
    window.ending = True
    assert window.leaving.may_close()
    panel.cancel()
    fakes["alpha"].gate.set()
    qtbot.waitUntil(lambda: panel.work is None)
