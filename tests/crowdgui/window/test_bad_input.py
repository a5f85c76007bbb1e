"""Whatever goes wrong gets one sentence, and nothing is lost."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from crowdgui.sources import Source
from crowdgui.window.counting import jobs
from crowdgui.window.counting.entries import Entry
from crowdgui.window.desk import ModelChoice, ModelList
from crowdgui.window.engines import EngineChoice, Predictors
from crowdgui.window.main_window import MainWindow
from models.errors import UserError

Grey = Callable[..., str]
Wait = Callable[[MainWindow], None]
# In the window's thread for each of 20,000 pictures; comparing them in Python needs more.
MOST_CALLS = 12


def notices(window: MainWindow) -> list[str]:
    return [bar.notice.text() for bar in window.notices.bars()]


@pytest.fixture
def wait_all(qtbot: QtBot) -> Callable[[MainWindow], None]:
    """Count all pictures, and wait until that has ended."""

    def wait(window: MainWindow) -> None:
        window.actions_["count-all"].trigger()
        qtbot.waitUntil(lambda: window.page.all.work is None)

    return wait


def test_a_folder_that_vanishes_is_said_once(
    window: MainWindow, grey: Grey, wait_idle: Wait, wait_all: Wait, tmp_path: Path
) -> None:
    (tmp_path / "album").mkdir()
    for value in range(10, 40):
        grey(value, f"album/p{value}.png")
    window.open_words([str(tmp_path / "album")])
    wait_idle(window)
    shutil.rmtree(tmp_path / "album")
    wait_all(window)
    (sentence,) = [text for text in notices(window) if "does not exist" in text]
    assert f"{tmp_path / 'album'} does not exist" in sentence
    # What was counted before is still there, and so is the list.
    assert window.page.facts.count.text() == "10"
    assert window.page.list.rows.rowCount() == 30


def test_pictures_that_fail_are_told_of_in_one_sentence(
    window: MainWindow, grey: Grey, wait_idle: Wait, wait_all: Wait, tmp_path: Path
) -> None:
    for number in range(4):
        (tmp_path / f"broken{number}.png").write_bytes(b"no picture")
    words = [grey(10), *(str(tmp_path / f"broken{n}.png") for n in range(4)), grey(20)]
    window.open_words(words)
    wait_idle(window)
    wait_all(window)
    assert notices(window) == ["Pictures that could not be counted are marked in the list: 4."]
    rows = window.page.list.rows
    assert [rows.index(row, 1).data() for row in range(6)] == ["10", *["failed"] * 4, "20"]
    assert "is not a picture" in rows.index(2, 0).data(3)


def test_20000_files_freeze_nothing(
    window: MainWindow, wait_idle: Wait, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No step of the window's own on the way does much for each of them."""
    import numpy as np

    picture = np.full((40, 40, 3), 9, np.uint8)

    def expand(_word: str) -> list[Source]:
        return [Source(f"/album/IMG_{n}.jpg", lambda: picture) for n in range(20_000, 0, -1)]

    monkeypatch.setattr(jobs, "expand", expand)
    window.open_words(["/album"])
    wait_idle(window)
    page = window.page
    assert page.list.rows.rowCount() == 20_000

    def calls(do: Callable[[], object]) -> float:
        """Return how many functions are called for it per picture: as many on any machine."""
        number = 0

        def count(_frame: object, event: str, _of: object) -> None:
            nonlocal number
            number += event in ("call", "c_call")

        sys.setprofile(count)
        try:
            do()
        finally:
            sys.setprofile(None)
        return number / 20_000

    for entry in page.session.entries:
        entry.results["alpha"] = page.session.entries[0].results["alpha"]
    long = {
        "render": calls(page.render_session),
        "settle": calls(page.list._settle),
        "sort by name": calls(lambda: page.list.tree.sortByColumn(0, _next_order())),
        "sort by count": calls(lambda: page.list.tree.sortByColumn(1, _next_order())),
        "find": calls(lambda: page.list.search.setText(f"IMG_1{_next_order().value}")),
        "step": calls(lambda: page.step(1)),
    }
    assert {name: number for name, number in long.items() if number > MOST_CALLS} == {}
    wait_idle(window)


