"""Folders are recognised, splits are the project's own, and what is wrong is said."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from scipy.io import savemat

from models.errors import UserError
from trainer.datasets import read_shanghaitech_points, recognise


def write_annotation(path: Path, points: Sequence[Sequence[float]]) -> None:
    """Save points as ShanghaiTech does, with its `number` overflowing in 8 bits."""
    record = np.empty((1, 1), dtype=object)
    fields = np.empty((1, 1), dtype=[("location", object), ("number", object)])
    fields[0, 0] = (np.array(points, float).reshape(-1, 2), np.uint8(len(points) % 256))
    record[0, 0] = fields
    path.parent.mkdir(parents=True, exist_ok=True)
    savemat(path, {"image_info": record})


def make_part(folder: Path, names: Sequence[str], truth: str = "ground-truth") -> Path:
    for n, name in enumerate(names):
        picture = folder / "train_data" / "images" / f"{name}.jpg"
        picture.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (64, 48)).save(picture)
        points = [[i % 64, i % 48] for i in range(n + 1)]
        write_annotation(folder / "train_data" / truth / f"GT_{name}.mat", points)
    return folder


@pytest.mark.parametrize("truth", ["ground-truth", "ground_truth"])
def test_shanghaitech_with_both_spellings(tmp_path: Path, truth: str) -> None:
    part = recognise(make_part(tmp_path / "part_A_final", ["IMG_1", "IMG_4", "IMG_121"], truth))
    assert [e.name for e in part.examples("train")] == ["IMG_1"]
    assert [e.name for e in part.examples("val")] == ["IMG_4"]
    assert [e.name for e in part.examples("all")] == ["IMG_1", "IMG_4"]
    assert part.examples("train")[0].points.tolist() == [[0.0, 0.0]]


def test_number_that_overflowed_is_not_trusted(tmp_path: Path) -> None:
    write_annotation(tmp_path / "a.mat", [[1, 2]] * 300)
    assert read_shanghaitech_points(tmp_path / "a.mat").shape == (300, 2)


def test_annotation_without_anybody(tmp_path: Path) -> None:
    write_annotation(tmp_path / "a.mat", [])
    assert read_shanghaitech_points(tmp_path / "a.mat").shape == (0, 2)


def test_test_half_is_missing(tmp_path: Path) -> None:
    part = recognise(make_part(tmp_path / "part_A", ["IMG_1"]))
    with pytest.raises(UserError) as caught:
        part.examples("test")
    assert caught.value.code == "split-empty"


def test_picture_without_annotation_and_the_reverse(tmp_path: Path) -> None:
    part = make_part(tmp_path / "part_A", ["IMG_1", "IMG_2"])
    (part / "train_data/ground-truth/GT_IMG_2.mat").unlink()
    with pytest.raises(UserError, match=r"IMG_2\.jpg has no annotation"):
        recognise(part).examples("train")
    part = make_part(tmp_path / "other" / "part_A", ["IMG_1", "IMG_2"])
    (part / "train_data/images/IMG_2.jpg").unlink()
    with pytest.raises(UserError, match=r"GT_IMG_2\.mat has no picture"):
        recognise(part).examples("train")


def test_damaged_annotation(tmp_path: Path) -> None:
    (tmp_path / "GT.mat").write_bytes(b"rubbish" * 50)
    with pytest.raises(UserError) as caught:
        read_shanghaitech_points(tmp_path / "GT.mat")
    assert caught.value.code == "data-bad-annotation"


def test_folder_of_no_known_layout(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Looked for: ShanghaiTech"):
        recognise(tmp_path)
    with pytest.raises(UserError, match="does not exist"):
        recognise(tmp_path / "nowhere")


def test_the_real_part_a(part_a: Path) -> None:
    part = recognise(part_a)
    train, validation = part.examples("train"), part.examples("val")
    assert (len(train), len(validation)) == (256, 43)
    assert not {e.name for e in train} & {e.name for e in validation}
    assert sum(len(e.points) for e in train + validation) > 160_000
