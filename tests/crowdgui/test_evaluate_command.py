"""`crowdgui evaluate`: figures, tables and a report, or one sentence."""

from __future__ import annotations

import csv
import json
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import get_args

import pytest
from PIL import Image, ImageStat

import trainer.evaluate
from crowdgui.commands.evaluate import Fault
from models import catalogue
from models.files import file_hash
from models.header import read_header
from models.weights import load_state, save_weights
from small_data import make_part, write_annotation
from small_models import save_mcnn
from trainer.degrade import FAULTS

Run = Callable[..., tuple[int, str, str]]
NAMES = [f"IMG_{n}" for n in range(1, 16)]


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(catalogue, "SHIPPED_FOLDER", tmp_path / "shipped")
    return save_mcnn(catalogue.user_folder() / "mcnn.safetensors")


@pytest.fixture
def part(tmp_path: Path) -> Path:
    return make_part(tmp_path / "part_A", NAMES)


@pytest.fixture
def run(command: Run) -> Run:
    return partial(command, "evaluate")


def test_json_table_and_report_agree(run: Run, model: Path, part: Path, tmp_path: Path) -> None:
    table, report = tmp_path / "new" / "t.csv", tmp_path / "report"
    words = ("--data", part, "--split", "all", "--json", "--csv", table, "--report", report)
    code, out, _ = run(*words)
    assert code == 0
    figures = json.loads(out)
    assert figures.keys() == {"mae", "rmse", "nae", "game", "n"}
    with table.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == figures["n"] == len(NAMES)
    mean = sum(float(row["absolute_error"]) for row in rows) / len(rows)
    assert mean == pytest.approx(figures["mae"])
    assert (report / "pictures.csv").read_bytes() == table.read_bytes()
    facts = json.loads((report / "summary.json").read_text("utf-8"))
    assert {key: facts[key] for key in figures} == figures
    assert (facts["data"], facts["split"], facts["model"]) == ("part_A", "all", "mcnn")
    assert facts["model_hash"] == file_hash(model)
    assert (facts["engine"], facts["precision"]) == ("openvino", "fp32")
    for name in ("scatter.png", "worst.png"):
        with Image.open(report / name) as picture:
            picture.load()
    assert sorted(path.name for path in report.iterdir()) == [
        "pictures.csv", "scatter.png", "summary.json", "worst.png",
    ]  # fmt: skip


def test_pictures_are_counted_as_a_bad_camera_shows_them(
    run: Run, model: Path, part: Path, tmp_path: Path
) -> None:
    words = ("--data", part, "--split", "all", "--report")
    code, clear, _ = run(*words, tmp_path / "clear")
    assert code == 0
    code, dark, _ = run(*words, tmp_path / "dark", "--fault", "dark")
    assert code == 0
    assert "mcnn on part_A all, dark (15 pictures)" in dark.splitlines()
    assert dark.splitlines()[1] != clear.splitlines()[1]
    facts = {
        name: json.loads((tmp_path / name / "summary.json").read_text("utf-8"))
        for name in ("clear", "dark")
    }
    assert (facts["clear"]["fault"], facts["dark"]["fault"]) == ("", "dark")
    brightness = {}
    for name in facts:
        with Image.open(tmp_path / name / "worst.png") as sheet:
            brightness[name] = ImageStat.Stat(sheet.convert("L")).mean[0]
    assert brightness["dark"] < brightness["clear"] - 0.5
    assert get_args(Fault) == FAULTS
    code, _, err = run("--data", part, "--fault", "rain")
    assert code == 2
    assert "rain" in err
    assert "Traceback" not in err


def test_pictures_that_were_learnt_from_are_told_of(
    run: Run, model: Path, part: Path, tmp_path: Path
) -> None:
    warning = "errors on those say little"
    assert warning not in run("--data", part, "--split", "train")[2]
    header = replace(read_header(model), trained_on={"data": ["part_A"], "split": "train"})
    learnt = tmp_path / "learnt.safetensors"
    save_weights(learnt, load_state(model), header)
    said = {
        split: warning in run("--data", part, "--model", learnt, "--split", split)[2]
        for split in ("train", "all", "val")
    }
    assert said == {"train": True, "all": True, "val": False}
    other = make_part(tmp_path / "part_B", NAMES)
    assert warning not in run("--data", other, "--model", learnt, "--split", "train")[2]


