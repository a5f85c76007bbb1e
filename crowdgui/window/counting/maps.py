"""The density maps of the pictures counted last: regions of all of them can be counted."""

from __future__ import annotations

from collections import OrderedDict

import numpy as np
from numpy.typing import NDArray

KEPT_BYTES = 200_000_000


class Maps:
    """Maps by picture and model, in half precision; the oldest go when there are too many."""

    def __init__(self, most: int = KEPT_BYTES) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[object, str], NDArray[np.float16]] = OrderedDict()
        self._bytes = 0

    def keep(self, picture: object, model: str, density: NDArray[np.float32]) -> None:
        self._drop((picture, model))
        kept = density.astype(np.float16)
        self._kept[picture, model] = kept
        self._bytes += kept.nbytes
        while self._bytes > self._most:
            self._drop(next(iter(self._kept)))

    def find(self, picture: object, model: str) -> NDArray[np.float16] | None:
        return self._kept.get((picture, model))

    def forget(self, model: str) -> None:
        """Drop the maps that a model has made."""
        for key in [key for key in self._kept if key[1] == model]:
            self._drop(key)

    def forget_picture(self, picture: object) -> None:
        """Drop the maps of a picture."""
        for key in [key for key in self._kept if key[0] is picture]:
            self._drop(key)

    def rename(self, before: str, now: str) -> None:
        """Know the maps of a model by another name; they keep their age."""
        kept = self._kept.items()
        self._kept = OrderedDict(((k, now if m == before else m), one) for (k, m), one in kept)

    def clear(self) -> None:
        self._kept.clear()
        self._bytes = 0

    def _drop(self, key: tuple[object, str]) -> None:
        if key in self._kept:
            self._bytes -= self._kept.pop(key).nbytes
