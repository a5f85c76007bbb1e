"""Models are listed, imported, renamed, removed and made the default, files and all."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

import models
from crowdgui.window.background import Work
from crowdgui.window.catalogue import tasks
from crowdgui.window.catalogue.card import _without_title
from crowdgui.window.catalogue.engine_form import EngineForm
from crowdgui.window.catalogue.page import ModelsPage
from crowdgui.window.catalogue.tasks import name_for
from crowdgui.window.counting import jobs
from crowdgui.window.main_window import MainWindow
from small_models import save_mcnn

Wait = Callable[[MainWindow], None]


@pytest.fixture
def shown(
    home: Path,
    new_window: Callable[..., MainWindow],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> MainWindow:
    """A window on its models page: one shipped model, one of the person's own."""
    # Their engine files would take seconds to make.
    monkeypatch.setattr(jobs, "lines_of", lambda *_words: ())
    save_mcnn(home / "shipped" / "mcnn.safetensors", 1)
    (home / "shipped" / "mcnn.md").write_text("# mcnn\n\nThe header in English.", "utf-8")
    save_mcnn(home / "models" / "mine.safetensors", 2)
    (home / "models" / "mine.md").write_text("# mine\n\nTrained on nothing at all.", "utf-8")
    window = new_window()
    window.show_page("models")
    qtbot.waitUntil(lambda: len(window.installed.rows.rows) == 2)
    return window


def names(window: MainWindow) -> list[str]:
    return [choice.name for choice in window.installed.rows.rows]


def select(page: ModelsPage, name: str) -> None:
    page.table.selectRow([choice.name for choice in page.rows.rows].index(name))


def test_cards_and_what_can_be_done(shown: MainWindow) -> None:
    page = shown.installed
    select(page, "mcnn")
    text = page.card.toPlainText()
    assert "The header in English." not in text
    assert "133,705" in text
    assert "came with the program" in text
    assert not shown.actions_["remove-model"].isEnabled()
    assert not shown.actions_["rename-model"].isEnabled()
    select(page, "mine")
    assert "added by you" in page.card.toPlainText()
    assert "Trained on nothing at all." in page.card.toPlainText()
    assert shown.actions_["remove-model"].isEnabled()
    assert shown.actions_["default-model"].isEnabled()


def test_a_model_that_cannot_be_used_can_only_be_removed_or_renamed(
    shown: MainWindow, home: Path, qtbot: QtBot
) -> None:
    (home / "models" / "bad.safetensors").write_bytes(b"nothing")
    shown.desk.refresh_models()
    qtbot.waitUntil(lambda: "bad" in names(shown))
    select(shown.installed, "bad")
    assert not shown.actions_["default-model"].isEnabled()
    assert shown.actions_["remove-model"].isEnabled()
    assert shown.actions_["rename-model"].isEnabled()


def test_names_can_be_read_in_a_narrow_table(shown: MainWindow, qtbot: QtBot) -> None:
    table = shown.installed.table
    needed = table.sizeHintForColumn(0)
    for width in (200, 900):
        table.setFixedWidth(width)
        qtbot.waitUntil(lambda: table.columnWidth(0) >= needed)
    # Where there is room nothing scrolls.
    assert table.horizontalScrollBar().maximum() == 0


def test_what_another_program_adds_is_listed_when_the_page_is_shown(
    shown: MainWindow, home: Path, qtbot: QtBot
) -> None:
    shown.show_page("count")
    save_mcnn(home / "models" / "north.safetensors", 3)
    shown.show_page("models")
    qtbot.waitUntil(lambda: names(shown) == ["mcnn", "mine", "north"])


