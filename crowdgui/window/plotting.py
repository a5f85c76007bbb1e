"""The plots of all pages: without menus and buttons, and safe to change while they are shown."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtWidgets import QGraphicsScene


def make_plot(**options: Any) -> pg.PlotWidget:
    """Return an empty plot with a faint grid; what is dropped on it goes to the window."""
    # Its menu would be made first and disabled then, which takes a quarter of the time.
    plot = pg.PlotWidget(enableMenu=False, **options)
    # Curves change their bounds before they say so, and Qt's index of bounds would keep pointers to
    # curves that are gone: the program would end. A plot has few items, which need no index.
    plot.scene().setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
    plot.hideButtons()
    plot.setAcceptDrops(False)
    plot.viewport().setAcceptDrops(False)
    plot.showGrid(x=True, y=True, alpha=0.13)
    return plot
