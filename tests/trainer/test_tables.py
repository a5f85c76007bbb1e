"""What a sweep's tables and chart say of known results."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

from models.errors import UserError
from sweeps import install_teacher, result, settings
from trainer import charts
from trainer.sweep import (
    Run,
    compared,
    read_teachers,
)
from trainer.tables import gain, write_tables

RESULTS = [
    result(0.0, 0, 150, 250), result(0.0, 1, 154, 260), result(0.0, 2, 158, 270),
    result(0.1, 0, 140, 240), result(0.1, 1, 142, 244), result(0.1, 2, 150, 248),
    result(0.3, 0, 145.25, 255),
]  # fmt: skip
TEACHER = {
    "name": "m-sfanet", "hash": "x", "size": 91_760_000, "parameters": 22_904_390, "mae": 90.04,
    "rmse": 160.0, "n": 43, "trained_on": {"data": ["part_A"], "split": "train"},
}  # fmt: skip


@pytest.fixture(autouse=True)
def teacher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return install_teacher(tmp_path, monkeypatch)


def test_tables_of_known_results(tmp_path: Path) -> None:
    sweep = settings()
    text = write_tables(tmp_path, sweep, RESULTS, [TEACHER], "part_A (ShanghaiTech A)")
    first, second = ((tmp_path / f"table{n}.md").read_text("utf-8") for n in (1, 2))
    assert first in text
    assert second in text
    rows = [line for line in first.splitlines() if line.startswith("| ")]
    assert rows[1:] == [
        "| teacher m-sfanet | 91.760 | 22,904,390 | 90.0 | 160.0 | – "
        "| M-SFANet | 366.6 ¹ | 57.55 ² | 94.48 ² |",
        "| student mcnn, α = 0 (control) | 0.538 | 133,705 | 154.0 ± 4.0 | 260.0 ± 10.0 | 3 "
        "| MCNN | 0.532 | 110.2 ³ | 173.2 ³ |",
        "| student mcnn, distilled, α = 0.1 | 0.538 | 133,705 | 144.0 ± 5.3 | 244.0 ± 4.0 | 3 "
        "| MCNN, α = 0.1 | 0.543 | 90.86 | 172.99 |",
    ]
    rows = [line for line in second.splitlines() if line.startswith("| ")]
    assert rows[1:] == [
        "| 0 | 150.0 | 154.0 ± 4.0 | 260.0 ± 10.0 | 3 | 110.2 ³ | 173.2 ³ |",
        "| 0.1 | 140.0 | 144.0 ± 5.3 | 244.0 ± 4.0 | 3 | 90.86 | 172.99 |",
        "| 0.3 | 145.2 | 145.2 | 255.0 | 1 | 95.85 | 177.71 |",
    ]
    with Image.open(tmp_path / "alpha.png") as chart:
        assert chart.format == "PNG"


def test_only_seeds_that_every_alpha_has_are_compared() -> None:
    assert compared(settings(), RESULTS) == {0.0: [150], 0.1: [140], 0.3: [145.25]}
    # The control diverged with the seed that the others share: it stands beside, not among them.
    without = [r for r in RESULTS if r.run != Run(0.0, 0)]
    assert compared(settings(), without) == {0.1: [140], 0.3: [145.25]}
    assert compared(settings(), []) == {}


def test_the_chart_joins_what_is_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Axes] = []
    titled = charts._title

    def spied(figure: Figure, axes: Axes, title: str, subject: str) -> None:
        drawn.append(axes)
        titled(figure, axes, title, subject)

    monkeypatch.setattr(charts, "_title", spied)
    write_tables(tmp_path, settings(), RESULTS, [TEACHER], "part_A (ShanghaiTech A)")
    (axes,) = drawn
    line, control = axes.get_lines()
    assert line.get_xydata().tolist() == [[0, 150], [0.1, 140], [0.3, 145.25]]
    assert line.get_label() == "the mean of seed 0"
    assert set(control.get_ydata()) == {150}
    (dots,) = axes.collections
    assert len(dots.get_offsets()) == len(RESULTS)


@pytest.mark.parametrize("text", ["", "[1]", "null", '[{"hash": "x"}]', '[{"hash": "x"'])
def test_what_is_known_of_teachers_can_be_damaged(text: str, tmp_path: Path) -> None:
    (tmp_path / "teachers.json").write_text(json.dumps([TEACHER]))
    assert read_teachers(tmp_path) == [TEACHER]
    for damaged in (text, json.dumps([{**TEACHER, "mae": "x"}])):
        (tmp_path / "teachers.json").write_text(damaged)
        with pytest.raises(UserError, match=r"its teachers\.json is damaged"):
            read_teachers(tmp_path)


def test_tables_say_what_figures_depend_on(tmp_path: Path) -> None:
    write_tables(tmp_path, settings(), RESULTS, [TEACHER], "part_A (ShanghaiTech A)")
    first = (tmp_path / "table1.md").read_text("utf-8")
    for said in (
        "part_A (ShanghaiTech A), split val, 43 pictures",
        "7 epochs",
        "recipe mine",
        "lowest validation MAE",
        "Seeds 0 to 2 for α = 0 and the best other α, seed 0 for the rest",
        "differs from the other runs in alpha, teacher and nothing else",
        "MAE at α = 0.1 less that of the control with the same seed: −10.0 ± 2.0 (3 seeds)",
        "TEST pictures",
        "The teacher m-sfanet was trained on part_A (split train)",
        "59.69 / 95.66",
        "91.76 MB in fp32",
        "2016 paper's own number",
    ):
        assert said in first
    assert "so far" not in first.lower()
    # Table 2 shows no figure of the teacher, and no footnote to one.
    second = (tmp_path / "table2.md").read_text("utf-8")
    assert "²" not in second
    assert "³ The 2016" in second


def test_an_unfinished_sweep_says_so(tmp_path: Path) -> None:
    unknown = {**TEACHER, "trained_on": {}}
    text = write_tables(tmp_path, settings(), RESULTS[:1], [unknown], "part_A")
    assert "So far 1 of 7 runs are finished" in text
    assert "may have seen these pictures" in text
    assert "150.0 |" in text


def test_a_data_set_may_lie_in_a_folder_whose_name_is_no_text(tmp_path: Path) -> None:
    text = write_tables(tmp_path, settings(), RESULTS, [TEACHER], os.fsdecode(b"caf\xe9"))
    assert "caf" in text
    for name in ("table1.md", "table1.csv", "table2.md", "table2.csv"):
        assert "Data set caf?, split val" in (tmp_path / name).read_text("utf-8")
    assert (tmp_path / "alpha.png").stat().st_size > 0


def test_a_diverged_run_may_leave_alphas_no_seed_in_common(tmp_path: Path) -> None:
    sweep = settings(others=2)
    results = [
        result(0.0, 0, 150), result(0.3, 0, 145), result(0.0, 1, 154), result(0.1, 1, 142),
    ]  # fmt: skip
    assert compared(sweep, results) == {}
    text = write_tables(tmp_path, sweep, results, [TEACHER], "part_A")
    assert "| α | MAE, shared seeds |" in text
    assert "| 0.3 | – | 145.0 |" in text
    with Image.open(tmp_path / "alpha.png") as chart:
        assert chart.format == "PNG"


def test_csv_holds_plain_numbers(tmp_path: Path) -> None:
    write_tables(tmp_path, settings(), RESULTS, [TEACHER], "part_A")
    text = (tmp_path / "table1.csv").read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [float(row["MAE"]) for row in rows] == [90.04, 154.0, 144.0]
    assert [row["Seeds"] for row in rows] == ["", "3", "3"]
    assert rows[0]["MAE: deviation"] == ""
    assert float(rows[1]["RMSE: deviation"]) == 10.0
    assert [row["Study: test MAE"] for row in rows] == ["57.55", "110.2", "90.86"]
    assert float(rows[1]["File (MB)"]) == 0.537828
    assert {row["data"] for row in rows} == {"Data set part_A, split val, 43 pictures"}
    rows = list(csv.DictReader(io.StringIO((tmp_path / "table2.csv").read_text("utf-8"))))
    assert [row["α"] for row in rows] == ["0", "0.1", "0.3"]


def test_a_control_without_its_first_seed_shifts_nothing(tmp_path: Path) -> None:
    write_tables(tmp_path, settings(), RESULTS[1:], [TEACHER], "part_A")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "table2.csv").read_text("utf-8"))))
    assert [row["MAE, seed 0"] for row in rows] == ["", "140.0", "145.25"]
    assert [row["MAE"] for row in rows] == ["156.0", "144.0", "145.25"]
    assert {row["data"] for row in rows} == {"Data set part_A, split val, 43 pictures"}


def test_the_gain_is_paired_by_seed() -> None:
    assert gain(RESULTS, 0.1) == [-10, -12, -8]
    assert gain(RESULTS, 0.3) == [-4.75]
    assert gain(RESULTS[3:], 0.1) == []
