"""A disk that fails is one sentence, wherever it is met."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from models.catalogue import installed
from models.errors import UserError
from models.files import replacing
from models.importing import import_model
from models.pictures import list_pictures, read_picture
from small_disk import hold_files


def fail(*_words: object, **_more: object) -> None:
    raise OSError(errno.EIO, "Input/output error")


def test_what_cannot_be_cleared_away_hides_no_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "unlink", fail)
    with (
        pytest.raises(UserError, match="Read-only file system") as caught,
        replacing(tmp_path / "a.csv"),
    ):
        raise OSError(errno.EROFS, "Read-only file system")
    assert caught.value.code == "path-unwritable"


def test_a_folder_that_cannot_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "iterdir", fail)
    with pytest.raises(UserError, match="Input/output error") as caught:
        list_pictures(tmp_path)
    assert caught.value.code == "path-unreadable"


@pytest.mark.parametrize(("name", "reads"), [("m.onnx", "read_bytes"), ("m.pth", "open")])
def test_a_model_that_cannot_be_read_says_why(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, reads: str
) -> None:
    (tmp_path / name).write_bytes(b"anything")
    monkeypatch.setattr(Path, reads, fail)
    with pytest.raises(UserError, match="Input/output error") as caught:
        import_model(tmp_path / name)
    assert caught.value.code == "path-unreadable"
    assert installed() == []


def test_a_folder_that_windows_does_not_open_is_no_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold_files(monkeypatch, "open", 1)
    with pytest.raises(UserError) as caught:
        read_picture(tmp_path)
    assert caught.value.code == "picture-unknown"
