"""What a run learns from and is measured on: gathered once, its split written down."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from models.errors import UserError
from models.files import file_hash, replacing
from trainer.config import Config
from trainer.datasets import DataSet, Example, recognise, split_names
from trainer.negatives import people_free
from trainer.runs import SCENES_FOLDER
from trainer.scenes import training_scenes

SPLITS_FILE = "splits.json"


@dataclass(frozen=True)
class Material:
    """The pictures to train and to validate on."""

    train: list[Example]
    validation: list[Example]
    # How many of those to train on are pictures without people, from folders of such.
    negatives: int


def gather(config: Config, folder: Path) -> Material:
    """Read the data sets of a config, draw its scenes, and write splits.json in the run folder.

    Raises UserError as the layouts do, and run-data-changed when a continued run finds other
    pictures than it began with.
    """
    sets = _divided(config, folder)
    train = _examples(config, sets, "train")
    train += training_scenes(folder / SCENES_FOLDER, config.scenes)
    train += _unlabelled(config, sets)
    negatives = people_free(config.negatives, config.negative_pictures)
    return Material(train + negatives, _examples(config, sets, "val"), len(negatives))


def _divided(config: Config, folder: Path) -> list[DataSet]:
    """Return the data sets as splits.json divides them; it is written when a run begins."""
    sets = {data: recognise(Path(data)) for data in config.data}
    splits = {data: split_names(found) for data, found in sets.items()}
    path = folder / SPLITS_FILE
    if not path.exists():
        with replacing(path) as temporary:
            temporary.write_text(json.dumps(splits, indent=1), "utf-8")
        return [sets[data] for data in config.data]
    kept = json.loads(path.read_text("utf-8"))
    # The same pictures; an earlier version may have divided them otherwise.
    sets = {data: replace(found, kept=kept.get(data)) for data, found in sets.items()}
    same = all(_all(split) == _all(kept.get(data, {})) for data, split in splits.items())
    if not same or {data: split_names(found) for data, found in sets.items()} != kept:
        raise UserError("run-data-changed", path=folder)
    # One that was named twice weighs twice.
    return [sets[data] for data in config.data]


def _all(split: Mapping[str, Sequence[str]]) -> set[str]:
    return {name for names in split.values() for name in names}


def _examples(config: Config, sets: Sequence[DataSet], split: str) -> list[Example]:
    found = [example for data in sets for example in data.examples(split)]
    return found[: config.limit] if config.limit else found


def _unlabelled(config: Config, sets: Sequence[DataSet]) -> list[Example]:
    """Return the pictures of some folders without their heads, should there be any.

    What must stay unseen is left out: of the run's own data, of an annotated folder and of the
    annotated set that a folder lies in, all but what is to train on. Raises UserError split-empty
    for a folder of which nothing is left.
    """
    found: list[Example] = []
    for folder in map(Path, config.unlabelled):
        data = recognise(folder)
        unseen = _Unseen([*sets, *_around(folder)])
        examples = data.examples("train" if data.labelled else "all")
        left = [example for example in examples if example.picture not in unseen]
        if not left:
            raise UserError("split-empty", path=folder, split="train", splits="val, test")
        found += [Example(example.name, example.picture, None) for example in left]
    return found


def _around(folder: Path) -> list[DataSet]:
    """Return the annotated set that a folder of pictures lies in, one or two levels up."""
    for parent in folder.resolve().parents[:2]:
        # What is no data set, or a broken one, hides nothing that is known of.
        with suppress(UserError):
            data = recognise(parent)
            if data.labelled and data.divided():
                return [data]
    return []


class _Unseen:
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
