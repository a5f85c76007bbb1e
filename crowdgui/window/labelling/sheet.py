"""The marks of one picture while a person makes them: what was done is undone and done again."""

from __future__ import annotations

from dataclasses import dataclass, field

from models.errors import UserError
from trainer.marks import Heads


@dataclass(eq=False)
class Sheet:
    """Head centres in pixels, None where nobody has looked yet; `locked` says why they stay so."""

    heads: Heads | None = None
    locked: UserError | None = None
    _before: list[Heads | None] = field(default_factory=list)
    _after: list[Heads | None] = field(default_factory=list)

    def change(self, heads: Heads | None) -> bool:
        """Take other marks in place of these; False where nothing changes."""
        if self.locked is not None or heads == self.heads:
            return False
        self._before.append(self.heads)
        self._after.clear()
        self.heads = heads
        return True

    def add(self, x: float, y: float) -> bool:
        return self.change((*(self.heads or ()), _tenths(x, y)))

    def move(self, place: int, x: float, y: float) -> bool:
        heads = list(self.heads or ())
        heads[place] = _tenths(x, y)
        return self.change(tuple(heads))

    def remove(self, place: int) -> bool:
        """Take one mark away; without the last one nobody is there."""
        heads = list(self.heads or ())
        del heads[place]
        return self.change(tuple(heads))

    @property
    def can_undo(self) -> bool:
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        return bool(self._after)

    def undo(self) -> None:
        self._step(self._before, self._after)

    def redo(self) -> None:
        self._step(self._after, self._before)

    def _step(self, wanted: list[Heads | None], others: list[Heads | None]) -> None:
        if wanted:
            others.append(self.heads)
            self.heads = wanted.pop()


def _tenths(x: float, y: float) -> tuple[float, float]:
    """A tenth of a pixel is finer than a hand: the file is read by people, too."""
    return round(x, 1), round(y, 1)
