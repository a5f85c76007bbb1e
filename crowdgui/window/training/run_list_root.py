"""Where the window looks for runs."""

from __future__ import annotations

from pathlib import Path

from crowdgui.window.settings import Settings
from trainer import run_list


def chosen(settings: Settings) -> Path:
    """Return the folder that a person chose, or the program's own."""
    return Path(settings.runs) if settings.runs else run_list.runs_folder()
