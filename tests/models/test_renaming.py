"""A model gets another name with all its files, or keeps the old one with all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from models import catalogue, renaming
from models.errors import UserError
from models.renaming import rename_model


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One model of a person with card and engine file, and one that was shipped."""
    shipped = tmp_path / "shipped"
    monkeypatch.setattr(catalogue, "SHIPPED_FOLDER", shipped)
    folder = catalogue.user_folder()
    for path in (folder / "mine.safetensors", folder / "mine.onnx", folder / "mine.md",
                 folder / "other.onnx", shipped / "theirs.safetensors"):  # fmt: skip
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(path.name)
    return folder


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_all_files_follow(own: Path) -> None:
    rename_model("mine", "station-2")
    wanted = ["other.onnx", "station-2.md", "station-2.onnx", "station-2.safetensors"]
    assert names(own) == wanted
    assert (own / "station-2.md").read_text() == "mine.md"


@pytest.mark.parametrize(
    ("name", "wanted", "code"),
    [
        ("gone", "new", "model-unknown"),
        ("theirs", "new", "model-shipped-name"),
        ("mine", "../up", "model-name"),
        ("mine", "Other", "model-exists"),
        ("mine", "theirs", "model-exists"),
    ],
)
def test_what_cannot_be_is_said(own: Path, name: str, wanted: str, code: str) -> None:
    before = names(own)
    with pytest.raises(UserError) as caught:
        rename_model(name, wanted)
    assert caught.value.code == code
    assert names(own) == before


@pytest.mark.parametrize("twin", ["mine.safetensors", "mine.onnx", "MINE.onnx"])
def test_a_twin_in_other_letters_keeps_its_files(own: Path, twin: str) -> None:
    rename_model("mine", "Mine")
    try:
        (own / twin).open("x").close()
    except FileExistsError:
        pytest.skip("here names in other letters are the same file")
    before = names(own)
    with pytest.raises(UserError) as caught:
        rename_model("Mine", "mine")
    assert caught.value.code == "model-exists"
    assert names(own) == before
    assert (own / twin).read_text() == ""


@pytest.mark.parametrize("left", ["new.md", "new.int8.onnx"])
def test_what_another_model_left_behind_is_not_written_over(own: Path, left: str) -> None:
    (own / "mine.int8.onnx").write_text("mine")
    (own / left).write_text("notes")
    before = names(own)
    with pytest.raises(UserError) as caught:
        rename_model("mine", "new")
    assert caught.value.code == "model-exists"
    assert names(own) == before
    assert (own / left).read_text() == "notes"


def test_other_letters_of_its_own_name_are_free(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows and macOS, where a name in other letters is the same file."""

    def found(path: Path) -> bool:
        return path.name.lower() in [name.lower() for name in names(path.parent)]

    def same(path: Path, other: Path) -> bool:
        return str(path).lower() == str(other).lower()

    monkeypatch.setattr(renaming, "is_there", found)
    monkeypatch.setattr(Path, "samefile", same)
    rename_model("mine", "Mine")
    assert names(own) == ["Mine.md", "Mine.onnx", "Mine.safetensors", "other.onnx"]


@pytest.mark.parametrize(
    "error", [PermissionError(13, "Permission denied"), OSError("the share is gone")]
)
def test_a_file_that_cannot_follow_turns_everything_back(
    own: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    before = names(own)
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.suffix == ".onnx":
            raise error
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(UserError) as caught:
        rename_model("mine", "new")
    assert caught.value.code == "path-unwritable"
    assert (error.strerror or "the share is gone") in str(caught.value)
    assert names(own) == before
