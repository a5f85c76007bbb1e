"""What is saved holds what was shown, in the columns of the command line."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from crowdgui.commands.count import COLUMNS
from crowdgui.window.counting.maps import Maps
from crowdgui.window.main_window import MainWindow
from crowdgui.window.viewing.regions import Region
from models.overlay import draw_overlay

Grey = Callable[..., str]
Wait = Callable[[MainWindow], None]


@pytest.fixture
def counted(window: MainWindow, grey: Grey, wait_idle: Wait, qtbot: QtBot) -> MainWindow:
    window.open_words([grey(10), grey(20), grey(30)])
    wait_idle(window)
    window.actions_["count-all"].trigger()
    qtbot.waitUntil(lambda: window.page.all.work is None)
    return window


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Return what was exported, from CSV or JSON."""
    if path.suffix == ".json":
        return json.loads(path.read_text("utf-8"))
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", ["counts.csv", "counts.json"])
def test_counts(counted: MainWindow, tmp_path: Path, qtbot: QtBot, name: str) -> None:
    path = tmp_path / name
    counted.files.export_counts(path)
    qtbot.waitUntil(path.exists)
    rows = read_rows(path)
    assert tuple(rows[0]) == COLUMNS
    assert [float(row["count"]) for row in rows] == [10, 20, 30]
    assert {row["model"] for row in rows} == {"alpha"}
    assert str(tmp_path / "grey10.png") == rows[0]["path"]
    assert (int(rows[0]["width"]), int(rows[0]["height"])) == (320, 240)
    assert {(row["engine"], row["precision"]) for row in rows} == {("fake", "fp32")}
    assert {float(row["seconds"]) for row in rows} == {0.0123}


@pytest.mark.parametrize("name", ["counts.csv", "counts.json"])
def test_counts_in_regions_of_all_pictures(
    counted: MainWindow, tmp_path: Path, qtbot: QtBot, name: str
) -> None:
    # The fake predictor's people are all in the first cell.
    regions = counted.page.session.regions
    regions.append(Region("door", [(0, 0), (4, 0), (4, 8), (0, 8)]))
    regions.append(Region("count", [(100, 100), (200, 100), (200, 200)]))
    path = tmp_path / name
    counted.files.export_counts(path)
    qtbot.waitUntil(path.exists)
    rows = read_rows(path)
    assert [float(row["door"]) for row in rows] == [5, 10, 15]
    assert [float(row["region count"]) for row in rows] == [0, 0, 0]


def test_every_picture_is_counted_in_the_regions_of_its_own_size(
    counted: MainWindow, grey: Grey, wait_idle: Wait, tmp_path: Path, qtbot: QtBot
) -> None:
    add_region = counted.page.view._add_region
    add_region(Region("door", [(0, 0), (4, 0), (4, 8), (0, 8)]))
    counted.open_words([grey(40, "large.png", (640, 480))])
    wait_idle(counted)
    add_region(Region("gate", [(0, 0), (8, 0), (8, 2), (0, 2)]))
    path = tmp_path / "counts.csv"
    counted.files.export_counts(path)
    qtbot.waitUntil(path.exists)
    rows = read_rows(path)
    assert [row["door"] for row in rows] == ["5.0", "10.0", "15.0", ""]
    assert [row["gate"] for row in rows] == ["", "", "", "10.0"]


def test_only_what_the_chosen_model_counted_is_exported(
    counted: MainWindow, wait_idle: Wait, tmp_path: Path, qtbot: QtBot
) -> None:
    counted.page.view._add_region(Region("door", [(0, 0), (4, 0), (4, 8), (0, 8)]))
    counted.page.choose_model("beta")
    wait_idle(counted)
    path = tmp_path / "counts.csv"
    counted.files.export_counts(path)
    qtbot.waitUntil(path.exists)
    (row,) = read_rows(path)
    assert (row["model"], float(row["count"]), float(row["door"])) == ("beta", 1010, 505)


def test_a_copied_count_is_a_number_for_any_program(counted: MainWindow, wait_idle: Wait) -> None:
    counted.page.choose_model("beta")
    wait_idle(counted)
    counted.actions_["copy"].trigger()
    assert QGuiApplication.clipboard().text() == "1010.0"


