"""Regions of a picture: what they are, and how they are drawn, moved and reshaped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsPolygonItem,
    QGraphicsSceneMouseEvent,
    QStyleOptionGraphicsItem,
    QWidget,
)

# Distinguishable for the colour-blind, and unlike the colours of the density map.
COLOURS = ("#3ddbd9", "#ffffff", "#78a9ff", "#ff7eb6", "#a7f0ba", "#d4bbff")
Corners = list[tuple[float, float]]
HANDLE_PX = 11
LABEL_PX = 13
# In heights of its text.
LONGEST_LABEL = 16
FEWEST = 3


@dataclass(eq=False)
class Region:
    """A named part of a picture; corners in its pixels. A rectangle's first edge runs across."""

    name: str
    corners: Corners
    rectangle: bool = False

    def __post_init__(self) -> None:
        first, second = self.corners[:2]
        if self.rectangle and first[0] == second[0] and first[1] != second[1]:
            self.corners = [*self.corners[1:], self.corners[0]]

    def drag_corner(self, place: int, x: float, y: float) -> None:
        """Put a corner elsewhere; a rectangle stays one, its neighbours follow."""
        if self.rectangle:
            # By their places: a corner that passes an edge has, for a moment, both in common.
            beside, above = (place + 1) % 4, (place - 1) % 4
            if place % 2:
                beside, above = above, beside
            self.corners[beside] = self.corners[beside][0], y
            self.corners[above] = x, self.corners[above][1]
        self.corners[place] = (x, y)

    def toggle_corner(self, x: float, y: float, reach: float) -> int | None:
        """Take a corner away, or put one where an edge is; a rectangle keeps its four.

        Returns the place of a corner that came, None where none did.
        """
        at = np.array((x, y))
        corners = np.array(self.corners)
        nearest = int(np.hypot(*(corners - at).T).argmin())
        if self.rectangle:
            return None
        if np.hypot(*(corners[nearest] - at)) <= reach:
            if len(self.corners) > FEWEST:
                del self.corners[nearest]
            return None
        along = np.roll(corners, -1, axis=0) - corners
        lengths = np.maximum((along**2).sum(axis=1), 1e-12)
        part = np.clip(((at - corners) * along).sum(axis=1) / lengths, 0, 1)
        far = np.hypot(*(corners + part[:, None] * along - at).T)
        edge = int(far.argmin())
        if far[edge] > reach:
            return None
        self.corners.insert(edge + 1, (x, y))
        return edge + 1


def inside(x: float, y: float, within: QRectF) -> tuple[float, float]:
    """Return the point of the picture that is nearest."""
    x = min(max(x, within.left()), within.right())
    return x, min(max(y, within.top()), within.bottom())


def moved_inside(corners: Corners, by: QPointF, within: QRectF) -> Corners:
    """Move a region whole, no further than the picture reaches: it keeps its shape."""
    xs, ys = zip(*corners, strict=True)
    across = min(max(by.x(), within.left() - min(xs)), within.right() - max(xs))
    down = min(max(by.y(), within.top() - min(ys)), within.bottom() - max(ys))
    # A sum may pass the edge by its last digit.
    return [inside(x + across, y + down, within) for x, y in corners]


def new_name(regions: list[Region]) -> str:
    """Return the first letter that names no region yet."""
    taken = {region.name for region in regions}
    letters = [chr(ord("A") + number) for number in range(26)]
    names = letters + [f"{letter}{number}" for number in range(2, 9) for letter in letters]
    return next((name for name in names if name not in taken), "Z")


def duplicate(region: Region, regions: list[Region], step: float, within: QRectF) -> Region:
    """Return a copy of a region, so far aside that it lies on no other of its shape."""
    taken = [_whole_pixels(other.corners) for other in regions]
    places = [_aside(region.corners, step * number, within) for number in range(1, len(taken) + 2)]
    free = [corners for corners in places if _whole_pixels(corners) not in taken]
    corners = free[0] if free else list(region.corners)
    return Region(new_name(regions), corners, region.rectangle)


def _aside(corners: Corners, by: float, within: QRectF) -> Corners:
    """Move to the lower right; to the other side where the picture ends, else not at all."""
    xs, ys = zip(*corners, strict=True)

    def way(least: float, most: float, start: float, end: float) -> float:
        return by if most + by <= end else -by if least - by >= start else 0.0

    right = way(min(xs), max(xs), within.left(), within.right())
    down = way(min(ys), max(ys), within.top(), within.bottom())
    return [(x + right, y + down) for x, y in corners]


def _whole_pixels(corners: Corners) -> list[tuple[int, int]]:
    return [(round(x), round(y)) for x, y in corners]


