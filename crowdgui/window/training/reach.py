"""How far the axes of a plot reach: over all of its curves, until a person turns to a part.

pyqtgraph can follow curves by itself, but by what it has thinned out for drawing, and that depends
on how far the axes reach: with some ten thousand points the two chase each other and the plot is
drawn anew for ever. Here the axes follow the curves as they were given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Slot

Values = NDArray[np.float64]
Curves = Iterable[tuple[Values, Values]]
X_MARGIN, Y_MARGIN = 0.025, 0.06


class Reach(QObject):
    """Sets the axes of a plot by its curves, and by `levels` that are always in sight."""

    def __init__(
        self, plot: pg.PlotWidget, curves: Callable[[], Curves], levels: Callable[[], Values]
    ) -> None:
        super().__init__(plot)
        self._box = plot.plotItem.vb
        self._curves, self._levels = curves, levels
        self.whole, self.logarithmic = True, False
        self._box.disableAutoRange()
        self._box.sigRangeChangedManually.connect(self._turned)
        self._box.sigXRangeChanged.connect(self._set_heights)

    @Slot()
    def fit(self) -> None:
        """Set both axes after the curves have changed."""
        if self.whole:
            ends = [end for x, _y in self._curves() if len(x) for end in (x[0], x[-1])]
            self._box.setXRange(*_around(np.array(ends), X_MARGIN), padding=0)
        self._set_heights()

    def see_all(self) -> None:
        """Show the whole length again."""
        self.whole = True
        self.fit()

    @Slot()
    def _turned(self) -> None:
        self.whole = False

    @Slot()
    def _set_heights(self) -> None:
        left, right = self._box.viewRange()[0]
        seen = [y[np.searchsorted(x, left) : np.searchsorted(x, right, "right")]
                for x, y in self._curves()]  # fmt: skip
        values = np.concatenate([*seen, self._levels()])
        if self.logarithmic:
            values = np.log10(values[values > 0])
        self._box.setYRange(*_around(values, Y_MARGIN), padding=0)


def _around(values: Values, margin: float) -> tuple[float, float]:
    """Return the ends of the values with a margin; 0 to 1 where there are none."""
    values = values[np.isfinite(values)]
    if not len(values):
        return 0.0, 1.0
    low, high = float(values.min()), float(values.max())
    room = (high - low) * margin or abs(low) * 0.1 or 0.5
    return low - room, high + room
