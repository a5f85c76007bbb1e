"""Annotated crowds on disk: which layout a folder has, and its pictures with their heads."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from models.errors import UserError
from trainer.layouts.coco import Coco
from trainer.layouts.jhu import Jhu
from trainer.layouts.layout import SPLITS, Half, Layout, natural
from trainer.layouts.nwpu import Nwpu
from trainer.layouts.own import Own
from trainer.layouts.reading import Points
from trainer.layouts.shanghaitech import ShanghaiTech
from trainer.layouts.ucf import UcfCc50, UcfQnrf
from trainer.layouts.unlabelled import Unlabelled

T = TypeVar("T")
# The first that fits is taken. Published layouts have marks of their own; what is general comes
# after them, and pictures alone last, as they are left when nothing describes them.
LAYOUTS: tuple[type[Layout], ...] = (
    ShanghaiTech, Nwpu, Jhu, UcfQnrf, UcfCc50, Coco, Own, Unlabelled,
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Example:
    """A picture file and the head centres in it: (N, 2) float32, x then y, in pixels.

    No points (0, 2) say that nobody is there; `None` says that nobody knows. Points may lie
    outside the picture, as some data sets have them: `trainer.density.inside` drops those.
    """

    name: str
    picture: Path
    points: Points | None

    @property
    def labelled(self) -> bool:
        return self.points is not None

    @property
    def heads(self) -> Points:
        """The points, for who cannot do without; raises UserError data-unlabelled."""
        if self.points is None:
            raise UserError("data-unlabelled", path=self.picture)
        return self.points


@dataclass(frozen=True)
class DataSet:
    """A folder whose layout is known.

    `kept` is how a run that began earlier divided what has no official val, by train and val.
    """

    files: Layout
    kept: Mapping[str, Sequence[str]] | None = None

    @property
    def name(self) -> str:
        """The folder's own name."""
        return self.files.folder.resolve().name

    @property
    def layout(self) -> str:
        """The kind of data set, such as "ShanghaiTech A"."""
        return self.files.kind

    @property
    def labelled(self) -> bool:
        """Whether heads are known, so that there is something to validate on."""
        return self.files.labelled

    def examples(self, split: str) -> list[Example]:
        """Return the examples of a split: train, val, test or all (train and val).

        Without an official val, train is divided by the project's lists (ShanghaiTech) or by a
        hash of the names, if not `kept` says. Raises UserError split-empty, data-unlabelled (val
        and test of pictures without annotation), data-no-annotation, data-no-picture,
        data-same-name or data-bad-annotation.
        """
        divided = self.divided()
        wanted = [s for s in (("train", "val") if split == "all" else (split,)) if s in divided]
        if not wanted and not self.labelled:
            raise UserError("data-unlabelled", path=self.files.folder)
        if not wanted:
            there = ", ".join(divided) or "none"
            raise UserError("split-empty", path=self.files.folder, split=split, splits=there)
        found: list[Example] = []
        for one in wanted:
            names, half = divided[one]
            for problem in half.unpaired():
                raise problem
            found += [self._example(name, half) for name in names]
        return found

    def divided(self) -> dict[str, tuple[list[str], Half]]:
        """Return the splits that are not empty: picture names, and the half they lie in."""
        halves = self.files.halves()
        divided = {split: (natural(half.pictures), half) for split, half in halves.items()}
        if "train" in divided and not divided.get("val", ([],))[0]:
            names, half = divided["train"]
            for split, chosen in (self.kept or self.files.divide(names)).items():
                divided[split] = ([name for name in chosen if name in half.pictures], half)
        return {split: divided[split] for split in SPLITS if split in divided and divided[split][0]}

    def _example(self, name: str, half: Half) -> Example:
        points = self.files.read(name, half.annotations[name]) if half.annotated else None
        return Example(name, half.pictures[name], points)


def recognise(folder: Path) -> DataSet:
    """Return the data set that a folder holds, by looking at its layout.

    Names of files decide, and for some layouts one small file; no picture is opened. Raises
    UserError path-missing, path-unreadable or data-unknown.
    """
    try:
        if not folder.is_dir():
            raise UserError("path-missing", path=folder)
        for layout in LAYOUTS:
            if layout.fits(folder):
                return DataSet(layout(folder))
    except OSError as error:
        raise UserError(
            "path-unreadable", path=error.filename or folder, reason=error.strerror or error
        ) from error
    looked_for = "; ".join(layout.looked_for for layout in LAYOUTS)
    raise UserError("data-unknown", path=folder, looked_for=looked_for)


def spread(examples: Sequence[T], number: int) -> list[T]:
    """Return `number` of the examples, spread evenly over all; all, where they are fewer."""
    number = min(number, len(examples))
    return [examples[i * len(examples) // number] for i in range(number)]


def limited(sets: Sequence[Sequence[T]], limit: int) -> list[T]:
    """Return the examples of all sets; of a `limit`, the first of each in turn."""
    if not limit:
        return [example for examples in sets for example in examples]
    turns = (turn for turns in itertools.zip_longest(*sets) for turn in turns)
    return [example for example in turns if example is not None][:limit]


def names_by_split(data: DataSet) -> dict[str, list[str]]:
    """Return the names of the pictures to train and to validate on, for a run's splits.json."""
    divided = data.divided()
    return {split: divided[split][0] if split in divided else [] for split in ("train", "val")}
