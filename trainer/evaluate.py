"""Errors of a model over annotated pictures."""

from __future__ import annotations

import csv
import heapq
import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.pictures import read_picture
from models.prediction import Prediction
from models.predictor import Predictor
from trainer.datasets import Example
from trainer.degrade import faulty
from trainer.density import inside, masses

COLUMNS = (
    "name", "truth", "count", "error", "absolute_error", "nae",
    "game0", "game1", "game2", "game3", "seconds",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Row:
    """One picture: its true and predicted count, GAME(0..3), and the time it took."""

    name: str
    truth: int
    count: float
    game: tuple[float, float, float, float]
    seconds: float

    @property
    def error(self) -> float:
        return self.count - self.truth

    @property
    def nae(self) -> float:
        """The error as a part of the truth, without its sign; NaN where nobody is there."""
        return abs(self.error) / self.truth if self.truth else math.nan


@dataclass(frozen=True)
class Summary:
    """Mean absolute, root mean square and normalised absolute error, and mean GAME(0..3).

    NAE leaves out pictures without people, where it has no meaning.
    """

    mae: float
    rmse: float
    nae: float
    game: tuple[float, float, float, float]
    n: int


def evaluate(predictor: Predictor, examples: Sequence[Example], fault: str = "") -> Iterator[Row]:
    """Yield a row per picture, in order; with one of FAULTS, as a bad camera would show it."""
    for example in examples:
        picture = seen_picture(example.picture, fault)
        prediction = predictor.predict(picture)
        height, width = picture.shape[:2]
        points = inside(example.heads, width, height)
        game = tuple(_game(prediction, points, level) for level in range(4))
        yield Row(
            example.name, len(points), prediction.count,
            (game[0], game[1], game[2], game[3]), prediction.seconds,
        )  # fmt: skip


def seen_picture(path: Path, fault: str) -> NDArray[np.uint8]:
    """Return the picture that is counted: (H, W, 3) RGB, the file's own where `fault` is empty."""
    picture = read_picture(path)
    return faulty(picture, fault) if fault else picture


def summarise(rows: Sequence[Row]) -> Summary:
    """Return the errors over all rows (at least one)."""
    errors = np.array([row.error for row in rows])
    peopled = [row.nae for row in rows if row.truth]
    games = np.array([row.game for row in rows]).mean(axis=0)
    return Summary(
        mae=float(np.abs(errors).mean()),
        rmse=float(math.sqrt((errors**2).mean())),
        nae=float(np.mean(peopled)) if peopled else math.nan,
        game=(float(games[0]), float(games[1]), float(games[2]), float(games[3])),
        n=len(rows),
    )


def worst(rows: Sequence[Row], number: int) -> list[int]:
    """Return where the rows with the largest absolute errors are, the largest first."""
    return heapq.nlargest(number, range(len(rows)), key=lambda place: abs(rows[place].error))


def as_json(summary: Summary) -> dict[str, Any]:
    """Return the figures under the names that JSON has; what is no number becomes null."""
    facts = asdict(summary)
    facts["game"] = [_number(value) for value in summary.game]
    return {name: _number(value) for name, value in facts.items()}


def write_rows(path: Path, rows: Sequence[Row]) -> None:
    """Write a CSV table, a line per picture; NAE stays empty where nobody is there."""
    # A name on disk may be no valid text; its row is kept all the same.
    with path.open("w", newline="", encoding="utf-8", errors="replace") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for row in rows:
            nae = row.nae if row.truth else ""
            writer.writerow(
                [row.name, row.truth, row.count, row.error, abs(row.error), nae, *row.game,
                 row.seconds]
            )  # fmt: skip


def _number(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _game(prediction: Prediction, points: NDArray[np.float32], level: int) -> float:
    """Grid average mean absolute error: the error summed over 4**level equal parts.

    A cell that lies in several parts counts in each by its share. Guerrero-Gomez-Olmedo et al.,
    IbPRIA 2015.
    """
    parts, (width, height) = 2**level, prediction.size
    edges = np.linspace(0, 1, parts + 1)
    counted = masses(prediction.density, prediction.grid, edges * width, edges * height)
    true = np.zeros((parts, parts))
    np.add.at(
        true,
        ((points[:, 1] * parts / height).astype(int), (points[:, 0] * parts / width).astype(int)),
        1,
    )
    return float(np.abs(counted - true).sum())
