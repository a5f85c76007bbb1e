"""A home for models."""

from __future__ import annotations

from pathlib import Path

import pytest

from models import catalogue


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's own models folder, with nothing shipped beside it."""
    monkeypatch.setattr(catalogue, "SHIPPED_FOLDER", tmp_path / "shipped")
    return catalogue.user_folder()
