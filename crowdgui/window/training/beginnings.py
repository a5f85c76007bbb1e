"""Folders of runs and sweeps that a child is to train in: new ones, and those that are there."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from trainer.config import Config
from trainer.follow import Follower
from trainer.runs import begin_run

LOGS = ("events.jsonl", "alpha-*/seed-*/events.jsonl")


@dataclass(frozen=True)
class Begun:
    """A folder to train in; `told` has how many events each run in it had before."""

    folder: Path
    told: dict[Path, int] = field(default_factory=dict)


def new_run(config: Config, root: Path) -> Iterator[Begun]:
    """Make a run's folder below `root`; raises UserError path-unwritable."""
    stamp = time.strftime(f"{config.network}-%Y%m%d-%H%M%S")
    names = [stamp, *(f"{stamp}-{number}" for number in range(2, 100))]
    folder = next(f for name in names if not (f := root / name).exists())
    yield Begun(begin_run(config, folder))


def new_sweep(make: Callable[[Path], object], root: Path) -> Iterator[Begun]:
    """Make a sweep's folder below `root`, which `make` fills."""
    folder = root / time.strftime("sweep-%Y%m%d-%H%M%S")
    make(folder)
    yield Begun(folder)


def old_folder(folder: Path) -> Iterator[Begun]:
    """Look at what a run, or each run of a sweep, has told; the rest will be a child's words.

    Clocks tell nothing of that: they may be set back between.
    """
    logs = [log for pattern in LOGS for log in folder.glob(pattern)]
    yield Begun(folder, {log.parent: _events_in(log) for log in logs})


def _events_in(log: Path) -> int:
    return sum(len(events) for events in Follower(log).pieces())
