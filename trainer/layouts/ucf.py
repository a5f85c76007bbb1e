"""The two data sets of UCF, which share their annotation files."""

from __future__ import annotations

import re
from pathlib import Path

from trainer.layouts.layout import Half, Layout
from trainer.layouts.matlab import read_matlab
from trainer.layouts.reading import (
    Points,
    as_points,
    files_by_name,
    pictures_by_name,
    reading,
)


class UcfQnrf(Layout):
    """UCF-QNRF (Idrees et al., ECCV 2018): Train and Test, validation by name."""

    looked_for = "UCF-QNRF: Train or Test with *_ann.mat beside the pictures"
    kind = "UCF-QNRF"

    @classmethod
    def fits(cls, folder: Path) -> bool:
        return any(_annotations(folder / half) for half in ("Train", "Test"))

    def halves(self) -> dict[str, Half]:
        return {half.lower(): _half(self.folder / half) for half in ("Train", "Test")}

    def read(self, _name: str, annotation: Path) -> Points:
        return read_ucf_points(annotation)


class UcfCc50(Layout):
    """UCF_CC_50 (Idrees et al., CVPR 2013): 50 pictures, of which a tenth is val, by name.

    The paper's five-fold protocol is not this; there is no test split. Some points lie outside.
    """

    looked_for = "UCF_CC_50: 1.jpg with 1_ann.mat"
    kind = "UCF_CC_50"

    @classmethod
    def fits(cls, folder: Path) -> bool:
        return any(re.fullmatch(r"[0-9]+", name) for name in _annotations(folder))

    def halves(self) -> dict[str, Half]:
        return {"train": _half(self.folder)}

    def read(self, _name: str, annotation: Path) -> Points:
        return read_ucf_points(annotation)


def read_ucf_points(path: Path) -> Points:
    """Return the head centres (N, 2) of a UCF annotation; raises UserError data-bad-annotation."""
    with reading(path):
        return as_points(read_matlab(path)["annPoints"])


def _annotations(folder: Path) -> dict[str, Path]:
    return files_by_name(folder, {".mat"}, after="_ann")


def _half(folder: Path) -> Half:
    return Half(pictures_by_name(folder), _annotations(folder), "{name}_ann.mat")
