"""Run folders: one training each, named by what and when."""

from __future__ import annotations

import time
from pathlib import Path

from models.errors import UserError
from trainer.config import Config, config_from_json, config_to_json


def begin_run(config: Config, folder: Path | None) -> Path:
    """Make a run folder (by default under runs/) and write its config.

    Raises UserError run-exists or path-unwritable.
    """
    folder = folder or Path("runs") / time.strftime(f"{config.network}-%Y%m%d-%H%M%S")
    if (folder / "config.json").exists():
        raise UserError("run-exists", path=folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "config.json").write_text(config_to_json(config), "utf-8")
    except OSError as error:
        raise UserError("path-unwritable", path=folder, reason=error.strerror) from error
    return folder


def continue_run(folder: Path) -> tuple[Path, Config]:
    """Return a run folder and its config; raises UserError run-missing or setting-invalid."""
    try:
        text = (folder / "config.json").read_text("utf-8")
        return folder, config_from_json(text)
    except OSError as error:
        reason = "there is no config.json in it"
        raise UserError("run-missing", path=folder, reason=reason) from error
    except ValueError as error:
        raise UserError("run-missing", path=folder, reason="its config.json is damaged") from error
