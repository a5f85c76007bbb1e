"""Pictures that no training may see: those that models are validated and tested on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from models.errors import UserError
from models.files import file_hash
from trainer.datasets import DataSet, Example, recognise


def to_train(data: DataSet, others: Sequence[DataSet]) -> list[Example]:
    """Return the examples to train on, without what must stay unseen of other data sets.

    Raises UserError as DataSet.examples does, and split-empty where nothing is left.
    """
    examples = data.examples("train")
    hidden = not_to_train(data, examples, others)
    return [example for example in examples if example.picture not in hidden]


def not_to_train(
    data: DataSet, examples: Sequence[Example], others: Sequence[DataSet]
) -> set[Path]:
    """Return the pictures of a set's examples that must stay unseen, as other sets have them.

    Raises UserError split-empty where nothing is left.
    """
    unseen = Unseen(others)
    hidden = {example.picture for example in examples if example.picture in unseen}
    if all(example.picture in hidden for example in examples):
        raise UserError("split-empty", path=data.files.folder, split="train", splits="val, test")
    return hidden


def around(folder: Path) -> list[DataSet]:
    """Return the annotated set that a folder of pictures lies in, one or two levels up."""
    for parent in folder.resolve().parents[:2]:
        # What is no data set, or a broken one, hides nothing that is known of.
        with suppress(UserError):
            data = recognise(parent)
            if data.labelled and data.divided():
                return [data]
    return []


class Unseen:
    """The pictures of some data sets that are not to train on, known by what is in the files."""

    def __init__(self, sets: Sequence[DataSet]) -> None:
        self._by_size: dict[int, list[Path]] = defaultdict(list)
        self._hashes: dict[int, set[str]] = {}
        for data in sets:
            names, half = data.divided().get("train", ([], None))
            seen = {half.pictures[name] for name in names} if half else set()
            for other in data.files.halves().values():
                for path in filter(Path.is_file, set(other.pictures.values()) - seen):
                    self._by_size[path.stat().st_size].append(path)

    def __contains__(self, picture: Path) -> bool:
        size = picture.stat().st_size if picture.is_file() else 0
        # Few files have the same size; only those need be read, once.
        if size in self._by_size and size not in self._hashes:
            self._hashes[size] = set(map(file_hash, self._by_size[size]))
        return size in self._hashes and file_hash(picture) in self._hashes[size]
