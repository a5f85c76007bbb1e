"""Counts belong to a file and a model as they are: others are not shown and not exported."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crowdgui.window.counting import jobs
from crowdgui.window.counting.entries import unexported
from crowdgui.window.counting.worker import QUIET_MS
from crowdgui.window.desk import ModelChoice, ModelList
from crowdgui.window.engines import EngineChoice
from crowdgui.window.main_window import MainWindow
from crowdgui.window.viewing.images import picture_levels
from crowdgui.window.viewing.picture_view import PictureView
from crowdgui.window.viewing.regions import Region
from models.errors import UserError

Grey = Callable[..., str]
Wait = Callable[[MainWindow], None]
WHOLE = [(0.0, 0.0), (320.0, 0.0), (320.0, 240.0), (0.0, 240.0)]


@pytest.fixture
def counted(window: MainWindow, grey: Grey, wait_idle: Wait, qtbot: QtBot) -> MainWindow:
    """Three pictures of 10, 20 and 30 people, all counted."""
    window.open_words([grey(value) for value in (10, 20, 30)])
    wait_idle(window)
    count_all(window, qtbot)
    return window


def count_all(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_["count-all"].trigger()
    qtbot.waitUntil(lambda: window.page.all.work is None)


def counts(window: MainWindow, model: str = "alpha") -> list[float | None]:
    return [entry.count_of(model) for entry in window.page.session.entries]


def exported(window: MainWindow, path: Path, qtbot: QtBot) -> list[dict[str, str]]:
    path.unlink(missing_ok=True)
    window.files.export_counts(path)
    qtbot.waitUntil(path.exists)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def move_mouse(view: PictureView, to: QPoint) -> None:
    event = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(to), QPointF(view.viewport().mapToGlobal(to)),
        Qt.MouseButton.NoButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), event)


def list_models(window: MainWindow, qtbot: QtBot, *choices: ModelChoice) -> None:
    """Let these be the models from now on."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs, "list_models", lambda: ModelList(choices, choices[0].name))
        with qtbot.waitSignal(window.desk.models_changed):
            window.desk.refresh_models()


def test_another_model_of_the_same_name_has_counted_nothing(
    counted: MainWindow, wait_idle: Wait, qtbot: QtBot, fakes: dict
) -> None:
    fakes["alpha"].model = "alpha"
    before = len(fakes["alpha"].seen)
    renewed = ModelChoice("alpha", 1_000_000, stamp=(7, 1_000_000))
    list_models(counted, qtbot, renewed, ModelChoice("beta", 2_000_000))
    wait_idle(counted)
    # What is on the screen is counted by it at once, the others when they are asked for.
    assert counts(counted) == [10, None, None]
    assert len(fakes["alpha"].seen) == before + 1
    assert counted.page.session.maps.find(counted.page.session.entries[1], "alpha") is None


def test_a_removed_model_takes_its_counts_along(
    counted: MainWindow, wait_idle: Wait, qtbot: QtBot
) -> None:
    list_models(counted, qtbot, ModelChoice("beta", 2_000_000))
    wait_idle(counted)
    list_models(counted, qtbot, ModelChoice("beta", 2_000_000), ModelChoice("alpha", 9))
    assert counts(counted) == [None, None, None]
    assert counts(counted, "beta") == [1010, None, None]


def test_regions_keep_their_figures_when_a_model_is_renamed(
    counted: MainWindow, wait_idle: Wait, qtbot: QtBot, tmp_path: Path, fakes: dict
) -> None:
    counted.page.view._add_region(Region("Gate", list(WHOLE), True))
    fakes["north"] = fakes["alpha"]
    fakes["north"].model = "north"
    counted.desk.model_renamed.emit("alpha", "north")
    assert counts(counted, "north") == [10, 20, 30]
    rows = exported(counted, tmp_path / "out" / "c.csv", qtbot)
    assert [row["Gate"] for row in rows] == ["10.0", "20.0", "30.0"]
    wait_idle(counted)


def test_another_model_is_renamed_while_all_are_counted(
    counted: MainWindow, wait_idle: Wait, qtbot: QtBot, fakes: dict
) -> None:
    seen = len(fakes["alpha"].seen)
    fakes["alpha"].gate.clear()
    counted.actions_["count-all"].trigger()
    counted.desk.model_renamed.emit("beta", "north")
    fakes["alpha"].gate.set()
    qtbot.waitUntil(lambda: counted.page.all.work is None)
    assert len(fakes["alpha"].seen) == seen + 3
    wait_idle(counted)


