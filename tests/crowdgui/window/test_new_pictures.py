"""Pictures that are written into an opened folder are listed once they are whole."""

from __future__ import annotations

import io
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QFileSystemWatcher, Qt
from pytestqt.qtbot import QtBot

from crowdgui.sources import picture_source
from crowdgui.window.counting import folders as folders_module
from crowdgui.window.counting import watched_folder
from crowdgui.window.counting.entries import Entry, merged
from crowdgui.window.counting.session import Session
from crowdgui.window.counting.watched_folder import DAMAGED_S, QUIET_S, WatchedFolder
from crowdgui.window.main_window import MainWindow

Grey = Callable[..., str]
Wait = Callable[[MainWindow], None]
LONG = 60_000
LATER = 2 * QUIET_S


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """A folder of three pictures."""
    folder = tmp_path / "album"
    folder.mkdir()
    for number in (1, 3, 20):
        save(folder / f"p{number}.png", number)
    return folder


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at the folders often, so that a test need not wait."""
    monkeypatch.setattr(folders_module, "EVERY_MS", 300)


def save(path: Path, value: int, size: tuple[int, int] = (320, 240)) -> None:
    Image.new("RGB", size, (value, value, value)).save(path)


def names(window: MainWindow) -> list[str]:
    rows = window.page.list.rows
    return [rows.index(row, 0).data() for row in range(rows.rowCount())]


def found(folder: WatchedFolder, now: float, thorough: bool = True) -> list[str]:
    return [entry.file_name for entry in folder.look(now, thorough)]


def open_folder(window: MainWindow, folder: Path, wait_idle: Wait) -> None:
    window.open_words([str(folder)])
    wait_idle(window)


# A folder by itself


def watched(folder: Path) -> WatchedFolder:
    result = WatchedFolder(folder)
    result.known.update(path.name for path in folder.iterdir())
    return result


def test_a_new_picture_is_found_when_it_has_been_quiet(album: Path) -> None:
    folder = watched(album)
    assert found(folder, 0) == []
    save(album / "p4.png", 4)
    save(album / "p2.png", 2)
    assert found(folder, 1) == []
    assert folder.is_moving(1)
    assert found(folder, 1 + QUIET_S / 2) == []
    assert found(folder, 1 + LATER) == ["p2.png", "p4.png"]
    assert found(folder, 1 + 2 * LATER) == []
    assert not folder.is_moving(1 + 2 * LATER)


@pytest.mark.parametrize("form", ["jpeg", "png", "bmp", "tiff", "webp"])
def test_what_is_half_written_is_not_found_however_long_it_pauses(album: Path, form: str) -> None:
    memory, noise = io.BytesIO(), np.random.default_rng(3).integers(0, 255, (99, 99, 3), np.uint8)
    Image.fromarray(noise).save(memory, form)
    whole, path = memory.getvalue(), album / f"new.{form}"
    folder, now = watched(album), 0.0
    for part in (0, len(whole) // 3, len(whole) // 2):
        path.write_bytes(whole[:part])
        for _look in range(3):
            now += LATER
            assert found(folder, now) == []
    path.write_bytes(whole)
    assert found(folder, now + LATER) == []
    assert found(folder, now + 2 * LATER) == [path.name]


def test_what_would_be_refused_is_not_decoded(album: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watched_folder, "MAX_PIXELS", 1000)
    memory = io.BytesIO()
    Image.new("L", (99, 99)).save(memory, "jpeg", progressive=True)
    folder = watched(album)
    # Its end is not there: whoever reads all of it calls it damaged.
    (album / "vast.jpg").write_bytes(memory.getvalue()[:-100])
    assert found(folder, 0) == []
    assert found(folder, LATER) == ["vast.jpg"]


def test_what_stays_damaged_is_listed_at_last_but_never_an_empty_file(album: Path) -> None:
    folder = watched(album)
    (album / "bad.jpg").write_bytes(b"no picture")
    (album / "empty.jpg").touch()
    found(folder, 0)
    assert found(folder, LATER) == []
    assert found(folder, DAMAGED_S - 1) == []
    assert found(folder, DAMAGED_S + 1) == ["bad.jpg"]
    assert found(folder, 100 * DAMAGED_S) == []


def test_what_is_no_picture_and_what_goes_again_is_nothing_new(album: Path) -> None:
    folder = watched(album)
    (album / "folder.png").mkdir()
    (album / "text.txt").write_text("words")
    save(album / ".hidden.png", 5)
    save(album / "gone.png", 5)
    found(folder, 0)
    (album / "gone.png").unlink()
    assert found(folder, LATER) == []
    assert not folder.is_moving(LATER)


def test_what_is_known_never_comes_again(album: Path) -> None:
    folder = watched(album)
    (album / "p1.png").unlink()
    found(folder, 0)
    save(album / "p1.png", 9)
    assert [found(folder, at) for at in (1, 2, 3)] == [[], [], []]


def test_a_folder_that_looks_as_before_is_not_listed_again(album: Path) -> None:
    folder = watched(album)
    found(folder, 0)
    stamp = album.stat().st_mtime_ns
    save(album / "new.png", 5)
    os.utime(album, ns=(stamp, stamp))
    assert [found(folder, at, thorough=False) for at in (1, 2)] == [[], []]
    os.utime(album, ns=(stamp, stamp + 10**9))
    assert [found(folder, at, thorough=False) for at in (3, 4)] == [[], ["new.png"]]


def test_a_folder_that_goes_and_comes_back_is_looked_at_again(album: Path) -> None:
    folder = watched(album)
    away = album.with_name("away")
    album.rename(away)
    assert found(folder, 0) == []
    assert not folder.there
    save(away / "new.png", 5)
    away.rename(album)
    assert [found(folder, at, thorough=False) for at in (1, 2)] == [[], ["new.png"]]
    assert folder.there


def entry(path: str) -> Entry:
    return Entry(picture_source(Path(path)))


def test_new_entries_stand_where_a_person_would_look_for_them() -> None:
    before = [entry(path) for path in ("/a/p1", "/a/p10", "/b/p1", "/a/p20")]
    new = [entry(f"/a/p{number}") for number in (0, 5, 11, 12, 30)]
    order = [one.source.path for one in merged(before, new)]
    assert order == ["/a/p0", "/a/p1", "/a/p5", "/a/p10", "/b/p1", "/a/p11", "/a/p12", "/a/p20",
                     "/a/p30"]  # fmt: skip
    assert merged(before, [entry("/c/p0")])[-1].source.path == "/c/p0"


def test_the_current_entry_stays_so_and_none_is_listed_twice() -> None:
    session = Session()
    session.add([entry("/a/p2"), entry("/a/p4")])
    session.current = 1
    session.take_in([entry("/a/p1"), entry("/a/p2"), entry("/a/p3")])
    assert [one.file_name for one in session.entries] == ["p1", "p2", "p3", "p4"]
    assert session.current_entry is session.entries[3]
    assert [session.find(f"/a/p{number}") for number in (1, 2, 3, 4)] == [0, 1, 2, 3]


# In the window


def test_new_pictures_of_a_folder_are_listed_and_nothing_else_changes(
    window: MainWindow, album: Path, wait_idle: Wait, qtbot: QtBot, fakes: dict
) -> None:
    open_folder(window, album, wait_idle)
    window.page.choose(2)
    wait_idle(window)
    assert window.status.place.text() == "3 / 3"
    seen = list(fakes["alpha"].seen)
    for number in (2, 4):
        save(album / f"p{number}.png", number)
    (album / "p5.png").write_bytes(b"")
    shown = ["p1.png", "p2.png", "p3.png", "p4.png", "p20.png"]
    qtbot.waitUntil(lambda: names(window) == shown, timeout=LONG)
    assert window.windowTitle().startswith("p20.png")
    assert window.page.list.tree.currentIndex().data() == "p20.png"
    assert window.status.place.text() == "5 / 5"
    assert fakes["alpha"].seen == seen
    assert window.notices.bars() == []
    window.actions_["count-all"].trigger()
    qtbot.waitUntil(lambda: window.page.all.work is None, timeout=LONG)
    assert [len(one.results) for one in window.page.session.entries] == [1] * 5


def test_a_picture_that_is_written_in_pieces_is_never_broken(
    window: MainWindow, album: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    memory = io.BytesIO()
    Image.effect_noise((300, 200), 90).convert("RGB").save(memory, "jpeg")
    data = memory.getvalue()
    open_folder(window, album, wait_idle)
    with (album / "p30.jpg").open("wb") as file:
        for start in range(0, len(data), len(data) // 2 + 1):
            file.write(data[start : start + len(data) // 2 + 1])
            file.flush()
            if start == 0:
                qtbot.wait(3 * folders_module.SOON_MS)
                assert "p30.jpg" not in names(window)
    qtbot.waitUntil(lambda: names(window)[-1] == "p30.jpg", timeout=LONG)
    window.page.choose(3)
    wait_idle(window)
    assert window.page.session.entries[3].problem is None


def test_the_rows_that_are_seen_stay_where_they_are(
    window: MainWindow, album: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    for number in range(100, 160):
        save(album / f"p{number}.png", 1, (8, 8))
    open_folder(window, album, wait_idle)
    page, tree = window.page, window.page.list.tree
    tree.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    tree.verticalScrollBar().setValue(30)
    top = tree.indexAt(tree.viewport().rect().topLeft()).data()
    save(album / "p0.png", 1)
    qtbot.waitUntil(lambda: "p0.png" in names(window), timeout=LONG)
    assert names(window)[0] == "p0.png"
    assert tree.indexAt(tree.viewport().rect().topLeft()).data() == top
    assert tree.verticalScrollBar().value() == 31
    assert page.session.current_entry.file_name == tree.currentIndex().data() == "p1.png"


def test_new_pictures_are_filtered_as_the_others(
    window: MainWindow, album: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    open_folder(window, album, wait_idle)
    window.page.list.search.setText("p2")
    save(album / "a.png", 4)
    qtbot.waitUntil(lambda: len(window.page.session.entries) == 4, timeout=LONG)
    assert names(window) == ["p20.png"]
    window.page.list.tree.setCurrentIndex(window.page.list.rows.index(0, 0))
    wait_idle(window)
    assert window.windowTitle().startswith("p20.png")
    window.page.list.search.clear()
    assert names(window) == ["a.png", "p1.png", "p3.png", "p20.png"]


def test_closed_pictures_do_not_come_back(
    window: MainWindow, album: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    open_folder(window, album, wait_idle)
    window.actions_["close-picture"].trigger()
    wait_idle(window)
    save(album / "p1.png", 8)
    save(album / "p2.png", 2)
    qtbot.waitUntil(lambda: "p2.png" in names(window), timeout=LONG)
    assert names(window) == ["p2.png", "p3.png", "p20.png"]
    window.actions_["clear"].trigger()
    save(album / "p4.png", 4)
    qtbot.wait(3 * folders_module.SOON_MS)
    assert window.page.session.entries == []
    assert window.page.empty.isVisible()


def test_what_was_on_its_way_when_all_was_closed_is_dropped(
    window: MainWindow, album: Path, wait_idle: Wait
) -> None:
    open_folder(window, album, wait_idle)
    round_ = window.page.folders._round
    window.actions_["clear"].trigger()
    window.page.folders.worker.came.emit(round_, [entry(str(album / "p2.png"))])
    assert window.page.session.entries == []


def test_a_single_picture_does_not_bring_its_folder(
    window: MainWindow, album: Path, wait_idle: Wait
) -> None:
    open_folder(window, album / "p1.png", wait_idle)
    assert not window.page.folders.thread_.isRunning()


def test_the_first_picture_of_an_empty_folder_is_shown(
    window: MainWindow, tmp_path: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    (tmp_path / "bare").mkdir()
    (tmp_path / "other").mkdir()
    for name in ("other", "bare"):
        open_folder(window, tmp_path / name, wait_idle)
    assert window.page.empty.isVisible()
    assert len(window.notices.bars()) == 2
    save(tmp_path / "bare" / "first.png", 70)
    qtbot.waitUntil(lambda: window.page.facts.count.text() == "70", timeout=LONG)
    # That there is none would no longer be true.
    (left,) = window.notices.bars()
    assert str(tmp_path / "other") in left.notice.text()


@pytest.mark.parametrize("refused", [False, True], ids=["told", "untold"])
def test_a_folder_that_goes_and_comes_back_is_followed_without_a_word(
    window: MainWindow, album: Path, grey: Grey, wait_idle: Wait, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch, refused: bool,
) -> None:  # fmt: skip
    if refused:
        monkeypatch.setattr(QFileSystemWatcher, "addPath", lambda _self, _path: False)
    open_folder(window, album, wait_idle)
    window.open_words([grey(90)])
    wait_idle(window)
    shutil.rmtree(album)
    qtbot.wait(3 * folders_module.SOON_MS)
    album.mkdir()
    for number in (1, 4):
        save(album / f"p{number}.png", number)
    qtbot.waitUntil(lambda: "p4.png" in names(window), timeout=LONG)
    assert names(window) == ["p1.png", "p3.png", "p4.png", "p20.png", "grey90.png"]
    assert window.page.facts.count.text() == "90"
    assert window.notices.bars() == []


def test_news_of_vast_folders_are_gathered_for_longer() -> None:
    assert folders_module.pause_ms(50) < 1000 < 2000 < folders_module.pause_ms(20_000) < 5000


def test_folders_are_looked_at_in_a_thread_of_their_own(
    window: MainWindow, album: Path, wait_idle: Wait, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: set[int] = set()
    look = WatchedFolder.look

    def noted(folder: WatchedFolder, *words: object) -> list[Entry]:
        threads.add(threading.get_ident())
        return look(folder, *words)

    monkeypatch.setattr(
        WatchedFolder, "look", lambda self, now, thorough: noted(self, now, thorough)
    )
    open_folder(window, album, wait_idle)
    qtbot.waitUntil(lambda: bool(threads), timeout=LONG)
    assert threading.get_ident() not in threads
    window.close()
    assert not window.page.folders.thread_.isRunning()
