"""The list of runs: whose they are, and that it stays as it is while nothing is new."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from crowdgui.window.main_window import MainWindow
from crowdgui.window.training.page import TrainingPage
from crowdgui.window.training.run_table import RunTable, RunTableModel
from small_trainings import WAIT
from trainer.config import make_config
from trainer.run_list import RunList, RunRow
from trainer.runs import begin_run

CONFIG = make_config({"network": "mcnn", "data": ["/nowhere"], "epochs": 4})


def rows_of(number: int) -> list[RunRow]:
    """Return runs, the newest first."""
    return [
        RunRow(Path(f"/runs/{n}"), str(n), "cut off", None, None, 0, None, None, None, n, 1, None,
               "")
        for n in reversed(range(number))
    ]  # fmt: skip


@pytest.fixture
def listed(page: TrainingPage, qtbot: QtBot) -> TrainingPage:
    """The page on its list of many runs, which nothing reads anew."""
    page.tabs.setCurrentWidget(page.runs)
    page.pacing.stop()
    qtbot.waitUntil(lambda: not page.session._listing, timeout=WAIT)
    page.session.rows = rows_of(60)
    page.session.listed.emit()
    return page


class Slow(RunList):
    """Looks when it may."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.begun, self.gate = Event(), Event()

    def look(self, own: Path | None = None) -> list[RunRow]:
        self.begun.set()
        self.gate.wait(60)
        return super().look(own)


def test_a_list_of_the_folder_before_is_dropped(
    listed: TrainingPage, tmp_path: Path, qtbot: QtBot
) -> None:
    session = listed.session
    begin_run(CONFIG, session.root / "old")
    begin_run(CONFIG, tmp_path / "other" / "new")
    told: list[list[str]] = []
    session.listed.connect(lambda: told.append([row.name for row in session.rows]))
    session._runs = slow = Slow(session.root)
    session.list_runs()
    qtbot.waitUntil(slow.begun.is_set, timeout=WAIT)
    session.set_root(tmp_path / "other")
    slow.gate.set()
    qtbot.waitUntil(lambda: bool(told) and not session._listing, timeout=WAIT)
    assert told == [["new"]]


def test_the_runs_of_the_program_are_found_again(
    page: TrainingPage, window: MainWindow, tmp_path: Path
) -> None:
    root = page.session.root
    assert not page.runs.root_row.isVisible()
    assert not page.action_states()["own-runs"]
    page.run_root.use(str(tmp_path))
    assert page.session.root == tmp_path
    assert page.runs.root.isVisible()
    assert page.runs.root.text() == f"Runs of {tmp_path}"
    assert page.action_states()["own-runs"]
    page.runs.own_button.click()
    assert page.session.root == root
    assert window.settings.runs == ""
    assert not page.runs.root_row.isVisible()


def test_an_unchanged_list_is_not_drawn_anew(qtbot: QtBot) -> None:
    model = RunTableModel()
    table = RunTable(model)
    qtbot.addWidget(table)
    assert table.horizontalHeader().resizeContentsPrecision() == 0
    model.show_rows(rows_of(3))
    drawn: list[object] = []
    model.dataChanged.connect(lambda *given: drawn.append(given))
    model.show_rows(rows_of(3))
    assert not drawn
    first, *others = rows_of(3)
    model.show_rows([replace(first, epochs=1), *others])
    assert len(drawn) == 1


@pytest.mark.parametrize(
    ("teacher", "said"),
    [
        ("", "–"), ("assistant", "assistant"),
        ("assistant,/far/away/runs/kd-1/best.safetensors", "assistant, kd-1/best.safetensors"),
    ],
)  # fmt: skip
def test_a_teachers_long_path_takes_no_room(teacher: str, said: str) -> None:
    model, (row,) = RunTableModel(), rows_of(1)
    assert model.texts(replace(row, config=replace(CONFIG, teacher=teacher)))[3] == said


def test_many_runs_are_chosen_at_once(listed: TrainingPage) -> None:
    chosen: list[int] = []
    runs = listed.runs
    runs.chosen.connect(lambda: chosen.append(len(runs.selected())))
    runs.select([row.folder for row in listed.session.rows[5:45]])
    assert chosen == [40]


def test_a_new_run_leaves_the_place_in_the_list(listed: TrainingPage, qtbot: QtBot) -> None:
    table, bar = listed.runs.table, listed.runs.table.verticalScrollBar()
    table.selectRow(5)
    bar.setValue(30)
    listed.session.rows = rows_of(61)
    listed.session.listed.emit()
    qtbot.wait(50)
    assert table.currentIndex().row() == 6
    assert [row.name for row in listed.runs.selected()] == ["54"]
    assert bar.value() == 30
