"""What a run learns from and is measured on: gathered once, its split written down."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from models.errors import UserError
from models.files import replacing
from trainer.config import Config
from trainer.datasets import Example, recognise, split_names
from trainer.negatives import people_free
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
    _write_splits(config, folder)
    train = _examples(config, "train")
    train += training_scenes(folder / "scenes", config.scenes)
    train += _unlabelled(config)
    train += people_free(config.negatives, config.negative_pictures)
    return Material(train, _examples(config, "val"))


def _write_splits(config: Config, folder: Path) -> None:
    splits = {data: split_names(recognise(Path(data))) for data in config.data}
    path = folder / SPLITS_FILE
    if path.exists():
        if json.loads(path.read_text("utf-8")) != splits:
            raise UserError("run-data-changed", path=folder)
        return
    with replacing(path) as temporary:
        temporary.write_text(json.dumps(splits, indent=1), "utf-8")


def _examples(config: Config, split: str) -> list[Example]:
    found: list[Example] = []
    for data in config.data:
        found += recognise(Path(data)).examples(split)
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
