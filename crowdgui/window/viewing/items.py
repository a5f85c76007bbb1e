"""What lies in the scene of a picture: the picture itself, and its true head centres."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget


class PictureItem(QGraphicsItem):
    """A picture at several sizes; the one that is drawn suits the zoom."""

    def __init__(self) -> None:
        super().__init__()
        self._levels: tuple[QImage, ...] = ()

    def set_levels(self, levels: tuple[QImage, ...]) -> None:
        self.prepareGeometryChange()
        self._levels = levels
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(self._levels[0].rect()) if self._levels else QRectF()

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        if not self._levels:
            return
        scale = painter.deviceTransform().m11()
        whole = self._levels[0].width()
        # The smallest level that still has a pixel for each one of the screen.
        fine = [level for level in self._levels[1:] if level.width() >= whole * scale * 0.99]
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 4)
        painter.drawImage(self.boundingRect(), fine[-1] if fine else self._levels[0])


class HeadsItem(QGraphicsItem):
    """Head centres as dots of one size in pixels of the screen, whatever the zoom."""

    def __init__(self, size: float = 4.0) -> None:
        super().__init__()
        self._size = size
        self._points: list[QPointF] = []
        self._rect = QRectF()

    def set_points(self, points: NDArray[np.float32] | None, rect: QRectF) -> None:
        self.prepareGeometryChange()
        self._points = [] if points is None else [QPointF(*map(float, p)) for p in points]
        self._rect = rect
        self.update()

    def boundingRect(self) -> QRectF:
        return self._rect

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        for colour, width in (
            (QColor(0, 0, 0, 190), self._size + 2),
            (QColor("#3ddbd9"), self._size),
        ):
            pen = QPen(colour, width)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.drawPoints(self._points)
