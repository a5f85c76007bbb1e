"""Which sweep is shown, and what its table is before there is anything in it."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from crowdgui.window import dialogs
from crowdgui.window.training import sweep_tasks
from crowdgui.window.training.page import TrainingPage
from crowdgui.window.training.sweep_tasks import SweepFacts, look_at_sweep, save_sweep, sweeps_in
from crowdgui.window.training.sweep_view import SweepView
from small_trainings import WAIT
from trainer.sweep import SETTINGS_FILE, Settings, open_sweep

BASE = {"network": "mcnn", "data": ["/nowhere"], "teacher": "any", "epochs": 1}


def sweep_in(folder: Path, written: int) -> Path:
    open_sweep(folder, Settings((0.0, 0.5), 1, 1, BASE, ("hash",)))
    os.utime(folder / SETTINGS_FILE, (written, written))
    return folder


def test_the_newest_sweep_comes_first_whatever_it_is_called(tmp_path: Path) -> None:
    for written, name in enumerate(("sweep-mcnn-20260101", "sweep-20270101", "alpha"), 1):
        sweep_in(tmp_path / name, written)
    names = [folder.name for folder in sweeps_in(tmp_path)]
    assert names == ["alpha", "sweep-20270101", "sweep-mcnn-20260101"]


def test_a_sweep_that_is_new_is_shown(qtbot: QtBot) -> None:
    view = SweepView()
    qtbot.addWidget(view)
    view.show_names(["b", "a"])
    assert view.sweeps.currentText() == "b"
    # As where another computer's clock is ahead.
    view.show_names(["b", "c", "a"])
    assert view.sweeps.currentText() == "c"
    view.show_names(["c", "b"])
    assert view.sweeps.currentText() == "c"


def test_its_figures_are_shown_too(page: TrainingPage, qtbot: QtBot) -> None:
    sweep_in(page.session.root / "old", 1)
    page.tabs.setCurrentWidget(page.sweep)
    page.session.list_runs()
    qtbot.waitUntil(lambda: page.sweep.facts is not None, timeout=WAIT)
    page.pacing.stop()
    qtbot.waitUntil(lambda: not page.session._listing and not page.sweeps._reading, timeout=WAIT)
    new = sweep_in(page.session.root / "new", 2)
    page.sweeps.read()
    # For a moment none is shown: the figures of the old one are not the new one's.
    qtbot.waitUntil(lambda: page.sweep.facts and page.sweep.facts.folder == new, timeout=WAIT)
    assert page.sweep.sweeps.currentText() == "new"


def test_the_table_of_a_sweep_without_results_has_its_headings(tmp_path: Path) -> None:
    save_sweep(tmp_path / "t.csv", look_at_sweep(sweep_in(tmp_path / "sweep", 1)))
    (line,) = (tmp_path / "t.csv").read_text("utf-8").splitlines()
    assert line == 'α,"MAE, seed 0",MAE,RMSE,Seeds,Study: test MAE,Study: test RMSE'


def test_without_a_sweep_no_table_of_one_is_saved(
    page: TrainingPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.tabs.setCurrentWidget(page.sweep)
    assert not page.action_states()["export-runs"]
    sweep_in(page.session.root / "sweep", 1)
    page.session.list_runs()
    qtbot.waitUntil(lambda: page.action_states()["export-runs"], timeout=WAIT)
    asked: list[str] = []

    def answer(*given: object) -> None:
        *_, name, use = given
        asked.append(str(name))
        use([str(tmp_path / "saved.csv")])  # type: ignore[operator]

    monkeypatch.setattr(dialogs, "ask_where_to_save", answer)
    page.run_actions.ask_where_to_export_runs()
    qtbot.waitUntil((tmp_path / "saved.csv").exists, timeout=WAIT)
    assert asked == ["sweep.csv"]
    assert (tmp_path / "saved.csv").read_text("utf-8").startswith("α,")


def test_no_sweep_is_shown_under_the_name_of_another(
    page: TrainingPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for written, name in enumerate(("old", "new"), 1):
        sweep_in(page.session.root / name, written)
    page.tabs.setCurrentWidget(page.sweep)
    page.session.list_runs()
    qtbot.waitUntil(lambda: page.sweep.facts is not None, timeout=WAIT)
    page.pacing.stop()
    qtbot.waitUntil(lambda: not page.session._listing and not page.sweeps._reading, timeout=WAIT)
    gate = Event()

    def look(folder: Path) -> SweepFacts:
        gate.wait(60)
        return look_at_sweep(folder)

    monkeypatch.setattr(sweep_tasks, "look_at_sweep", look)
    page.sweeps.read()
    page.sweep.sweeps.setCurrentText("old")
    page.sweep.sweep_chosen.emit()
    assert page.sweep.facts is None
    assert not page.action_states()["export-runs"]
    shown: list[str] = []
    page.changed.connect(lambda: page.sweep.facts and shown.append(page.sweep.facts.folder.name))
    gate.set()
    qtbot.waitUntil(lambda: "old" in shown, timeout=WAIT)
    assert set(shown) == {"old"}
