"""Every layout is recognised, also with one half or odd names, and bad files are named."""

from __future__ import annotations

import contextlib
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from scipy.io import savemat

from layout_files import Rows, add_jhu, add_nwpu, add_ucf, code_of, points_of, save_picture, write
from models.errors import UserError
from trainer.datasets import names_by_split, recognise
from trainer.layouts.matlab import read_matlab
from trainer.layouts.ucf import read_ucf_points


def test_ucf_qnrf(tmp_path: Path) -> None:
    folder = tmp_path / "UCF QNRF 군중"
    for n in range(1, 13):
        add_ucf(folder / "Train", f"img_{n:04}", [[n, 1]], ".JPG" if n == 1 else ".jpg")
    add_ucf(folder / "Test", "img_0001", [])
    data = recognise(folder)
    assert (data.name, data.layout) == ("UCF QNRF 군중", "UCF-QNRF")
    assert len(data.examples("train")) == 11
    assert len(data.examples("val")) == 1
    assert points_of(data)["img_0001"] == [[1, 1]]
    assert points_of(data, "test") == {"img_0001": []}


def test_ucf_qnrf_with_its_test_half_alone(tmp_path: Path) -> None:
    add_ucf(tmp_path / "Test", "img_0003", [[5, 6]])
    data = recognise(tmp_path)
    assert data.layout == "UCF-QNRF"
    assert points_of(data, "test") == {"img_0003": [[5, 6]]}
    assert code_of(data, "train")[0] == "split-empty"


def test_ucf_cc_50_keeps_points_outside(tmp_path: Path) -> None:
    for n in (1, 2, 10):
        add_ucf(tmp_path, str(n), [[-3.5, 2], [70, 50]])
    data = recognise(tmp_path)
    assert data.layout == "UCF_CC_50"
    assert points_of(data)["10"] == [[-3.5, 2], [70, 50]]
    assert len(names_by_split(data)["val"]) == 1


def test_ucf_pairs(tmp_path: Path) -> None:
    add_ucf(tmp_path, "1", [[1, 2]])
    save_picture(tmp_path / "2.jpg")
    code, sentence = code_of(recognise(tmp_path))
    assert code == "data-no-annotation"
    assert "2_ann.mat" in sentence
    (tmp_path / "2.jpg").unlink()
    (tmp_path / "1.jpg").unlink()
    # A picture that is there keeps the split from being empty.
    add_ucf(tmp_path, "3", [[1, 2]])
    assert code_of(recognise(tmp_path))[0] == "data-no-picture"


def test_nwpu(tmp_path: Path) -> None:
    add_nwpu(tmp_path, "train", "0001", [[3, 4], [5, 6]])
    add_nwpu(tmp_path, "train", "0002", [])
    with (tmp_path / "train.txt").open("a") as file:
        file.write("  \n\n")
    add_nwpu(tmp_path, "val", "0003", [[7, 8]])
    add_nwpu(tmp_path, "test", "0004", None)
    data = recognise(tmp_path)
    assert data.layout == "NWPU-Crowd"
    assert points_of(data, "train") == {"0001": [[3, 4], [5, 6]], "0002": []}
    assert names_by_split(data) == {"train": ["0001", "0002"], "val": ["0003"]}
    assert [example.labelled for example in data.examples("test")] == [False]


def test_the_test_half_of_nwpu_alone(tmp_path: Path) -> None:
    add_nwpu(tmp_path, "test", "0004", None)
    (tmp_path / "jsons").rmdir()
    data = recognise(tmp_path)
    assert data.layout == "NWPU-Crowd"
    assert [(e.name, e.labelled) for e in data.examples("test")] == [("0004", False)]
    assert code_of(data)[0] == "split-empty"


def test_nwpu_without_its_val_list(tmp_path: Path) -> None:
    for n in range(1, 4):
        add_nwpu(tmp_path, "train", f"000{n}", [[n, n]])
    assert [len(names) for names in names_by_split(recognise(tmp_path)).values()] == [2, 1]


@pytest.mark.parametrize(
    ("gone", "code"),
    [
        (["jsons/0002.json"], "data-no-annotation"),
        (["images/0002.jpg"], "data-no-picture"),
        (["images/0002.jpg", "jsons/0002.json"], "data-no-picture"),
    ],
)
def test_nwpu_pairs(tmp_path: Path, gone: list[str], code: str) -> None:
    for n in (1, 2):
        add_nwpu(tmp_path, "train", f"000{n}", [[n, n]])
    for name in gone:
        (tmp_path / name).unlink()
    found, sentence = code_of(recognise(tmp_path), "train")
    assert found == code
    assert "0002" in sentence


