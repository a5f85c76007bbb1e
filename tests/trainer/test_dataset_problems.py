"""All that is wrong with a data set is listed, a line a problem, and nothing is raised."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from layout_files import add_jhu, add_nwpu, add_ucf, coco, save_picture, write
from trainer.datasets import recognise
from trainer.problems import problems


def test_every_problem_has_a_line(tmp_path: Path) -> None:
    add_ucf(tmp_path, "1", [[1, 2]])
    add_ucf(tmp_path, "2", [[-1, 2], [63, 47], [64, 0]])
    add_ucf(tmp_path, "3", [[1, 2]])
    (tmp_path / "3.jpg").unlink()
    save_picture(tmp_path / "4.jpg")
    add_ucf(tmp_path, "5", [[1, 2]])
    (tmp_path / "5_ann.mat").write_bytes(b"rubbish")
    add_ucf(tmp_path, "6", [[1, 2]])
    (tmp_path / "6.jpg").write_bytes(b"rubbish")
    found = problems(recognise(tmp_path))
    assert [problem.code for problem in found] == [
        "data-no-annotation", "data-no-picture", "data-outside", "data-bad-annotation",
        "picture-unknown",
    ]  # fmt: skip
    lines = [str(problem) for problem in found]
    assert not any("\n" in line for line in lines)
    assert lines[2].endswith("2.jpg: 2 of 3 points lie outside the picture and do not count.")


def test_pictures_that_a_training_refuses_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("1", "2"):
        add_ucf(tmp_path, name, [[1, 2]])
    Image.new("RGB", (64, 48)).save(tmp_path / "1.jpg", format="GIF")
    assert [problem.code for problem in problems(recognise(tmp_path))] == ["picture-unknown"]
    monkeypatch.setattr("models.pictures.MAX_PIXELS", 64 * 48 - 1)
    found = problems(recognise(tmp_path))
    assert [problem.code for problem in found] == ["picture-unknown", "picture-too-large"]


def test_good_data_have_none(tmp_path: Path) -> None:
    add_jhu(tmp_path, "test", "0001", "10 20 5 6 1 0\n")
    assert problems(recognise(tmp_path)) == []


def test_withheld_annotations_are_no_problem(tmp_path: Path) -> None:
    add_nwpu(tmp_path, "train", "0001", [[1, 2]])
    add_nwpu(tmp_path, "test", "0002", None)
    assert problems(recognise(tmp_path)) == []


def test_group_boxes(tmp_path: Path) -> None:
    save_picture(tmp_path / "a.jpg")
    boxes = [(0, [0.0, 0.0, 2.0, 2.0], 1, crowd) for crowd in (0, 1, 1)]
    write(tmp_path / "boxes.json", coco(["a.jpg"], boxes))
    lines = [str(problem) for problem in problems(recognise(tmp_path))]
    assert len(lines) == 1
    assert lines[0].endswith("boxes around groups (iscrowd) in a.jpg do not count: 2.")


def test_coco_file_that_cannot_be_read(tmp_path: Path) -> None:
    save_picture(tmp_path / "a.jpg")
    write(tmp_path / "boxes.json", '{"images": [], "annotations": [')
    found = problems(recognise(tmp_path))
    assert [problem.code for problem in found] == ["data-bad-annotation"]


def test_shapes_that_are_no_heads_are_told_of(tmp_path: Path) -> None:
    for name in "abc":
        save_picture(tmp_path / f"{name}.jpg")
    head = {"shape_type": "point", "points": [[5, 5]]}
    ring = {"shape_type": "circle", "points": [[9, 9], [12, 9]]}
    write(tmp_path / "a.json", {"shapes": [head, ring, {**ring, "shape_type": "polygon"}]})
    write(tmp_path / "b.json", {"shapes": [head]})
    # Of shapes of other kinds alone nobody knows what they mean.
    write(tmp_path / "c.json", {"shapes": [ring]})
    found = problems(recognise(tmp_path))
    assert [(problem.code, problem.facts["path"].name) for problem in found] == [
        ("data-other-shapes", "a.json"), ("data-bad-annotation", "c.json"),
    ]  # fmt: skip
    assert str(found[0]).endswith("do not count: 2.")


def test_picture_turned_by_exif(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (64, 48)).save(tmp_path / "a.jpg", exif=exif)
    write(tmp_path / "a.csv", "40,60\n")
    assert problems(recognise(tmp_path)) == []
    write(tmp_path / "a.csv", "60,40\n")
    assert len(problems(recognise(tmp_path))) == 1


def test_unlabelled_pictures_have_none(tmp_path: Path) -> None:
    save_picture(tmp_path / "a.jpg")
    assert problems(recognise(tmp_path)) == []
