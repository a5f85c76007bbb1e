"""What another program has open for a moment is waited for, where Windows refuses it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from models import catalogue, files
from models.errors import UserError
from models.files import PAUSES_S, patiently, write_text
from models.renaming import rename_model
from small_disk import hold_files


def test_a_file_that_is_held_for_a_moment_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "last.json"
    write_text(path, "old")
    pauses = hold_files(monkeypatch, "replace", 3)
    write_text(path, "new")
    assert path.read_text() == "new"
    assert pauses == list(PAUSES_S[:3])
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_stays_held_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "last.json"
    write_text(path, "old")
    pauses = hold_files(monkeypatch, "replace", 100)
    with pytest.raises(UserError, match="open elsewhere") as caught:
        write_text(path, "new")
    assert caught.value.code == "path-unwritable"
    assert path.read_text() == "old"
    assert pauses == list(PAUSES_S)


def test_other_systems_refuse_for_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tries = []

    def refuse() -> None:
        tries.append(1)
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(files, "sys", SimpleNamespace(platform="linux"))
    with pytest.raises(PermissionError):
        patiently(refuse)
    assert len(tries) == 1


def test_a_model_whose_file_is_held_for_a_moment_gets_its_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = catalogue.user_folder()
    folder.mkdir(parents=True)
    (folder / "mine.onnx").touch()
    assert [model.name for model in catalogue.installed() if not model.shipped] == ["mine"]
    hold_files(monkeypatch, "rename", 2)
    rename_model("mine", "new")
    assert [path.name for path in folder.iterdir()] == ["new.onnx"]
