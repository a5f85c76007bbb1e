"""Figures over pictures: known answers, what is worst, and what a table and JSON hold."""

from __future__ import annotations

import csv
import json
import math
import os
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from models.header import Header
from models.predictor import Predictor
from trainer.charts import draw_scatter, draw_sheet
from trainer.datasets import Example
from trainer.evaluate import COLUMNS, Row, as_json, evaluate, summarise, worst, write_rows


def row(name: str, truth: int, count: float) -> Row:
    error = abs(count - truth)
    return Row(name, truth, count, (error, error, error, error), 0.1)


ROWS = [row("a", 10, 14.0), row("b", 0, 2.0), row("c", 100, 90.0), row("d", 5, 5.0)]


def test_figures_of_known_errors() -> None:
    summary = summarise(ROWS)
    assert summary.mae == pytest.approx(4.0)
    assert summary.rmse == pytest.approx(math.sqrt(30.0))
    # b has no people: its error is in MAE and RMSE and left out of NAE.
    assert summary.nae == pytest.approx((0.4 + 0.1 + 0.0) / 3)
    assert summary.n == 4


class Left:
    """An engine that sees a person in the left upper cell and nobody else."""

    name, precision, takes_bytes = "test", "fp32", False

    def run(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        density = np.zeros((batch.shape[2] // 4, batch.shape[3] // 4), np.float32)
        density[0, 0] = 1.0
        return density


def test_game_sees_a_person_in_the_wrong_place(tmp_path: Path) -> None:
    picture = tmp_path / "a.png"
    Image.new("RGB", (64, 64)).save(picture)
    header = Header(network="mcnn", stride=4, pad_to=4, margin=0, parameters=1)
    here = Example("here", picture, np.array([[1, 1]], np.float32))
    there = Example("there", picture, np.array([[60, 60]], np.float32))
    right, wrong = evaluate(Predictor(Left(), header, "left"), [here, there])
    assert right.game == (0.0, 0.0, 0.0, 0.0)
    assert wrong.game == (0.0, 2.0, 2.0, 2.0)
    assert (right.error, wrong.error) == (0.0, 0.0)


def test_heads_outside_the_picture_are_not_in_the_truth(tmp_path: Path) -> None:
    picture = tmp_path / "a.png"
    Image.new("RGB", (64, 64)).save(picture)
    header = Header(network="mcnn", stride=4, pad_to=4, margin=0, parameters=1)
    heads = np.array([[1, 1], [64, 1], [1, 64], [-1, 1]], np.float32)
    (got,) = evaluate(Predictor(Left(), header, "left"), [Example("a", picture, heads)])
    assert (got.truth, got.error) == (1, 0.0)
    assert got.game == (0.0, 0.0, 0.0, 0.0)


class Even(Left):
    """An engine that sees one person in every whole cell, and of the others none."""

    def run(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        density = np.ones((batch.shape[2] // 4, batch.shape[3] // 4), np.float32)
        density[-1], density[:, -1] = 0.0, 0.0
        return density


def test_game_shares_a_cell_between_the_parts_it_lies_in(tmp_path: Path) -> None:
    """Of 33 pixels 9 cells of 4 are made, the last of them with one pixel: 4.125 lie in a half."""
    picture = tmp_path / "a.png"
    Image.new("RGB", (33, 33)).save(picture)
    header = Header(network="mcnn", stride=4, pad_to=4, margin=0, parameters=1)
    (got,) = evaluate(
        Predictor(Even(), header, "even"), [Example("a", picture, np.zeros((0, 2), np.float32))]
    )
    assert got.game == pytest.approx((64.0,) * 4)
    corner = np.array([[1, 1]] * 17, np.float32)
    (got,) = evaluate(Predictor(Even(), header, "even"), [Example("a", picture, corner)])
    assert got.game[1] == pytest.approx(64 - 4.125**2 + abs(17 - 4.125**2))


def test_the_worst_come_first_whatever_their_sign() -> None:
    assert worst(ROWS, 3) == [2, 0, 1]
    assert worst(ROWS, 10) == [2, 0, 1, 3]
    many = [row(str(n), 100, 100 + (-1) ** n * n) for n in range(30)]
    assert worst(many, 10) == list(range(29, 19, -1))


def test_json_has_null_where_there_is_no_number() -> None:
    text = json.dumps(as_json(summarise([row("empty", 0, 1.5)])), allow_nan=False)
    assert json.loads(text) == {"mae": 1.5, "rmse": 1.5, "nae": None, "game": [1.5] * 4, "n": 1}
    assert as_json(summarise(ROWS))["nae"] == pytest.approx(0.5 / 3)


def test_a_table_has_a_line_per_picture(tmp_path: Path) -> None:
    names = [*ROWS, row("광장, \udcff", 2, 1.0)]
    write_rows(tmp_path / "t.csv", names)
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert tuple(lines[0]) == COLUMNS
    assert [line["name"] for line in lines] == ["a", "b", "c", "d", "광장, ?"]
    assert lines[1]["nae"] == ""
    assert [float(lines[2][key]) for key in ("error", "absolute_error", "nae")] == [-10, 10, 0.1]


@pytest.mark.parametrize(
    "rows",
    [
        ROWS,
        [row("nobody", 0, 0.0)],
        [row("few", 40, 50.0), row("many", 3000, 900.0)],
        [row("$a^{$", 0, 0.2), row("광장", 4000, 1.0), row(os.fsdecode(b"caf\xe9"), 9, 9.0)],
    ],
)
def test_charts_of_every_range_are_pictures(rows: list[Row], tmp_path: Path) -> None:
    draw_scatter(tmp_path / "s.part", rows, summarise(rows), "m on $x{$ 광장")
    pictures = [np.full((30, 20 + 40 * n, 3), 99, np.uint8) for n in range(len(rows))]
    draw_sheet(tmp_path / "w.part", rows, pictures, "m on $x{$ 광장")
    for name in ("s.part", "w.part"):
        with Image.open(tmp_path / name) as picture:
            assert picture.format == "PNG"
            assert min(picture.size) > 300
