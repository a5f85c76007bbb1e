"""What a run learns from: nothing that it is measured on, however it is called."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from models.errors import UserError
from small_data import make_part, write_annotation
from trainer.config import Config, make_config
from trainer.datasets import Example, limited, recognise
from trainer.material import Material, gather

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


def copies(part: Path, folder: Path, called: str) -> Path:
    """Copy a part's pictures under other names into a new folder; returns the folder."""
    folder.mkdir(parents=True)
    for name in (*TRAIN, *UNSEEN):
        shutil.copy(part / "train_data" / "images" / f"{name}.jpg", folder / called.format(name))
    return folder


def test_copies_of_what_a_run_is_measured_on_stay_unseen(tmp_path: Path) -> None:
    part = distinct_part(tmp_path / "part_A")
    camera = copies(part, tmp_path / "station" / "camera", "a {}.jpg")
    assert unlabelled(tmp_path, part, camera) == [f"a {name}" for name in TRAIN]


def test_how_many_stay_unseen_is_written_down(tmp_path: Path) -> None:
    part = distinct_part(tmp_path / "part_A")
    camera = copies(part, tmp_path / "station" / "camera", "a {}.jpg")
    facts = {"network": "mcnn", "teacher": "any", "alpha": 0.5, "data": [str(part)]}
    config = make_config({**facts, "unlabelled": [str(camera)]})
    hidden = {str(path) for path in camera.iterdir()} - {str(camera / f"a {n}.jpg") for n in TRAIN}
    assert hidden
    # As it begins, and as it goes on.
    for _ in range(2):
        material = gather(config, tmp_path / "run")
        assert material.left_out == len(hidden)
        kept = json.loads((tmp_path / "run" / "splits.json").read_text("utf-8"))
        assert set(kept["paths"]["left_out"]) == hidden
    assert gather(make_config(facts), tmp_path / "plain").left_out == 0


def test_pictures_without_people_are_none_that_a_run_is_measured_on(tmp_path: Path) -> None:
    part = distinct_part(tmp_path / "part_A")
    empty = copies(part, tmp_path / "station" / "empty", "{} a.jpg")
    facts = {"network": "mcnn", "negatives": [str(empty)], "negative_pictures": 9}
    material = gather(make_config({**facts, "data": [str(part)]}), tmp_path / "run")
    assert negatives(material) == [f"{name} a" for name in TRAIN]
    assert material.negatives == len(TRAIN)
    # Nor what is held back of the data set that the folder lies in, and shows nobody at all.
    for truth in part.rglob("GT_*.mat"):
        write_annotation(truth, [])
    other = make_part(tmp_path / "other", ["IMG_1", "IMG_2"])
    facts["negatives"] = [str(part / "train_data" / "images")]
    material = gather(make_config({**facts, "data": [str(other)]}), tmp_path / "second")
    assert negatives(material) == list(TRAIN)


def negatives(material: Material) -> list[str]:
    return [example.picture.stem for example in material.train if example.points is not None
            and not len(example.points)]  # fmt: skip


def test_a_limit_is_of_each_kind_of_pictures(beside: Config, tmp_path: Path) -> None:
    config = replace(beside, limit=1, scenes=2)
    material = gather(config, tmp_path / "run")
    assert [len(material.train), len(material.validation), material.negatives] == [4, 1, 1]
    assert len(list((tmp_path / "run" / "scenes").glob("*.jpg"))) == 1


def test_data_that_is_named_twice_weighs_twice(tmp_path: Path) -> None:
    part = str(distinct_part(tmp_path / "part_A"))
    config = make_config({"network": "mcnn", "data": [part, part]})
    once = gather(replace(config, data=(part,)), tmp_path / "once").validation
    for _ in range(2):
        material = gather(config, tmp_path / "run")
        assert len(material.train) == 2 * len(TRAIN)
        # What it is measured on counts once.
        names = [example.name for example in material.validation]
        assert names == [example.name for example in once]
        assert len(names) == len(set(names))


