"""What a run learns from and is measured on: gathered once, its split written down."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from models.errors import UserError
from models.files import write_text
from models.pictures import read_picture
from trainer.config import Config
from trainer.datasets import DataSet, Example, limited, names_by_split, recognise
from trainer.negatives import nobody_in, people_free
from trainer.runs import SCENES_FOLDER, SPLITS_FILE, readable
from trainer.scenes import training_scenes
from trainer.unseen import around, not_to_train

# In splits.json, beside the data sets by their folders: pictures from folders of pictures alone.
PATHS, LEFT_OUT = "paths", "left_out"
CHOSEN = {"unlabelled", "negatives"}


@dataclass(frozen=True)
class Material:
    """The pictures to train and to validate on."""

    train: list[Example]
    validation: list[Example]
    # How many of those to train on are pictures without people, from folders of such.
    negatives: int
    # How many were there to train on and are left out, as something is measured on them.
    left_out: int


def gather(config: Config, folder: Path) -> Material:
    """Read the data sets of a config, draw its scenes, and write splits.json in the run folder.

    Of a data set, pictures that another is measured on are left out. Raises UserError as the
    layouts do, split-empty, run-data-changed when a continued run finds other pictures than it
    began with, and run-missing when its splits.json is damaged.
    """
    sets = {data: recognise(Path(data)) for data in config.data}
    kept = _read_splits(folder)
    # A run of an earlier version may have no paths there, or none of those left out.
    paths = kept.pop(PATHS, None) if kept else None
    if kept is not None:
        sets = _as_kept(sets, kept, folder)
    examples = {data: found.examples("train") for data, found in sets.items()}
    if paths is None:
        paths = _chosen(config, list(sets.values()))
        paths[LEFT_OUT] += _elsewhere(sets, examples)
    elif not all(Path(picture).is_file() for chosen in paths.values() for picture in chosen):
        raise UserError("run-data-changed", path=folder)
    if LEFT_OUT not in paths:
        paths[LEFT_OUT] = _elsewhere(sets, examples)
    if kept is None:
        _write_splits(folder / SPLITS_FILE, sets, paths)
    elsewhere = set(paths[LEFT_OUT])
    # One that was named twice weighs twice, and is measured once.
    trained_on = [
        [example for example in examples[data] if str(example.picture) not in elsewhere]
        for data in config.data
    ]
    train = limited(trained_on, config.limit)
    train += training_scenes(folder / SCENES_FOLDER, config.at_most(config.scenes))
    train += [Example(picture.name, picture, None) for picture in map(Path, paths["unlabelled"])]
    train += [nobody_in(picture) for picture in map(Path, paths["negatives"])]
    validation = limited([found.examples("val") for found in sets.values()], config.limit)
    if kept is None:
        # A damaged one would else be found after the first epochs.
        for example in validation:
            read_picture(example.picture)
    return Material(train, validation, len(paths["negatives"]), len(elsewhere))


def _read_splits(folder: Path) -> dict[str, dict[str, list[str]]] | None:
    """Return what splits.json says, None where there is none; UserError run-missing if damaged."""
    path = folder / SPLITS_FILE
    if not path.exists():
        return None
    with readable(folder, SPLITS_FILE):
        kept: dict[str, dict[str, list[str]]] = json.loads(path.read_text("utf-8"))
        names = [name for lists in kept.values() for names in lists.values() for name in names]
        whole = PATHS not in kept or kept[PATHS].keys() >= CHOSEN
        if not (whole and all(isinstance(name, str) for name in names)):
            raise ValueError("no lists of pictures")
    return kept


def _as_kept(
    sets: Mapping[str, DataSet], kept: Mapping[str, dict[str, list[str]]], folder: Path
) -> dict[str, DataSet]:
    """Return the data sets as splits.json divides them; raises UserError run-data-changed."""
    splits = {data: names_by_split(found) for data, found in sets.items()}
    # The same pictures; an earlier version may have divided them otherwise.
    divided = {data: replace(found, kept=kept.get(data)) for data, found in sets.items()}
    same = all(_all(split) == _all(kept.get(data, {})) for data, split in splits.items())
    if not same or {data: names_by_split(found) for data, found in divided.items()} != kept:
        raise UserError("run-data-changed", path=folder)
    return divided


def _all(split: Mapping[str, Sequence[str]]) -> set[str]:
    return {name for names in split.values() for name in names}


def _write_splits(path: Path, sets: Mapping[str, DataSet], paths: Mapping[str, list[str]]) -> None:
    facts: dict[str, Any] = {data: names_by_split(found) for data, found in sets.items()}
    facts[PATHS] = paths
    write_text(path, json.dumps(facts, indent=1))


def _elsewhere(sets: Mapping[str, DataSet], examples: Mapping[str, Sequence[Example]]) -> list[str]:
    """Return the pictures to train on that are left out, as another set is measured on them."""
    found: list[str] = []
    for data, mine in examples.items():
        others = [other for name, other in sets.items() if name != data]
        found += map(str, sorted(not_to_train(sets[data], mine, others)))
    return found


def _chosen(config: Config, sets: Sequence[DataSet]) -> dict[str, list[str]]:
    """Return the pictures that a run which begins takes from its folders of pictures alone.

    All but what must stay unseen of the run's own data and of the annotated set that a folder lies
    in. Raises UserError split-empty for a folder of unlabelled ones of which nothing is left.
    """
    unlabelled, hidden = [], []
    for folder in map(Path, config.unlabelled):
        data = recognise(folder)
        examples = data.examples("train")
        unseen = not_to_train(data, examples, [*sets, *around(folder)])
        unlabelled.append([example for example in examples if example.picture not in unseen])
        hidden += [example.picture for example in examples if example.picture in unseen]
    negatives = people_free(config.negatives, config.at_most(config.negative_pictures), sets)
    return {
        "unlabelled": [str(example.picture) for example in limited(unlabelled, config.limit)],
        "negatives": [str(example.picture) for example in negatives],
        LEFT_OUT: list(map(str, hidden)),
    }
