"""Counting all opened pictures, one after the other, as a work in the background."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crowdgui.window.counting.entries import Entry, Outcome, Stamp, file_stamp
from crowdgui.window.engines import EngineChoice, Predictors
from models.errors import UserError

log = logging.getLogger("crowdgui")


@dataclass(frozen=True, eq=False)
class Done:
    """One picture that was counted by a model, or why it was not."""

    entry: Entry
    model: str
    outcome: Outcome | None = None
    density: NDArray[np.float32] | None = None
    problem: Exception | None = None
    stamp: Stamp | None = None


def count_all(
    entries: list[Entry], model: str, engine: EngineChoice, predictors: Predictors
) -> Iterator[Done]:
    """Yield what became of each picture.

    A picture that cannot be read stops no other; a folder that is gone stops all, with one
    sentence (UserError path-missing).
    """
    predictor = predictors.get(model, engine)
    for entry in entries:
        stamp = file_stamp(Path(entry.source.path))
        try:
            prediction = predictor.predict(entry.source.read())
        except UserError as error:
            if error.code == "path-missing" and _folder_is_gone(entry):
                raise UserError("path-missing", path=Path(entry.source.path).parent) from error
            yield Done(entry, model, problem=error)
        except Exception as error:  # a mistake of ours must not cost the pictures that follow
            log.exception("Counting %s", entry.source.path)
            yield Done(entry, model, problem=error)
        else:
            yield Done(entry, model, Outcome.of(prediction), prediction.density, stamp=stamp)


def _folder_is_gone(entry: Entry) -> bool:
    return entry.is_file and not Path(entry.source.path).parent.is_dir()
