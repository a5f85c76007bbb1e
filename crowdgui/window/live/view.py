"""One source on the screen: its newest counted picture, its zones, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from crowdgui.window.live.levels import known_levels, level_colour, level_line, level_name
from crowdgui.window.live.tile_text import MESSAGE_FLAGS, fit_message, fit_name
from crowdgui.window.theme import current_scheme
from crowdgui.window.viewing.picture_view import DIMMED

if TYPE_CHECKING:
    from crowdgui.live.levels import ZoneReading
    from crowdgui.window.live.picture_maker import Made

PLATE = QColor(10, 14, 20, 205)
WHITE = QColor("#ffffff")
RECORDING = QColor("#ff5a50")


class LiveView(QWidget):
    """Draws what it is given; a small one (a tile) writes the source's name and count on it."""

    clicked = Signal()
    double_clicked = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget | None = None, *, small: bool = False) -> None:
        super().__init__(parent)
        self.small = small
        self.made: Made | None = None
        self.message = ""  # what is wrong, or awaited; drawn above the picture
        self.caption = ""  # lower left; empty: none
        self.count_text = ""  # upper left, large; empty: none
        self.recording = ""  # how long it has been recorded; empty: it is not
        self.chosen = False
        self.stale = False  # the picture is old: it is drawn faint
        self.setMinimumSize(QSize(120, 68) if small else QSize(240, 160))
        if not small:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def room(self) -> tuple[int, int]:
        """Return the pixels of the screen that a picture may take."""
        ratio = self.devicePixelRatioF()
        return max(round(self.width() * ratio), 1), max(round(self.height() * ratio), 1)

    def show_made(self, made: Made | None) -> None:
        """Show a picture; None: none."""
        if made is not self.made:
            self.made = made
            self.update()

    def say(self, message: str, caption: str, count: str, recording: str) -> None:
        """Write these on the picture; nothing is drawn anew where nothing has changed."""
        said = (message, caption, count, recording)
        if said != (self.message, self.caption, self.count_text, self.recording):
            self.message, self.caption, self.count_text, self.recording = said
            self.update()

    def set_stale(self, stale: bool) -> None:
        if stale != self.stale:
            self.stale = stale
            self.update()

    def set_chosen(self, chosen: bool) -> None:
        if chosen != self.chosen:
            self.chosen = chosen
            self.update()

    def picture_rect(self) -> QRectF:
        """Return where the picture is drawn, in the view's own pixels."""
        if self.made is None:
            return QRectF()
        image = self.made.image
        scale = min(self.width() / image.width(), self.height() / image.height())
        width, height = image.width() * scale, image.height() * scale
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)

    # Drawing

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(current_scheme().ground))
        rect = self.picture_rect()
        if self.made is not None:
            ratio = self.devicePixelRatioF()
            exact = self.made.image.width() == round(rect.width() * ratio)
            # Of another size only while the window is being resized.
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not exact)
            painter.setOpacity(DIMMED if self.stale else 1.0)
            painter.drawImage(rect, self.made.image)
            painter.setOpacity(1.0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.made is not None:
            # As old as the picture.
            painter.setOpacity(DIMMED if self.stale else 1.0)
            zones = known_levels(self.made.counted.zones, old=self.stale)
            self._paint_zones(painter, rect, zones)
            painter.setOpacity(1.0)
        # A tile's texts need all of its width, whatever its picture has.
        bare = self.made is None or self.small
        self._paint_texts(painter, QRectF(self.rect()) if bare else rect)
        if self.chosen or (self.hasFocus() and self.small):
            painter.setPen(QPen(QColor(current_scheme().accent), 5 if self.chosen else 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect())

    def _paint_zones(
        self, painter: QPainter, rect: QRectF, readings: Sequence[ZoneReading]
    ) -> None:
        for reading in readings:
            word = "" if reading.level is None else reading.level.word
            polygon = QPolygonF(
                [
                    QPointF(rect.left() + x * rect.width(), rect.top() + y * rect.height())
                    for x, y in reading.zone.points
                ]
            )
            line, width = level_line(word)
            width *= 0.6 if self.small else 1
            # Dark under bright: seen on any picture.
            painter.setPen(QPen(QColor(0, 0, 0, 170), width + 2))
            fill = level_colour(word)
            fill.setAlphaF(0.10)
            painter.setBrush(fill)
            painter.drawPolygon(polygon)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(level_colour(word), width, line))
            painter.drawPolygon(polygon)
        if self.small:
            return
        # After all outlines: none may run through a number.
        for reading in readings:
            word = "" if reading.level is None else reading.level.word
            corner = min(reading.zone.points, key=sum)
            x, y = rect.left() + corner[0] * rect.width(), rect.top() + corner[1] * rect.height()
            at = QPointF(x + 4, y + 4)
            pixels = min(max(rect.height() / 42, 13), 24)
            self._plate(painter, at, zone_text(reading), level_colour(word), pixels, rect)

    def _paint_texts(self, painter: QPainter, rect: QRectF) -> None:
        """Write all that is said; what is wrong stands in a tile between the count and the name."""
        size, caption = (12.0 if self.small else 15.0), self.caption
        top, bottom = rect.top(), rect.bottom()
        if self.count_text:
            large = 15 if self.small else min(max(rect.height() / 9, 30), 96)
            # As old as the picture.
            painter.setOpacity(DIMMED if self.stale else 1.0)
            top = self._plate(painter, rect.topLeft(), self.count_text, WHITE, large, rect).bottom()
            painter.setOpacity(1.0)
        if self.recording:
            at = QPointF(rect.right(), rect.top() + self._margin)
            plate = self._plate(painter, at, f"● {self.recording}", RECORDING, size, rect)
            top = max(top, plate.bottom())
        if caption:
            if self.small:
                room = rect.width() - 2 * self._margin - 0.8 * size
                caption, size = fit_name(caption, room, self._font)
            at = QPointF(rect.left() + self._margin, rect.bottom())
            bottom = self._plate(painter, at, caption, WHITE, size, rect).top()
        if self.message and self.small:
            self._paint_small_message(painter, QRectF(rect.left(), top, rect.width(), bottom - top))
        elif self.message:
            self._paint_message(painter, rect)

    def _paint_message(self, painter: QPainter, rect: QRectF) -> None:
        """Write what is wrong in the middle, in as many lines as it takes."""
        font = self._font(16)
        room = rect.adjusted(10, 6, -10, -6)
        bounds = QFontMetricsF(font).boundingRect(room, MESSAGE_FLAGS.value, self.message)
        plate = bounds.adjusted(-12, -8, 12, 8).intersected(rect)
        self._write(painter, plate, font, self.message)

    def _paint_small_message(self, painter: QPainter, free: QRectF) -> None:
        """Write what is wrong where a tile is free, in letters as large as the room allows."""
        room = free.adjusted(self._margin + 4, 2, -self._margin - 4, -2)
        text, pixels = fit_message(self.message, room, self._light_font)
        font = self._light_font(pixels)
        bounds = QFontMetricsF(font).boundingRect(room, MESSAGE_FLAGS.value, text)
        self._write(painter, bounds.adjusted(-4, -1, 4, 1).intersected(free), font, text)

    def _write(self, painter: QPainter, plate: QRectF, font: QFont, text: str) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(PLATE)
        painter.drawRoundedRect(plate, 6, 6)
        painter.setFont(font)
        painter.setPen(WHITE)
        painter.drawText(plate, MESSAGE_FLAGS.value, text)

    def _plate(
        self,
        painter: QPainter,
        at: QPointF,
        text: str,
        colour: QColor,
        pixels: float,
        within: QRectF,
    ) -> QRectF:
        """Write on a dark plate, as near to `at` as the picture has room; return where it is."""
        font = self._font(pixels)
        metrics = QFontMetricsF(font)
        edge, margin = pixels * 0.4, self._margin
        most = max(within.width() - 2 * edge - 2 * margin, 10)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, most)
        width, height = metrics.horizontalAdvance(shown) + 2 * edge, metrics.height() + edge
        room = within.adjusted(margin, margin, -margin, -margin)
        x = max(min(at.x(), room.right() - width), room.left())
        y = max(min(at.y(), room.bottom() - height), room.top())
        plate = QRectF(x, y, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(PLATE)
        painter.drawRoundedRect(plate, 4, 4)
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, shown)
        return plate

    @property
    def _margin(self) -> int:
        return 4 if self.small else 6

    def _font(self, pixels: float) -> QFont:
        font = self._light_font(pixels)
        font.setBold(True)
        return font

    def _light_font(self, pixels: float) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(round(pixels))
        return font

    # A person

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Be the chosen one first: the menu of what surrounds the tiles is of that source."""
        self.clicked.emit()
        event.ignore()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.double_clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


def zone_text(reading: ZoneReading) -> str:
    """Return a zone's name, count, density and level: what its colour says, in words too."""
    parts = [f"{reading.zone.name}  {reading.count:,.1f}"]
    if reading.per_m2 is not None:
        parts.append(f"{reading.per_m2:.2f}/m²")
    if reading.level is not None:
        parts.append(level_name(reading.level.word))
    return " · ".join(parts)