_turn = 0


def _next_order() -> object:
    """Return the other order each time, so that no sort finds its work done."""
    from PySide6.QtCore import Qt

    global _turn
    _turn += 1
    return Qt.SortOrder(_turn % 2)


def test_a_file_that_changes_is_read_anew(
    window: MainWindow, grey: Grey, wait_idle: Wait, qtbot: QtBot
) -> None:
    path = grey(10)
    window.open_words([path, grey(90)])
    wait_idle(window)
    assert window.page.facts.count.text() == "10"
    Image.new("RGB", (64, 48), (70, 70, 70)).save(path)
    qtbot.waitUntil(lambda: window.page.facts.count.text() == "70")
    assert notices(window) == ["grey10.png has changed on disk; it was read anew."]
    # The same again: a file that was replaced is still watched.
    other = Path(path).with_name("new.png")
    Image.new("RGB", (64, 48), (50, 50, 50)).save(other)
    other.replace(path)
    qtbot.waitUntil(lambda: window.page.facts.count.text() == "50")


def test_a_file_that_is_cut_off_while_shown_leaves_the_last_good_state(
    window: MainWindow, grey: Grey, wait_idle: Wait, qtbot: QtBot
) -> None:
    path = grey(10)
    window.open_words([path])
    wait_idle(window)
    Path(path).write_bytes(b"half a pict")
    qtbot.waitUntil(lambda: any("is not a picture" in t for t in notices(window)))
    assert window.page.facts.count.text() == "10"
    assert window.page.view.isVisible()


def test_a_file_that_goes_is_said_and_stays_on_the_screen(
    window: MainWindow, grey: Grey, wait_idle: Wait, qtbot: QtBot
) -> None:
    path = grey(10)
    window.open_words([path])
    wait_idle(window)
    Path(path).unlink()
    qtbot.waitUntil(lambda: bool(notices(window)))
    assert notices(window) == ["grey10.png is gone from the disk; it is shown as it was."]
    assert window.page.facts.count.text() == "10"
    # Some programs take a file away before they write it anew.
    Image.new("RGB", (64, 48), (60, 60, 60)).save(path)
    qtbot.waitUntil(lambda: window.page.facts.count.text() == "60")


def clip(**content: object) -> None:
    mime = QMimeData()
    if "text" in content:
        mime.setText(str(content["text"]))
    if "image" in content:
        mime.setImageData(content["image"])
    if "files" in content:
        mime.setUrls([QUrl.fromLocalFile(path) for path in content["files"]])  # type: ignore[attr-defined]
    QGuiApplication.clipboard().setMimeData(mime)


@pytest.mark.parametrize("text", ["", "no such thing", "relative.png", "a\0b", "x" * 5000])
def test_a_clipboard_without_a_picture_is_said(window: MainWindow, text: str) -> None:
    clip(text=text)
    window.actions_["paste"].trigger()
    assert notices(window) == ["There is no picture on the clipboard. Copy one first."]


def test_pasted_pictures_are_counted(window: MainWindow, wait_idle: Wait) -> None:
    for value in (30, 60):
        image = QImage(101, 50, QImage.Format.Format_RGB32)
        image.fill(QColor(value, value, value))
        clip(image=image)
        window.actions_["paste"].trigger()
        wait_idle(window)
        assert window.page.facts.count.text() == str(value)
    assert window.windowTitle() == "Pasted picture 2 — crowdgui"
    assert window.page.list.rows.rowCount() == 2
    assert window.files._stem() == "pasted-2"


def test_what_is_transparent_lies_on_white(window: MainWindow, wait_idle: Wait) -> None:
    image = QImage(40, 40, QImage.Format.Format_ARGB32)
    image.fill(0)
    clip(image=image)
    window.actions_["paste"].trigger()
    wait_idle(window)
    assert window.page.facts.count.text() == "255"


