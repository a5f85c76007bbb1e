"""Settings are remembered, and damaged ones never keep the window from opening."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from pytestqt.qtbot import QtBot

from crowdgui.window.main_window import MainWindow
from crowdgui.window.settings import MOST_RECENT, Settings, load_settings, save_settings
from crowdgui.window.settings_keeper import SettingsKeeper
from crowdgui.window.training.form import SCENES
from small_disk import hold_files

NewWindow = Callable[..., MainWindow]


def test_there_and_back(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    settings = Settings(language="ko", theme="dark", opacity=20, overlay=False, folder="/사진")
    save_settings(settings, path)
    assert load_settings(path) == (settings, None)


def test_first_start_has_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none.json") == (Settings(), None)


@pytest.mark.parametrize("damage", [b"{", b"", b"[1, 2]", b"\xff\xfe\x00", b"null", b"[" * 100_000])
def test_damaged_file_is_kept_aside(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(damage)
    settings, aside = load_settings(path)
    assert settings == Settings()
    assert aside is not None
    assert aside.read_bytes() == damage
    assert not path.exists()


def test_single_wrong_values_take_their_defaults(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"theme": 7, "opacity": True, "language": "ko"}))
    assert load_settings(path) == (Settings(language="ko"), None)


def test_what_a_newer_version_remembers_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    later = {"later": {"a": [1]}, "language": "ko"}
    path.write_text(json.dumps(later))
    settings, _aside = load_settings(path)
    settings.theme = "dark"
    save_settings(settings, path)
    found = json.loads(path.read_text())
    assert found.items() >= {**later, "theme": "dark"}.items()
    assert load_settings(path) == (settings, None)


def test_the_newest_of_what_was_opened_are_remembered_each_once() -> None:
    settings = Settings()
    for number in range(MOST_RECENT + 2):
        settings.remember_opened([f"/{number}.png"])
    settings.remember_opened(["/5.png", "/new.png", "/5.png"])
    assert settings.recent[:4] == ["/5.png", "/new.png", "/9.png", "/8.png"]
    assert len(set(settings.recent)) == len(settings.recent) == MOST_RECENT


@pytest.mark.usefixtures("fakes")
def test_window_opens_on_a_damaged_file_and_says_so_once(home: Path, new_window: NewWindow) -> None:
    (home / "settings.json").write_text("{broken")
    window = new_window()
    (bar,) = window.notices.bars()
    assert bar.notice.severity == "warning"
    assert "settings.damaged.json" in bar.notice.text()
    window.close()
    assert new_window().notices.bars() == []


@pytest.mark.parametrize(
    "odd",
    [
        {"theme": "pink", "language": "tlh", "opacity": 900, "model": "gone"},
        {"geometry": "not base64 at all ✂", "opacity": -5},
        {"geometry": "\ud800", "panels": "\ud800", "training": {"scenes": 10**30}},
        {"recent": [1, None, ["/a.png"]], "colour_map": "pink", "folder": "/gone"},
    ],
)
@pytest.mark.usefixtures("fakes")
def test_window_opens_on_odd_values(
    home: Path, new_window: NewWindow, odd: dict[str, object], qtbot: object
) -> None:
    (home / "settings.json").write_text(json.dumps(odd))
    window = new_window()
    qtbot.waitUntil(lambda: window.page.session.models is not None)
    assert window.page.session.model == "alpha"
    assert window.isVisible()
    assert 0 <= window.settings.opacity <= 100
    window.show_page("train")
    assert window.training.form.scenes.value() == SCENES


@pytest.mark.usefixtures("fakes")
def test_window_remembers(new_window: NewWindow) -> None:
    first = new_window()
    first.actions_["theme-dark"].trigger()
    first.actions_["language-ko"].trigger()
    first.page.set_opacity(25)
    first.close()
    second = new_window("")
    assert second.settings.theme == "dark"
    assert second.language == "ko"
    assert second.page.controls.opacity.value() == 25
    assert second.actions_["theme-dark"].isChecked()


@pytest.mark.usefixtures("fakes")
def test_window_comes_back_as_it_was_left(new_window: NewWindow) -> None:
    first = new_window()
    first.resize(first.size() - QSize(0, 60))
    first.page.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, first.page.facts_panel)
    first.page.set_colour_map("viridis")
    first.page.set_density(False)
    size = first.size()
    first.close()
    second = new_window()
    assert second.size() == size
    area = second.page.dockWidgetArea(second.page.facts_panel)
    assert area == Qt.DockWidgetArea.BottomDockWidgetArea
    assert second.page.controls.colours.currentText() == "Viridis"
    assert not second.page.controls.density.isChecked()


@pytest.mark.usefixtures("fakes")
def test_settings_that_cannot_be_written_do_not_stop_the_close(
    home: Path, new_window: NewWindow
) -> None:
    window = new_window()
    (home / "settings.json").mkdir()
    window.close()
    assert not window.isVisible()


def test_what_is_chosen_is_kept_before_the_window_is_closed(
    window: MainWindow, home: Path, qtbot: QtBot
) -> None:
    (keeper,) = window.desk.findChildren(SettingsKeeper)
    file = home / "settings.json"
    assert keeper._timer.isActive()
    keeper.look()
    assert not file.exists()
    window.choose_theme("dark")
    keeper.look()
    qtbot.waitUntil(file.exists)
    assert load_settings(file)[0].theme == "dark"
    file.unlink()
    keeper.look()
    qtbot.wait(100)
    assert not file.exists()


def test_settings_that_a_scanner_holds_for_a_moment_are_not_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, settings = tmp_path / "settings.json", Settings(theme="dark")
    save_settings(settings, path)
    hold_files(monkeypatch, "read_text", 2)
    assert load_settings(path) == (settings, None)
