"""What is to count the live sources."""

from __future__ import annotations

from dataclasses import dataclass

from crowdgui.window.desk import Desk
from crowdgui.window.engines import EngineChoice


@dataclass(frozen=True)
class Wanted:
    """A model to count with: its name, how it is computed, and what changes when its file does."""

    model: str
    engine: EngineChoice
    stamp: tuple[int, int]

    @classmethod
    def now(cls, desk: Desk, model: str) -> Wanted:
        """Return a model as it would be loaded now."""
        choice = desk.model(model)
        return cls(model, desk.engine, choice.stamp if choice is not None else (0, 0))