def test_the_sheet_shows_the_ten_worst(
    run: Run, model: Path, part: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[trainer.evaluate.Row] = []

    def draw(path: Path, rows: list[trainer.evaluate.Row], *_: object) -> None:
        shown.extend(rows)

    monkeypatch.setattr("trainer.charts.draw_sheet", draw)
    report = tmp_path / "report"
    assert run("--data", part, "--split", "all", "--report", report)[0] == 0
    with (report / "pictures.csv").open(encoding="utf-8") as file:
        errors = {row["name"]: float(row["absolute_error"]) for row in csv.DictReader(file)}
    expected = sorted(errors, key=lambda name: errors[name], reverse=True)[:10]
    assert [row.name for row in shown] == expected


def test_a_set_without_people_has_no_nae(run: Run, model: Path, tmp_path: Path) -> None:
    part = make_part(tmp_path / "part_A", ["IMG_1"])
    write_annotation(part / "train_data" / "ground-truth" / "GT_IMG_1.mat", [])
    code, out, _ = run("--data", part, "--split", "all", "--json")
    assert code == 0
    assert json.loads(out, parse_constant=lambda word: pytest.fail(word))["nae"] is None
    assert "nan" not in run("--data", part, "--split", "all")[1]


def test_points_that_do_not_count_are_said(run: Run, model: Path, tmp_path: Path) -> None:
    names = [f"IMG_{number}" for number in range(1, 8)]
    part = make_part(tmp_path / "part_A", names)
    for name in names:
        points = [(3.0, 4.0), (9e5, 5.0)]
        write_annotation(part / "train_data" / "ground-truth" / f"GT_{name}.mat", points)
    code, out, err = run("--data", part, "--split", "all", "--json")
    assert code == 0
    assert json.loads(out)["n"] == 7
    assert err.count("1 of 2 points lie outside the picture") == 5
    assert "2 more" in err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--split", "soup"], "The split soup of"),
        (["--split", "test"], "Splits there: train, val"),
        (["--model", "soup"], "There is no model called soup"),
        (["--model", "vgg.safetensors"], "no description of its network"),
        (["--csv", "file/t.csv"], "cannot be written"),
        (["--csv", "."], "cannot be written"),
        (["--csv", "IMG_1.jpg"], "named like a picture"),
        (["--csv", "vgg.safetensors"], "named like a picture, a video or a model"),
        (["--report", "file/report"], "cannot be written"),
        (
            ["--csv", "part_A/t.csv"],
            "--csv cannot be part_A/t.csv: it lies in the data set's folder",
        ),
        (["--report", "part_A"], "it lies in the data set's folder"),
        (["--report", "part_A/report"], "it lies in the data set's folder"),
    ],
)
def test_wrong_use_is_one_sentence_before_any_work(
    run: Run,
    model: Path,
    part: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    sentence: str,
) -> None:
    import torch
    from safetensors.torch import save_file

    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    save_file({"x": torch.zeros(1)}, tmp_path / "vgg.safetensors")
    monkeypatch.setattr(trainer.evaluate, "evaluate", lambda *_: pytest.fail("counted"))
    code, out, err = run("--data", part, *words)
    assert (code, out) == (2, "")
    assert sentence in err
    assert len(err.splitlines()) == 1


def test_ctrl_c_leaves_the_old_files(model: Path, part: Path, tmp_path: Path) -> None:
    report = tmp_path / "report"
    report.mkdir()
    (report / "summary.json").write_text('{\n "data": "old"}')
    # A large last picture keeps the evaluation at work for seconds.
    Image.new("RGB", (8000, 8000)).save(part / "train_data" / "images" / "IMG_15.jpg")
    words = ["evaluate", "--data", str(part), "--split", "all", "--report", str(report)]
    process = subprocess.Popen(
        [sys.executable, "-m", "crowdgui", *words], stderr=subprocess.PIPE, text=True
    )
    for _ in range(600):
        if len(list(report.iterdir())) == 5 or process.poll() is not None:
            break
        signal.sigtimedwait([signal.SIGALRM], 0.1)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    # A signal that comes in the middle of Python's own clean-up ends it as a signal does.
    assert process.returncode in (2, -signal.SIGINT)
    if process.returncode == 2:
        assert err.endswith("Stopped before all pictures were counted; nothing was written.\n")
    assert [path.name for path in report.iterdir()] == ["summary.json"]
    assert "old" in (report / "summary.json").read_text()


@pytest.mark.parametrize("name", ["pictures.csv", "scatter.png", "summary.json"])
def test_a_report_takes_the_place_of_reports_alone(
    run: Run, model: Path, part: Path, tmp_path: Path, name: str
) -> None:
    report = tmp_path / "report"
    words = ("--data", part, "--split", "all", "--report", report)
    assert run(*words)[0] == run(*words)[0] == 0
    (report / name).write_text("somebody's own")
    code, _, err = run(*words)
    assert code == 2
    assert "there is another file of this name" in err
    assert (report / name).read_text() == "somebody's own"