def test_what_one_set_is_validated_on_is_not_trained_on_in_another(tmp_path: Path) -> None:
    part = distinct_part(tmp_path / "part_A")
    other = tmp_path / "part_B"
    shutil.copytree(part, other)
    shutil.rmtree(other / "test_data")
    data = [str(part), str(other)]
    sets = {name: recognise(Path(name)) for name in data}
    measured = {name: {e.name for e in found.examples("val")} for name, found in sets.items()}
    assert measured[data[0]] - measured[data[1]]
    material = gather(make_config({"network": "mcnn", "data": data}), tmp_path / "run")
    kept = {picture_bytes(example) for example in material.validation}
    assert len(kept) > 2
    assert not kept & {picture_bytes(example) for example in material.train}
    assert material.train
    # Of a set that is validated on in another folder, nothing is left.
    for name in ("IMG_1", "IMG_2", "IMG_3", "IMG_121"):
        next(other.rglob(f"{name}.jpg")).unlink()
        next(other.rglob(f"GT_{name}.mat")).unlink()
    alone = make_config({"network": "mcnn", "data": [str(part), str(other)]})
    with pytest.raises(UserError) as caught:
        gather(alone, tmp_path / "second")
    assert caught.value.code == "split-empty"


def test_what_is_gone_elsewhere_stays_untrained(tmp_path: Path) -> None:
    """The test half that hid copies of its pictures from a training is deleted meanwhile."""
    part, other = distinct_part(tmp_path / "part_A"), tmp_path / "all"
    shutil.copytree(part, other)
    copied = other / "train_data" / "images" / "IMG_2.jpg"
    shutil.copy(part / "test_data" / "images" / "IMG_1.jpg", copied)
    config = make_config({"network": "mcnn", "data": [str(other), str(part)]})
    first = gather(config, tmp_path / "run").train
    assert copied not in {example.picture for example in first}
    shutil.rmtree(part / "test_data")
    again = gather(config, tmp_path / "run").train
    assert [example.picture for example in again] == [example.picture for example in first]


def test_a_damaged_picture_is_found_before_the_training(tmp_path: Path) -> None:
    part = distinct_part(tmp_path / "part_A")
    picture = part / "train_data" / "images" / "IMG_4.jpg"
    picture.write_bytes(picture.read_bytes()[:300])
    with pytest.raises(UserError, match="IMG_4"):
        gather(make_config({"network": "mcnn", "data": [str(part)]}), tmp_path / "run")


def test_a_limit_takes_of_all_sets_in_turn() -> None:
    sets = ["abcd", "x", "12"]
    assert limited(sets, 5) == ["a", "x", "1", "b", "2"]
    assert limited(sets, 0) == list("abcdx12")
    assert limited(sets, 9) == ["a", "x", "1", "b", "2", "c", "d"]


def picture_bytes(example: Example) -> bytes:
    return example.picture.read_bytes()


@pytest.fixture
def beside(tmp_path: Path) -> Config:
    """A run on a part, three unlabelled pictures and two of four without people."""
    for folder, number in (("camera", 3), ("empty", 4)):
        (tmp_path / folder).mkdir()
        for n in range(number):
            Image.new("RGB", (64, 48), (n, 0, number)).save(tmp_path / folder / f"{n}.png")
    return make_config(
        {
            "network": "mcnn",
            "data": [str(distinct_part(tmp_path / "part_A"))],
            "teacher": "any",
            "alpha": 0.5,
            "unlabelled": [str(tmp_path / "camera")],
            "negatives": [str(tmp_path / "empty")],
            "negative_pictures": 2,
        }
    )


def pictures(config: Config, tmp_path: Path) -> list[tuple[str, bool]]:
    train = gather(config, tmp_path / "run").train
    return [(str(example.picture), example.labelled) for example in train]


def test_a_run_goes_on_with_the_pictures_that_it_began_with(beside: Config, tmp_path: Path) -> None:
    first = pictures(beside, tmp_path)
    assert len(first) == len(TRAIN) + 3 + 2
    for new in ("camera/00.png", "empty/00.png", "empty/5.png"):
        Image.new("RGB", (64, 48), "red").save(tmp_path / new)
    assert pictures(beside, tmp_path) == first
    for picture in (tmp_path / "camera" / "2.png", tmp_path / "empty" / "2.png"):
        kept = picture.read_bytes()
        picture.unlink()
        with pytest.raises(UserError) as caught:
            pictures(beside, tmp_path)
        assert caught.value.code == "run-data-changed"
        picture.write_bytes(kept)
    assert pictures(beside, tmp_path) == first


def test_a_run_of_an_earlier_version_goes_on(beside: Config, tmp_path: Path) -> None:
    first = pictures(beside, tmp_path)
    splits = tmp_path / "run" / "splits.json"
    facts = json.loads(splits.read_text())
    del facts["paths"]
    splits.write_text(json.dumps(facts))
    assert pictures(beside, tmp_path) == first
