"""Folders of runs and sweeps that a child is to train in: new ones, and those that are there."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from crowdgui.window.training.sweep_tasks import sweep_of
from models.catalogue import find_models
from models.errors import UserError
from models.files import is_there
from trainer.config import Config
from trainer.follow import Follower
from trainer.runs import LOG_FILE, begin_run

LOGS = (LOG_FILE, f"alpha-*/seed-*/{LOG_FILE}")


@dataclass(frozen=True)
class Begun:
    """A folder to train in: a run's, or a sweep's.

    `told` has how many events each run in it had before.
    """

    folder: Path
    is_sweep: bool = False
    told: dict[Path, int] = field(default_factory=dict)


def new_run(config: Config, root: Path) -> Iterator[Begun]:
    """Make a run's folder below `root`.

    Raises UserError path-missing for what the config names, model-unknown and model-onnx-only for
    its teachers, and path-unwritable.
    """
    for teacher in find_models(config.used_teacher):
        if teacher.weights is None:
            raise UserError("model-onnx-only", model=teacher.name)
    named = (*config.unlabelled, *config.negatives, config.init, config.trunk)
    if missing := next((path for path in named if path and not is_there(Path(path))), ""):
        raise UserError("path-missing", path=missing)
    stamp = time.strftime(f"{config.network}-%Y%m%d-%H%M%S")
    names = [stamp, *(f"{stamp}-{number}" for number in range(2, 100))]
    folder = next(f for name in names if not (f := root / name).exists())
    yield Begun(begin_run(config, folder))


def new_sweep(make: Callable[[Path], object], root: Path) -> Iterator[Begun]:
    """Make a sweep's folder below `root`, which `make` fills."""
    folder = root / time.strftime("sweep-%Y%m%d-%H%M%S")
    make(folder)
    yield Begun(folder, is_sweep=True)


def old_folder(folder: Path) -> Iterator[Begun]:
    """Look at what a run, or each run of the sweep that it is a part of, has told.

    The rest will be a child's words. Clocks tell nothing of that: they may be set back between.
    """
    sweep = sweep_of(folder)
    folder = sweep or folder
    logs = [log for pattern in LOGS for log in folder.glob(pattern)]
    told = {log.parent: _events_in(log) for log in logs}
    yield Begun(folder, is_sweep=sweep is not None, told=told)


def _events_in(log: Path) -> int:
    return sum(len(events) for events in Follower(log).pieces())