def test_jhu(tmp_path: Path) -> None:
    add_jhu(tmp_path, "train", "0001", "10 20 5 6 1 0\n30 40 5 6 2 0\n")
    add_jhu(tmp_path, "train", "0002", "")
    add_jhu(tmp_path, "val", "0003", "7 8 5 6 1 0")
    add_jhu(tmp_path, "test", "0004", "1 2 3 4 1 0\n\n")
    data = recognise(tmp_path)
    assert data.layout == "JHU-CROWD++"
    assert points_of(data, "train") == {"0001": [[10, 20], [30, 40]], "0002": []}
    assert points_of(data, "val") == {"0003": [[7, 8]]}
    assert points_of(data, "test") == {"0004": [[1, 2]]}
    assert list(points_of(data)) == ["0001", "0002", "0003"]


@pytest.mark.parametrize("text", ["7", "7 x 1 1 1 0", "nan 3 1 1 1 0", "1 2 3 4 1 0\n5"])
def test_jhu_damaged(tmp_path: Path, text: str) -> None:
    add_jhu(tmp_path, "test", "0009", text)
    code, sentence = code_of(recognise(tmp_path), "test")
    assert code == "data-bad-annotation"
    assert "0009.txt" in sentence


@pytest.mark.parametrize("place", [".", "points"])
@pytest.mark.parametrize("pictures", [".", "images", "내 사진"])
def test_own_data_beside_or_in_a_folder(tmp_path: Path, pictures: str, place: str) -> None:
    folder = tmp_path / "내 데이터 2"
    save_picture(folder / pictures / "역 1.JPG")
    save_picture(folder / pictures / "역 2.png")
    save_picture(folder / pictures / "역 3.png")
    write(folder / place / "역 1.csv", "x,y\n1.5,2\n3,4\n")
    write(folder / place / "역 2.json", [[5, 6]])
    write(folder / place / "역 3.json", {"points": []})
    data = recognise(folder)
    assert (data.name, data.layout) == ("내 데이터 2", "own data")
    assert points_of(data) == {"역 1": [[1.5, 2], [3, 4]], "역 2": [[5, 6]], "역 3": []}


def test_names_from_a_mac_pair_with_others(tmp_path: Path) -> None:
    save_picture(tmp_path / (unicodedata.normalize("NFD", "서울역") + ".jpg"))
    write(tmp_path / (unicodedata.normalize("NFC", "서울역") + ".csv"), "1,2\n")
    assert points_of(recognise(tmp_path)) == {"서울역": [[1, 2]]}


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("1,2\n3,4", [[1, 2], [3, 4]]),
        ("\ufeffX, Y\r\n1,2\r\n", [[1, 2]]),
        ("id,y,x\n9,2,1\n", [[1, 2]]),
        ("x,y\n", []),
        ("", []),
        ("-1,1e3\n\n", [[-1, 1000]]),
    ],
)
def test_csv(tmp_path: Path, text: str, points: Rows) -> None:
    save_picture(tmp_path / "a.jpg")
    write(tmp_path / "a.csv", text)
    assert points_of(recognise(tmp_path)) == {"a": points}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "1,2,3\n"),
        ("a.csv", "id,left,top\n1,2,3\n"),
        ("a.csv", "1;2\n"),
        ("a.csv", "x,y\n1\n"),
        ("a.csv", "1,zwei\n"),
        ("a.csv", "x,y\ninf,2\n"),
        ("a.csv", "x\0,\0y\0"),
        ("a.json", ""),
        ("a.json", "[[1, 2, 3]]"),
        ("a.json", "[1, 2]"),
        ("a.json", "[[1, null]]"),
        ("a.json", '[{"x": 1}]'),
        ("a.json", '{"points": [[1, 2], {"x": 1, "y": null}]}'),
        ("a.json", '{"heads": []}'),
        ("a.json", '{"points": null}'),
        ("a.json", "[" * 100_000),
        ("a.json", '{"shapes": [{"shape_type": "polygon", "points": [[1, 2], [3, 4], [5, 0]]}]}'),
        ("a.json", '{"shapes": [{"shape_type": "point"}]}'),
        ("a.json", '{"shapes": [{"points": [[1, 2]]}]}'),
    ],
)
def test_own_data_damaged(tmp_path: Path, name: str, text: str) -> None:
    save_picture(tmp_path / "a.jpg")
    write(tmp_path / name, text)
    code, sentence = code_of(recognise(tmp_path))
    assert code == "data-bad-annotation"
    assert name in sentence


def test_json_of_pairs_or_of_named_numbers(tmp_path: Path) -> None:
    for name in ("a", "b"):
        save_picture(tmp_path / f"{name}.jpg")
    write(tmp_path / "a.json", [[5, 6], [7, 8]])
    write(tmp_path / "b.json", {"points": [{"y": 6, "x": 5, "label": "head"}]})
    assert points_of(recognise(tmp_path)) == {"a": [[5, 6], [7, 8]], "b": [[5, 6]]}
    write(tmp_path / "b.json", [{"left": 5, "top": 6}])
    assert "neither [[x, y], ...]" in code_of(recognise(tmp_path))[1]


