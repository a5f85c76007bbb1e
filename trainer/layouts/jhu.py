"""JHU-CROWD++: a text file a picture, a row a head."""

from __future__ import annotations

from pathlib import Path

from trainer.layouts.layout import SPLITS, Half, Layout
from trainer.layouts.reading import Points, as_points, files_by_name, pictures_by_name, reading


class Jhu(Layout):
    """JHU-CROWD++ (Sindagi et al., TPAMI 2020), with its own train, val and test."""

    looked_for = "JHU-CROWD++: images and gt in train, val or test"
    kind = "JHU-CROWD++"

    @classmethod
    def fits(cls, folder: Path) -> bool:
        return any(
            (folder / split / "images").is_dir() and (folder / split / "gt").is_dir()
            for split in SPLITS
        )

    def halves(self) -> dict[str, Half]:
        return {
            split: Half(
                pictures=pictures_by_name(self.folder / split / "images"),
                annotations=files_by_name(self.folder / split / "gt", {".txt"}),
                annotation=f"{split}/gt/{{name}}.txt",
            )
            for split in SPLITS
        }

    def read(self, _name: str, annotation: Path) -> Points:
        """Rows are `x y w h occlusion blur`; an empty file means that nobody is there."""
        with reading(annotation):
            rows = [line.split() for line in annotation.read_text("utf-8-sig").splitlines()]
            return as_points([[float(value) for value in row[:2]] for row in rows if row])
