"""Pictures without people: what keeps a counter from counting texture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from models.pictures import list_pictures
from trainer.datasets import DataSet, Example, spread
from trainer.unseen import Unseen, around


def people_free(folders: Sequence[str], number: int, sets: Sequence[DataSet]) -> list[Example]:
    """Return `number` pictures spread evenly over the folders, as examples with nobody in them.

    All there are when there are fewer, but none that must stay unseen of `sets` or of the annotated
    set that a folder lies in. Raises UserError path-missing or folder-empty.
    """
    pictures: list[Path] = []
    for folder in map(Path, folders):
        unseen = Unseen([*sets, *around(folder)])
        pictures += [path for path in list_pictures(folder) if path not in unseen]
    return [nobody_in(path) for path in spread(pictures, number)]


def nobody_in(picture: Path) -> Example:
    """Return a picture as an example with nobody in it."""
    return Example(f"{picture.parent.name}-{picture.stem}", picture, np.zeros((0, 2), np.float32))
