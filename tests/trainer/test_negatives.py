"""Pictures in which people are annotated are none without people."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from layout_files import coco, save_picture, write
from models.errors import UserError
from small_data import make_part, write_annotation
from trainer.negatives import people_free
from trainer.scenes import draw_scenes


def names(folder: Path) -> list[str]:
    return [example.picture.name for example in people_free([str(folder)], 9, [])]


def refused(folder: Path, picture: str) -> None:
    with pytest.raises(UserError, match=f"people are annotated in {picture}") as caught:
        people_free([str(folder)], 9, [])
    assert caught.value.code == "setting-invalid"
    assert (caught.value.facts["name"], caught.value.facts["value"]) == ("negatives", folder)


def own_data(folder: Path, *heads: list[list[float]]) -> Path:
    folder.mkdir()
    for n, points in enumerate(heads):
        Image.new("RGB", (64, 48), (n, 0, 0)).save(folder / f"{n}.png")
        write(folder / f"{n}.json", points)
    return folder


def test_an_annotated_crowd_is_not_taken_for_nobody(tmp_path: Path) -> None:
    crowd = own_data(tmp_path / "crowd", [], [[1, 2]], [[3, 4]])
    refused(crowd, "1.png")
    (tmp_path / "link").symlink_to(crowd)
    refused(tmp_path / "link", "1.png")
    boxes = coco(["a.png", "b.png"], [(1, [1, 2, 3, 4], 1, 0)])
    for name in ("a", "b"):
        save_picture(tmp_path / "boxes" / f"{name}.png")
    write(tmp_path / "boxes" / "all.json", boxes)
    refused(tmp_path / "boxes", "b.png")


def test_rendered_scenes_are_crowds(tmp_path: Path) -> None:
    list(draw_scenes(tmp_path / "scenes", 1))
    refused(tmp_path / "scenes", "scene_20000.jpg")


def test_nor_are_the_pictures_of_a_set_around_them(tmp_path: Path) -> None:
    part = make_part(tmp_path / "part_A", ["IMG_1", "IMG_2", "IMG_4"])
    for n, path in enumerate(sorted(part.rglob("IMG_*.jpg"))):
        Image.new("RGB", (64, 48), (n, 0, 0)).save(path)
    images = part / "train_data" / "images"
    refused(images, "IMG_1.jpg")
    # Of the one that is held back no one asks.
    for truth in ("GT_IMG_1.mat", "GT_IMG_2.mat"):
        write_annotation(part / "train_data" / "ground-truth" / truth, [])
    assert names(images) == ["IMG_1.jpg", "IMG_2.jpg"]


def test_pictures_that_are_annotated_as_showing_nobody_are_taken(tmp_path: Path) -> None:
    # Beside another folder neither is in a set around them, which would hold pictures back.
    save_picture(tmp_path / "other" / "a.png")
    empty = own_data(tmp_path / "empty", [], [])
    assert names(empty) == ["0.png", "1.png"]


def test_what_is_no_annotation_says_nothing_of_people(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    save_picture(plain / "a.png")
    assert names(plain) == ["a.png"]
    write(plain / "a.json", {"camera": "north"})
    assert names(plain) == ["a.png"]
    write(plain / "readme.txt", "empty streets")
    assert names(plain) == ["a.png"]
