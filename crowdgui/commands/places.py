"""Where commands may write: nothing of theirs lies among the pictures of a data set."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from models.errors import UserError


def keep_apart(option: str, place: Path, data: Iterable[Path | str]) -> None:
    """Raise UserError setting-invalid where what an option names lies in a data set's folder."""
    if any(place.resolve().is_relative_to(Path(folder).resolve()) for folder in data):
        reason = "it lies in the data set's folder"
        raise UserError("setting-invalid", name=option, value=place, reason=reason)