def test_marks_made_in_labelme(tmp_path: Path) -> None:
    save_picture(tmp_path / "a.jpg")
    save_picture(tmp_path / "b.jpg")
    shapes = [
        {"label": "head", "shape_type": "point", "points": [[3.5, 4]], "flags": {}},
        {"label": "head", "shape_type": "rectangle", "points": [[10, 20], [14, 22]]},
        {"label": "roof", "shape_type": "polygon", "points": [[0, 0], [9, 0], [9, 9]]},
    ]
    write(tmp_path / "a.json", {"version": "6.3.1", "shapes": shapes, "imagePath": "a.jpg"})
    write(tmp_path / "b.json", {"version": "6.3.1", "shapes": [], "imagePath": "b.jpg"})
    assert points_of(recognise(tmp_path)) == {"a": [[3.5, 4], [12, 21]], "b": []}


def test_own_pairs(tmp_path: Path) -> None:
    for name in ("a", "b"):
        save_picture(tmp_path / f"{name}.jpg")
        write(tmp_path / f"{name}.csv", "1,2\n")
    write(tmp_path / "b.json", [[1, 2]])
    assert code_of(recognise(tmp_path))[0] == "data-same-name"
    (tmp_path / "b.json").unlink()
    save_picture(tmp_path / "b.png")
    assert code_of(recognise(tmp_path))[0] == "data-same-name"
    (tmp_path / "b.png").unlink()
    write(tmp_path / "c.csv", "1,2\n")
    assert code_of(recognise(tmp_path))[0] == "data-no-picture"


def test_own_pictures_that_nobody_has_marked_yet_are_left_out(tmp_path: Path) -> None:
    """Who marks thirty pictures may see how far it got after ten."""
    for name in ("a", "b", "c"):
        save_picture(tmp_path / f"{name}.jpg")
    write(tmp_path / "a.csv", "1,2\n")
    write(tmp_path / "b.csv", "x,y\n")
    data = recognise(tmp_path)
    assert points_of(data) == {"a": [[1, 2]], "b": []}
    assert [str(problem) for problem in data.files.left_out()] == [
        f"{tmp_path}: 1 of 3 pictures have no file of points and are left out."
    ]
    write(tmp_path / "c.csv", "x,y\n")
    assert recognise(tmp_path).files.left_out() == []


def test_pictures_alone_are_unlabelled(tmp_path: Path) -> None:
    for name in ("a.JPG", "a.png", "b.jpg"):
        save_picture(tmp_path / name)
    (tmp_path / ".hidden.csv").write_text("")
    data = recognise(tmp_path)
    assert data.layout == "pictures without annotation"
    assert not data.labelled
    assert [(e.name, e.points) for e in data.examples("train")] == [
        ("a.JPG", None), ("a.png", None), ("b.jpg", None),
    ]  # fmt: skip
    assert names_by_split(data)["val"] == []
    for split in ("val", "test"):
        assert code_of(data, split)[0] == "data-unlabelled"


@pytest.mark.parametrize("name", ["a.txt", "a.xml", "boxes.mat", "two.json"])
def test_unknown_annotations_are_not_passed_over(tmp_path: Path, name: str) -> None:
    save_picture(tmp_path / "a.jpg")
    write(tmp_path / name, "?")
    with pytest.raises(UserError) as caught:
        recognise(tmp_path)
    assert caught.value.code == "data-unknown"


@pytest.mark.parametrize("compressed", [True, False])
def test_matlab_files_cut_off_or_zeroed_anywhere(tmp_path: Path, compressed: bool) -> None:
    """SciPy's reader takes the whole process down on some of these."""
    path = tmp_path / "1_ann.mat"
    savemat(path, {"annPoints": np.ones((5, 2))}, do_compression=compressed)
    whole = path.read_bytes()
    assert read_ucf_points(path).tolist() == [[1, 1]] * 5
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(UserError, match=r"1_ann\.mat cannot be read"):
            read_ucf_points(path)
        path.write_bytes(whole[:length] + bytes(len(whole) - length))
        # Zeros within the numbers themselves cannot be told from numbers.
        with contextlib.suppress(UserError):
            read_ucf_points(path)


def test_matlab_file_with_other_things_in_it(tmp_path: Path) -> None:
    path = tmp_path / "a.mat"
    content = {"text": "hello", "small": np.uint8([[1, 2]]), "empty": np.zeros((0, 2))}
    savemat(path, content)
    found = read_matlab(path)
    assert found["text"] is None
    assert found["small"].tolist() == [[1, 2]]
    assert found["empty"].shape == (0, 2)
