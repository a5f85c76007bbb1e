"""Evaluating models over annotated pictures, as works in the background; nothing of Qt."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from crowdgui.printable import printable
from crowdgui.window.engines import EngineChoice, Predictors
from models.errors import UserError

if TYPE_CHECKING:
    from trainer.datasets import Example
    from trainer.evaluate import Row, Summary

log = logging.getLogger("crowdgui")
COLUMNS = (
    "model", "name", "path", "truth", "count", "error", "seconds", "engine", "precision",
)  # fmt: skip
TABLE_COLUMNS = (
    "model", "split", "mae", "rmse", "nae", "median_seconds", "bytes", "pictures", "failed",
    "engine", "precision",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Data:
    """A folder that was recognised: its layout, and how many pictures each split has."""

    folder: Path
    layout: str
    splits: dict[str, int]


@dataclass(frozen=True, eq=False)
class One:
    """What a model counted on one picture, and how it computed; or why it could not."""

    model: str
    path: Path
    row: Row | None = None
    engine: str = ""
    precision: str = ""
    problem: Exception | None = None


@dataclass(frozen=True)
class Figures:
    """What came of a model: its errors, the median time of a picture, and what computed it.

    What else ran meanwhile hardly moves a median.
    """

    summary: Summary
    seconds: float
    engine: str
    precision: str


@dataclass(eq=False)
class Results:
    """All rows so far, by model; `total` pictures are expected of each."""

    folder: Path
    split: str
    total: int
    sizes: dict[str, int]
    ones: dict[str, list[One]] = field(default_factory=dict)
    problems: dict[str, Exception] = field(default_factory=dict)
    exported: int = 0  # how many pictures' rows are in some file
    _figures: dict[str, Figures] = field(default_factory=dict)

    def rows(self, model: str) -> list[Row]:
        return [one.row for one in self.ones.get(model, []) if one.row is not None]

    def failed(self, model: str) -> int:
        return sum(one.problem is not None for one in self.ones.get(model, []))

    def unexported(self) -> list[float]:
        """Return how long each picture took, nothing where all are in some file."""
        seconds = [row.seconds for model in self.ones for row in self.rows(model)]
        return seconds if len(seconds) > self.exported else []

    def figures(self, model: str) -> Figures | None:
        """Return what came of a model so far, None before the first picture."""
        counted = [one for one in self.ones.get(model, []) if one.row is not None]
        known = self._figures.get(model)
        if counted and (known is None or known.summary.n != len(counted)):
            # Only with new rows: of thousands it takes a while, and all models are drawn often.
            known = self._figures[model] = self._figure(model, counted[0])
        return known

    def _figure(self, model: str, first: One) -> Figures:
        from trainer.evaluate import summarise

        rows = self.rows(model)
        seconds = median(row.seconds for row in rows)
        # However it computes now.
        return Figures(summarise(rows), seconds, first.engine, first.precision)


def look_at(folder: Path) -> Data:
    """Recognise a folder; raises UserError as trainer.datasets.recognise does."""
    from trainer.datasets import recognise

    data = recognise(folder)
    if not data.labelled:
        raise UserError("data-unlabelled", path=folder)
    splits = {split: len(names) for split, (names, _half) in data.divided().items()}
    both = splits.get("train", 0) + splits.get("val", 0)
    if both:
        splits["all"] = both
    return Data(folder, data.layout, splits)


def examples_of(folder: Path, split: str) -> list[Example]:
    from trainer.datasets import recognise

    return recognise(folder).examples(split)


def evaluate_models(
    examples: Sequence[Example], names: list[str], engine: EngineChoice, predictors: Predictors
) -> Iterator[One | tuple[str, Exception]]:
    """Yield a picture's row, model after model; (model, problem) for one that does not open.

    A picture that cannot be read stops no other.
    """
    from trainer.evaluate import evaluate

    for name in names:
        try:
            predictor = predictors.get(name, engine)
        except Exception as error:
            yield name, error
            continue
        for example in examples:
            try:
                row = next(iter(evaluate(predictor, [example])))
                used = predictor.engine
                yield One(name, example.picture, row, used.name, used.precision)
            except UserError as error:
                yield One(name, example.picture, problem=error)
            except Exception as error:  # a mistake of ours must not cost the pictures that follow
                log.exception("Evaluating %s on %s", name, example.picture)
                yield One(name, example.picture, problem=error)


def picture_rows(results: Results) -> list[dict[str, Any]]:
    """Return a row for every model and picture."""
    return [
        dict(
            zip(
                COLUMNS,
                (
                    model, printable(row.name), printable(str(one.path)), row.truth, row.count,
                    row.error, row.seconds, one.engine, one.precision,
                ),
                strict=True,
            )
        )
        for model, ones in results.ones.items()
        for one in ones
        if (row := one.row) is not None
    ]  # fmt: skip


def table_rows(results: Results) -> list[dict[str, Any]]:
    """Return a row for every model that has counted a picture."""
    rows = []
    for model in results.ones:
        figures = results.figures(model)
        if figures is not None:
            summary = figures.summary
            values = (
                model, results.split, summary.mae, summary.rmse,
                None if math.isnan(summary.nae) else summary.nae, figures.seconds,
                results.sizes.get(model, 0), summary.n, results.failed(model),
                figures.engine, figures.precision,
            )  # fmt: skip
            rows.append(dict(zip(TABLE_COLUMNS, values, strict=True)))
    return rows
