"""The large picture and its tiles above, the timeline below: how they share the room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from crowdgui.window.live.tiles import Tiles

# Of the height, between these; the picture takes what is left.
TIMELINE_SHARE, TIMELINE_LEAST, TIMELINE_MOST = 0.2, 116, 280


class PictureSplit(QSplitter):
    """Gives the timeline its share of the height, until a person drags the line between them."""

    def __init__(self, upper: QWidget, timeline: QWidget, tiles: Tiles) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._tiles = tiles
        self._dragged = False
        self.setChildrenCollapsible(False)
        self.addWidget(upper)
        self.addWidget(timeline)
        self.setStretchFactor(0, 1)
        self.splitterMoved.connect(self._person_dragged)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tiles.set_room(self.height())
        if not self._dragged:
            share = round(self.height() * TIMELINE_SHARE)
            lower = min(max(share, TIMELINE_LEAST), TIMELINE_MOST)
            self.setSizes([max(self.height() - lower, 1), lower])

    def _person_dragged(self) -> None:
        self._dragged = True
