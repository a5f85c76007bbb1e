"""Pictures without people: what keeps a counter from counting texture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from models.pictures import list_pictures
from trainer.datasets import Example, spread


def people_free(folders: Sequence[str], number: int) -> list[Example]:
    """Return `number` pictures spread evenly over the folders, as examples with nobody in them.

    All there are when there are fewer. Raises UserError path-missing or folder-empty.
    """
    pictures = [path for folder in folders for path in list_pictures(Path(folder))]
    return [nobody_in(path) for path in spread(pictures, number)]


def nobody_in(picture: Path) -> Example:
    """Return a picture as an example with nobody in it."""
    return Example(f"{picture.parent.name}-{picture.stem}", picture, np.zeros((0, 2), np.float32))
