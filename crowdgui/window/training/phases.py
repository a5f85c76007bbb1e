"""What a training of this window is at, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

# Of a child of this window, then of runs that are none.
Phase = Literal[
    "none", "starting", "running", "pausing", "paused", "resuming", "stopping", "discarding",
    "elsewhere", "finished", "stopped", "failed", "cut off",
]  # fmt: skip
AT_WORK: tuple[Phase, ...] = (
    "starting", "running", "pausing", "paused", "resuming", "stopping", "discarding",
)  # fmt: skip


@dataclass(frozen=True)
class Ending:
    """How a training of this window ended: its phase then, what it said, its process's code."""

    folder: Path
    phase: Phase
    problem: Exception | None = None
    code: int = 0
