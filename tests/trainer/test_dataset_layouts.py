"""Every layout is recognised, also with one half or odd names, and bad files are named."""

from __future__ import annotations

import contextlib
import json
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from scipy.io import savemat

from models.errors import UserError
from trainer.datasets import DataSet, recognise, split_names
from trainer.layouts.matlab import read_matlab
from trainer.layouts.ucf import read_ucf_points

Rows = Sequence[Sequence[float]]


def save_picture(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (64, 48)).save(path)
    return path


def write(path: Path, content: object) -> Path:
    """Write text as it is and anything else as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return path


def add_ucf(folder: Path, name: str, points: Rows, suffix: str = ".jpg") -> None:
    save_picture(folder / f"{name}{suffix}")
    values = np.array(points, float).reshape(-1, 2)
    savemat(folder / f"{name}_ann.mat", {"annPoints": values}, do_compression=True)


def add_nwpu(folder: Path, split: str, name: str, points: Rows | None) -> None:
    save_picture(folder / "images" / f"{name}.jpg")
    (folder / "jsons").mkdir(exist_ok=True)
    if points is not None:
        facts = {"img_id": f"{name}.jpg", "human_num": 7, "points": points, "boxes": []}
        write(folder / "jsons" / f"{name}.json", facts)
    with (folder / f"{split}.txt").open("a") as names:
        names.write(f"{name} 1 0\n")


def add_jhu(folder: Path, split: str, name: str, text: str) -> None:
    save_picture(folder / split / "images" / f"{name}.jpg")
    write(folder / split / "gt" / f"{name}.txt", text)


def coco(images: Sequence[str], boxes: Sequence[tuple[int, list[float], int, int]]) -> Any:
    """Return a COCO file's content; a box is image, bbox, category, iscrowd."""
    return {
        "images": [{"id": n, "file_name": name} for n, name in enumerate(images)],
        "annotations": [
            {"id": n, "image_id": image, "bbox": bbox, "category_id": category, "iscrowd": crowd}
            for n, (image, bbox, category, crowd) in enumerate(boxes)
        ],
        "categories": [{"id": 1, "name": "person"}, {"id": 2, "name": "Head"},
                       {"id": 3, "name": "car"}],
    }  # fmt: skip


def points_of(data: DataSet, split: str = "all") -> dict[str, list[list[float]]]:
    found = {}
    for example in data.examples(split):
        assert example.heads.dtype == np.float32
        assert example.heads.shape == (len(example.heads), 2)
        found[example.name] = example.heads.tolist()
    return found


def code_of(data: DataSet, split: str = "all") -> tuple[str, str]:
    """Return the code of the error that the examples raise, and its sentence."""
    with pytest.raises(UserError) as caught:
        data.examples(split)
    return caught.value.code, str(caught.value)


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
    assert len(split_names(data)["val"]) == 1


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
    add_nwpu(tmp_path, "val", "0003", [[7, 8]])
    add_nwpu(tmp_path, "test", "0004", None)
    data = recognise(tmp_path)
    assert data.layout == "NWPU-Crowd"
    assert points_of(data, "train") == {"0001": [[3, 4], [5, 6]], "0002": []}
    assert split_names(data) == {"train": ["0001", "0002"], "val": ["0003"]}
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
    assert [len(names) for names in split_names(recognise(tmp_path)).values()] == [2, 1]


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
        ("a.json", '{"heads": []}'),
        ("a.json", '{"points": null}'),
        ("a.json", "[" * 100_000),
    ],
)
def test_own_data_damaged(tmp_path: Path, name: str, text: str) -> None:
    save_picture(tmp_path / "a.jpg")
    write(tmp_path / name, text)
    code, sentence = code_of(recognise(tmp_path))
    assert code == "data-bad-annotation"
    assert name in sentence


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
    (tmp_path / "b.csv").unlink()
    assert code_of(recognise(tmp_path))[0] == "data-no-annotation"
    (tmp_path / "b.jpg").unlink()
    write(tmp_path / "c.csv", "1,2\n")
    assert code_of(recognise(tmp_path))[0] == "data-no-picture"


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
    assert split_names(recognise(tmp_path)) == {"train": [], "val": ["a.jpg"]}
    save_picture(tmp_path / "val2017" / "b.jpg")
    assert code_of(recognise(tmp_path), "val")[0] == "data-no-annotation"
    write(tmp_path / "annotations" / "instances_val2014.json", coco(["a.jpg"], []))
    with pytest.raises(UserError, match="No known data set"):
        recognise(tmp_path)


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
    assert split_names(data)["val"] == []
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
