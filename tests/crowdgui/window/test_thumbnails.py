"""Small pictures for the list, made from files of all kinds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

import models.pictures
from crowdgui.sources import Source
from crowdgui.window.counting import thumbnails as thumbnails_module
from crowdgui.window.counting.entries import Entry
from crowdgui.window.counting.thumbnails import (
    HEIGHT,
    WIDTH,
    small_picture,
)
from crowdgui.window.main_window import MainWindow
from models.pictures import read_picture


@pytest.mark.parametrize(
    ("form", "mode"),
    [
        ("jpeg", "RGB"), ("jpeg", "L"), ("jpeg", "CMYK"), ("png", "RGBA"), ("png", "P"),
        ("png", "I;16"), ("tiff", "CMYK"), ("tiff", "I;16"), ("bmp", "RGB"), ("webp", "RGBA"),
    ],
)  # fmt: skip
def test_pictures_of_all_kinds_become_small(tmp_path: Path, form: str, mode: str) -> None:
    path = tmp_path / f"x.{form}"
    if mode == "I;16":
        Image.fromarray(np.full((200, 600), 128 * 257, np.uint16)).save(path)
    else:
        Image.new("RGB", (600, 200), (128, 128, 128)).convert(mode).save(path)
    image = small_picture(Entry(Source(str(path), lambda: read_picture(path))))
    assert image is not None
    assert (image.width(), image.height()) == (2 * WIDTH, 2 * HEIGHT)
    assert abs(image.pixelColor(10, 10).green() - 128) <= 8


def test_a_vast_picture_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "vast.png"
    Image.new("L", (300, 300)).save(path)
    monkeypatch.setattr(thumbnails_module, "MOST_PIXELS", 1000)
    assert small_picture(Entry(Source(str(path), lambda: read_picture(path)))) is None


def test_a_jpeg_that_is_refused_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "vast.jpg"
    Image.new("L", (3000, 300)).save(path, progressive=True)
    entry = Entry(Source(str(path), lambda: read_picture(path)))
    assert small_picture(entry) is not None
    monkeypatch.setattr(models.pictures, "MAX_PIXELS", 100_000)
    assert small_picture(entry) is None


def test_a_file_that_comes_back_has_its_small_picture(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    path, small = tmp_path / "away.png", window.page.list.thumbnails
    entry = Entry(Source(str(path), lambda: read_picture(path)))
    assert small.of(entry) is None
    qtbot.waitUntil(lambda: small._work is None)
    Image.new("L", (300, 300)).save(path)
    with qtbot.waitSignal(small.came):
        assert small.of(entry) is None
    assert small.of(entry) is not None
    # Another file may have this name when it is opened again.
    window.page.clear()
    assert small.of(entry) is None


def test_what_is_no_picture_is_looked_at_once(tmp_path: Path) -> None:
    path = tmp_path / "x.png"
    path.write_bytes(b"no picture")
    assert small_picture(Entry(Source(str(path), lambda: read_picture(path)))) is None
