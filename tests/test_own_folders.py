"""No test reads or writes what belongs to the person who runs it."""

from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest


def test_no_test_can_undo_its_own_folders(
    own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    kinds = ("config", "data", "cache", "state", "log")
    folders = [getattr(platformdirs, f"user_{kind}_path")("crowdgui") for kind in kinds]
    assert all(folder.is_relative_to(own_folders) for folder in [*folders, Path.home()])
