"""Tiles that are too small for all that is to be said of their sources."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QImage
from pytestqt.qtbot import QtBot

from crowdgui.window.live.tile_text import fit_message, fit_name, tile_name
from crowdgui.window.live.tiles import SMALL_BELOW, SMALL_TILE, TILE, Tiles, neighbour
from crowdgui.window.live.view import LiveView

TROUBLE = "Reconnecting in 12 s"


@pytest.fixture
def view(qtbot: QtBot) -> LiveView:
    """A small tile with a picture that is much narrower."""
    view = LiveView(small=True)
    qtbot.addWidget(view)
    view.setFixedSize(*SMALL_TILE)
    image = QImage(40, 72, QImage.Format.Format_RGB32)
    image.fill(QColor("#996633"))
    view.made = SimpleNamespace(image=image, counted=SimpleNamespace(zones=()))
    return view


@pytest.fixture
def tiles(qtbot: QtBot) -> Tiles:
    tiles = Tiles()
    qtbot.addWidget(tiles)
    tiles.set_room(SMALL_BELOW - 1)
    tiles.resize(613, tiles.height())
    return tiles


def rows_that_differ(one: QImage, other: QImage) -> list[int]:
    width = one.width()
    return [
        y
        for y in range(one.height())
        if one.copy(QRect(0, y, width, 1)) != other.copy(QRect(0, y, width, 1))
    ]


@pytest.mark.parametrize("message", [TROUBLE, "The video is over", "12초 후 다시 연결"])
def test_what_is_wrong_hides_neither_count_nor_name(view: LiveView, message: str) -> None:
    view.say("", "", "", "")
    bare = view.grab().toImage()
    view.say("", "127.0.0.4:9/stream1", "309", "")
    well = view.grab().toImage()
    written = rows_that_differ(bare, well)
    # Between them there are rows where nothing stands.
    free = [y for y in range(written[0], written[-1]) if y not in written]
    assert len(free) > 12
    view.say(message, "127.0.0.4:9/stream1", "309", "")
    ill = rows_that_differ(well, view.grab().toImage())
    assert ill
    assert set(ill) <= set(free)


def test_letters_are_smaller_before_any_are_left_out(view: LiveView) -> None:
    room = QRectF(0, 0, 108, 17)
    shown, pixels = fit_message(TROUBLE, room, view._light_font)
    assert shown == TROUBLE
    assert pixels < 12
    # Two lines where one would be too long.
    shown, pixels = fit_message(TROUBLE, QRectF(0, 0, 80, 50), view._light_font)
    assert shown == TROUBLE
    assert QFontMetricsF(view._light_font(pixels)).horizontalAdvance(TROUBLE) > 80
    shown, _pixels = fit_message(TROUBLE * 5, room, view._light_font)
    assert shown.endswith("…")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("rtsp://127.0.0.4:9/stream1", "127.0.0.4:9/stream1"),
        ("rtsp://ann:***@10.0.0.5:554/a", "10.0.0.5:554/a"),
        ("http://ann@cam.local/mjpeg?x=1", "cam.local/mjpeg?x=1"),
        ("${CAMERA}", "${CAMERA}"),
        ("demo:", "demo:"),
        ("/videos/platform.mp4", "platform.mp4"),
    ],
)
def test_a_tile_names_a_source_without_what_all_have(name: str, shown: str) -> None:
    assert tile_name(name) == shown


@pytest.mark.parametrize("number", [4, 5, 104])
def test_cameras_of_one_building_have_different_names(view: LiveView, number: int) -> None:
    name = tile_name(f"rtsp://192.168.0.{number}:554/Streaming/Channels/stream1")
    shown, pixels = fit_name(name, 106, view._font)
    assert shown.startswith((f"192.168.0.{number}:554/", f"192.168.0.{number}/"))
    assert "…" in shown
    assert QFontMetricsF(view._font(pixels)).horizontalAdvance(shown) <= 106


def test_streams_of_one_host_have_different_names(view: LiveView) -> None:
    names = [f"10.0.0.5/Streaming/Channels/{number}" for number in (1, 2)]
    first, second = (fit_name(name, 106, view._font)[0] for name in names)
    assert first != second


def shown_sources(tiles: Tiles, number: int, large: int) -> list[object]:
    """Show so many sources, with one of them large."""
    sources: list[object] = [object() for _ in range(number)]
    tiles.set_sources(sources, sources[large])
    tiles.show()
    return sources


def is_seen_whole(tiles: Tiles, source: object) -> bool:
    view = tiles.views[source]
    place = QRect(view.mapTo(tiles.viewport(), view.rect().topLeft()), view.size())
    return tiles.viewport().rect().contains(place)


def test_the_tile_of_the_large_source_is_scrolled_to(tiles: Tiles, qtbot: QtBot) -> None:
    sources = shown_sources(tiles, 5, -1)
    qtbot.waitUntil(lambda: is_seen_whole(tiles, sources[-1]))
    assert not is_seen_whole(tiles, sources[0])
    tiles.set_sources(sources, sources[0])
    assert is_seen_whole(tiles, sources[0])
    # One more comes, and is large from the first.
    sources.append(object())
    tiles.set_sources(sources, sources[-1])
    qtbot.waitUntil(lambda: is_seen_whole(tiles, sources[-1]))
    # What a person has scrolled to stays.
    tiles.horizontalScrollBar().setValue(0)
    tiles.set_sources(sources, sources[-1])
    assert tiles.horizontalScrollBar().value() == 0


@pytest.mark.parametrize("number", [2, 3, 4, 5, 6])
def test_there_is_a_scroll_bar_only_where_tiles_need_one(
    tiles: Tiles, qtbot: QtBot, number: int
) -> None:
    sources = shown_sources(tiles, number + 1, -1)
    qtbot.waitUntil(lambda: is_seen_whole(tiles, sources[-1]))
    del sources[0]
    tiles.set_sources(sources, sources[-1])
    bar = tiles.horizontalScrollBar()
    # Now, and once all is laid out.
    needed = number > 4
    assert bar.isVisible() == needed
    assert tiles.height() == SMALL_TILE[1] + 16 + (bar.height() if needed else 0)
    qtbot.waitUntil(lambda: is_seen_whole(tiles, sources[-1]))
    assert bar.isVisible() == (bar.maximum() > 0) == needed


def test_a_scroll_bar_goes_when_there_is_room(tiles: Tiles, qtbot: QtBot) -> None:
    sources = shown_sources(tiles, 4, 0)
    qtbot.waitUntil(lambda: is_seen_whole(tiles, sources[0]))
    tiles.set_room(SMALL_BELOW)
    assert tiles.views[sources[0]].width() == TILE[0]
    assert tiles.horizontalScrollBar().isVisible()
    tiles.resize(4 * 200 - 8 + 24, tiles.height())
    qtbot.waitUntil(lambda: not tiles.horizontalScrollBar().isVisible())
    assert tiles.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize(
    ("before", "large", "now", "next_one"),
    [
        ("abcd", "b", "acd", "c"),
        ("abcd", "d", "abc", "c"),
        ("abcd", "b", "a", "a"),
        ("abc", "a", "", None),
        # Before there was any, the one that came last.
        ("", None, "ab", "b"),
    ],
)
def test_the_neighbour_takes_the_place_of_a_source_that_went(
    before: str, large: str | None, now: str, next_one: str | None
) -> None:
    assert neighbour(list(before), large, list(now)) == next_one
