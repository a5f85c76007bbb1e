"""Regions are kept for the folder and the size of their pictures, from one run to the next."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from crowdgui.window.counting.kept_regions import MOST_FOLDERS, KeptRegions, Place
from crowdgui.window.main_window import MainWindow
from crowdgui.window.region_keeper import RegionKeeper
from crowdgui.window.viewing.regions import Region

Grey = Callable[..., str]
Wait = Callable[[MainWindow], None]
NewWindow = Callable[..., MainWindow]
SQUARE = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)]


def draw(window: MainWindow) -> None:
    window.page.view._region_drawn(list(SQUARE), True)


def seen(window: MainWindow) -> list[tuple[str, list[tuple[float, float]], bool]]:
    return [(one.name, one.corners, one.rectangle) for one in window.page.session.regions]


def places(file: Path) -> list[tuple[str, list[int]]]:
    facts = json.loads(file.read_text("utf-8"))
    return [(one["folder"], one["size"]) for one in facts["places"]]


@pytest.fixture
def opened(window: MainWindow, grey: Grey, wait_idle: Wait) -> MainWindow:
    window.open_words([grey(80), grey(40)])
    wait_idle(window)
    return window


def reopened(new_window: NewWindow, wait_idle: Wait, *words: str) -> MainWindow:
    """Open the same, or others, in a window of the next start."""
    window = new_window()
    window.open_words(list(words))
    wait_idle(window)
    return window


@pytest.fixture
def file(home: Path) -> Path:
    return home / "regions.json"


# By themselves


def test_there_and_back() -> None:
    kept, again = KeptRegions(), KeptRegions()
    kept.of(Place("/사진", (320, 240))).append(Region("문", list(SQUARE), True))
    kept.of(Place("/사진", (10, 10))).append(Region("B", SQUARE[:3]))
    kept.of(Place("/empty", (10, 10)))
    kept.of(Place("", (10, 10))).append(Region("demo", SQUARE[:3]))
    again.read(kept.text())
    assert again.text() == kept.text()
    (door,) = again.of(Place("/사진", (320, 240)))
    assert (door.name, door.corners, door.rectangle) == ("문", SQUARE, True)
    assert again.of(Place("/empty", (10, 10))) == again.of(Place("", (10, 10))) == []


def test_the_folders_used_last_are_kept() -> None:
    kept, again = KeptRegions(), KeptRegions()
    for number in range(MOST_FOLDERS + 5):
        for side in (8, 9):
            kept.of(Place(f"/{number}", (side, side))).append(Region("A", list(SQUARE)))
    kept.use("/0")
    again.read(kept.text())
    counts = [len(again.of(Place(f"/{number}", (9, 9)))) for number in range(MOST_FOLDERS + 5)]
    assert counts == [1, *[0] * 5, *[1] * (MOST_FOLDERS - 1)]


@pytest.mark.parametrize(
    "odd",
    [
        7, {}, {"folder": "", "size": [1, 1], "regions": []},
        {"folder": "/x", "size": [1], "regions": []},
        {"folder": "/x", "size": [1e999, 1], "regions": []},
        {"folder": "/x", "size": [1, 1], "regions": [{"name": "A", "corners": [], "rectangle": 0}]},
        {"folder": "/x", "size": [1, 1], "regions": [{"name": 3, "corners": SQUARE}]},
        {"folder": "/x", "size": [1, 1], "regions": [
            {"name": "A", "corners": [[0, 0], [1, float("nan")], [2, 2]], "rectangle": False}]},
        {"folder": "/x", "size": [1, 1], "regions": [
            {"name": "A", "corners": SQUARE[:3], "rectangle": True}]},
    ],
)  # fmt: skip
def test_a_place_that_is_wrong_is_left_out(odd: object) -> None:
    good = KeptRegions()
    good.of(Place("/good", (1, 1))).append(Region("A", list(SQUARE)))
    facts, kept = json.loads(good.text()), KeptRegions()
    facts["places"].insert(0, odd)
    kept.read(json.dumps(facts))
    assert kept.text() == good.text()


# In the window


def test_regions_come_back_with_pictures_of_their_folder_and_size(
    opened: MainWindow, new_window: NewWindow, grey: Grey, wait_idle: Wait, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    draw(opened)
    before = seen(opened)
    opened.open_words([grey(60, "other/same-size.png")])
    wait_idle(opened)
    assert seen(opened) == []
    opened.close()
    small, new = grey(50, "small.png", (100, 100)), grey(30, "new.png")
    again = reopened(new_window, wait_idle, small, new)
    assert seen(again) == []
    again.page.choose(1)
    wait_idle(again)
    assert seen(again) == before == [("A", SQUARE, True)]
    assert again.page.view._region_items[0].label == "A  30.0"
    again.open_words([str(tmp_path / "other" / "same-size.png")])
    wait_idle(again)
    assert seen(again) == []
    # Nothing is written beside the pictures.
    assert {path.suffix for path in tmp_path.iterdir() if path.is_file()} == {".png"}


def test_a_folder_is_the_same_however_it_is_named(
    opened: MainWindow, new_window: NewWindow, wait_idle: Wait, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    draw(opened)
    opened.close()
    monkeypatch.chdir(tmp_path)
    again = reopened(new_window, wait_idle, "home/../grey80.png")
    assert seen(again) == [("A", SQUARE, True)]


def test_regions_that_came_back_are_removed_undone_and_forgotten(
    opened: MainWindow, new_window: NewWindow, grey: Grey, wait_idle: Wait, file: Path
) -> None:
    draw(opened)
    opened.close()
    again = reopened(new_window, wait_idle, grey(80))
    assert not again.actions_["undo"].isEnabled()
    again.actions_["remove-regions"].trigger()
    assert seen(again) == []
    again.actions_["undo"].trigger()
    assert seen(again) == [("A", SQUARE, True)]
    again.actions_["redo"].trigger()
    again.close()
    assert places(file) == []
    third = new_window()
    third.open_words([grey(80)])
    wait_idle(third)
    assert seen(third) == []


def test_regions_are_written_while_the_window_is_open(
    opened: MainWindow, file: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (keeper,) = opened.findChildren(RegionKeeper)
    assert not keeper._timer.isActive()
    keeper._timer.setInterval(0)
    draw(opened)
    qtbot.waitUntil(file.exists)
    assert places(file) == [(str(tmp_path), [320, 240])]
    # Undoing is a change like others.
    opened.actions_["undo"].trigger()
    qtbot.waitUntil(lambda: places(file) == [])


def test_what_could_not_be_written_is_written_at_the_close(
    opened: MainWindow, file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    (keeper,) = opened.findChildren(RegionKeeper)
    file.mkdir()
    draw(opened)
    keeper.look()
    qtbot.waitUntil(lambda: not opened.desk.files.works)
    file.rmdir()
    opened.close()
    assert places(file) == [(str(tmp_path), [320, 240])]


def test_pictures_without_a_file_leave_nothing(
    window: MainWindow, file: Path, wait_idle: Wait
) -> None:
    image = QImage(320, 240, QImage.Format.Format_RGB32)
    image.fill(QColor(30, 30, 30))
    QGuiApplication.clipboard().setImage(image)
    window.actions_["paste"].trigger()
    wait_idle(window)
    draw(window)
    window.open_words(["demo:"])
    wait_idle(window)
    draw(window)
    assert len(seen(window)) == 1
    window.close()
    assert not file.exists()


def test_regions_outlast_the_closing_of_all_pictures_but_not_those_of_no_file(
    opened: MainWindow, grey: Grey, wait_idle: Wait
) -> None:
    draw(opened)
    opened.open_words(["demo:"])
    wait_idle(opened)
    draw(opened)
    opened.actions_["clear"].trigger()
    opened.open_words(["demo:"])
    wait_idle(opened)
    assert seen(opened) == []
    opened.open_words([grey(80)])
    wait_idle(opened)
    assert seen(opened) == [("A", SQUARE, True)]


@pytest.mark.parametrize(
    "damage",
    [b"{", b"", b"[1]", b"\xff\xfe\x00", b"null", b"[" * 100_000, b'{"version": 2, "places": []}'],
)
def test_a_damaged_file_is_put_aside_and_said(
    home: Path, file: Path, damage: bytes, window_after: Callable[[], MainWindow]
) -> None:
    file.write_bytes(damage)
    window = window_after()
    (bar,) = window.notices.bars()
    assert bar.notice.severity == "warning"
    assert str(home / "regions.damaged.json") in bar.notice.text()
    assert (home / "regions.damaged.json").read_bytes() == damage
    window.close()
    assert not file.exists()


@pytest.fixture
def window_after(fakes: object, new_window: NewWindow) -> Callable[[], MainWindow]:
    """Make a window when a test has prepared its home."""
    return new_window


def test_reset_forgets_the_regions_of_all_folders(
    opened: MainWindow, new_window: NewWindow, grey: Grey, wait_idle: Wait, file: Path
) -> None:
    draw(opened)
    opened.close()
    again = reopened(new_window, wait_idle, grey(80))
    draw(again)
    again.actions_["reset"].trigger()
    (box,) = again.findChildren(QMessageBox)
    assert "regions of all folders" in box.informativeText()
    box.close()
    assert len(seen(again)) == 2
    again.help.reset()
    assert seen(again) == again.page.view._region_items == []
    assert not again.actions_["undo"].isEnabled()
    # What is drawn from now on is kept as ever.
    again.open_words([grey(50, "small.png", (100, 100))])
    wait_idle(again)
    draw(again)
    again.close()
    assert [size for _folder, size in places(file)] == [[100, 100]]
