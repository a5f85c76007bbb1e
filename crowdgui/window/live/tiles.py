"""All sources as tiles below the large one; a click makes one large."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from crowdgui.window.live.view import LiveView

if TYPE_CHECKING:
    from crowdgui.live.session import LiveSource

TILE, SMALL_TILE = (192, 108), (128, 72)
# Below this height of all, the large picture needs the room more.
SMALL_BELOW = 700
MARGIN = 8


class Tiles(QScrollArea):
    """A tile a source; hidden while there are not several."""

    chosen = Signal(object)  # the LiveSource
    altered = Signal()  # there are other tiles now

    def __init__(self) -> None:
        super().__init__()
        self.views: dict[LiveSource, LiveView] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        self._row = QHBoxLayout(inner)
        self._row.setContentsMargins(12, MARGIN, 12, MARGIN)
        self._row.setSpacing(8)
        self._row.addStretch()
        self.setWidget(inner)
        self._tile = TILE
        self._fit_height()
        self.hide()

    def set_room(self, height: int) -> None:
        """Take small tiles where the picture and all that is below it have little height."""
        tile = SMALL_TILE if height < SMALL_BELOW else TILE
        if tile != self._tile:
            self._tile = tile
            for view in self.views.values():
                view.setFixedSize(*tile)
            self._fit_height()
            self.altered.emit()

    def _fit_height(self) -> None:
        """Be as high as a tile, and a scroll bar where there is one."""
        wanted = self._row.sizeHint().width()
        bar = self.horizontalScrollBar().sizeHint().height() if wanted > self.width() else 0
        self.setFixedHeight(self._tile[1] + 2 * MARGIN + bar)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def set_sources(self, sources: Sequence[LiveSource], chosen: LiveSource | None) -> None:
        """Show these, in this order, and mark the chosen one."""
        wanted = list(sources) if len(sources) > 1 else []
        if list(self.views) != wanted:
            for source in [source for source in self.views if source not in wanted]:
                self._drop(source)
            # One that was asked for first may come last.
            self.views = {source: self.views.get(source) or self._made(source) for source in wanted}
            for place, view in enumerate(self.views.values()):
                self._row.insertWidget(place, view)
            self._fit_height()
            self.setVisible(bool(wanted))
            self.altered.emit()
        for source, view in self.views.items():
            view.set_chosen(source is chosen)

    def _made(self, source: LiveSource) -> LiveView:
        view = LiveView(small=True)
        view.setFixedSize(*self._tile)
        view.setToolTip(source.name)
        view.clicked.connect(lambda: self.chosen.emit(source))
        return view

    def _drop(self, source: LiveSource) -> None:
        view = self.views.pop(source)
        self._row.removeWidget(view)
        view.hide()
        view.deleteLater()
