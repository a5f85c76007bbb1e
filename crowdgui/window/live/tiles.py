"""All sources as tiles below the large one; a click makes one large."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from crowdgui.window.live.view import LiveView

if TYPE_CHECKING:
    from crowdgui.live.session import LiveSource

TILE, SMALL_TILE = (192, 108), (128, 72)
# Below this height of all, the large picture needs the room more.
SMALL_BELOW = 700
SIDE, MARGIN, SPACING = 12, 8, 8
Policy = Qt.ScrollBarPolicy


class Tiles(QScrollArea):
    """A tile a source; hidden while there are not several."""

    chosen = Signal(object)  # the LiveSource
    altered = Signal()  # there are other tiles now

    def __init__(self) -> None:
        super().__init__()
        self.views: dict[LiveSource, LiveView] = {}
        self._large: LiveSource | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Policy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        self._row = QHBoxLayout(inner)
        self._row.setContentsMargins(SIDE, MARGIN, SIDE, MARGIN)
        self._row.setSpacing(SPACING)
        self._row.addStretch()
        self.setWidget(inner)
        self._tile = TILE
        # New tiles are laid out a little later.
        self.horizontalScrollBar().rangeChanged.connect(self._scroll_to_large)
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
        """Be as high as a tile, and a scroll bar where the tiles need one."""
        # Not left to the layouts: they would tell each other of both in turns.
        wanted = 2 * SIDE + len(self.views) * (self._tile[0] + SPACING) - SPACING
        needed = wanted > self.width()
        bar = self.horizontalScrollBar().sizeHint().height() if needed else 0
        policy = Policy.ScrollBarAlwaysOn if needed else Policy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(policy)
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
        if chosen is not self._large:
            self._large = chosen
            self._scroll_to_large()

    @Slot()
    def _scroll_to_large(self) -> None:
        """Let the whole tile of the large source be seen."""
        if self._large not in self.views:
            return
        step, bar = self._tile[0] + SPACING, self.horizontalScrollBar()
        left = list(self.views).index(self._large) * step
        first = left + 2 * SIDE + self._tile[0] - self.viewport().width()
        bar.setValue(min(max(bar.value(), first), left))

    def _made(self, source: LiveSource) -> LiveView:
        view = LiveView(small=True)
        view.setFixedSize(*self._tile)
        view.clicked.connect(lambda: self.chosen.emit(source))
        return view

    def _drop(self, source: LiveSource) -> None:
        view = self.views.pop(source)
        self._row.removeWidget(view)
        view.hide()
        view.deleteLater()


def neighbour(
    before: Sequence[LiveSource], large: LiveSource | None, now: Sequence[LiveSource]
) -> LiveSource | None:
    """Return the source to be large after the large one has gone: the next to it, else the last."""
    place = before.index(large) if large in before else len(before)
    after = [source for source in before[place:] if source in now]
    return after[0] if after else now[-1] if now else None
