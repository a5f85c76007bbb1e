"""The program's log: a file of bounded size in the system's own place."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from platformdirs import user_log_path

log = logging.getLogger("crowdgui")
LOG_NAME = "crowdgui.log"


def log_folder() -> Path:
    return user_log_path("crowdgui", appauthor=False)


def start_log() -> logging.Handler:
    """Write the log to a file of bounded size; where that cannot be, to standard error."""
    handler: logging.Handler
    try:
        folder = log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        # Opened now, so that a folder without permission shows here and not at the first line.
        handler = RotatingFileHandler(
            folder / LOG_NAME, maxBytes=1_000_000, backupCount=2, encoding="utf-8"
        )
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    return handler