class RegionItem(QGraphicsPolygonItem):
    """A region over the picture with its name and count; its corners can be dragged."""

    def __init__(self, region: Region, colour: str, changed: Callable[[], None]) -> None:
        super().__init__()
        self._changed = changed
        self.region, self.colour = region, QColor(colour)
        self.label = region.name
        self._corner: int | None = None
        self._held: Corners = []
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsSelectable)
        self.setCursor(Qt.CursorShape.SizeAllCursor)
        self.setZValue(2)
        self.redraw()

    def redraw(self) -> None:
        self.prepareGeometryChange()
        self.setPolygon(QPolygonF([QPointF(x, y) for x, y in self.region.corners]))

    def _pixel(self) -> float:
        """Return how many of the picture's pixels one of the screen is."""
        views = self.scene().views() if self.scene() else []
        return 1 / max(views[0].transform().m11(), 1e-6) if views else 1.0

    def boundingRect(self) -> QRectF:
        margin = 4 * HANDLE_PX * self._pixel()
        name = (LONGEST_LABEL + 2) * LABEL_PX * self._pixel()
        return super().boundingRect().adjusted(-margin, -margin, max(margin, name), margin)

    def shape(self) -> QPainterPath:
        path = super().shape()
        reach = HANDLE_PX * self._pixel()
        for x, y in self.region.corners:
            path.addEllipse(QPointF(x, y), reach, reach)
        return path

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isSelected()
        # Dark under bright: seen on any picture.
        for colour, width in ((QColor(0, 0, 0, 170), 4.5), (self.colour, 2.0)):
            pen = QPen(colour, width)
            pen.setCosmetic(True)
            painter.setPen(pen)
            fill = QColor(self.colour)
            fill.setAlphaF(0.14 if chosen else 0.05)
            painter.setBrush(fill if colour is self.colour else Qt.BrushStyle.NoBrush)
            painter.drawPolygon(self.polygon())
        transform = painter.transform()
        painter.resetTransform()
        if chosen:
            self._paint_handles(
                painter, [transform.map(QPointF(x, y)) for x, y in self.region.corners]
            )
        self._paint_label(painter, transform.mapRect(self.polygon().boundingRect()))

    def _paint_handles(self, painter: QPainter, corners: list[QPointF]) -> None:
        painter.setPen(QPen(QColor(0, 0, 0, 200), 1))
        painter.setBrush(self.colour)
        ratio = painter.device().devicePixelRatioF()
        side = HANDLE_PX * 0.8 * ratio
        for corner in corners:
            painter.drawRect(QRectF(corner.x() - side / 2, corner.y() - side / 2, side, side))

    def _paint_label(self, painter: QPainter, around: QRectF) -> None:
        font = QFont(painter.font())
        ratio = painter.device().devicePixelRatioF()
        font.setPixelSize(round(LABEL_PX * ratio))
        font.setBold(True)
        painter.setFont(font)
        # Cut in its middle: the count is at its end.
        label = painter.fontMetrics().elidedText(
            self.label, Qt.TextElideMode.ElideMiddle, round(LONGEST_LABEL * LABEL_PX * ratio)
        )
        text = painter.fontMetrics().boundingRect(label)
        room = QRectF(0, 0, text.width() + 14 * ratio, text.height() + 6 * ratio)
        # Inside the top left corner, but never off the screen's edge.
        room.moveTopLeft(QPointF(max(around.left() + 4, 4.0), max(around.top() + 4, 4.0)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(10, 14, 20, 205))
        painter.drawRoundedRect(room, 4, 4)
        painter.setPen(self.colour)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, label)

    # Dragging

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        super().mousePressEvent(event)
        reach = HANDLE_PX * self._pixel()
        at = event.scenePos()
        far = [abs(x - at.x()) + abs(y - at.y()) for x, y in self.region.corners]
        nearest = min(range(len(far)), key=far.__getitem__)
        self._corner = nearest if far[nearest] <= 2 * reach else None
        self._held = self.region.corners

    def mouseDoubleClickEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        """Add a corner on an edge, which can be dragged at once, or take one away."""
        super().mouseDoubleClickEvent(event)
        at = inside(*event.scenePos().toTuple(), self.scene().sceneRect())
        self._corner = self.region.toggle_corner(*at, 2 * HANDLE_PX * self._pixel())
        self._held = self.region.corners
        self.redraw()
        self._changed()

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        if not event.buttons() & Qt.MouseButton.LeftButton:
            return
        at, within = event.scenePos(), self.scene().sceneRect()
        if self._corner is not None:
            self.region.drag_corner(self._corner, *inside(at.x(), at.y(), within))
        else:
            by = at - event.buttonDownScenePos(Qt.MouseButton.LeftButton)
            self.region.corners = moved_inside(self._held, by, within)
        self.redraw()
        self._changed()
