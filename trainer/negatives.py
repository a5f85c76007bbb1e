"""Pictures without people: what keeps a counter from counting texture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from models.pictures import list_pictures
from trainer.datasets import Example


def people_free(folders: Sequence[str], number: int) -> list[Example]:
    """Return `number` pictures spread evenly over the folders, as examples with nobody in them.

    All there are when there are fewer. Raises UserError path-missing or folder-empty.
    """
    pictures = [path for folder in folders for path in list_pictures(Path(folder))]
    number = min(number, len(pictures))
    chosen = [pictures[i * len(pictures) // number] for i in range(number)]
    nobody = np.zeros((0, 2), np.float32)
    return [Example(f"{path.parent.name}-{path.stem}", path, nobody) for path in chosen]
