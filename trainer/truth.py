"""The ground truth of one picture, where its file lies where the known data sets keep it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from models.files import is_there
from trainer.layouts.jhu import Jhu
from trainer.layouts.nwpu import Nwpu
from trainer.layouts.own import POINTS_SUFFIXES, Own
from trainer.layouts.reading import Points
from trainer.layouts.shanghaitech import read_shanghaitech_points
from trainer.layouts.ucf import read_ucf_points


def heads_beside(picture: Path) -> Points | None:
    """Return the head centres (N, 2) in pixels that a file near a picture gives, or None.

    Looked for, in this order: ShanghaiTech's GT_NAME.mat, UCF's NAME_ann.mat, JHU-CROWD++'s and
    NWPU's folders, and NAME.csv or NAME.json beside the picture. Raises UserError
    data-bad-annotation for a file that is there and cannot be read.
    """
    found = read_beside(picture)
    return None if found is None else found[1]


def read_beside(picture: Path) -> tuple[Path, Points] | None:
    """Return the same with the file that gives it."""
    for path, read in _places(picture):
        if is_there(path):
            return path, read(path)
    return None


def is_marked(picture: Path) -> bool:
    """Return whether there is a file that gives the heads of a picture, whatever is in it."""
    return any(is_there(path) for path, _read in _places(picture))


def _places(picture: Path) -> list[tuple[Path, Callable[[Path], Points]]]:
    folder, name = picture.parent, picture.stem
    above = folder.parent
    places: list[tuple[Path, Callable[[Path], Points]]] = [
        (above / "ground_truth" / f"GT_{name}.mat", read_shanghaitech_points),
        (above / "ground-truth" / f"GT_{name}.mat", read_shanghaitech_points),
        (folder / f"{name}_ann.mat", read_ucf_points),
    ]
    if folder.name == "images":
        places.append((above / "gt" / f"{name}.txt", lambda path: Jhu(above).read(name, path)))
        places.append((above / "jsons" / f"{name}.json", lambda path: Nwpu(above).read(name, path)))
    own = Own(folder)
    beside = [folder / f"{name}{suffix}" for suffix in sorted(POINTS_SUFFIXES)]
    return places + [(path, lambda path: own.read(name, path)) for path in beside]
