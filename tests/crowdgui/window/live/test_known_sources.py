"""Sources that were open last time, that have names, and that were removed by mistake."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from crowdgui.live.zones import Zone
from crowdgui.window.live.address_dialog import AddressDialog
from crowdgui.window.live.name_dialog import NameDialog
from crowdgui.window.main_window import MainWindow
from crowdgui.window.settings import MOST_RECENT, Settings, load_settings, save_settings
from live_pages import add, wait_for_count
from small_streams import MjpegServer, write_video

ALL = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


@pytest.fixture
def address() -> Iterator[str]:
    server = MjpegServer()
    yield f"http://127.0.0.1:{server.port}/stream"
    server.close()


def say(window: MainWindow) -> list[str]:
    return [bar.notice.text() for bar in window.notices.bars()]


def name_by(window: MainWindow, given: str) -> None:
    """Name the large source as a person does, by F2."""
    window.actions_["live-name"].trigger()
    (dialog,) = window.findChildren(NameDialog)
    dialog.setTextValue(given)
    dialog.accept()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_sources_of_last_time_come_back(
    new_window: Callable[..., MainWindow],
    fakes: dict[str, object],
    qtbot: QtBot,
    tmp_path: Path,
    address: str,
) -> None:
    assert fakes
    first = new_window()
    first.show_page("live")
    assert not first.live.hint.last_button.isVisible()
    video = str(write_video(tmp_path / "way.mp4", 200))
    add(first, qtbot, "demo:", video, address)
    gone = str(write_video(tmp_path / "gone.mp4", 200))
    add(first, qtbot, gone)
    first.actions_["live-remove"].trigger()
    first.close()
    again = new_window()
    again.show_page("live")
    button = again.live.hint.last_button
    assert button.isVisible()
    assert button.text() == "Open the 3 sources of last time"
    button.click()
    wait_for_count(again, qtbot, 3)
    assert [source.name for source in again.live.hub.sources] == ["demo:", video, address]
    # Without any opened, those of the time before are there still.
    again.close()
    idle = new_window()
    idle.close()
    last = new_window()
    last.show_page("live")
    assert last.live.hint.last_button.text() == "Open the 3 sources of last time"


def test_one_source_of_last_time_is_one(
    new_window: Callable[..., MainWindow], fakes: dict[str, object], qtbot: QtBot
) -> None:
    assert fakes
    first = new_window()
    first.show_page("live")
    add(first, qtbot, "demo:")
    first.close()
    again = new_window()
    again.show_page("live")
    assert again.live.hint.last_button.text() == "Open the source of last time"


def test_a_source_whose_password_nobody_keeps_is_not_remembered(
    live: MainWindow, qtbot: QtBot
) -> None:
    word = "rtsp://ann:secret@127.0.0.1:9/a"
    live.live.hub.add(word)
    qtbot.waitUntil(lambda: len(live.live.hub.sources) == 1)
    name_by(live, "Gate")
    assert "secret" not in json.dumps(live.settings.live)
    assert live.settings.live["sources"] == []
    live.actions_["live-remove"].trigger()
    assert say(live) == ["Gate was removed."]
    # In this run it can be opened again all the same.
    live.notices.bars()[0].action_button.click()
    qtbot.waitUntil(lambda: len(live.live.hub.sources) == 1)
    assert live.live.hub.known.word(live.live.source.name) == word
    assert "secret" not in json.dumps(live.settings.live)


def test_what_is_wrong_in_the_settings_is_passed_over(
    new_window: Callable[..., MainWindow], fakes: dict[str, object], home: Path, qtbot: QtBot
) -> None:
    assert fakes
    kept = Settings(live={"sources": ["demo:", 7], "names": {"demo:": 8}}, addresses=["rtsp://a/b"])
    save_settings(kept, home / "settings.json")
    window = new_window()
    window.show_page("live")
    assert window.live.hub.known.last == ("demo:",)
    add(window, qtbot, "demo:")
    assert window.live.hub.known.title("demo:") == "demo:"


def test_a_name_is_shown_everywhere_and_kept(
    live: MainWindow, qtbot: QtBot, home: Path, address: str
) -> None:
    page = live.live
    add(live, qtbot, "demo:", address)
    name_by(live, " Gate A/B ")
    view = page.tiles.views[page.source]
    qtbot.waitUntil(lambda: view.caption == "Gate A/B")
    assert view.toolTip() == f"Gate A/B\n{address}"
    assert "Gate A/B" in view.accessibleName()
    qtbot.waitUntil(lambda: page.figures.name.text() == "Gate A/B")
    page.figures.retranslate()
    assert page.figures.name.text() == "Gate A/B"
    assert page.figures.name.toolTip() == address
    page.hub.save_zones(page.source, [Zone("Way", ALL, capacity=1.0, hold_s=0.0)])
    qtbot.waitUntil(lambda: any("Way (Gate A/B) became" in text for text in say(live)))
    # It is said by its newest name, in what stands there already too.
    name_by(live, "Gate A")
    shown = [bar.label.text() for bar in live.notices.bars()]
    assert any("Way (Gate A) became" in text for text in shown)
    name_by(live, "Gate A/B")
    # The log's columns and the zones' file have the address.
    assert page.source.name == address
    live.close()
    kept, _aside = load_settings(home / "settings.json")
    assert kept.live["names"] == {address: "Gate A/B"}


def test_a_name_can_be_taken_back(live: MainWindow, qtbot: QtBot) -> None:
    add(live, qtbot, "demo:")
    name_by(live, "Crowd")
    assert live.live.hub.known.title("demo:") == "Crowd"
    name_by(live, "")
    assert live.live.hub.known.title("demo:") == "demo:"
    assert live.settings.live["names"] == {}


def test_f2_names_the_source_on_this_page_alone(live: MainWindow, qtbot: QtBot) -> None:
    add(live, qtbot, "demo:")
    qtbot.keyClick(live.live.live_view, Qt.Key.Key_F2)
    (dialog,) = live.findChildren(NameDialog)
    dialog.reject()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    live.show_page("models")
    qtbot.keyClick(live, Qt.Key.Key_F2)
    assert not live.findChildren(NameDialog)


def test_a_right_click_is_about_the_tile_that_is_clicked(
    live: MainWindow, qtbot: QtBot, address: str
) -> None:
    page = live.live
    add(live, qtbot, "demo:", address)
    demo, stream = page.hub.sources
    assert page.source is stream
    view = page.tiles.views[demo]
    middle = QPoint(view.width() // 2, view.height() // 2)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, middle, view.mapToGlobal(middle))
    shown = list[str]()

    def look() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        shown.extend(action.text() for action in menu.actions())
        menu.close()

    QTimer.singleShot(0, look)
    QApplication.sendEvent(view, event)
    assert page.source is demo
    assert shown == ["Nam&e…", "Open a&gain", "&Zones…", "", "&Remove the source"]


def test_a_source_that_was_removed_comes_back_by_its_notice(
    live: MainWindow, qtbot: QtBot, tmp_path: Path, address: str
) -> None:
    page = live.live
    video = str(write_video(tmp_path / "way.mp4", 200))
    add(live, qtbot, video, "demo:", address)
    page.choose(page.hub.sources[0])
    live.actions_["live-remove"].trigger()
    # Not the one that came last.
    assert page.source.name == "demo:"
    assert say(live) == ["way.mp4 was removed."]
    bar = live.notices.bars()[0]
    assert bar.action_button.text() == "Open again"
    bar.action_button.click()
    wait_for_count(live, qtbot, 3)
    assert page.source.name == video
    assert live.settings.live["sources"] == ["demo:", address, video]


def test_addresses_are_kept_apart_from_files() -> None:
    settings = Settings()
    settings.remember_opened(["rtsp://10.0.0.5/a", "/crowd.png"])
    settings.remember_opened([f"/{number}.png" for number in range(MOST_RECENT)])
    assert "rtsp://10.0.0.5/a" not in settings.recent
    settings.remember_opened(["${CAMERA}"])
    assert settings.addresses == ["${CAMERA}", "rtsp://10.0.0.5/a"]


def test_recent_addresses_are_offered_on_the_empty_page(
    live: MainWindow, qtbot: QtBot, address: str
) -> None:
    page = live.live
    assert not page.hint.recent.title.isVisible()
    live.settings.remember_opened([address, "rtsp://10.0.0.5/a&b"])
    page.render_page()
    shown = [link.text() for link in page.hint.recent.links if link.isVisible()]
    assert shown == [address, "rtsp://10.0.0.5/a&&b"]
    page.hint.recent.links[0].click()
    wait_for_count(live, qtbot)
    assert page.source.name == address


def test_recent_addresses_are_to_choose_from_in_the_dialog(live: MainWindow) -> None:
    live.settings.remember_opened(["rtsp://10.0.0.5/a", "rtsp://ann@10.0.0.6/b"])
    live.actions_["live-address"].trigger()
    (dialog,) = live.findChildren(AddressDialog)
    box = dialog.box
    assert [box.itemText(row) for row in range(box.count())] == live.settings.addresses
    assert dialog.address.text() == ""
    dialog.user.setText("bea")
    dialog.password.setText("secret")
    box.setCurrentIndex(1)
    box.activated.emit(1)
    # The password was of another.
    assert (dialog.address.text(), dialog.user.text()) == ("rtsp://10.0.0.6/b", "ann")
    assert dialog.word() == "rtsp://ann@10.0.0.6/b"
    box.setCurrentIndex(0)
    box.activated.emit(0)
    assert dialog.word() == "rtsp://10.0.0.5/a"
    # What is typed joins nobody's list.
    dialog.address.setText("rtsp://ann:secret@10.0.0.7/c")
    dialog.address.returnPressed.emit()
    assert box.count() == 2
    dialog.reject()
