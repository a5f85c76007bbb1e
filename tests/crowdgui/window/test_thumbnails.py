"""Small pictures for the list, made from files of all kinds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from crowdgui.sources import Source
from crowdgui.window.counting import thumbnails as thumbnails_module
from crowdgui.window.counting.entries import Entry
from crowdgui.window.counting.thumbnails import (
    HEIGHT,
    WIDTH,
    small_picture,
)
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
