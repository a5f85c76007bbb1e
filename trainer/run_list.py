"""The runs in a folder: what each trained, how far it came, and whether it is at work now."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from platformdirs import user_data_path

from models.errors import UserError
from models.files import replacing
from trainer.config import Config
from trainer.follow import Follower
from trainer.history import Story
from trainer.runs import (
    BEST_FILE,
    CONFIG_FILE,
    LAST_FILE,
    LOCK_FILE,
    LOG_FILE,
    continue_run,
    occupied,
)

# "cut off": nothing is at work in it, and it never said that it ended or ended with its window.
State = Literal["running", "finished", "stopped", "failed", "cut off", "newer", "damaged"]
CONTINUABLE: tuple[State, ...] = ("stopped", "failed", "cut off")
PATTERNS = (f"*/{CONFIG_FILE}", f"*/alpha-*/seed-*/{CONFIG_FILE}")
CSV_COLUMNS = (
    "run", "state", "student", "teacher", "alpha", "best_mae", "best_rmse", "best_epoch",
    "epochs", "seed", "began", "seconds",
)  # fmt: skip


@dataclass(frozen=True)
class RunRow:
    """One run as it was at the last look; `began` is seconds since 1970, `seconds` its length.

    `failure` is the code of the UserError that it failed by, if it did.
    """

    folder: Path
    name: str
    state: State
    config: Config | None
    problem: UserError | None
    epochs: int
    best_mae: float | None
    best_rmse: float | None
    best_epoch: int | None
    began: float
    seconds: float
    images_per_s: float | None
    message: str
    failure: str = ""

    @property
    def weights(self) -> Path | None:
        path = self.folder / BEST_FILE
        return path if path.exists() else None

    @property
    def continuable(self) -> bool:
        """Whether it can go on from where it was: it has epochs to go."""
        return self.config is not None and self.state in CONTINUABLE


def runs_folder() -> Path:
    """Return where the window keeps the runs that it starts."""
    return user_data_path("crowdgui", appauthor=False) / "runs"


class RunList:
    """Reads the runs below a folder; a second look reads only what is new."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._known: dict[Path, tuple[Follower, Story]] = {}

    def look(self, own: Path | None = None) -> list[RunRow]:
        """Return all runs, the newest first; `own` is at work for sure and is not tried.

        Many programs have a config.json: one that cannot be read is a run's where a log or a
        checkpoint lies beside it.
        """
        found = sorted({path.parent for pattern in PATTERNS for path in self.root.glob(pattern)})
        self._known = {folder: known for folder, known in self._known.items() if folder in found}
        rows = [self._row(folder, folder == own) for folder in found]
        rows = [row for row in rows if row.state != "damaged" or _has_traces(row.folder)]
        return sorted(rows, key=lambda row: row.began, reverse=True)

    def _row(self, folder: Path, own: bool) -> RunRow:
        follower, story = self._known.setdefault(folder, (Follower(folder / LOG_FILE), Story()))
        story.add_all(follower.events())
        config, problem = _config(folder)
        best = story.best
        return RunRow(
            folder=folder,
            name=folder.relative_to(self.root).as_posix(),
            state="running" if own and config else _state(folder, story, config, problem),
            config=config,
            problem=problem,
            epochs=story.epochs,
            best_mae=best.mae if best else None,
            best_rmse=best.rmse if best else None,
            best_epoch=best.epoch if best else None,
            began=story.began or _written(folder),
            seconds=story.seconds,
            images_per_s=_speed(story),
            message=str(story.end.get("message", "")),
            failure=str(story.end.get("code", "")),
        )


def is_busy(folder: Path) -> bool:
    """Whether a training is at work in a run folder, of this program or another."""
    if not (folder / LOCK_FILE).exists():
        return False
    try:
        with occupied(folder, wait=0):
            return False
    except UserError as error:
        return error.code == "run-busy"


def plain_rival(rows: Sequence[RunRow], config: Config) -> RunRow | None:
    """Return the best finished run without a teacher of the same network on the same data."""
    rivals = [
        row
        for row in rows
        if row.state == "finished" and row.best_mae is not None and row.config is not None
        and (row.config.network, row.config.data) == (config.network, config.data)
        # What was limited was measured on fewer pictures.
        and row.config.limit == config.limit
        and not row.config.needs_teacher
    ]  # fmt: skip
    return min(rivals, key=lambda row: row.best_mae or 0.0, default=None)


def save_runs(path: Path, rows: Sequence[RunRow]) -> None:
    """Write the rows as CSV; raises UserError path-unwritable."""
    with (
        replacing(path) as temporary,
        # A folder's name may be no valid text.
        temporary.open("w", newline="", encoding="utf-8", errors="replace") as file,
    ):
        writer = csv.writer(file)
        writer.writerow(CSV_COLUMNS)
        for row in rows:
            config = row.config
            writer.writerow([
                row.name, row.state,
                *((config.network, config.teacher, config.alpha) if config else ("", "", "")),
                row.best_mae, row.best_rmse, row.best_epoch, row.epochs,
                config.seed if config else "", round(row.began, 3), round(row.seconds, 1),
            ])  # fmt: skip


def _config(folder: Path) -> tuple[Config | None, UserError | None]:
    try:
        return continue_run(folder)[1], None
    except UserError as error:
        return None, error


def _has_traces(folder: Path) -> bool:
    return any((folder / name).exists() for name in (LOG_FILE, LAST_FILE))


def _state(folder: Path, story: Story, config: Config | None, problem: UserError | None) -> State:
    if config is None:
        return "newer" if problem is not None and problem.code == "run-newer" else "damaged"
    if is_busy(folder):
        return "running"
    # Whoever watched it is gone, and nobody wanted it to end.
    left = story.kind == "stopped" and bool(story.end.get("parent_gone"))
    if not story.ended or (left and story.epochs < config.epochs):
        return "cut off"
    return story.kind  # type: ignore[return-value]


def _speed(story: Story) -> float | None:
    try:
        return float(story.step["images_per_s"]) or None
    except (KeyError, TypeError, ValueError):
        return None


def _written(folder: Path) -> float:
    try:
        return (folder / CONFIG_FILE).stat().st_mtime
    except OSError:
        return 0.0
