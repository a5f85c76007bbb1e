"""Run folders: one training each, named by what and when."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from models.errors import UserError
from models.files import write_text
from models.header import read_metadata
from models.reasons import Reason, why
from trainer.config import Config, config_from_json, config_to_json
from trainer.follow import read_events

# Where runs and sweeps lie when nobody chooses.
RUNS = Path("runs")
CONFIG_FILE, LOG_FILE, LOCK_FILE = "config.json", "events.jsonl", "lock"
SCENES_FOLDER, HALF_SCENES = "scenes", "scenes.part"
# What a run chose when it began: its pictures, and the hashes of teachers and first weights.
SPLITS_FILE, ORIGIN_FILE = "splits.json", "origin.json"
BEST_FILE, LAST_FILE, TEACHER_FILE = "best.safetensors", "last.safetensors", "teacher-score.json"
PREVIEW_FILE = "preview.npz"
# In the metadata of LAST_FILE: how far the training is.
PROGRESS_KEY = "progress"
# All that is written into a run's folder, beside its scenes and its lock. It is listed by its
# config: deleted in this order, what could not be deleted whole is still there to be chosen.
RUN_FILES = (
    PREVIEW_FILE, TEACHER_FILE, BEST_FILE, LAST_FILE, ORIGIN_FILE, SPLITS_FILE, LOG_FILE,
    CONFIG_FILE,
)  # fmt: skip
# What may be in a run's folder before it begins: a sweep lays its scenes there.
WAITING = {LOCK_FILE, SCENES_FOLDER, HALF_SCENES}
# As models.files.replacing calls them; another program's are not ours.
LEFTOVER = re.compile(r"\..{1,20}\.[0-9a-f]{32}\.part")


def begin_run(config: Config, folder: Path | None) -> Path:
    """Make a run folder (by default under runs/) and write its config.

    A folder whose run never started, for what its config said, is taken again. Raises UserError
    run-exists, folder-taken (it holds what is no run's) or path-unwritable.
    """
    folder = folder or RUNS / time.strftime(f"{config.network}-%Y%m%d-%H%M%S")
    if not _holds_run(folder):
        check_empty(folder)
    elif _has_started(folder):
        raise UserError("run-exists", path=folder)
    # What that one had chosen is not the choice of this one.
    for name in (SPLITS_FILE, ORIGIN_FILE):
        if (folder / name).exists():
            (folder / name).unlink()
    _write_config(folder, config)
    return folder


def continue_run(
    folder: Path,
    epochs: int | None = None,
    device: str | None = None,
    threads: int | None = None,
) -> tuple[Path, Config]:
    """Return a run folder and its config; what is given is written into it and holds from then.

    Raises UserError run-missing, run-newer or setting-invalid, and with something given run-busy,
    path-unwritable, or as has_state and read_progress do.
    """
    config = _read_config(folder)
    changed = replace(
        config,
        epochs=config.epochs if epochs is None else epochs,
        device=config.device if device is None else device,
        threads=config.threads if threads is None else threads,
    )
    if changed != config:
        if changed.epochs < (done := _epochs_done(folder)):
            reason = Reason("use-least", least=done)
            raise UserError("setting-invalid", name="epochs", value=epochs, reason=reason)
        # Not under a training that is at work by the old ones.
        with occupied(folder):
            _write_config(folder, changed)
    return folder, changed


def has_state(folder: Path) -> bool:
    """Return whether a run has a state to go on from; a run that was never saved has none.

    Raises UserError run-missing where it was saved and the state is gone: begun anew, it would
    write over a result that may be the better one.
    """
    if (folder / LAST_FILE).exists():
        return True
    events = read_events(folder / LOG_FILE)
    if (folder / BEST_FILE).exists() or any(event["event"] == "saved" for event in events):
        reason = Reason("file-missing", name=LAST_FILE)
        raise UserError("run-missing", path=folder, reason=reason)
    return False


def read_progress(path: Path) -> dict[str, Any]:
    """Return how far the training of a checkpoint is, read without torch.

    Raises UserError as read_metadata does, and weights-damaged for what is no checkpoint.
    """
    try:
        progress: dict[str, Any] = json.loads(read_metadata(path)[PROGRESS_KEY])
        int(progress["epoch"])
    except (KeyError, ValueError, TypeError) as error:
        raise no_state(path) from error
    return progress


def no_state(path: Path) -> UserError:
    """Return what is to be said of a checkpoint that is none of its run."""
    return UserError("weights-damaged", path=path, reason=Reason("no-state"))


@contextmanager
def readable(folder: Path, name: str) -> Iterator[None]:
    """Raise UserError run-missing where a file of a run folder is missing or damaged."""
    try:
        yield
    except OSError as error:
        reason = Reason("file-missing", name=name)
        raise UserError("run-missing", path=folder, reason=reason) from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        reason = Reason("file-damaged", name=name)
        raise UserError("run-missing", path=folder, reason=reason) from error


def check_empty(folder: Path) -> None:
    """Raise UserError folder-taken where a folder holds what somebody else put there.

    Hidden files are in nobody's way.
    """
    try:
        names = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    except OSError as error:
        raise UserError("path-unwritable", path=folder, reason=why(error)) from error
    if any(not name.startswith(".") for name in names - WAITING):
        raise UserError("folder-taken", path=folder)


def _write_config(folder: Path, config: Config) -> None:
    write_text(folder / CONFIG_FILE, config_to_json(config))


def _read_config(folder: Path) -> Config:
    with readable(folder, CONFIG_FILE):
        return config_from_json((folder / CONFIG_FILE).read_text("utf-8"), folder)


def _holds_run(folder: Path) -> bool:
    """Whether there is a run's config; one that says what cannot be is one as well."""
    try:
        _read_config(folder)
    except UserError as error:
        return error.code != "run-missing"
    return True


def _has_started(folder: Path) -> bool:
    log = folder / LOG_FILE
    # No word of it at all may as well be a run that is just starting.
    return not log.exists() or any(event["event"] == "started" for event in read_events(log))


def _epochs_done(folder: Path) -> int:
    """Return the more of what the state says and what the log does, which may be gone."""
    kept = int(read_progress(folder / LAST_FILE)["epoch"]) if has_state(folder) else 0
    events = read_events(folder / LOG_FILE)
    return max([kept, *(int(event["epoch"]) for event in events if event["event"] == "saved")])


@contextmanager
def occupied(folder: Path, wait: float = 1.0) -> Iterator[None]:
    """Keep a run folder for this process; the system frees it however the process ends.

    It waits so many seconds: somebody who only looks holds it for a moment. Raises UserError
    run-busy or path-unwritable.
    """
    lock = FileLock(folder / LOCK_FILE)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=wait)
    except Timeout as error:
        raise UserError("run-busy", path=folder) from error
    except OSError as error:
        raise UserError("path-unwritable", path=folder, reason=why(error)) from error
    try:
        yield
    finally:
        lock.release()


def remove_leftovers(folder: Path) -> None:
    """Remove the half-written files that a kill left in a run folder; it must be occupied."""
    for place in (folder, folder / SCENES_FOLDER):
        for path in place.glob(".*.part"):
            # One that cannot be removed is in nobody's way.
            with suppress(OSError):
                if LEFTOVER.fullmatch(path.name):
                    path.unlink()