def test_the_status_bar_never_speaks_of_what_was_there_before(
    counted: MainWindow, wait_idle: Wait
) -> None:
    """The first eight pixels have all of a fake predictor's people."""
    view, near = counted.page.view, counted.status.near
    move_mouse(view, view.mapFromScene(2, 2))
    assert near.text().startswith("10.0")
    counted.show_next()
    wait_idle(counted)
    assert near.text().startswith("20.0")
    counted.page.choose_model("beta")
    wait_idle(counted)
    assert near.text().startswith("1020.0")
    counted.page.clear()
    assert near.text() == ""


def test_pictures_without_a_count_are_told_of(
    counted: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    counted.page.session.entries[1].results.clear()
    rows = exported(counted, tmp_path / "out" / "c.csv", qtbot)
    assert [row["count"] for row in rows] == ["10.0", "30.0"]
    said = [bar.notice.text() for bar in counted.notices.bars()]
    assert "1 of 3 pictures have no count by alpha and are left out." in said


def test_pictures_without_figures_for_their_regions_are_told_of(
    counted: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    session = counted.page.session
    counted.page.view._add_region(Region("Gate", list(WHOLE), True))
    session.maps.forget_picture(session.entries[1])
    rows = exported(counted, tmp_path / "out" / "c.csv", qtbot)
    assert [row["Gate"] for row in rows] == ["10.0", "", "30.0"]
    assert any("regions of 1 of the pictures" in b.notice.text() for b in counted.notices.bars())


@pytest.mark.parametrize("how", ["chosen", "all counted again"])
def test_a_file_that_was_written_anew_is_counted_anew_by_all(
    counted: MainWindow, grey: Grey, wait_idle: Wait, qtbot: QtBot, how: str
) -> None:
    counted.page.choose_model("beta")
    wait_idle(counted)
    count_all(counted, qtbot)
    path = grey(200, "grey20.png")
    os.utime(path, ns=(0, 1))
    forgotten = []
    counted.page.list.thumbnails.forget = forgotten.append  # type: ignore[method-assign]
    counted.page.all.rewritten.connect(forgotten.append)
    if how == "chosen":
        counted.page.choose(1)
        wait_idle(counted)
    else:
        count_all(counted, qtbot)
    assert counts(counted, "beta") == [1010, 1200, 1030]
    assert counts(counted) == [10, None, 30]
    assert path in forgotten


def test_the_picture_on_the_screen_is_read_anew_when_counting_all_finds_it_changed(
    counted: MainWindow, grey: Grey, wait_idle: Wait, qtbot: QtBot
) -> None:
    # Nothing else tells of the change.
    counted.page.counter.worker.altered.disconnect()
    counted.page.session.entries[1].results.clear()
    os.utime(grey(200, "grey10.png"), ns=(0, 1))
    count_all(counted, qtbot)
    wait_idle(counted)
    session = counted.page.session
    assert session.picture.pixels.mean() == 200
    assert session.prediction.count == 200
    assert counts(counted) == [200, 20, 30]


def test_who_may_read_a_file_is_no_change_of_it(
    counted: MainWindow, wait_idle: Wait, qtbot: QtBot, tmp_path: Path
) -> None:
    count_all(counted, qtbot)
    path = tmp_path / "grey10.png"
    path.chmod(0o600)
    qtbot.wait(2 * QUIET_MS)
    wait_idle(counted)
    assert counts(counted) == [10, 20, 30]
    assert not counted.notices.bars()
    # Its file is still watched.
    os.utime(path, ns=(0, 1))
    qtbot.waitUntil(lambda: bool(counted.notices.bars()))
    assert "has changed on disk" in counted.notices.bars()[0].notice.text()


def test_a_folder_that_may_not_be_searched_is_no_fault_of_the_program(
    counted: MainWindow, wait_idle: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path) -> bool:
        raise PermissionError

    monkeypatch.setattr(Path, "is_file", refuse)
    counted.page.choose(2)
    wait_idle(counted)
    assert counted.page.session.prediction.count == 30
    assert not counted.notices.bars()


def test_a_picture_that_was_away_is_counted_with_the_new_ones(
    counted: MainWindow, grey: Grey, wait_idle: Wait, qtbot: QtBot, tmp_path: Path
) -> None:
    away = tmp_path / "away"
    (tmp_path / "grey20.png").rename(away)
    counted.page.choose(1)
    wait_idle(counted)
    assert counts(counted) == [10, None, 30]
    away.rename(tmp_path / "grey20.png")
    counted.open_words([grey(40), grey(50)])
    wait_idle(counted)
    assert counts(counted) == [10, None, 30, 40, None]
    count_all(counted, qtbot)
    assert counts(counted) == [10, 20, 30, 40, 50]


def test_looking_at_a_picture_again_leaves_it_exported(
    counted: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    exported(counted, tmp_path / "out" / "c.csv", qtbot)
    entry = counted.page.session.entries[1]
    qtbot.waitUntil(lambda: not unexported([entry]))
    before = entry.results["alpha"]
    entry.results["alpha"] = replace(before, seconds=before.seconds + 1)
    assert not unexported([entry])
    entry.results["alpha"] = replace(before, count=before.count + 1)
    assert unexported([entry])


def test_threads_do_not_void_what_was_counted(
    counted: MainWindow, wait_idle: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, void = [10, 20, 30], [10, None, None]
    for name, value, left in (("threads", 2, kept), ("precision", "fp32", void)):
        setattr(counted.settings, name, value)
        counted.desk.engine_changed.emit()
        wait_idle(counted)
        assert counts(counted) == left


def test_what_cannot_be_read_any_more_is_in_no_sum(
    counted: MainWindow, wait_idle: Wait, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "grey20.png").write_bytes(b"no picture")
    count_all(counted, qtbot)
    assert counts(counted) == [10, None, 30]
    qtbot.waitUntil(lambda: counted.page.list.summary.text().startswith("2 of 3 counted: 40 "))
    rows = exported(counted, tmp_path / "out" / "c.csv", qtbot)
    assert [float(row["count"]) for row in rows] == [10, 30]


def test_the_next_start_counts_where_the_remembered_model_does_not_load(
    window: MainWindow, grey: Grey, wait_idle: Wait, fakes: dict, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(name: str, _engine: EngineChoice) -> object:
        if name == "beta":
            raise UserError("engine-no-int8", model="beta", path="beta")
        return fakes[name]

    monkeypatch.setattr(jobs, "load_predictor", load)
    window.page.choose_model("beta")
    window.open_words([grey(10)])
    wait_idle(window)
    assert window.page.facts.count.text() == "10"
    assert window.settings.model == window.page.session.model == "alpha"
    assert "beta" in window.notices.bars()[0].notice.text()


def test_what_changed_on_disk_is_counted_with_what_is_new(
    counted: MainWindow, grey: Grey, wait_idle: Wait, qtbot: QtBot, tmp_path: Path
) -> None:
    before = counted.page.session.entries[1].stamp
    assert before is not None
    Path(grey(90)).replace(tmp_path / "grey20.png")
    os.utime(tmp_path / "grey20.png", ns=(before[0] + 10**9,) * 2)
    counted.open_words([grey(40), grey(50)])
    wait_idle(counted)
    assert counts(counted) == [10, 20, 30, 40, None]
    count_all(counted, qtbot)
    assert counts(counted) == [10, 90, 30, 40, 50]


def test_one_picture_is_closed_while_the_list_shows_no_other(
    counted: MainWindow, wait_idle: Wait
) -> None:
    page = counted.page
    for text, left in (("grey10", 2), ("nothing", 1)):
        page.list.search.setText(text)
        counted.actions_["close-picture"].trigger()
        wait_idle(counted)
        assert len(page.session.entries) == left
        assert page.session.current_entry is not None


def test_a_folder_is_listed_once_however_it_is_named(
    window: MainWindow, grey: Grey, wait_idle: Wait, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pics").mkdir()
    whole = [grey(value, f"pics/{value}.png") for value in (10, 20)]
    monkeypatch.chdir(tmp_path)
    for word in ("pics", str(tmp_path / "pics"), "pics/10.png"):
        window.open_words([word])
        wait_idle(window)
    assert [entry.source.path for entry in window.page.session.entries] == whole


@pytest.mark.parametrize("start", [0, 1], ids=["across first", "upright first"])
@pytest.mark.parametrize("place", range(4))
def test_a_rectangle_stays_one_when_a_corner_passes_an_edge(start: int, place: int) -> None:
    corners = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
    region = Region("A", [*corners[start:], *corners[:start]], rectangle=True)
    # However it was begun, its first edge runs across from here on.
    assert region.corners[0][1] == region.corners[1][1]
    stays = region.corners[(place + 2) % 4]
    for x, y in ((5, 3), (stays[0], 3), (12, 3), (12, stays[1]), (-3, 14)):
        region.drag_corner(place, x, y)
    assert region.corners[place] == (-3, 14)
    assert region.corners[(place + 2) % 4] == stays
    assert {x for x, _ in region.corners} == {-3, stays[0]}
    assert {y for _, y in region.corners} == {14, stays[1]}


def test_a_line_of_pixels_is_a_picture() -> None:
    for size in ((1, 5000), (5000, 1), (3, 9000)):
        levels = picture_levels(np.zeros((*size, 3), np.uint8))
        assert (levels[0].height(), levels[0].width()) == size
        assert max(levels[-1].height(), levels[-1].width()) <= 1600
