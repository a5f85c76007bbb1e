"""COCO's boxes: heads before persons, halves as they are published, and bad files named."""

from __future__ import annotations

from pathlib import Path

import pytest

from layout_files import coco, code_of, points_of, save_picture, write
from models.errors import UserError
from trainer.datasets import names_by_split, recognise


@pytest.mark.parametrize(
    ("file", "pictures"),
    [("boxes.json", "."), ("boxes.json", "images"), ("annotations/boxes.json", "images")],
)
def test_coco(tmp_path: Path, file: str, pictures: str) -> None:
    names = ["a.jpg", "b 역.JPG"]
    for name in names:
        save_picture(tmp_path / pictures / name)
    write(tmp_path / file, coco(names, [(0, [10, 20, 4, 6], 1, 0)]))
    data = recognise(tmp_path)
    assert data.layout == "COCO boxes"
    assert points_of(data) == {"a.jpg": [[12, 23]], "b 역.JPG": []}


def test_coco_with_folders_in_its_names(tmp_path: Path) -> None:
    save_picture(tmp_path / "images" / "day" / "a.jpg")
    save_picture(tmp_path / "images" / "night" / "a.jpg")
    names = ["images/day/a.jpg", "images\\night\\a.jpg"]
    write(tmp_path / "boxes.json", coco(names, [(1, [0, 0, 2, 2], 1, 0)]))
    found = points_of(recognise(tmp_path))
    assert found == {"images/day/a.jpg": [], "images/night/a.jpg": [[1, 1]]}


def test_coco_counts_heads_before_persons_and_no_groups(tmp_path: Path) -> None:
    save_picture(tmp_path / "a.jpg")
    box: list[float] = [0, 0, 2, 2]
    boxes = [(0, box, 1, 0), (0, box, 2, 0), (0, box, 2, 1), (0, box, 3, 0)]
    write(tmp_path / "boxes.json", coco(["a.jpg"], boxes))
    assert points_of(recognise(tmp_path)) == {"a.jpg": [[1, 1]]}


def test_coco_counts_one_kind_of_boxes_only_where_no_people_are_listed(tmp_path: Path) -> None:
    save_picture(tmp_path / "a.jpg")
    content = coco(["a.jpg"], [(0, [0, 0, 2, 2], 3, 0)])
    write(tmp_path / "boxes.json", content)
    assert points_of(recognise(tmp_path)) == {"a.jpg": []}
    content["categories"] = [{"id": 3, "name": "사람"}]
    write(tmp_path / "boxes.json", content)
    assert points_of(recognise(tmp_path)) == {"a.jpg": [[1, 1]]}


@pytest.mark.parametrize(
    "boxes",
    [
        [(7, [0, 0, 2, 2], 1, 0)],
        [(0, [0, 0, 2], 1, 0)],
        [(0, [0, 0, 2, 2], 3, 0), (0, [0, 0, 2, 2], 4, 0)],
    ],
    ids=["image not listed", "three numbers", "no category of people"],
)
def test_coco_damaged(tmp_path: Path, boxes: list[tuple[int, list[float], int, int]]) -> None:
    save_picture(tmp_path / "a.jpg")
    write(tmp_path / "boxes.json", coco(["a.jpg"], boxes))
    code, sentence = code_of(recognise(tmp_path))
    assert code == "data-bad-annotation"
    assert "boxes.json" in sentence


def test_coco_pairs(tmp_path: Path) -> None:
    save_picture(tmp_path / "a.jpg")
    save_picture(tmp_path / "c.jpg")
    write(tmp_path / "boxes.json", coco(["a.jpg"], []))
    code, sentence = code_of(recognise(tmp_path))
    assert code == "data-no-annotation"
    assert "c.jpg" in sentence
    (tmp_path / "c.jpg").unlink()
    write(tmp_path / "boxes.json", coco(["a.jpg", "b.jpg"], []))
    code, sentence = code_of(recognise(tmp_path))
    assert code == "data-no-picture"
    assert "b.jpg" in sentence


@pytest.mark.parametrize("year", ["2017", ""])
@pytest.mark.parametrize(
    "places",
    [("train{}", "val{}"), ("images/train{}", "images/val{}"), ("images", "images"), ("", "")],
)
def test_coco_as_it_is_published(tmp_path: Path, year: str, places: tuple[str, str]) -> None:
    shared = places[0] == places[1]
    for split, x, place in (("train", 10, places[0]), ("val", 50, places[1])):
        names = [f"{split if shared else 0}{n}.jpg" for n in range(3)]
        for name in names:
            save_picture(tmp_path / place.format(year) / name)
        content = coco(names, [(0, [x, 20, 4, 6], 1, 0), (1, [x, 2, 4, 6], 1, 1)])
        write(tmp_path / "annotations" / f"instances_{split}{year}.json", content)
    write(tmp_path / "annotations" / f"captions_train{year}.json", {"images": []})
    data = recognise(tmp_path)
    assert data.layout == "COCO boxes"
    assert [len(data.examples(split)) for split in ("train", "val", "all")] == [3, 3, 6]
    for split, x in (("train", 12), ("val", 52)):
        assert [e.heads.tolist() for e in data.examples(split)] == [[[x, 23]], [], []]
    assert len(data.files.left_out()) == 2


def test_one_half_of_coco_alone_and_two_years_of_it(tmp_path: Path) -> None:
    save_picture(tmp_path / "val2017" / "a.jpg")
    write(tmp_path / "annotations" / "instances_val2017.json", coco(["a.jpg"], []))
    assert names_by_split(recognise(tmp_path)) == {"train": [], "val": ["a.jpg"]}
    save_picture(tmp_path / "val2017" / "b.jpg")
    assert code_of(recognise(tmp_path), "val")[0] == "data-no-annotation"
    write(tmp_path / "annotations" / "instances_val2014.json", coco(["a.jpg"], []))
    with pytest.raises(UserError, match="No known data set"):
        recognise(tmp_path)
