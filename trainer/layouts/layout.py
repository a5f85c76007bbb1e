"""What a layout is: a folder's halves, how an annotation is read, how training is divided."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from models.errors import UserError
from models.pictures import natural_key
from trainer.layouts.reading import Points

SPLITS = ("train", "val", "test")


@dataclass(frozen=True)
class Half:
    """Pictures and annotations of one official split, by the name that pairs them.

    `annotation` says where the annotation of a picture is expected, with {name} in it.
    `annotated` is False where nobody expects one: the heads are unknown then, not absent.
    """

    pictures: dict[str, Path]
    annotations: dict[str, Path]
    annotation: str
    annotated: bool = True

    def unpaired(self) -> Iterator[UserError]:
        """Yield a problem for every picture without annotation and every one the reverse."""
        if not self.annotated:
            return
        for name in natural(set(self.pictures) - set(self.annotations)):
            expected = self.annotation.format(name=name)
            yield UserError("data-no-annotation", path=self.pictures[name], expected=expected)
        for name in natural(set(self.annotations) - set(self.pictures)):
            expected = f"a picture called {name}"
            yield UserError("data-no-picture", path=self.annotations[name], expected=expected)


@dataclass(frozen=True)
class Layout(ABC):
    """One way in which annotated pictures lie in a folder.

    `looked_for` is a short phrase for people. `labelled` is False where the heads are unknown.
    """

    folder: Path
    looked_for: ClassVar[str]
    labelled: ClassVar[bool] = True

    @classmethod
    @abstractmethod
    def fits(cls, folder: Path) -> bool:
        """Say whether a folder has this layout, from its names and at most one small file."""

    @property
    @abstractmethod
    def kind(self) -> str:
        """What people call this kind of data set."""

    @abstractmethod
    def halves(self) -> dict[str, Half]:
        """Return the official splits that are there, by train, val or test."""

    @abstractmethod
    def read(self, name: str, annotation: Path, /) -> Points:
        """Return the head centres (N, 2) of a picture in pixels, as its annotation has them.

        Raises UserError data-bad-annotation.
        """

    def divide(self, names: Sequence[str]) -> dict[str, list[str]]:
        """Divide the names of the train half into train and val, where no val is official."""
        return split_by_name(names)

    def left_out(self) -> list[UserError]:
        """Return a problem for everything in the annotations that `read` does not return."""
        return []


def natural(names: Iterable[str]) -> list[str]:
    """Return names in the order a person counts, the same on every machine."""
    return sorted(names, key=lambda name: (natural_key(name), name))


def split_by_name(names: Sequence[str]) -> dict[str, list[str]]:
    """Divide names into train and val: a tenth is val, at least 1, but never all.

    Those with the lowest hashes are val, so that pictures which come or go move at most as many
    others from one to the other as they are themselves.
    """
    ordered = natural(names)
    number = min(max(len(ordered) // 10, 1), max(len(ordered) - 1, 0))
    chosen = set(sorted(ordered, key=_hash)[:number])
    return {
        "train": [name for name in ordered if name not in chosen],
        "val": [name for name in ordered if name in chosen],
    }


def _hash(name: str) -> bytes:
    # A name on disk may be no valid text.
    return hashlib.sha256(name.encode("utf-8", "surrogateescape")).digest()
