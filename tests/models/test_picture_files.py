"""Pictures are written whole or not at all, in the form that their name says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from models.errors import UserError
from models.picture_files import save_picture
from small_disk import full_disk, needs_limits

NOISE = np.random.default_rng(0).integers(0, 256, (90, 120, 3), dtype=np.uint8)
SMOOTH = np.broadcast_to(np.arange(120, dtype=np.uint8)[None, :, None], (90, 120, 3)).copy()


@pytest.mark.parametrize(
    ("name", "form"), [("a.png", "PNG"), ("a.JPG", "JPEG"), ("a.tif", "TIFF"), ("a", "PNG")]
)
def test_the_name_says_the_form(tmp_path: Path, name: str, form: str) -> None:
    save_picture(tmp_path / "new" / name, SMOOTH)
    with Image.open(tmp_path / "new" / name) as found:
        assert found.format == form
        lost = np.abs(np.asarray(found, np.float64) - SMOOTH).mean()
    assert lost < 2 if form == "JPEG" else lost == 0


@needs_limits
@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif"])
def test_a_full_disk_is_said_and_loses_nothing(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    save_picture(path, NOISE[:2, :2])
    before = path.read_bytes()
    with full_disk(), pytest.raises(UserError) as caught:
        save_picture(path, NOISE)
    assert caught.value.code == "path-unwritable"
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("shape", [(65_501, 1, 3), (1, 65_501, 3)])
def test_a_picture_that_is_too_long_for_jpeg_says_so(
    tmp_path: Path, shape: tuple[int, ...]
) -> None:
    long = np.zeros(shape, np.uint8)
    with pytest.raises(UserError, match=r"at most 65500 pixels a side; save it as PNG") as caught:
        save_picture(tmp_path / "a.jpg", long)
    assert caught.value.code == "path-unwritable"
    save_picture(tmp_path / "a.png", long)
    save_picture(tmp_path / "a.jpg", long[:65_500, :65_500])
