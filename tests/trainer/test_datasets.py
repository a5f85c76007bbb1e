"""Folders are recognised, splits are the project's own, and what is wrong is said."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from models.errors import UserError
from small_data import make_part, write_annotation
from trainer.datasets import Example, names_by_split, recognise, spread
from trainer.layouts.layout import split_by_name
from trainer.layouts.shanghaitech import FIRST_COUNTS, read_shanghaitech_points


@pytest.mark.parametrize("truth", ["ground-truth", "ground_truth"])
def test_shanghaitech_with_both_spellings(tmp_path: Path, truth: str) -> None:
    part = recognise(make_part(tmp_path / "part_A_final", ["IMG_1", "IMG_4", "IMG_121"], truth))
    assert [e.name for e in part.examples("train")] == ["IMG_1"]
    assert [e.name for e in part.examples("val")] == ["IMG_4"]
    assert [e.name for e in part.examples("all")] == ["IMG_1", "IMG_4"]
    assert part.examples("train")[0].heads.tolist() == [[0.0, 0.0]]


@pytest.mark.parametrize(("there", "number"), [(31, 16), (16, 16), (5, 16), (0, 4), (5, 0)])
def test_chosen_pictures_are_spread_over_all(there: int, number: int) -> None:
    chosen = spread(range(there), number)
    assert len(set(chosen)) == len(chosen) == min(there, number)
    gaps = np.diff([*chosen, there])
    assert gaps.size == 0 or gaps.max() - gaps.min() <= 1


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


def test_part_without_annotations_at_all(tmp_path: Path) -> None:
    part = make_part(tmp_path / "part_A", ["IMG_1"])
    (part / "train_data/ground-truth/GT_IMG_1.mat").unlink()
    with pytest.raises(UserError, match=r"train_data/ground-truth/GT_IMG_1\.mat"):
        recognise(part).examples("train")


@pytest.mark.parametrize("name", ["part_B", "part_b_final"])
def test_part_is_known_by_its_folder(tmp_path: Path, name: str) -> None:
    part = recognise(make_part(tmp_path / name, ["IMG_1"]))
    assert (part.name, part.layout) == (name, "ShanghaiTech B")


@pytest.mark.parametrize("name", ["part_A", "part_b_final"])
def test_other_pictures_in_a_folder_called_like_a_part_are_divided_by_name(
    tmp_path: Path, name: str
) -> None:
    names = [f"{n:04}" for n in range(1, 21)]
    data = recognise(make_part(tmp_path / name, names))
    assert data.layout == "like ShanghaiTech"
    assert names_by_split(data) == split_by_name(names)
    # One picture of the part's makes it the part, of which the others are none.
    data = recognise(make_part(tmp_path / "some" / name, [*names, "IMG_1"]))
    assert data.layout == f"ShanghaiTech {name[5].upper()}"
    assert {name for names in names_by_split(data).values() for name in names} == {"IMG_1"}


@pytest.mark.parametrize("letter", ["A", "B"])
def test_part_under_another_name_is_known_by_its_heads(tmp_path: Path, letter: str) -> None:
    folder = make_part(tmp_path / "상하이 1", ["IMG_1", "IMG_2", "IMG_3", "IMG_4"])
    for n, count in enumerate(FIRST_COUNTS[letter], start=1):
        truth = folder / "train_data" / "ground-truth" / f"GT_IMG_{n}.mat"
        write_annotation(truth, [[1, 2]] * count)
    assert recognise(folder).layout == f"ShanghaiTech {letter}"


def test_other_data_laid_out_like_shanghaitech(tmp_path: Path) -> None:
    names = [f"IMG_{n}" for n in range(1, 31)]
    data = recognise(make_part(tmp_path / "mine", names))
    assert data.layout == "like ShanghaiTech"
    split = names_by_split(data)
    assert [e.name for e in data.examples("val")] == split["val"]
    assert len(split["val"]) == 3
    assert sorted(split["train"] + split["val"]) == sorted(names)


def test_only_the_test_half_is_there(tmp_path: Path) -> None:
    part = make_part(tmp_path / "part_A", ["IMG_1", "IMG_10", "IMG_2"])
    (part / "train_data").rename(part / "test_data")
    assert [e.name for e in recognise(part).examples("test")] == ["IMG_1", "IMG_2", "IMG_10"]
    assert names_by_split(recognise(part)) == {"train": [], "val": []}
    with pytest.raises(UserError, match="Splits there: test"):
        recognise(part).examples("all")


def test_split_is_the_same_everywhere() -> None:
    names = [f"IMG_{n}" for n in range(1, 41)]
    split = split_by_name(names[::-1])
    assert split["val"] == ["IMG_4", "IMG_18", "IMG_21", "IMG_31"]
    assert split == split_by_name(names)


def test_a_picture_that_comes_moves_at_most_one_other() -> None:
    names = [f"camera {n}" for n in range(1, 60)]
    before = split_by_name(names)
    for new in ("camera 0", "another", "광장"):
        after = split_by_name([*names, new])
        moved = {n for n in names if (n in before["val"]) != (n in after["val"])}
        assert len(moved) <= 1


@pytest.mark.parametrize(("number", "validation"), [(0, 0), (1, 0), (2, 1), (9, 1), (25, 2)])
def test_split_of_few(number: int, validation: int) -> None:
    split = split_by_name([str(n) for n in range(number)])
    assert (len(split["train"]), len(split["val"])) == (number - validation, validation)


def test_unknown_heads_are_not_taken_for_nobody(tmp_path: Path) -> None:
    nobody = Example("a", tmp_path / "a.jpg", np.zeros((0, 2), np.float32))
    unknown = Example("a", tmp_path / "a.jpg", None)
    assert nobody.labelled
    assert len(nobody.heads) == 0
    assert not unknown.labelled
    with pytest.raises(UserError, match=r"a\.jpg is not annotated"):
        _ = unknown.heads


def test_folder_of_no_known_layout(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        recognise(tmp_path)
    looked_for = str(caught.value).partition("Looked for: ")[2]
    named = ["ShanghaiTech", "NWPU-Crowd", "JHU-CROWD++", "UCF-QNRF", "UCF_CC_50", "COCO"]
    assert [line.partition(":")[0] for line in looked_for.split("; ")[:6]] == named
    assert "own data" in looked_for
    assert "pictures alone" in looked_for
    with pytest.raises(UserError, match="does not exist"):
        recognise(tmp_path / "nowhere")


def test_the_real_part_a(part_a: Path) -> None:
    part = recognise(part_a)
    train, validation = part.examples("train"), part.examples("val")
    assert (len(train), len(validation)) == (256, 43)
    assert not {e.name for e in train} & {e.name for e in validation}
    assert sum(len(e.heads) for e in train + validation) > 160_000


def test_the_real_part_a_under_another_name(part_a: Path, tmp_path: Path) -> None:
    link = tmp_path / "crowd pictures"
    shutil.copytree(part_a / "train_data" / "ground-truth", link / "train_data" / "ground-truth")
    (link / "train_data" / "images").mkdir()
    assert recognise(link).layout == "ShanghaiTech A"