def test_settings_are_saved_while_a_file_is_imported(
    shown: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, gate = Event(), Event()

    def slow(_file: Path) -> Iterator[str]:
        begun.set()
        assert gate.wait(20)
        yield "mine"

    monkeypatch.setattr(tasks, "import_file", slow)
    shown.installed.import_file(str(tmp_path / "far.pth"))
    assert begun.wait(20)
    done: list[object] = []
    saving = Work(lambda: "", lambda _work: iter(()), done.append, done.append, quiet=True)
    shown.desk.files.start(saving)
    qtbot.waitUntil(lambda: done == [None])
    gate.set()
    qtbot.waitUntil(lambda: not shown.desk.folders.works)


def test_a_table_without_headings_has_no_empty_row(shown: MainWindow) -> None:
    text = _without_title("# x\n\n| | |\n|---|---|\n| network | mcnn |\n| file | 1 |\n\nMore.")
    assert text.splitlines()[1:4] == ["| network | mcnn |", "|---|---|", "| file | 1 |"]
    assert text.endswith("More.")


def test_a_card_loads_nothing(shown: MainWindow, home: Path, qtbot: QtBot) -> None:
    card = "# mine\n\n![x](http://example.org/x.png) ![y](file:///etc/hostname)"
    (home / "models" / "mine.md").write_text(card, "utf-8")
    shown.desk.refresh_models()
    qtbot.waitUntil(lambda: any(c.card for c in shown.installed.rows.rows if c.name == "mine"))
    select(shown.installed, "mine")
    assert shown.installed.card.loadResource(2, QUrl("file:///etc/hostname")) is None


def test_default_is_used_now_and_remembered(shown: MainWindow, qtbot: QtBot) -> None:
    page = shown.installed
    select(page, "mine")
    shown.actions_["default-model"].trigger()
    assert shown.settings.model == "mine"
    assert shown.page.session.model == "mine"
    assert page.rows.default() == "mine"
    assert not shown.actions_["default-model"].isEnabled()


def test_rename_in_the_row(shown: MainWindow, home: Path, qtbot: QtBot) -> None:
    page = shown.installed
    select(page, "mine")
    shown.actions_["default-model"].trigger()
    page.rows.setData(page.rows.index(1, 0), "station-2")
    qtbot.waitUntil(lambda: names(shown) == ["mcnn", "station-2"])
    assert (home / "models" / "station-2.safetensors").exists()
    assert shown.settings.model == "station-2"
    assert page.selected() is not None
    assert page.selected().name == "station-2"  # type: ignore[union-attr]


@pytest.mark.parametrize("wanted", ["mcnn", "../up", "con"])
def test_a_name_that_cannot_be_is_said(shown: MainWindow, qtbot: QtBot, wanted: str) -> None:
    page = shown.installed
    page.rows.setData(page.rows.index(1, 0), wanted)
    qtbot.waitUntil(lambda: bool(shown.notices.bars()))
    assert wanted in shown.notices.bars()[0].notice.text()
    assert names(shown) == ["mcnn", "mine"]


def test_remove_asks_first(shown: MainWindow, home: Path, qtbot: QtBot) -> None:
    page = shown.installed
    select(page, "mine")
    shown.desk.losses_of = lambda model: [f"Counts by {model}."]
    shown.actions_["remove-model"].trigger()
    box = page.findChild(QMessageBox)
    assert box is not None
    assert box.informativeText().startswith("Counts by mine.\n")
    box.button(QMessageBox.StandardButton.Cancel).click()
    assert (home / "models" / "mine.safetensors").exists()
    qtbot.waitUntil(lambda: page.findChild(QMessageBox) is None)
    shown.actions_["remove-model"].trigger()
    again = page.findChild(QMessageBox)
    assert again is not None
    remove = [b for b in again.buttons() if b.text().replace("&", "") == "Remove"]
    # It goes for the one that was asked about.
    select(page, "mcnn")
    remove[0].click()
    qtbot.waitUntil(lambda: names(shown) == ["mcnn"])
    assert not (home / "models" / "mine.safetensors").exists()


def test_the_model_in_use_can_be_removed(
    shown: MainWindow, wait_idle: Wait, qtbot: QtBot, tmp_path: Path
) -> None:

    Image.new("RGB", (64, 64), (90, 90, 90)).save(tmp_path / "a.png")
    select(shown.installed, "mine")
    shown.actions_["default-model"].trigger()
    shown.open_words([str(tmp_path / "a.png")])
    wait_idle(shown)
    assert shown.page.session.prediction.model == "mine"  # type: ignore[union-attr]
    shown.installed.remove("mine")
    qtbot.waitUntil(lambda: shown.page.session.model == "mcnn")
    wait_idle(shown)
    assert shown.page.session.prediction.model == "mcnn"  # type: ignore[union-attr]
    texts = [bar.notice.text() for bar in shown.notices.bars()]
    assert texts == ["mine is no longer installed; mcnn counts from now on."]


def test_import_finds_a_free_name(shown: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    file = save_mcnn(tmp_path / "mine.safetensors", 3)
    shown.installed.import_file(str(file))
    qtbot.waitUntil(lambda: names(shown) == ["mcnn", "mine", "mine-2"])
    assert shown.installed.selected().name == "mine-2"  # type: ignore[union-attr]
    assert "mine-2 is installed" in shown.notices.bars()[0].notice.text()
    assert "mine-2" in [c.name for c in shown.page.session.models or ()]


@pytest.mark.parametrize("suffix", [".safetensors", ".onnx"])
def test_a_dropped_model_is_imported(
    shown: MainWindow, tmp_path: Path, qtbot: QtBot, suffix: str
) -> None:
    file = tmp_path / f"역 북쪽{suffix}"
    if suffix == ".onnx":
        shutil.copyfile(Path(models.__file__).parent / "pretrained" / "mcnn.onnx", file)
    else:
        save_mcnn(file, 3)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    facts = (
        QPoint(50, 50), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier(0),
    )  # fmt: skip
    shown.show_page("count")
    QApplication.sendEvent(shown, QDragEnterEvent(*facts))
    QApplication.sendEvent(shown, QDropEvent(*facts))
    qtbot.waitUntil(lambda: len(names(shown)) == 3)
    assert shown.front == "models"


def test_a_model_in_use_is_renamed_without_alarm(
    shown: MainWindow, qtbot: QtBot, grey: Callable[..., str], wait_idle: Callable[..., None]
) -> None:
    shown.page.choose_model("mine")
    shown.open_words([grey(9)])
    wait_idle(shown)
    shown.show_page("models")
    shown.installed._rename("mine", "north")
    qtbot.waitUntil(lambda: names(shown) == ["mcnn", "north"])
    qtbot.waitUntil(lambda: shown.desk.model("north") is not None)
    wait_idle(shown)
    assert shown.page.session.model == shown.settings.model == "north"
    assert list(shown.page.session.entries[0].results) == ["north"]
    assert not any("no longer" in bar.notice.text() for bar in shown.notices.bars())


def test_an_int8_file_comes_with_the_model_it_belongs_to_and_pictures_are_opened(
    shown: MainWindow, tmp_path: Path, qtbot: QtBot, grey: Callable[..., str]
) -> None:
    folder = Path(models.__file__).parent / "pretrained"
    for ending in (".onnx", ".int8.onnx"):
        shutil.copyfile(folder / f"mcnn{ending}", tmp_path / f"north{ending}")
    mime = QMimeData()
    files = [grey(9), *map(str, sorted(tmp_path.glob("north*")))]
    mime.setUrls([QUrl.fromLocalFile(file) for file in files])
    facts = (
        QPoint(50, 50), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier(0),
    )  # fmt: skip
    QApplication.sendEvent(shown, QDragEnterEvent(*facts))
    QApplication.sendEvent(shown, QDropEvent(*facts))
    qtbot.waitUntil(lambda: "north" in names(shown))
    qtbot.waitUntil(lambda: shown.desk.model("north").no_int8 is None)  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: not shown.desk.folders.works)
    qtbot.waitUntil(lambda: bool(shown.page.session.entries))
    assert names(shown) == ["mcnn", "mine", "north"]
    assert [entry.file_name for entry in shown.page.session.entries] == ["grey9.png"]


def test_a_file_that_is_no_model_is_said(shown: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "bad.pth").write_bytes(b"nothing")
    shown.installed.import_file(str(tmp_path / "bad.pth"))
    qtbot.waitUntil(lambda: bool(shown.notices.bars()))
    assert "bad.pth" in shown.notices.bars()[0].notice.text()
    assert names(shown) == ["mcnn", "mine"]


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("best.pth", "best"),
        ("역.pth", "model"),
        ("a b (1).h5", "a-b-1"),
        ("con.pth", "model-con"),
        ("m.int8.onnx", "m"),
    ],
)
def test_names_made_of_files(home: Path, file: str, name: str) -> None:
    assert name_for(Path(file)) == name


