"""Rows of a log, and what was written of them, for tests of the logs."""

from __future__ import annotations

import csv
import sqlite3
from pathlib import Path

from crowdgui.live.rows import Row

NO_ZONES: dict[str, float] = {}


def row(number: int, zones: dict[str, float] = NO_ZONES, at: float = 1_700_000_000.0) -> Row:
    return Row(at + number, "demo:", "live", number, number + 0.5, 40.0, zones, {}, "mcnn")


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def frames_of(path: Path) -> list[int]:
    """Return the column `frames` of a log of either kind."""
    if not path.read_bytes().startswith(b"SQLite"):
        return [int(r["frames"]) for r in read(path)]
    file = sqlite3.connect(path)
    found = [frames for (frames,) in file.execute("SELECT frames FROM counts ORDER BY id")]
    file.close()
    return found
