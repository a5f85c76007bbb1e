"""Every kind of picture file becomes RGB uint8, and every bad one a clear sentence."""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from models.errors import UserError
from models.pictures import list_pictures, natural_key, read_picture

Save = Callable[[Path], Path]


def code_of(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        read_picture(path)
    assert str(path) in str(caught.value)
    return caught.value.code


def test_png_comes_back_as_it_was(
    tmp_path: Path, save_picture: Save, picture: NDArray[np.uint8]
) -> None:
    assert np.array_equal(read_picture(save_picture(tmp_path / "a.png")), picture)


def test_path_with_spaces_and_korean_letters(tmp_path: Path, save_picture: Save) -> None:
    path = save_picture(tmp_path / "역 승강장 2" / "사람 많은 곳.png")
    assert read_picture(path).shape == (203, 331, 3)


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "1"])
def test_modes_become_rgb(tmp_path: Path, picture: NDArray[np.uint8], mode: str) -> None:
    path = tmp_path / "a.tif"
    Image.fromarray(picture).convert(mode).save(path)
    out = read_picture(path)
    assert out.dtype == np.uint8
    assert out.shape == picture.shape
    expected = np.asarray(Image.open(path).convert("RGB"))
    assert np.abs(out.astype(int) - expected).max() <= 1


def test_16_bit_grey_keeps_its_brightness(tmp_path: Path) -> None:
    ramp = np.linspace(0, 65535, 256).astype(np.uint16)[None].repeat(4, 0)
    path = tmp_path / "deep.png"
    Image.fromarray(ramp).save(path)
    out = read_picture(path)
    assert np.abs(out[0, :, 0].astype(int) - np.arange(256)).max() <= 1


def test_transparency_lies_on_white(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(path)
    assert (read_picture(path) == 255).all()


def test_exif_rotation_is_applied(tmp_path: Path, picture: NDArray[np.uint8]) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / "turned.jpg"
    Image.fromarray(picture).save(path, exif=exif)
    assert read_picture(path).shape == (331, 203, 3)


def test_missing_file(tmp_path: Path) -> None:
    assert code_of(tmp_path / "no.jpg") == "path-missing"


def test_zero_byte_file(tmp_path: Path) -> None:
    path = tmp_path / "zero.jpg"
    path.touch()
    assert code_of(path) == "picture-empty"


def test_text_renamed_to_jpg(tmp_path: Path) -> None:
    path = tmp_path / "letter.jpg"
    path.write_text("Dear Sir or Madam")
    assert code_of(path) == "picture-unknown"


def test_truncated_jpeg(tmp_path: Path, save_picture: Save) -> None:
    path = save_picture(tmp_path / "cut.jpg")
    path.write_bytes(path.read_bytes()[:3000])
    assert code_of(path) == "picture-damaged"


def test_header_of_400_megapixels_is_refused_before_decoding(tmp_path: Path) -> None:
    header = struct.pack(">IIBBBBB", 20000, 20000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    parts = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    ]
    path = tmp_path / "bomb.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(parts))
    assert code_of(path) == "picture-too-large"


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_unreadable_permissions(tmp_path: Path, save_picture: Save) -> None:
    path = save_picture(tmp_path / "secret.png")
    path.chmod(0)
    privileged = os.geteuid() == 0
    if privileged:
        # Root reads everything: act as somebody who does not.
        for folder in (tmp_path, *list(tmp_path.parents)[:3]):
            folder.chmod(folder.stat().st_mode | 0o755)
        os.seteuid(65534)
    try:
        assert code_of(path) == "path-unreadable"
    finally:
        if privileged:
            os.seteuid(0)


def test_folder_in_the_order_a_person_counts(tmp_path: Path, save_picture: Save) -> None:
    for name in ("IMG_10.png", "IMG_2.PNG", "img_1.png", ".hidden.png", "notes.txt"):
        target = tmp_path / name
        if target.suffix.lower() == ".png":
            save_picture(target)
        else:
            target.touch()
    assert [path.name for path in list_pictures(tmp_path)] == [
        "img_1.png",
        "IMG_2.PNG",
        "IMG_10.png",
    ]


def test_folder_without_pictures(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="holds no pictures"):
        list_pictures(tmp_path)


def test_natural_key_handles_names_that_begin_with_digits() -> None:
    names = ["b", "2", "10", "a1", "a", "1b"]
    assert sorted(names, key=natural_key) == ["1b", "2", "10", "a", "a1", "b"]