def test_pasted_files_and_paths_are_opened(window: MainWindow, grey: Grey, wait_idle: Wait) -> None:
    clip(files=[grey(10)])
    window.actions_["paste"].trigger()
    clip(text=f"{grey(20)}\n{grey(30)}\n")
    window.actions_["paste"].trigger()
    wait_idle(window)
    names = [entry.file_name for entry in window.page.session.entries]
    assert names == ["grey10.png", "grey20.png", "grey30.png"]


def test_a_model_removed_while_in_use(
    window: MainWindow,
    fakes: dict,
    grey: Grey,
    wait_idle: Wait,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window.open_words([grey(10)])
    wait_idle(window)
    window.page.choose_model("beta")
    wait_idle(window)
    assert window.page.facts.count.text() == "1,010"
    monkeypatch.setattr(jobs, "list_models", lambda: ModelList((ModelChoice("alpha", 1),), "alpha"))
    window.desk.refresh_models()
    qtbot.waitUntil(lambda: window.page.session.model == "alpha")
    wait_idle(window)
    assert window.page.facts.count.text() == "10"
    assert notices(window) == ["beta is no longer installed; alpha counts from now on."]


def test_a_model_whose_file_is_gone_goes_on_counting(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(jobs, "load_predictor", lambda name, _e: opened.append(name) or object())
    file = home / "models" / "mine.onnx"
    file.write_bytes(b"one")
    predictors, engine = Predictors(), EngineChoice()
    first = predictors.get("mine", engine)
    assert predictors.get("mine", engine) is first
    file.unlink()
    assert predictors.get("mine", engine) is first
    # Another file of the same name is another model; so is another engine.
    file.write_bytes(b"another")
    assert predictors.get("mine", engine) is not first
    predictors.get("mine", EngineChoice(threads=2))
    assert opened == ["mine"] * 3


def test_a_damaged_truth_beside_the_picture_is_said_and_the_picture_counted(
    window: MainWindow, grey: Grey, wait_idle: Wait
) -> None:
    path = Path(grey(10))
    path.with_suffix(".json").write_text("{")
    window.open_words([str(path)])
    wait_idle(window)
    assert window.page.facts.count.text() == "10"
    assert window.page.facts.truth.text() == ""
    assert len(notices(window)) == 1
    assert "cannot be read" in notices(window)[0]


def test_truth_beside_the_picture_is_shown(window: MainWindow, grey: Grey, wait_idle: Wait) -> None:
    path = Path(grey(10))
    # One of the three lies outside the picture and does not count.
    path.with_suffix(".json").write_text(json.dumps([[5, 5], [10, 10], [900, 5]]))
    window.open_words([str(path)])
    wait_idle(window)
    assert window.page.facts.truth.text() == "true count 2, error +400 %"


def test_a_mistake_of_ours_costs_no_other_picture(
    window: MainWindow, grey: Grey, wait_idle: Wait, wait_all: Wait
) -> None:
    def fail() -> object:
        raise RuntimeError("wires crossed")

    window.open_words([grey(10), grey(20)])
    wait_idle(window)
    window.page.session.add([Entry(Source("bad.png", fail))])  # type: ignore[arg-type]
    window.page.session.add([Entry(Source(grey(30), lambda: jobs.expand(grey(30))[0].read()))])
    window.page.render_session()
    wait_all(window)
    assert [entry.counts for entry in window.page.session.entries] == [
        {"alpha": 10.0}, {"alpha": 20.0}, {}, {"alpha": 30.0},
    ]  # fmt: skip


def test_device_that_is_not_there_is_said(
    window: MainWindow,
    fakes: dict,
    grey: Grey,
    wait_idle: Wait,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def load(name: str, engine: EngineChoice) -> object:
        if engine.device == "cuda":
            raise UserError("device-unavailable", device="cuda", devices="cpu")
        return fakes[name]

    monkeypatch.setattr(jobs, "load_predictor", load)
    window.open_words([grey(10)])
    wait_idle(window)
    window.settings.device = "cuda"
    window.desk.engine_changed.emit()
    wait_idle(window)
    assert "cuda is not available" in notices(window)[0]
    assert window.page.view.isVisible()
    window.settings.device = "auto"
    window.desk.engine_changed.emit()
    wait_idle(window)
    assert window.page.facts.count.text() == "10"
