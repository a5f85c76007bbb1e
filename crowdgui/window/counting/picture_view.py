"""The picture with its density map above it: zoom, pan, fit."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsItem,
    QGraphicsPixmapItem,
    QGraphicsScene,
    QGraphicsView,
    QStyleOptionGraphicsItem,
    QWidget,
)

STEP = 1.25
LARGEST_ZOOM = 32.0
DIMMED = 0.4


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


class PictureView(QGraphicsView):
    """Shows a picture; the wheel zooms about the cursor, dragging pans.

    It fits the picture to the window, also when that is resized, until a person zooms.
    """

    hovered = Signal(object)  # QPointF in pixels of the picture, or None outside
    stepped = Signal(int)
    zoomed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fitting = True
        self._opacity, self._dimmed = 1.0, False
        self._picture = PictureItem()
        self._density = QGraphicsPixmapItem()
        self._density.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        scene = QGraphicsScene(self)
        scene.addItem(self._picture)
        scene.addItem(self._density)
        self.setScene(scene)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        # The window takes what is dropped.
        self.setAcceptDrops(False)

    def set_picture(self, levels: tuple[QImage, ...]) -> None:
        """Show a picture and no density map; a picture of another size is fitted anew."""
        old = self._picture.boundingRect()
        self._picture.set_levels(levels)
        self._density.setPixmap(QPixmap())
        rect = self._picture.boundingRect()
        self.scene().setSceneRect(rect)
        if rect.size() != old.size():
            self.fit()

    def set_density(self, overlay: QImage | None) -> None:
        """Lay a density map over the whole picture, whatever its own size; None takes it away."""
        self._density.setPixmap(QPixmap.fromImage(overlay) if overlay else QPixmap())
        if overlay:
            rect = self._picture.boundingRect()
            transform = self._density.transform()
            transform.reset()
            transform.scale(rect.width() / overlay.width(), rect.height() / overlay.height())
            self._density.setTransform(transform)

    def set_density_visible(self, visible: bool) -> None:
        self._density.setVisible(visible)

    def set_density_opacity(self, opacity: float) -> None:
        self._opacity = opacity
        self._set_opacities()

    def set_dimmed(self, dimmed: bool) -> None:
        """Make what is shown faint, because something newer is on its way."""
        self._dimmed = dimmed
        self._set_opacities()

    def _set_opacities(self) -> None:
        share = DIMMED if self._dimmed else 1.0
        self._picture.setOpacity(share)
        self._density.setOpacity(self._opacity * share)

    def zoom(self) -> float:
        """Return the pixels of the screen for a pixel of the picture."""
        return self.transform().m11() * self.devicePixelRatioF()

    def is_fitting(self) -> bool:
        return self._fitting

    def fit(self) -> None:
        """Show the whole picture, and keep to that when the window is resized."""
        self._fitting = True
        if factor := self._fit_factor():
            self._set_factor(factor)

    def actual_size(self) -> None:
        """Show a pixel of the picture as a pixel of the screen."""
        self._fitting = False
        self._set_factor(1 / self.devicePixelRatioF())

    def zoom_by(self, factor: float, about: QPoint | None = None) -> None:
        """Zoom about a point of the view, its centre by default; bounded on both sides."""
        least = min(self._fit_factor(), 1.0) / 2
        if not least:
            return
        about = about or self.viewport().rect().center()
        still = self.mapToScene(about)
        self._fitting = False
        now = self.transform().m11()
        self._set_factor(min(max(now * factor, least), LARGEST_ZOOM))
        moved = self.mapFromScene(still) - about
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() + moved.x())
        down.setValue(down.value() + moved.y())

    def _fit_factor(self) -> float:
        rect, room = self._picture.boundingRect(), self.viewport().size()
        if rect.isEmpty() or room.isEmpty():
            return 0.0
        return min(room.width() / rect.width(), room.height() / rect.height())

    def _set_factor(self, factor: float) -> None:
        transform = self.transform()
        transform.reset()
        transform.scale(factor, factor)
        self.setTransform(transform)
        # Nothing can be dragged while all of it is seen, so the cursor should not offer it.
        mode = QGraphicsView.DragMode
        self.setDragMode(mode.NoDrag if self._fitting else mode.ScrollHandDrag)
        self.zoomed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitting:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_by(STEP ** (event.angleDelta().y() / 120), event.position().toPoint())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        point = self.mapToScene(event.position().toPoint())
        inside = self._picture.boundingRect().contains(point)
        self.hovered.emit(QPointF(point) if inside else None)

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Arrow keys pan a picture that is larger than the window; otherwise they change it.
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step and self._fitting:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)
