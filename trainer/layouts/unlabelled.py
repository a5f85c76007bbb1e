"""Pictures that nobody has annotated."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from models.errors import UserError
from models.pictures import PICTURE_SUFFIXES
from trainer.layouts.layout import Half, Layout
from trainer.layouts.reading import Points, names_in, pictures_by_file_name

ANNOTATION_SUFFIXES = frozenset({".csv", ".json", ".mat", ".txt", ".xml"})


class Unlabelled(Layout):
    """A folder of pictures whose heads are unknown: all are train, there is nothing to validate on.

    No file that could be an annotation may lie among them: it would be passed over in silence.
    """

    looked_for = "pictures alone, with no .csv, .json, .mat, .txt or .xml file among them"
    kind = "pictures without annotation"
    labelled = False

    @classmethod
    def fits(cls, folder: Path) -> bool:
        pictures = names_in(folder, PICTURE_SUFFIXES)
        return bool(pictures) and not names_in(folder, ANNOTATION_SUFFIXES)

    def halves(self) -> dict[str, Half]:
        return {"train": Half(pictures_by_file_name(self.folder), {}, "", annotated=False)}

    def read(self, _name: str, annotation: Path) -> Points:
        raise UserError("data-unlabelled", path=annotation)

    def divide(self, names: Sequence[str]) -> dict[str, list[str]]:
        return {"train": list(names), "val": []}
