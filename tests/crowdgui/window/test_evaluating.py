"""Table 1 and the scatter plot show what was measured, and what went wrong."""

from __future__ import annotations

import csv
import json
import math
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pyqtgraph import ScatterPlotItem
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

import trainer.evaluate
from crowdgui.csv_file import save_rows
from crowdgui.window.counting import jobs
from crowdgui.window.evaluating.page import EvaluatingPage
from crowdgui.window.evaluating.tasks import One, Results, picture_rows, table_rows
from crowdgui.window.main_window import MainWindow
from models.errors import UserError
from trainer.evaluate import Row, Summary

Wait = Callable[[MainWindow], None]
VALUES = {"a": (20, 22), "b": (40, 30), "c": (60, 60)}  # counted by alpha, true


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Three grey pictures with as many points beside them as VALUES says."""
    folder = tmp_path / "data"
    folder.mkdir()
    for name, (grey, truth) in VALUES.items():
        Image.new("RGB", (64, 48), (grey, grey, grey)).save(folder / f"{name}.png")
        (folder / f"{name}.json").write_text(json.dumps([[5, 5]] * truth))
    return folder


def opened(window: MainWindow, folder: Path, qtbot: QtBot) -> EvaluatingPage:
    window.show_page("evaluate")
    page = window.evaluating
    page.open_data(folder)
    qtbot.waitUntil(lambda: page.data is not None and page.data.folder == folder)
    return page


@pytest.fixture
def evaluated(window: MainWindow, data: Path, qtbot: QtBot) -> EvaluatingPage:
    page = opened(window, data, qtbot)
    window.actions_["evaluate"].trigger()
    qtbot.waitUntil(lambda: page._work is None)
    return page


def row(page: EvaluatingPage, number: int) -> list[str]:
    model = page.table_model
    return [model.index(number, column).data() for column in range(model.columnCount())]


def test_without_a_folder_it_says_what_to_do(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("evaluate")
    page = window.evaluating
    assert page.hint.isVisible()
    assert not window.actions_["evaluate"].isEnabled()
    qtbot.mouseClick(page.hint.button, Qt.MouseButton.LeftButton)
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    dialog.close()


def test_table_holds_the_errors(evaluated: EvaluatingPage) -> None:
    errors = [counted - true for counted, true in VALUES.values()]
    mae = sum(map(abs, errors)) / 3
    rmse = math.sqrt(sum(error**2 for error in errors) / 3)
    nae = (2 / 22 + 10 / 30) / 3
    wanted = ["alpha", f"{mae:.1f}", f"{rmse:.1f}", f"{nae:.3f}", "12 ms", "fake fp32", "1.0 MB"]
    assert row(evaluated, 0) == [*wanted, "3 / 3"]
    assert row(evaluated, 1)[0] == "beta"
    assert evaluated.split.currentText() == "all (3 pictures)"


def test_a_click_on_a_point_opens_its_picture(
    evaluated: EvaluatingPage, window: MainWindow, wait_idle: Wait, qtbot: QtBot
) -> None:
    evaluated.table.selectRow(0)
    assert evaluated.results is not None
    qtbot.wait(50)
    one = next(one for one in evaluated.results.ones["alpha"] if one.path.stem == "b")
    port = evaluated.scatter.plot.viewport()
    at = evaluated.scatter.place_of(one).toPoint()
    assert port.rect().contains(at)
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(lambda: window.front == "count")
    wait_idle(window)
    assert window.windowTitle() == "b.png — crowdgui"
    assert window.page.facts.truth.text().startswith("true count 30")


def test_cancel_keeps_what_is_done(
    window: MainWindow, fakes: dict, data: Path, qtbot: QtBot
) -> None:
    page = opened(window, data, qtbot)
    fakes["beta"].gate.clear()
    window.actions_["evaluate"].trigger()
    qtbot.waitUntil(lambda: window.works.progress.value() == 3)
    assert fakes["beta"].begun.wait(5)
    assert window.works.progress.maximum() == 6
    window.actions_["cancel"].trigger()
    fakes["beta"].gate.set()
    qtbot.waitUntil(lambda: page._work is None)
    assert row(page, 0)[-1] == "3 / 3"
    assert row(page, 1)[-1] == "0 / 3"
    assert not window.works.isVisible()
    assert window.actions_["evaluate"].isEnabled()
    assert window.actions_["export-table"].isEnabled()


def test_another_folder_ends_the_evaluation_of_the_last(
    window: MainWindow, fakes: dict, data: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    page, alpha = opened(window, data, qtbot), fakes["alpha"]
    alpha.gate.clear()
    window.actions_["evaluate"].trigger()
    qtbot.waitUntil(alpha.begun.is_set)
    opened(window, shutil.copytree(data, tmp_path / "other"), qtbot)
    alpha.gate.set()
    qtbot.waitUntil(lambda: page.work is None)
    assert len(alpha.seen) == 1
    assert page.results is None


def test_one_damaged_picture_is_left_out_and_said(
    window: MainWindow, data: Path, qtbot: QtBot
) -> None:
    (data / "b.png").write_bytes(b"no picture")
    page = opened(window, data, qtbot)
    window.actions_["evaluate"].trigger()
    qtbot.waitUntil(lambda: page._work is None)
    assert row(page, 0)[-1] == "2 / 3"
    (bar,) = window.notices.bars()
    said = "Pictures that could not be counted, and are in no figure: 2."
    assert bar.notice.text() == said


def test_a_model_that_does_not_open_stops_no_other(
    window: MainWindow, fakes: dict, data: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:

    def load(name: str, _engine: object) -> object:
        if name == "alpha":
            raise UserError("weights-damaged", path="alpha", reason="torn")
        return fakes[name]

    monkeypatch.setattr(jobs, "load_predictor", load)
    page = opened(window, data, qtbot)
    window.actions_["evaluate"].trigger()
    qtbot.waitUntil(lambda: page._work is None)
    assert row(page, 0)[:2] == ["alpha", "failed"]
    assert row(page, 1)[-1] == "3 / 3"
    assert "torn" in window.notices.bars()[0].notice.text()


@pytest.mark.parametrize("kind", ["missing", "empty", "unlabelled"])
def test_a_folder_that_will_not_do_is_said(
    window: MainWindow, evaluated: EvaluatingPage, tmp_path: Path, qtbot: QtBot, kind: str
) -> None:
    folder = tmp_path / kind
    if kind != "missing":
        folder.mkdir()
    if kind == "unlabelled":
        Image.new("RGB", (8, 8)).save(folder / "a.png")
    evaluated.open_data(folder)
    qtbot.waitUntil(lambda: bool(window.notices.bars()))
    assert str(folder) in window.notices.bars()[0].notice.text()
    # The last good table stays, and can be made again.
    assert row(evaluated, 0)[-1] == "3 / 3"
    assert window.actions_["evaluate"].isEnabled()


def test_a_folder_that_vanishes_before_evaluating_is_said(
    window: MainWindow, data: Path, qtbot: QtBot
) -> None:
    page = opened(window, data, qtbot)
    data.rename(data.with_name("elsewhere"))
    window.actions_["evaluate"].trigger()
    qtbot.waitUntil(lambda: page._work is None)
    assert [bar.notice.severity for bar in window.notices.bars()] == ["error"]
    assert str(data) in window.notices.bars()[0].notice.text()


def test_export(
    evaluated: EvaluatingPage, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    paths = [tmp_path / "out" / name for name in ("table.csv", "pictures.csv", "all.json")]
    evaluated.export(paths[0], pictures=False)
    evaluated.export(paths[1], pictures=True)
    evaluated.export(paths[2], pictures=False)
    qtbot.waitUntil(paths[2].exists)
    with paths[0].open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert [line["model"] for line in table] == ["alpha", "beta"]
    assert float(table[0]["mae"]) == pytest.approx(4)
    assert table[0]["pictures"] == "3"
    assert (table[0]["engine"], table[0]["precision"]) == ("fake", "fp32")
    with paths[1].open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(line["model"], line["name"]) for line in rows[:3]] == [
        ("alpha", "a"), ("alpha", "b"), ("alpha", "c"),
    ]  # fmt: skip
    assert float(rows[1]["error"]) == 10
    assert rows[1]["precision"] == "fp32"
    everything = json.loads(paths[2].read_text("utf-8"))
    assert everything["split"] == "all"
    assert len(everything["pictures"]) == 6


def test_the_next_folder_is_looked_for_where_the_last_one_was(
    evaluated: EvaluatingPage, window: MainWindow, data: Path
) -> None:
    window.actions_["choose-data"].trigger()
    dialog = evaluated.findChild(QFileDialog)
    assert Path(dialog.directory().path()) == data
    dialog.close()


def test_the_dialog_exports_what_its_filter_says(
    evaluated: EvaluatingPage, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window.actions_["export-table"].trigger()
    dialog = evaluated.findChild(QFileDialog)
    path = tmp_path / "rows.csv"
    dialog.filterSelected.emit(dialog.nameFilters()[1])
    dialog.filesSelected.emit([str(path)])
    dialog.close()
    qtbot.waitUntil(path.exists)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 6
    assert [(int(row["truth"]), float(row["count"])) for row in rows[:3]] == [
        (22, 20), (30, 40), (60, 60),
    ]  # fmt: skip


def test_what_no_file_can_hold_is_exported_as_the_command_line_does(tmp_path: Path) -> None:
    """A name that is no UTF-8, and errors relative to nobody."""
    name = b"\xbb\xe7".decode("utf-8", "surrogateescape")
    row = Row(name, 0, 1.5, (1.5, 1.5, 1.5, 1.5), 0.1)
    results = Results(tmp_path, "val", 1, {"alpha": 5}, {"alpha": [One("alpha", Path(name), row)]})
    table, pictures = table_rows(results), picture_rows(results)
    assert table[0]["nae"] is None
    json.dumps([table, pictures], allow_nan=False, ensure_ascii=False).encode("utf-8")
    save_rows(tmp_path / "table.csv", table, list(table[0]))
    save_rows(tmp_path / "pictures.csv", pictures, list(pictures[0]))


def test_errors_bear_the_name_of_their_split(evaluated: EvaluatingPage) -> None:
    assert evaluated.note.text().startswith("Errors on: all (3 pictures).")
    # Whatever is chosen for the next time.
    evaluated.split.addItem("test (9 pictures)", "test")
    evaluated.split.setCurrentIndex(evaluated.split.count() - 1)
    evaluated._draw_results()
    assert evaluated.note.text().startswith("Errors on: all (3 pictures).")
    assert evaluated.results is not None
    assert {row["split"] for row in table_rows(evaluated.results)} == {"all"}


def test_another_language_leaves_the_chosen_split(
    window: MainWindow, data: Path, qtbot: QtBot
) -> None:
    page = opened(window, data, qtbot)
    page.data = replace(page.data, splits={"test": 1, "val": 2})
    page._fill_splits()
    page.split.setCurrentIndex(1)
    english = page.split.currentText()
    window.choose_language("ko")
    qtbot.waitUntil(lambda: page.split.currentText() != english)
    assert page.split.currentData() == "val"


def test_an_export_of_the_table_alone_leaves_the_pictures_unexported(
    evaluated: EvaluatingPage, tmp_path: Path, qtbot: QtBot
) -> None:
    results = evaluated.results
    assert results is not None
    table, everything = tmp_path / "table.csv", tmp_path / "all.json"
    evaluated.export(table, pictures=False)
    qtbot.waitUntil(table.exists)
    evaluated.export(tmp_path / "after.csv", pictures=False)
    qtbot.waitUntil((tmp_path / "after.csv").exists)
    assert len(results.unexported()) == 6
    evaluated.export(everything, pictures=False)
    qtbot.waitUntil(lambda: not results.unexported())
    results.exported = 0
    evaluated.export(tmp_path / "pictures.csv", pictures=True)
    qtbot.waitUntil(lambda: not results.unexported())


def seen(page: EvaluatingPage) -> list[float]:
    """Return what part of the plot is seen: left, right, bottom and top."""
    across, up = page.scatter.plot.plotItem.vb.viewRange()
    return [round(end, 3) for end in (*across, *up)]


def turn_to_a_part(page: EvaluatingPage) -> list[float]:
    box = page.scatter.plot.plotItem.vb
    box.setRange(xRange=(10, 20), yRange=(10, 20), padding=0)
    box.sigRangeChangedManually.emit([True, True])
    return seen(page)


def test_the_part_of_the_plot_that_a_person_looks_at_stays(
    evaluated: EvaluatingPage, window: MainWindow, qtbot: QtBot
) -> None:
    evaluated._draw_results()
    whole = seen(evaluated)
    part = turn_to_a_part(evaluated)
    assert part != whole
    evaluated.table.selectRow(0)
    evaluated.retranslate()
    assert seen(evaluated) == part
    evaluated.table.clearSelection()
    board, button = evaluated.scatter.plot.viewport(), Qt.MouseButton.LeftButton
    qtbot.mouseClick(board, button, pos=board.rect().center())
    qtbot.mouseDClick(board, button, pos=board.rect().center())
    qtbot.mouseRelease(board, button, pos=board.rect().center())
    assert seen(evaluated) == whole
    # New results are seen whole.
    turn_to_a_part(evaluated)
    window.actions_["evaluate"].trigger()
    qtbot.waitUntil(lambda: evaluated._work is None)
    assert seen(evaluated) == whole


def test_only_what_has_changed_is_computed_and_drawn_again(
    evaluated: EvaluatingPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    results, summed, drawn = evaluated.results, list[int](), list[int]()
    assert results is not None
    evaluated._draw_results()
    whole, draw = trainer.evaluate.summarise, ScatterPlotItem.setData

    def summarise(rows: list[Row]) -> Summary:
        summed.append(len(rows))
        return whole(rows)

    def set_data(points: ScatterPlotItem, x: np.ndarray, y: np.ndarray) -> None:
        drawn.append(len(x))
        draw(points, x, y)

    monkeypatch.setattr(trainer.evaluate, "summarise", summarise)
    monkeypatch.setattr(ScatterPlotItem, "setData", set_data)
    evaluated.table.selectRow(0)
    evaluated.table.clearSelection()
    evaluated._draw_results()
    assert (summed, drawn) == ([], [])
    results.ones["beta"].append(results.ones["beta"][0])
    evaluated._draw_results()
    assert (summed, drawn) == ([4], [4])
    assert row(evaluated, 1)[-1] == "4 / 3"


def test_a_hidden_page_draws_when_it_is_seen_again(
    evaluated: EvaluatingPage, window: MainWindow, qtbot: QtBot
) -> None:
    window.show_page("count")
    evaluated.start()
    qtbot.waitUntil(lambda: evaluated._work is None)
    assert row(evaluated, 0)[-1] == "0 / 3"
    window.show_page("evaluate")
    assert row(evaluated, 0)[-1] == "3 / 3"


def test_results_are_asked_about_before_others_take_their_place(
    evaluated: EvaluatingPage, data: Path, qtbot: QtBot
) -> None:
    asked = list[Callable[[], object]]()
    evaluated.ask_first = asked.append
    before = evaluated.results
    evaluated.start()
    evaluated.open_data(data)
    qtbot.waitUntil(lambda: len(asked) == 2)
    assert evaluated.results is before
    assert evaluated.work is None
    anew, other = asked
    anew()
    assert evaluated.results is not before
    assert evaluated.work is not None
    other()
    assert evaluated.results is None
    qtbot.waitUntil(lambda: evaluated.work is None)
