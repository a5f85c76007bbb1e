"""Pictures without people: what keeps a counter from counting texture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from models.errors import UserError
from models.pictures import list_pictures
from models.reasons import Reason
from trainer.datasets import DataSet, Example, recognise, spread
from trainer.layouts.layout import Half
from trainer.unseen import Unseen, around


def people_free(folders: Sequence[str], number: int, sets: Sequence[DataSet]) -> list[Example]:
    """Return `number` pictures spread evenly over the folders, as examples with nobody in them.

    All there are when there are fewer, but none that must stay unseen of `sets` or of the annotated
    set that a folder lies in. Raises UserError path-missing or folder-empty, and setting-invalid
    for a folder with pictures in which people are annotated.
    """
    pictures: list[Path] = []
    for folder in map(Path, folders):
        outer = around(folder)
        unseen = Unseen([*sets, *outer])
        found = [path for path in list_pictures(folder) if path not in unseen]
        names = {path.name for path in found}
        if crowd := next((name for name in _crowds(folder, outer) if name in names), ""):
            reason = Reason("has-people", name=crowd)
            raise UserError("setting-invalid", name="negatives", value=folder, reason=reason)
        pictures += found
    return [nobody_in(path) for path in spread(pictures, number)]


def _crowds(folder: Path, outer: Sequence[DataSet]) -> Iterator[str]:
    """Yield the names of the pictures in a folder where it, or a set around it, marks people."""
    folder, sets = folder.resolve(), list(outer)
    # What is no data set, or cannot be read, says nothing of people.
    with suppress(UserError):
        sets.append(recognise(folder))
    for data in sets:
        for name, half in _annotated(data):
            picture = half.pictures[name]
            if picture.parent == folder and _has_people(data, name, half):
                yield picture.name


def _annotated(data: DataSet) -> list[tuple[str, Half]]:
    """Return the pictures of a set that have an annotation, by name; none of a broken one."""
    with suppress(UserError):
        halves = data.files.halves().values()
        return [
            (name, half) for half in halves for name in half.pictures if name in half.annotations
        ]
    return []


def _has_people(data: DataSet, name: str, half: Half) -> bool:
    with suppress(UserError):
        return len(data.files.read(name, half.annotations[name])) > 0
    return False


def nobody_in(picture: Path) -> Example:
    """Return a picture as an example with nobody in it."""
    return Example(f"{picture.parent.name}-{picture.stem}", picture, np.zeros((0, 2), np.float32))
