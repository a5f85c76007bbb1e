"""What a run learns from and is measured on: gathered once, its split written down."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from models.errors import UserError
from models.files import replacing
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


def gather(config: Config, folder: Path) -> Material:
    """Read the data sets of a config, draw its scenes, and write splits.json in the run folder.

    Raises UserError as the layouts do, and run-data-changed when a continued run finds other
    pictures than it began with.
    """
    sets = _divided(config, folder)
    train = _examples(config, sets, "train")
    train += training_scenes(folder / SCENES_FOLDER, config.scenes)
    train += _unlabelled(config)
    train += people_free(config.negatives, config.negative_pictures)
    return Material(train, _examples(config, sets, "val"))


def _divided(config: Config, folder: Path) -> list[DataSet]:
    """Return the data sets as splits.json divides them; it is written when a run begins."""
    sets = {data: recognise(Path(data)) for data in config.data}
    splits = {data: split_names(found) for data, found in sets.items()}
    path = folder / SPLITS_FILE
    if not path.exists():
        with replacing(path) as temporary:
            temporary.write_text(json.dumps(splits, indent=1), "utf-8")
        return list(sets.values())
    kept = json.loads(path.read_text("utf-8"))
    # The same pictures; an earlier version may have divided them otherwise.
    sets = {data: replace(found, kept=kept.get(data)) for data, found in sets.items()}
    same = all(_all(split) == _all(kept.get(data, {})) for data, split in splits.items())
    if not same or {data: split_names(found) for data, found in sets.items()} != kept:
        raise UserError("run-data-changed", path=folder)
    return list(sets.values())


def _all(split: Mapping[str, Sequence[str]]) -> set[str]:
    return {name for names in split.values() for name in names}


def _examples(config: Config, sets: Sequence[DataSet], split: str) -> list[Example]:
    found = [example for data in sets for example in data.examples(split)]
    return found[: config.limit] if config.limit else found


def _unlabelled(config: Config) -> list[Example]:
    """Return the pictures of some folders without their heads, should there be any.

    Of an annotated set only those to train on: its others must stay unseen.
    """
    folders = [recognise(Path(folder)) for folder in config.unlabelled]
    found = [
        example
        for data in folders
        for example in data.examples("train" if data.labelled else "all")
    ]
    return [Example(example.name, example.picture, None) for example in found]