def test_nothing_can_be_exported_before_it_is_counted(
    window: MainWindow, fakes: dict, grey: Grey, wait_idle: Wait, qtbot: QtBot
) -> None:
    fakes["alpha"].gate.clear()
    window.open_words([grey(10), grey(20)])
    qtbot.waitUntil(lambda: window.page.session.picture is not None)
    actions = [window.actions_[name] for name in ("export-counts", "save", "save-density", "copy")]
    assert [action.isEnabled() for action in actions] == [False] * 4
    fakes["alpha"].gate.set()
    wait_idle(window)
    assert [action.isEnabled() for action in actions] == [True] * 4


def test_maps_are_kept_within_bounds() -> None:
    maps, density = Maps(most=100), np.full((4, 5), 1.5, np.float32)
    for name in ("a", "b", "c", "b"):
        maps.keep(name, "m", density)
    assert maps.find("a", "m") is None
    kept = maps.find("b", "m")
    assert kept is not None
    assert kept.sum() == 30
    maps.clear()
    assert maps.find("b", "m") is None


@pytest.mark.parametrize("name", ["map.npy", "map.tif"])
def test_density_sums_to_the_count(
    counted: MainWindow, tmp_path: Path, qtbot: QtBot, name: str
) -> None:
    path = tmp_path / name
    _, prediction = counted.page.session.on_screen
    counted.files.save_density(path, prediction)
    qtbot.waitUntil(path.exists)
    density = np.load(path) if name.endswith("npy") else np.asarray(Image.open(path))
    assert density.dtype == np.float32
    assert float(density.sum()) == pytest.approx(10)


def test_overlay_is_saved_in_the_colours_shown(
    counted: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    counted.page.set_colour_map("viridis")
    counted.page.set_opacity(100)
    path = tmp_path / "seen.png"
    counted.files.save_overlay(path, *counted.page.session.on_screen)
    qtbot.waitUntil(path.exists)
    session = counted.page.session
    assert session.picture is not None
    assert session.prediction is not None
    density, grid = session.prediction.density, session.prediction.grid
    wanted = draw_overlay(session.picture.pixels, density, grid, 1.0, "viridis")
    assert np.array_equal(np.asarray(Image.open(path)), wanted)
    other = draw_overlay(session.picture.pixels, density, grid, 1.0)
    assert not np.array_equal(wanted, other)


@pytest.mark.parametrize(("action", "people"), [("save", None), ("save-density", 10)])
def test_what_is_saved_is_what_was_asked_for(
    counted: MainWindow, grey: Callable[..., str], wait_idle: Callable[[MainWindow], None],
    tmp_path: Path, qtbot: QtBot, action: str, people: int | None,
) -> None:  # fmt: skip
    """A second start may open a picture behind the dialog."""
    counted.actions_[action].trigger()
    dialog = counted.findChild(QFileDialog)
    before = counted.page.session.on_screen
    counted.open_words([grey(90, "other.png", (64, 64))])
    wait_idle(counted)
    path = tmp_path / Path(dialog.selectedFiles()[0]).name
    dialog.filesSelected.emit([str(path)])
    dialog.close()
    qtbot.waitUntil(path.exists)
    if people is None:
        with Image.open(path) as saved:
            assert saved.size == before[0].size != (64, 64)
    else:
        assert float(np.load(path).sum()) == pytest.approx(people)


@pytest.mark.parametrize(
    ("action", "name"),
    [("save", "grey10-density.png"), ("save-density", "grey10-density.npy"),
     ("export-counts", "counts.csv")],
)  # fmt: skip
def test_dialogs_propose_a_name(counted: MainWindow, action: str, name: str) -> None:
    counted.actions_[action].trigger()
    dialog = counted.findChild(QFileDialog)
    assert dialog is not None
    assert [Path(file).name for file in dialog.selectedFiles()] == [name]
    dialog.close()


def test_a_dialog_that_is_refused_saves_nothing(
    counted: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    counted.settings.folder = str(tmp_path)
    counted.actions_["export-counts"].trigger()
    counted.findChild(QFileDialog).reject()
    # What is ordered later is written later.
    later = tmp_path / "later.csv"
    counted.files.export_counts(later)
    qtbot.waitUntil(later.exists)
    assert not (tmp_path / "counts.csv").exists()


def test_a_place_that_cannot_be_written_is_said(
    counted: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "file").write_text("in the way")
    counted.files.export_counts(tmp_path / "file" / "counts.csv")
    qtbot.waitUntil(lambda: bool(counted.notices.bars()))
    assert "cannot be written" in counted.notices.bars()[0].notice.text()
