"""What a training of this window is at, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from crowdgui.commands.sweep import TABLES_WRITTEN
from models.errors import SENTENCES, UserError
from trainer.history import Story

# Of a child of this window, then of runs that are none.
Phase = Literal[
    "none", "starting", "running", "pausing", "paused", "resuming", "stopping", "discarding",
    "elsewhere", "finished", "stopped", "failed", "cut off",
]  # fmt: skip

# How a command's own sentence about an error begins.
SENTENCE = "crowdgui: "


@dataclass(frozen=True)
class Ending:
    """How a training of this window ended: its phase then, what it said, its process's code."""

    folder: Path
    phase: Phase
    problem: Exception | None = None
    code: int = 0


def tables_are_written(said: str) -> bool:
    """Whether a sweep has come to its end, though some of its runs failed: its last words."""
    lines = [line for line in said.splitlines() if line.strip()]
    return bool(lines) and lines[-1].startswith(TABLES_WRITTEN)


def phase_of_child(order: str, told: Story) -> Phase:
    """Return what a child is at that has told this and was given `order` last."""
    if order in ("stop", "discard"):
        return "stopping" if order == "stop" else "discarding"
    if told.kind == "paused":
        return "resuming" if order == "resume" else "paused"
    if told.takes_orders and order == "pause":
        return "pausing"
    doing, fresh = told.doing.get("event"), told.kind in ("", "started")
    starts = doing == "preparing" or (fresh and doing != "validating")
    return "starting" if starts else "running"


def phase_of_sweep(order: str, said: str, code: int) -> Phase:
    """Return how a sweep ended that was given `order` last."""
    if code == 0 or (order != "stop" and tables_are_written(said)):
        return "finished"
    return "stopped" if order == "stop" else "cut off"


def ending_of(folder: Path, order: str, told: Story | None, said: str, code: int) -> Ending:
    """Return how a run ended that told this, or a sweep (None), that was given `order` last."""
    phase: Phase = "cut off"
    if told is None:
        phase = phase_of_sweep(order, said, code)
    elif told.ended and not (told.kind != "failed" and order != "stop" and _told_by_process(said)):
        # Where a process tells of an error, "stopped" and "finished" are of the time before: it
        # was refused to go on.
        phase = told.kind  # type: ignore[assignment]
    end = told.end if told is not None and phase == "failed" else {}
    problem = None if phase in ("finished", "stopped") else problem_of(end, said, code)
    return Ending(folder, phase, problem, code)


def problem_of(end: Mapping[str, Any], said: str, code: int) -> Exception | None:
    """Return what went wrong as an error that can be said in the window's language.

    `end` is the run's last event if it failed, `said` the end of its process's standard error.
    """
    name, facts = end.get("code"), end.get("facts")
    if name in SENTENCES and isinstance(facts, dict):
        return UserError(str(name), **facts)
    lines = [line for line in said.splitlines() if line.strip()]
    # A mistake of ours ends in the name of what went wrong.
    last = _told_by_process(said) or (lines[-1] if lines and code > 0 else "")
    text = str(end.get("message") or "") or last
    return RuntimeError(text) if text else None


def _told_by_process(said: str) -> str:
    """Return the last sentence of an error in a process's standard error, if there is one."""
    told = [line for line in said.splitlines() if line.startswith(SENTENCE)]
    return told[-1].removeprefix(SENTENCE) if told else ""
