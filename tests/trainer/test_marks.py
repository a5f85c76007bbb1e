"""Marks that a person makes here: written plainly, read back alike, others' left alone."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from models.errors import UserError
from trainer.datasets import recognise
from trainer.marks import Marks, marks_file, read_marks, write_marks
from trainer.truth import heads_beside, is_marked


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "gate 1.5.jpg"
    Image.new("RGB", (64, 48)).save(path)
    return path


def test_what_is_written_is_read_by_the_trainer_too(picture: Path) -> None:
    assert read_marks(picture) == Marks(None)
    assert not is_marked(picture)
    heads = ((12.3, 4.0), (1023.7, 0.1))
    write_marks(picture, heads)
    assert marks_file(picture).read_text() == "x,y\n12.3,4.0\n1023.7,0.1\n"
    # Not as the float32 that the trainer makes of it: who undoes gets back what there was.
    assert read_marks(picture) == Marks(heads)
    assert is_marked(picture)
    [example] = recognise(picture.parent).examples("all")
    assert example.heads == pytest.approx(np.array(heads, np.float32))


def test_nobody_is_a_file_and_no_marks_are_none(picture: Path) -> None:
    write_marks(picture, ())
    assert read_marks(picture) == Marks(())
    found = heads_beside(picture)
    assert found is not None
    assert len(found) == 0
    write_marks(picture, None)
    assert not marks_file(picture).exists()
    write_marks(picture, None)


@pytest.mark.parametrize("text", ["1,2\n3.25,4\n", "Y,X\n2,1\n4,3.25\n", "x,y\n\n1,2\n3.25,4"])
def test_a_plain_file_of_another_maker_can_be_changed(picture: Path, text: str) -> None:
    marks_file(picture).write_text(text)
    assert read_marks(picture) == Marks(((1.0, 2.0), (3.25, 4.0)))


def test_a_file_that_holds_more_is_shown_and_not_changed(picture: Path) -> None:
    marks_file(picture).write_text("x,y,name\n1,2,Kim\n")
    marks = read_marks(picture)
    assert marks.heads == ((1.0, 2.0),)
    assert marks.locked is not None
    assert marks.locked.code == "marks-foreign"


def test_marks_that_stand_elsewhere_are_shown_and_not_changed(picture: Path) -> None:
    picture.with_suffix(".json").write_text(json.dumps([[1, 2]]))
    marks = read_marks(picture)
    assert marks.heads == ((1.0, 2.0),)
    assert marks.locked is not None
    assert str(picture.with_suffix(".json")) in str(marks.locked)


def test_a_damaged_file_is_not_written_over(picture: Path) -> None:
    marks_file(picture).write_text("this is no table\n")
    marks = read_marks(picture)
    assert marks.heads is None
    assert marks.locked is not None
    assert marks.locked.code == "data-bad-annotation"


def test_a_place_that_takes_nothing(picture: Path) -> None:
    marks_file(picture).mkdir()
    for heads in (((1.0, 2.0),), None):
        with pytest.raises(UserError) as caught:
            write_marks(picture, heads)
        assert caught.value.code == "path-unwritable"


def test_pictures_that_would_share_a_file_are_not_marked(picture: Path) -> None:
    write_marks(picture, ((1.0, 2.0),))
    Image.new("RGB", (64, 48)).save(picture.with_suffix(".png"))
    for one in (picture, picture.with_suffix(".png")):
        marks = read_marks(one)
        assert marks.locked is not None
        assert marks.locked.code == "marks-shared"


def test_a_folder_that_was_renamed_is_not_made_anew(picture: Path) -> None:
    moved = picture.parent.with_name("moved")
    picture.parent.rename(moved)
    with pytest.raises(UserError) as caught:
        write_marks(picture, ((1.0, 2.0),))
    assert caught.value.code == "path-missing"
    assert not picture.parent.exists()
    moved.rename(picture.parent)
