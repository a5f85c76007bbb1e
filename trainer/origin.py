"""Where a run comes from: the weights it began with and its teachers, noted when it begins."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from models.errors import UserError
from models.files import file_hash, is_there, write_text
from models.header import Header, read_header
from trainer.config import Config
from trainer.runs import ORIGIN_FILE, readable
from trainer.teacher import Teacher

# What a network began with whose header does not tell it: the first ones that were shipped.
EARLIER_TRUNKS = {
    "assistant": "mobilenet_v1_imagenet_to_pw12",
    "compact": "mobilenet_v1_imagenet_to_pw12",
}


@dataclass(frozen=True)
class Origin:
    """Hashes and names of the teachers, the hash of `init`'s weights, the epochs these saw.

    `trunk` is the name of the ImageNet file that they or this run began with.
    """

    teacher: list[str]
    teachers: list[str]
    init: str | None
    epochs: int
    trunk: str = ""


def origin_of(config: Config, teachers: Sequence[Teacher], folder: Path) -> Origin:
    """Return what a run folder keeps of its origin; what is not yet there is written.

    The files themselves may go then, and a card still names them. Raises UserError
    run-teacher-changed where a teacher of the same name is another one, and run-missing for a
    damaged origin.json.
    """
    now = [teacher.identity[:16] for teacher in teachers]
    path = folder / ORIGIN_FILE
    if path.exists():
        with readable(folder, ORIGIN_FILE):
            origin = Origin(**json.loads(path.read_text("utf-8")))
            known = list(zip(origin.teachers, origin.teacher, now, strict=True))
            if not isinstance(origin.epochs, int):
                raise TypeError("no number of epochs")
        for name, was, hash_ in known:
            if was != hash_:
                raise UserError("run-teacher-changed", path=folder, name=name)
        return origin
    # A run of an earlier version kept none, and its weights may be gone by now.
    init = Path(config.init) if config.init and is_there(Path(config.init)) else None
    header = read_header(init) if init else None
    before = header.trained_on if header else {}
    origin = Origin(
        teacher=now,
        teachers=[teacher.model.name for teacher in teachers],
        init=file_hash(init)[:16] if init else None,
        epochs=int(before.get("epochs") or 0),
        # Beside first weights a trunk's are not read.
        trunk=trunk_of(header) if header else "" if config.init else Path(config.trunk).stem,
    )
    write_text(path, json.dumps(asdict(origin), indent=1))
    return origin


def trunk_of(header: Header) -> str:
    """Return the name of the ImageNet file that weights began with, "" without one."""
    # Nobody knows what others' weights began with.
    earlier = {} if "imported_from" in header.trained_on else EARLIER_TRUNKS
    return str(header.trained_on.get("trunk", earlier.get(header.network, "")))


def trained_on(config: Config, origin: Origin, negatives: int, epochs: int) -> dict[str, Any]:
    """Return what a card tells of a training: its data, its teachers, what it began with.

    `negatives` are the pictures without people that it had, `epochs` those of this run.
    """
    return {
        # One that was named twice, to weigh twice, is told of once.
        "data": list(dict.fromkeys(Path(folder).name for folder in config.data)),
        "split": "train",
        "limit": config.limit,
        "scenes": config.at_most(config.scenes),
        "negatives": negatives,
        "seed": config.seed,
        "alpha": config.alpha,
        "teacher": origin.teacher,
        "teachers": origin.teachers,
        "init": origin.init,
        "trunk": origin.trunk,
        "recipe": config.recipe,
        "epochs": epochs + origin.epochs,
        "unlabelled": [Path(folder).name for folder in config.unlabelled],
    }