def test_without_models_it_says_what_to_do(
    new_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = new_window()
    window.show_page("models")
    qtbot.waitUntil(lambda: window.installed.hint.isVisible())
    assert "Import" in window.installed.hint.button.text()


def choose_precision(form: EngineForm, word: str) -> None:
    row = form.precision.findData(word)
    form.precision.setCurrentIndex(row)
    form.precision.activated.emit(row)


def test_int8_without_a_file_is_one_sentence_and_no_end(
    shown: MainWindow, grey: Callable[..., str], wait_idle: Wait, qtbot: QtBot
) -> None:
    shown.open_words([grey(10)])
    wait_idle(shown)
    before = shown.page.session.prediction
    choose_precision(shown.installed.engine, "int8")
    wait_idle(shown)
    (bar,) = shown.notices.bars()
    assert "int8" in bar.notice.text()
    assert shown.page.session.prediction is before
    choose_precision(shown.installed.engine, "fp32")
    wait_idle(shown)
    assert shown.page.session.result is not None
    assert all(choice.problem is None for choice in shown.page.session.models or ())


def test_a_right_click_offers_what_can_be_done_with_a_model(shown: MainWindow) -> None:
    names = ("default-model", "rename-model", "remove-model")
    assert shown.installed.table.contextMenuPolicy() == Qt.ContextMenuPolicy.ActionsContextMenu
    offered = [action for action in shown.installed.table.actions() if not action.isSeparator()]
    assert offered == [shown.actions_[name] for name in names]


def test_a_renamed_teacher_stays_the_one_that_was_chosen(shown: MainWindow, qtbot: QtBot) -> None:
    def rename(before: str, now: str) -> None:
        shown.installed._rename(before, now)
        qtbot.waitUntil(lambda: shown.desk.model(now) is not None)

    shown.settings.training["teacher"] = "mine"
    rename("mine", "north")
    shown.show_page("train")
    form = shown.training.form
    assert form.teacher.currentData() == shown.settings.training["teacher"] == "north"
    # While the form shows what a run began with.
    form.set_locked("at work")
    form.show_facts({"teacher": ""})
    rename("north", "south")
    form.set_locked("")
    assert form.teacher.currentData() == "south"
