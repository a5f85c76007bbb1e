"""What a run learns from: nothing that it is measured on, however it is called."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image

from models.errors import UserError
from small_data import make_part
from trainer.config import make_config
from trainer.material import gather

# By the list of part A, IMG_4 and IMG_9 are to validate on; IMG_121 stands in the test set too.
TRAIN, UNSEEN = ("IMG_1", "IMG_2", "IMG_3"), ("IMG_4", "IMG_9", "IMG_121")


def distinct_part(folder: Path) -> Path:
    """Make part A with pictures that differ, and a test half of one."""
    make_part(folder, [*TRAIN, *UNSEEN])
    images = folder / "train_data" / "images"
    for n, path in enumerate(sorted(images.iterdir())):
        Image.new("RGB", (64, 48), (n * 20, 90, 0)).save(path)
    make_part(folder / "other", ["IMG_1"])
    (folder / "other" / "train_data").rename(folder / "test_data")
    (folder / "other").rmdir()
    return folder


def unlabelled(tmp_path: Path, data: Path, folder: Path) -> list[str]:
    """Return the names of the pictures of a folder where only the teacher will speak."""
    facts = {"network": "mcnn", "teacher": "any", "alpha": 0.5}
    config = make_config({**facts, "data": [str(data)], "unlabelled": [str(folder)]})
    train = gather(config, tmp_path / "run").train
    return [example.name.removesuffix(".jpg") for example in train if not example.labelled]


def test_the_pictures_of_a_part_that_are_not_to_train_on_stay_unseen(tmp_path: Path) -> None:
    part = distinct_part(tmp_path / "part_A")
    images = part / "train_data" / "images"
    assert unlabelled(tmp_path, part, images) == list(TRAIN)
    # Nor are they seen by a run on other data.
    other = make_part(tmp_path / "other", ["IMG_1", "IMG_2"])
    assert unlabelled(tmp_path / "b", other, images) == list(TRAIN)
    assert unlabelled(tmp_path / "c", other, part) == list(TRAIN)
    with pytest.raises(UserError) as caught:
        unlabelled(tmp_path / "d", part, part / "test_data" / "images")
    assert caught.value.code == "split-empty"


def test_copies_of_what_a_run_is_measured_on_stay_unseen(tmp_path: Path) -> None:
    part = distinct_part(tmp_path / "part_A")
    camera = tmp_path / "station" / "camera"
    camera.mkdir(parents=True)
    for name in (*TRAIN, *UNSEEN):
        shutil.copy(part / "train_data" / "images" / f"{name}.jpg", camera / f"a {name}.jpg")
    assert unlabelled(tmp_path, part, camera) == [f"a {name}" for name in TRAIN]


def test_data_that_is_named_twice_weighs_twice(tmp_path: Path) -> None:
    part = str(distinct_part(tmp_path / "part_A"))
    config = make_config({"network": "mcnn", "data": [part, part]})
    for _ in range(2):
        assert len(gather(config, tmp_path / "run").train) == 2 * len(TRAIN)
