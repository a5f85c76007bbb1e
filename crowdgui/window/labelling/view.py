"""A picture whose heads are marked: a click marks one, dragging moves a mark or the picture."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsView, QStyleOptionGraphicsItem, QWidget

from crowdgui.window.viewing.items import HeadsItem
from crowdgui.window.viewing.picture_view import PictureView
from crowdgui.window.viewing.regions import inside
from trainer.marks import Heads

# In pixels of the screen: how near a mark is meant, and how far the mouse goes before it drags.
REACH_PX, DRAG_PX = 8.0, 4
# Of a pixel of the picture: marks are rounded to tenths.
EDGE = 0.1
DOT_PX, RING_PX = 7.0, 18.0


class RingItem(QGraphicsItem):
    """A ring of one size, whatever the zoom, about the mark that is chosen."""

    def boundingRect(self) -> QRectF:
        return QRectF(-RING_PX, -RING_PX, 2 * RING_PX, 2 * RING_PX)

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, width in ((QColor(0, 0, 0, 190), 4.0), (QColor("#ffffff"), 2.0)):
            painter.setPen(QPen(colour, width))
            painter.drawEllipse(QPointF(0, 0), RING_PX / 2, RING_PX / 2)


class MarkView(PictureView):
    """Tells what a person does to the marks; it draws those that it is given, and keeps none."""

    mark_added = Signal(QPointF)  # in pixels of the picture
    mark_moved = Signal(int, QPointF)
    mark_removed = Signal(int)
    mark_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__(HeadsItem(DOT_PX))
        self._shown: Heads = ()
        self._changeable = False
        self._chosen: int | None = None
        self._pressed: QPoint | None = None
        self._held: int | None = None
        self._dragging = False
        self._ring = RingItem()
        self._ring.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self._ring.setZValue(4)
        self.scene().addItem(self._ring)

    def show_marks(self, heads: Heads, chosen: int | None, changeable: bool) -> None:
        """Draw these marks, a ring about the chosen one; those of other makers cannot be moved."""
        if heads != self._shown:
            # What is dragged may be gone, or another one by now.
            self._let_go()
        self._shown, self._chosen = heads, chosen
        if changeable != self._changeable:
            self._changeable = changeable
            self._set_drag_mode()
        if not self._dragging:
            self._draw(heads)

    def set_picture(self, levels: tuple[QImage, ...]) -> None:
        self._let_go()
        super().set_picture(levels)

    def _let_go(self) -> None:
        """Leave what the mouse is at; its release does nothing then."""
        self._pressed = self._held = self._grabbed = None
        self._dragging = False

    def _draw(self, heads: Heads) -> None:
        self.set_heads(np.array(heads, np.float32).reshape(-1, 2))
        self._ring.setVisible(self._chosen is not None)
        if self._chosen is not None:
            self._ring.setPos(*heads[self._chosen])

    def _set_drag_mode(self) -> None:
        if self._changeable:
            # A press may be a mark or the beginning of a drag: it is seen to here.
            self.setDragMode(QGraphicsView.DragMode.NoDrag)
            self.viewport().setCursor(Qt.CursorShape.CrossCursor)
        else:
            self.viewport().unsetCursor()
            super()._set_drag_mode()

    def _mark_at(self, at: QPoint) -> int | None:
        """Return the mark that is meant at a place of the view: the nearest within reach."""
        if not self._shown:
            return None
        point = self.mapToScene(at)
        far = np.hypot(*(np.array(self._shown) - (point.x(), point.y())).T)
        nearest = int(far.argmin())
        return nearest if far[nearest] * self.transform().m11() <= REACH_PX else None

    def _within(self, at: QPoint) -> QPointF:
        """Return the nearest point of the picture; who stands on its very edge counts nowhere."""
        point, within = self.mapToScene(at), self._picture.boundingRect()
        within.adjust(0, 0, -EDGE, -EDGE)
        return QPointF(*inside(point.x(), point.y(), within))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if not self._changeable or event.button() == Qt.MouseButton.MiddleButton:
            super().mousePressEvent(event)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._held, self._dragging = at, self._mark_at(at), False
            if self._held is not None:
                self.mark_chosen.emit(self._held)
        elif event.button() == Qt.MouseButton.RightButton:
            place = self._mark_at(at)
            if place is not None:
                self.mark_removed.emit(place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the second of two quick presses for what it is: in a crowd heads are many."""
        if self._changeable:
            self.mousePressEvent(event)
        else:
            super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._pressed is not None and not self._dragging:
            self._dragging = (at - self._pressed).manhattanLength() >= DRAG_PX
            if self._dragging and self._held is None:
                self._grabbed = QPointF(self._pressed)
        if self._dragging and self._held is not None:
            point = self._within(at)
            heads = list(self._shown)
            heads[self._held] = (point.x(), point.y())
            self._draw(tuple(heads))
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or event.button() != Qt.MouseButton.LeftButton:
            super().mouseReleaseEvent(event)
            return
        at, held, dragged = event.position().toPoint(), self._held, self._dragging
        self._let_go()
        if held is not None and dragged:
            self.mark_moved.emit(held, self._within(at))
        elif held is None and not dragged:
            point = self.mapToScene(at)
            if self._picture.boundingRect().contains(point):
                self.mark_added.emit(self._within(at))
