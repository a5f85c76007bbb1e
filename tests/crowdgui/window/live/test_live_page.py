"""The live page with real sources and a model that the test holds in its hand."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from crowdgui import sources
from crowdgui.live.recording import LEVEL_COLOURS
from crowdgui.live.zones import Zone, read_zones
from crowdgui.window.counting import jobs
from crowdgui.window.live.levels import level_colour, level_line
from crowdgui.window.main_window import MainWindow
from live_pages import LIMIT_MS, add, live_threads, wait_for_count
from models.errors import UserError
from small_streams import MjpegServer, write_video

LEFT = ((0.0, 0.0), (0.5, 0.0), (0.5, 1.0), (0.0, 1.0))


def test_demo_is_counted_and_shown(live: MainWindow, qtbot: QtBot) -> None:
    page = live.live
    assert page.stack.currentIndex() == 0
    page.hint.button.click()
    wait_for_count(live, qtbot)
    made = page.live_view.made
    assert made is not None
    # The picture fills the view in one direction and keeps its shape.
    image, room = made.image, page.live_view.room()
    assert image.width() == room[0] or image.height() == room[1]
    assert abs(image.width() / image.height() - 640 / 360) < 0.02
    qtbot.waitUntil(lambda: page.figures.count.text() not in ("", "–"), timeout=LIMIT_MS)
    state = page.source.state()
    shown = float(page.figures.values["raw"].text())
    assert 0 < shown < 255
    assert page.figures.name.text() == "demo:"
    assert page.figures.state.text() == "Live"
    assert state.stats.processed >= 1
    assert "alpha" in page.figures.values["model"].text()
    live.close()
    assert live_threads() == []
    assert not live.still_counting


def test_the_image_is_the_picture_and_its_map() -> None:
    from crowdgui.window.live.pictures import live_image
    from models.grid import Grid
    from models.prediction import Prediction

    picture = np.full((60, 80, 3), (200, 100, 50), np.uint8)
    density = np.zeros((6, 8), np.float32)
    density[:, 4:] = 1.0
    prediction = Prediction(24.0, density, 0.0, "m", "e", "fp32", Grid((80, 60), (10, 10)))
    plain = live_image(picture, prediction, (160, 200), 0.0, "inferno")
    assert (plain.width(), plain.height()) == (160, 120)
    colour = plain.pixelColor(80, 60)
    assert (colour.red(), colour.green(), colour.blue()) == (200, 100, 50)
    drawn = live_image(picture, prediction, (160, 200), 1.0, "inferno")
    left, right = drawn.pixelColor(20, 60), drawn.pixelColor(140, 60)
    assert abs(left.red() - 200) <= 2
    assert abs(left.blue() - 50) <= 2
    # The end of inferno is a pale yellow.
    assert right.green() > 220


def test_two_sources_one_large(live: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    page = live.live
    server = MjpegServer()
    try:
        add(live, qtbot, "demo:", f"http://127.0.0.1:{server.port}/stream")
        demo, stream = page.hub.sources
        assert page.source is stream
        assert list(page.tiles.views) == [demo, stream]
        qtbot.waitUntil(
            lambda: all(view.made is not None for view in page.tiles.views.values()),
            timeout=LIMIT_MS,
        )
        assert page.tiles.views[stream].chosen
        qtbot.mouseClick(page.tiles.views[demo], Qt.MouseButton.LeftButton)
        assert page.source is demo
        assert page.tiles.views[demo].chosen
        qtbot.waitUntil(
            lambda: page.live_view.made is not None and page.live_view.made.source is demo,
            timeout=LIMIT_MS,
        )
        live.actions_["live-remove"].trigger()
        assert page.hub.sources == (stream,)
        assert page.source is stream
        assert page.tiles.isHidden()
        qtbot.waitUntil(lambda: not any("demo" in name for name in live_threads()))
    finally:
        server.close()


def test_the_same_source_is_not_opened_twice(live: MainWindow, qtbot: QtBot) -> None:
    add(live, qtbot, "demo:")
    live.live.open_words(["demo:"])
    qtbot.waitUntil(lambda: not live.live.hub.busy, timeout=LIMIT_MS)
    assert len(live.live.hub.sources) == 1


@pytest.mark.parametrize(
    "word", ["/no/such.mp4", "camera:0?size=wide", "rtsp://user:secret@", "nosuch://x/y"]
)
def test_what_cannot_be_opened_is_said_and_loses_nothing(
    live: MainWindow, qtbot: QtBot, word: str
) -> None:
    add(live, qtbot, "demo:")
    live.open_words([word])
    qtbot.waitUntil(lambda: bool(live.notices.bars()), timeout=LIMIT_MS)
    said = live.notices.bars()[0].notice.text()
    assert said
    assert "secret" not in said
    assert [source.name for source in live.live.hub.sources] == ["demo:"]
    assert "secret" not in json.dumps(live.settings.recent)


def test_pictures_and_videos_of_one_drop_go_each_to_its_page(
    live: MainWindow, qtbot: QtBot, tmp_path: Path, grey: Callable[..., str]
) -> None:
    video = str(write_video(tmp_path / "crossing.mp4", frames=30))
    live.open_words([grey(5), video, grey(6)])
    wait_for_count(live, qtbot)
    assert [source.name for source in live.live.hub.sources] == [video]
    qtbot.waitUntil(lambda: len(live.page.session.entries) == 2)
    assert [entry.file_name for entry in live.page.session.entries] == ["grey5.png", "grey6.png"]


def test_another_model_counts_from_the_next_picture_on(live: MainWindow, qtbot: QtBot) -> None:
    add(live, qtbot, "demo:")
    live.live.hub.choose_model("beta")
    source = live.live.source
    qtbot.waitUntil(lambda: source.latest.prediction.model == "beta", timeout=LIMIT_MS)
    assert source.latest.prediction.count > 1000
    assert live.settings.live["model"] == "beta"
    assert live.settings.model == ""


def test_zones_are_counted_saved_and_alarm(
    live: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    beeps: list[int] = []
    monkeypatch.setattr(QApplication, "beep", lambda: beeps.append(1))
    add(live, qtbot, "demo:")
    page = live.live
    zones = (Zone("Gate", LEFT, capacity=1.0, hold_s=0.0), Zone("Way", LEFT))
    page.hub.save_zones(page.source, zones)
    qtbot.waitUntil(lambda: page.zones.rowCount() == 2, timeout=LIMIT_MS)
    qtbot.waitUntil(lambda: bool(live.notices.bars()), timeout=LIMIT_MS)
    assert live.notices.bars()[0].notice.text().startswith("Gate (demo:) became very crowded at ")
    assert beeps == [1]
    assert page.zones.item(0, 3).text() == "very crowded"
    assert page.zones.item(1, 3).text() == "–"
    qtbot.waitUntil(page.hub.zones_file.exists, timeout=LIMIT_MS)
    qtbot.waitUntil(lambda: read_zones(page.hub.zones_file, "demo:") == zones, timeout=LIMIT_MS)
    # A window that opens the source later finds them.
    page.hub.remove(page.source)
    add(live, qtbot, "demo:")
    assert live.live.source.zones == zones


def test_levels_differ_by_more_than_their_colours() -> None:
    words = [level.word for level in LEVEL_COLOURS if level is not None]
    assert len({level_line(word) for word in words}) == 4
    assert len({level_colour(word).name() for word in words}) == 4


def test_the_timeline_tells_peak_and_mean(live: MainWindow, qtbot: QtBot) -> None:
    add(live, qtbot, "demo:")
    page = live.live
    qtbot.waitUntil(lambda: "peak" in page.timeline.summary.text(), timeout=LIMIT_MS)
    series = page.source.timeline.series(60, page.source.latest.counted)
    assert np.nanmax(series.high) > 0
    assert page.timeline.span.itemText(3) == "Last week"
    for row in range(page.timeline.span.count()):
        page.timeline.span.setCurrentIndex(row)
        page.timeline.span_chosen.emit()
        assert np.isfinite(page.timeline.mean.yData).any()


def test_picture_alone_and_back(live: MainWindow, qtbot: QtBot) -> None:
    add(live, qtbot, "demo:")
    page = live.live
    live.actions_["live-alone"].trigger()
    assert live.isFullScreen()
    assert page.side.isHidden()
    assert live.menuBar().isHidden()
    assert live.rail.isHidden()
    qtbot.waitUntil(lambda: bool(page.live_view.count_text), timeout=LIMIT_MS)
    live.actions_["cancel"].trigger()
    assert not live.isFullScreen()
    assert not page.side.isHidden()
    assert not live.menuBar().isHidden()
    assert not live.rail.isHidden()


def test_a_hidden_page_makes_no_pictures(live: MainWindow, qtbot: QtBot) -> None:
    add(live, qtbot, "demo:")
    live.show_page("count")
    assert live.live.hub.maker._orders == {}
    live.show_page("live")
    assert len(live.live.hub.maker._orders) == 1


def test_a_minimised_window_makes_no_pictures(live: MainWindow, qtbot: QtBot) -> None:
    add(live, qtbot, "demo:")
    live.showMinimized()
    qtbot.waitUntil(lambda: live.live.hub.maker._orders == {}, timeout=LIMIT_MS)
    live.showNormal()
    qtbot.waitUntil(lambda: len(live.live.hub.maker._orders) == 1, timeout=LIMIT_MS)


def test_the_density_map_follows_its_switch(live: MainWindow, qtbot: QtBot) -> None:
    add(live, qtbot, "demo:")
    maker, view = live.live.hub.maker, live.live.live_view
    assert maker._orders[view].opacity == pytest.approx(0.7)
    live.actions_["density"].trigger()
    qtbot.waitUntil(lambda: maker._orders[view].opacity == 0, timeout=LIMIT_MS)
    assert not live.live.settings_panel.controls.density.isChecked()


def test_a_video_plays_ends_and_begins_again(
    live: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    video = str(write_video(tmp_path / "short.mp4", 12))
    live.show_page("count")
    live.open_words([video])
    assert live.front == "live"
    assert live.settings.recent == [video]
    page = live.live
    qtbot.waitUntil(lambda: page.figures.state.text() == "The video is over", timeout=LIMIT_MS)
    frames = page.source.state().stats.frames
    live.actions_["live-retry"].trigger()
    qtbot.waitUntil(lambda: page.source.state().stats.frames > frames, timeout=LIMIT_MS)


def test_korean_says_everything(live: MainWindow, qtbot: QtBot) -> None:
    add(live, qtbot, "demo:")
    live.choose_language("ko")
    page = live.live
    qtbot.waitUntil(lambda: page.figures.state.text() == "실시간", timeout=LIMIT_MS)
    assert page.side.tabText(1) == "설정"
    live.choose_language("en")


def test_model_that_cannot_be_loaded_is_said_and_another_takes_over(
    live: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    load: Callable[..., object] = jobs.load_predictor

    def broken(name: str, engine: object) -> object:
        if name == "alpha":
            raise UserError("model-unknown", name="alpha", names="beta")
        return load(name, engine)

    monkeypatch.setattr(jobs, "load_predictor", broken)
    live.live.open_words(["demo:"])
    qtbot.waitUntil(lambda: bool(live.notices.bars()), timeout=LIMIT_MS)
    assert live.live.hub.session is None
    assert "choose another" in live.live.live_view.message
    live.live.hub.choose_model("beta")
    wait_for_count(live, qtbot)
    # Chosen again it is said again, and the one that counts goes on.
    for _again in range(2):
        live.live.hub.choose_model("alpha")
        qtbot.waitUntil(lambda: live.live.hub.model == "beta", timeout=LIMIT_MS)
    assert live.settings.live["model"] == "beta"


def test_widgets_that_take_the_focus_have_a_name(live: MainWindow, qtbot: QtBot) -> None:
    add(live, qtbot, "demo:")
    nameless, named = [], 0
    for widget in live.live.findChildren(QWidget):
        inner = widget.objectName().startswith("qt_") or "Private" in type(widget).__name__
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or inner or widget.window() is not live:
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is None or not interface.text(QAccessible.Text.Name).strip():
            nameless.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
        named += 1
    assert nameless == []
    assert named >= 15


def test_an_old_count_does_not_look_like_a_new_one(
    live: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    server = MjpegServer()
    page = live.live
    try:
        add(live, qtbot, f"http://127.0.0.1:{server.port}/stream")
        page.hub.save_zones(page.source, [Zone("Gate", LEFT)])
        qtbot.waitUntil(lambda: page.zones.rowCount() == 1, timeout=LIMIT_MS)
        qtbot.waitUntil(page.figures.count.isEnabled, timeout=LIMIT_MS)
        assert page.zones.isEnabled()
        server.held.set()
        qtbot.waitUntil(lambda: not page.figures.count.isEnabled(), timeout=LIMIT_MS)
        assert not page.zones.isEnabled()
        assert page.live_view.stale
        assert page.figures.count.text() not in ("", "–")
        assert "Reconnecting" in page.live_view.message
        server.held.clear()
        qtbot.waitUntil(page.figures.count.isEnabled, timeout=LIMIT_MS)
        assert not page.live_view.stale
        assert page.live_view.message == ""
    finally:
        server.close()


def test_without_a_source_nothing_of_the_last_one_is_left(
    live: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(live, qtbot, "demo:")
    page = live.live
    qtbot.waitUntil(lambda: "peak" in page.timeline.summary.text(), timeout=LIMIT_MS)
    page.hub.remove(page.source)
    assert page.timeline.summary.text() == ""
    go_on, opened = threading.Event(), sources.live_feed
    monkeypatch.setattr(sources, "live_feed", lambda word: opened(word) if go_on.wait(60) else None)
    page.open_words(["demo:"])
    page.render_figures()
    message = page.live_view.message
    go_on.set()
    assert message == "Opening the source…"


def test_without_a_source_only_adding_one_is_possible(live: MainWindow) -> None:
    rows = [name for name in live.actions_.all() if name.startswith("live-")]
    usable = [name for name in rows if live.actions_[name].isEnabled()]
    assert usable == ["live-camera", "live-video", "live-address", "live-demo"]


def test_the_size_that_is_counted_is_chosen_and_kept(live: MainWindow, qtbot: QtBot) -> None:
    page, box = live.live, live.live.settings_panel.longest

    def choose(pixels: int) -> None:
        box.setCurrentIndex(box.findData(pixels))
        box.activated.emit(box.currentIndex())

    assert box.currentData() == 0
    choose(960)
    assert live.settings.live["longest_side"] == 960
    add(live, qtbot, "demo:")
    session = page.hub.session
    assert session is not None
    assert session.longest_side == 960
    choose(640)
    assert session.longest_side == 640


def test_another_page_has_its_surroundings(live: MainWindow, qtbot: QtBot) -> None:
    add(live, qtbot, "demo:")
    live.live.toggle_alone()
    assert not live.rail.isVisible()
    live.show_page("count")
    assert live.rail.isVisible()
    assert live.menuBar().isVisible()
    assert not live.live.alone


def test_a_paused_video_plays_when_it_is_opened_again(
    live: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    add(live, qtbot, str(write_video(tmp_path / "long.mp4", 200)))
    source = live.live.source
    source.feed.playback.pause()
    frames = source.state().stats.frames
    live.actions_["live-retry"].trigger()
    assert not source.feed.playback.paused
    qtbot.waitUntil(lambda: source.state().stats.frames > frames + 3, timeout=LIMIT_MS)
