"""Drawing a region with the mouse: drag a rectangle, or click a polygon's corners."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsScene

from crowdgui.window.viewing.regions import Corners

# A press without a drag is no rectangle.
LEAST_PX = 4.0


class RegionTool:
    """What the mouse draws in a scene; `drawn` gets the corners when they are complete.

    `refused` gets the number of corners of a polygon that was ended with too few.
    """

    def __init__(
        self,
        scene: QGraphicsScene,
        drawn: Callable[[Corners, bool], None],
        refused: Callable[[int], None],
    ) -> None:
        self._drawn, self._refused = drawn, refused
        self._corners: list[QPointF] = []
        self._cursor = QPointF()
        self.mode = "pan"
        self._item = QGraphicsPathItem()
        pen = QPen(QColor("#3ddbd9"), 2, Qt.PenStyle.DashLine)
        pen.setCosmetic(True)
        self._item.setPen(pen)
        self._item.setZValue(3)
        scene.addItem(self._item)

    def set_mode(self, mode: str) -> None:
        """Choose "pan" (draws nothing), "rectangle" or "polygon"; what is half drawn goes."""
        self.mode = mode
        self.cancel()

    def is_drawing(self) -> bool:
        return bool(self._corners)

    def cancel(self) -> None:
        self._corners.clear()
        self._redraw()

    def take_back(self) -> bool:
        """Forget the last corner of what is being drawn; False where nothing is."""
        if not self._corners:
            return False
        self._corners.pop()
        self._redraw()
        return True

    def press(self, at: QPointF, pixel: float) -> None:
        """Begin a rectangle, or add a polygon's corner; one on the first corner closes it."""
        if self.mode == "polygon" and len(self._corners) >= 3:
            first = self._corners[0]
            if (at - first).manhattanLength() < 3 * LEAST_PX * pixel:
                self.close()
                return
        if self.mode == "rectangle":
            self._corners.clear()
        self._corners.append(at)
        self._cursor = at
        self._redraw()

    def move(self, at: QPointF) -> None:
        if self._corners:
            self._cursor = at
            self._redraw()

    def release(self, at: QPointF, pixel: float) -> None:
        """End a rectangle."""
        if self.mode != "rectangle" or not self._corners:
            return
        start = self._corners[0]
        self.cancel()
        if min(abs(at.x() - start.x()), abs(at.y() - start.y())) < LEAST_PX * pixel:
            return
        left, right = sorted((start.x(), at.x()))
        top, bottom = sorted((start.y(), at.y()))
        self._drawn([(left, top), (right, top), (right, bottom), (left, bottom)], True)

    def close(self) -> None:
        """End a polygon, if it has an area."""
        corners: Corners = []
        for corner in self._corners:
            if not corners or corners[-1] != (corner.x(), corner.y()):
                corners.append((corner.x(), corner.y()))
        self.cancel()
        if len(corners) >= 3:
            self._drawn(corners, False)
        elif corners:
            self._refused(len(corners))

    def _redraw(self) -> None:
        path = QPainterPath()
        if self._corners:
            path.moveTo(self._corners[0])
            if self.mode == "rectangle":
                x, y = self._cursor.x(), self._cursor.y()
                start = self._corners[0]
                for corner in (QPointF(x, start.y()), QPointF(x, y), QPointF(start.x(), y)):
                    path.lineTo(corner)
                path.closeSubpath()
            else:
                for corner in [*self._corners[1:], self._cursor]:
                    path.lineTo(corner)
        self._item.setPath(path)
