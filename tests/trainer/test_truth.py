"""The ground truth of a picture is found where the data sets keep it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from scipy.io import savemat

from models.errors import UserError
from small_data import make_part
from trainer.truth import heads_beside

POINTS = [[3.0, 4.0], [50.0, 20.0]]


def test_shanghaitech_in_both_spellings(tmp_path: Path) -> None:
    for truth in ("ground-truth", "ground_truth"):
        folder = make_part(tmp_path / truth, ["IMG_1", "IMG_2"], truth)
        heads = heads_beside(folder / "train_data" / "images" / "IMG_2.jpg")
        assert heads is not None
        assert len(heads) == 2


def test_ucf(tmp_path: Path) -> None:
    savemat(tmp_path / "img_0001_ann.mat", {"annPoints": np.array(POINTS)})
    assert heads_beside(tmp_path / "img_0001.jpg").tolist() == POINTS


def test_jhu_and_nwpu(tmp_path: Path) -> None:
    (tmp_path / "train" / "gt").mkdir(parents=True)
    (tmp_path / "train" / "gt" / "1.txt").write_text("3 4 9 9 1 0\n50 20 9 9 1 0\n")
    assert heads_beside(tmp_path / "train" / "images" / "1.jpg").tolist() == POINTS
    (tmp_path / "jsons").mkdir()
    (tmp_path / "jsons" / "1.json").write_text(json.dumps({"points": POINTS}))
    assert heads_beside(tmp_path / "images" / "1.jpg").tolist() == POINTS


@pytest.mark.parametrize("name", ["a.csv", "a.json"])
def test_a_file_beside_the_picture(tmp_path: Path, name: str) -> None:
    text = "x,y\n3,4\n50,20\n" if name.endswith("csv") else json.dumps(POINTS)
    (tmp_path / name).write_text(text)
    assert heads_beside(tmp_path / "a.png").tolist() == POINTS
    assert heads_beside(tmp_path / "b.png") is None


def test_a_damaged_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"heads": []}')
    with pytest.raises(UserError) as caught:
        heads_beside(tmp_path / "a.png")
    assert caught.value.code == "data-bad-annotation"
