"""Zones, playback and analysis from the live page."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import crowdgui.window.live.hub
from crowdgui.live.reader import State
from crowdgui.live.zones import Zone, read_zones
from crowdgui.window.counting import jobs
from crowdgui.window.desk import ModelChoice, ModelList
from crowdgui.window.live.zones_dialog import ZonesDialog
from crowdgui.window.main_window import MainWindow
from small_streams import brightness_counter, write_video

LIMIT = 60_000
SQUARE = ((0.25, 0.25), (0.75, 0.25), (0.75, 0.75), (0.25, 0.75))


@pytest.fixture
def window(
    monkeypatch: pytest.MonkeyPatch, new_window: Callable[..., MainWindow], tmp_path: Path
) -> MainWindow:
    found = ModelList((ModelChoice("brightness", 1_000_000),), "brightness")
    monkeypatch.setattr(jobs, "list_models", lambda: found)
    monkeypatch.setattr(jobs, "load_predictor", lambda _name, _engine: brightness_counter())
    monkeypatch.setattr(crowdgui.window.live.hub, "user_config_path", lambda *_a, **_k: tmp_path)
    return new_window()


@pytest.fixture
def video(tmp_path: Path) -> Path:
    return write_video(tmp_path / "in" / "video.mp4", frames=200, fps=10)


@pytest.fixture
def playing(window: MainWindow, video: Path, qtbot: QtBot) -> MainWindow:
    window.open_words([str(video)])
    page = window.live

    def counted() -> bool:
        return page.source is not None and page.source.state().latest is not None

    qtbot.waitUntil(counted, timeout=LIMIT)
    qtbot.waitUntil(lambda: window.actions_["live-zones"].isEnabled(), timeout=LIMIT)
    return window


def test_without_a_source_there_is_nothing_to_draw_on(window: MainWindow) -> None:
    window.show_page("live")
    assert not window.actions_["live-zones"].isEnabled()
    assert not window.actions_["live-analyse"].isEnabled()
    assert not window.live.tools.bar.isVisible()
    # Called nevertheless, they do nothing.
    window.live.tools.edit_zones()
    window.live.tools.analyse()
    assert window.live.findChild(ZonesDialog) is None


def test_drawn_zones_are_counted_and_kept(
    playing: MainWindow, video: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    page = playing.live
    source = page.source
    assert source is not None
    page.tools.bar.play_button.click()
    playing.actions_["live-zones"].trigger()
    dialog = page.findChild(ZonesDialog)
    assert dialog is not None
    editor = dialog.editor
    corners = [(x * 160, y * 120) for x, y in SQUARE]
    editor.view._region_drawn(corners, False)
    editor.form.name.setText("Gate")
    editor.form.name.textEdited.emit("Gate")
    dialog.save()
    zone = Zone("Gate", SQUARE)
    assert source.zones == (zone,)
    kept = tmp_path / "zones.json"
    qtbot.waitUntil(kept.exists, timeout=LIMIT)
    assert read_zones(kept, str(video)) == (zone,)
    assert str(video) in json.loads(kept.read_text("utf-8"))["sources"]

    def seen() -> bool:
        latest = source.state().latest
        return latest is not None and [one.zone for one in latest.zones] == [zone]

    # Paused, the picture on the screen is counted again.
    qtbot.waitUntil(seen, timeout=LIMIT)


def test_zones_that_are_drawn_after_the_end_of_a_video_are_counted(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window.open_words([str(write_video(tmp_path / "short.mp4", frames=12, fps=10))])
    page = window.live

    def over() -> bool:
        return page.source is not None and page.source.state().state is State.ENDED

    qtbot.waitUntil(over, timeout=LIMIT)
    source = page.source
    assert source is not None
    assert source.latest is not None
    place, zone = source.latest.frame.position, Zone("Gate", SQUARE)
    page.tools.edit_zones()
    dialog = page.findChild(ZonesDialog)
    assert dialog is not None
    dialog.saved.emit((zone,))
    qtbot.waitUntil(lambda: [one.zone for one in source.latest.zones] == [zone], timeout=LIMIT)
    qtbot.waitUntil(over, timeout=LIMIT)
    assert source.latest.frame.position == place
    dialog.reject()


def test_the_bar_belongs_to_the_video_that_is_large(playing: MainWindow, qtbot: QtBot) -> None:
    bar, page = playing.live.tools.bar, playing.live
    assert bar.isVisible()
    qtbot.waitUntil(lambda: bar.slider.value() > 0, timeout=LIMIT)
    page.open_words(["demo:"])
    qtbot.waitUntil(lambda: len(page.hub.sources) == 2, timeout=LIMIT)
    qtbot.waitUntil(lambda: not bar.isVisible(), timeout=LIMIT)
    assert not playing.actions_["live-analyse"].isEnabled()
    page.choose(page.hub.sources[0])
    assert bar.isVisible()
    assert bar.slider.maximum() == 20_000


def test_the_large_video_is_what_is_analysed(
    playing: MainWindow, video: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    playing.actions_["live-analyse"].trigger()
    panel = playing.live.tools.panel
    assert panel is not None
    assert panel.isVisible()
    assert panel.subject.text() == "video.mp4: 200 frames, counted with brightness"
    assert panel.folder.text() == str(video.parent)
    # Zones that are drawn while it is open are counted too.
    source = playing.live.source
    playing.live.hub.save_zones(source, [Zone("Gate", SQUARE)])
    panel.folder.setText(str(tmp_path / "out"))
    panel.video_box.setChecked(False)
    panel.start_button.click()
    qtbot.waitUntil(lambda: panel.analysis is not None and panel.analysis.done > 1, timeout=LIMIT)
    panel.cancel_button.click()
    table = tmp_path / "out" / "video-counts.csv"
    qtbot.waitUntil(table.exists, timeout=LIMIT)
    assert "Gate" in table.read_text("utf-8").splitlines()[0]
    panel.close()
