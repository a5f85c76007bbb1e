"""Runs and sweeps taken from the disk: what the program wrote into their folders, and no more."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from models.errors import UserError
from models.reasons import why
from trainer.run_list import is_busy
from trainer.runs import (
    HALF_SCENES,
    LOCK_FILE,
    RUN_FILES,
    SCENES_FOLDER,
    occupied,
    remove_leftovers,
)
from trainer.sweep import RUN_FOLDERS, SETTINGS_FILE, SWEEP_FILES


def delete_run(folder: Path) -> None:
    """Delete a run, or a sweep with all its runs; what else lies in their folders stays.

    Raises UserError run-busy or path-unwritable.
    """
    is_sweep, above = (folder / SETTINGS_FILE).exists(), folder.parent.parent
    runs = list(folder.glob(RUN_FOLDERS)) if is_sweep else []
    # A sweep at work would miss one of its runs.
    sweeps = [above] if (above / SETTINGS_FILE).exists() else []
    for place in (folder, *runs, *sweeps):
        if is_busy(place):
            raise UserError("run-busy", path=place)
    for run in runs:
        _delete(run, RUN_FILES)
        _remove_if_empty(run.parent)
    _delete(folder, SWEEP_FILES if is_sweep else RUN_FILES)


def _delete(folder: Path, names: Sequence[str]) -> None:
    """Delete the files of these names, in their order, and what of the folder is empty then."""
    if not folder.is_dir():
        return
    scenes = [folder / SCENES_FOLDER, folder / HALF_SCENES]
    try:
        with occupied(folder, wait=0):
            remove_leftovers(folder)
            drawn = [path for place in scenes for path in place.glob("scene_*.*")]
            for path in (*drawn, *(folder / name for name in names)):
                path.unlink(missing_ok=True)
        # Nobody can hold it any more, and on Windows nobody can delete what is held.
        (folder / LOCK_FILE).unlink(missing_ok=True)
    except OSError as error:
        raise UserError("path-unwritable", path=folder, reason=why(error)) from error
    for place in (*scenes, folder):
        _remove_if_empty(place)


def _remove_if_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()
