"""The picture with its density map above it: zoom, pan, fit, and regions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsPixmapItem, QGraphicsScene, QGraphicsView

from crowdgui.window.viewing.items import HeadsItem, PictureItem
from crowdgui.window.viewing.region_tool import RegionTool
from crowdgui.window.viewing.regions import (
    COLOURS,
    Corners,
    Region,
    RegionItem,
    duplicate,
    inside,
    new_name,
)

STEP = 1.25
LARGEST_ZOOM = 32.0
DIMMED = 0.4
# How far a copy of a region lies from it, in pixels of the screen.
ASIDE_PX = 24


class PictureView(QGraphicsView):
    """Shows a picture; the wheel zooms about the cursor, dragging pans.

    It fits the picture to the window, also when that is resized, until a person zooms.
    """

    hovered = Signal(object)  # QPointF in pixels of the picture, or None outside
    stepped = Signal(int)
    zoomed = Signal()
    moved = Signal()  # what is seen is another part, or at another size
    regions_changed = Signal()
    regions_edited = Signal()  # once for each thing done, at its end
    chosen_changed = Signal()  # another region is selected, or none
    tool_changed = Signal(str)
    refused = Signal(int)  # a polygon was ended with so few corners

    def __init__(self, heads: HeadsItem | None = None) -> None:
        super().__init__()
        self._fitting = True
        self._opacity, self._dimmed = 1.0, False
        self._grabbed: QPointF | None = None
        self._mouse: QPoint | None = None  # where it is in the view
        self._picture = PictureItem()
        self._density = QGraphicsPixmapItem()
        self._density.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        scene = QGraphicsScene(self)
        # Regions grow and shrink with the zoom. Qt's index would miss that and keep pointers to
        # regions that are gone: the program would end. The few items need no index.
        scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        scene.addItem(self._picture)
        scene.addItem(self._density)
        self._heads = heads or HeadsItem()
        scene.addItem(self._heads)
        self.setScene(scene)
        scene.selectionChanged.connect(self.chosen_changed)
        self.tool = RegionTool(scene, self._region_drawn, self.refused.emit)
        self._regions: list[Region] = []
        self._region_items: list[RegionItem] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        # The window takes what is dropped.
        self.setAcceptDrops(False)
        # Keys move and zoom what is beneath a mouse that rests.
        self.moved.connect(self.say_hovered)

    def set_picture(self, levels: tuple[QImage, ...]) -> None:
        """Show another picture and no density map; one of another size is fitted anew."""
        # What is half drawn has corners of the picture before.
        self.tool.cancel()
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

    def set_heads(self, points: NDArray[np.float32] | None) -> None:
        """Mark head centres (N, 2), in pixels of the picture."""
        self._heads.set_points(points, self._picture.boundingRect())

    def set_dimmed(self, dimmed: bool) -> None:
        """Make what is shown faint, because something newer is on its way."""
        self._dimmed = dimmed
        self._set_opacities()

    def _set_opacities(self) -> None:
        share = DIMMED if self._dimmed else 1.0
        self._picture.setOpacity(share)
        self._density.setOpacity(self._opacity * share)

    # Regions

    def set_tool(self, mode: str) -> None:
        """Let the mouse "pan", or draw a "rectangle" or a "polygon"."""
        self.tool.set_mode(mode)
        # The key of a tool may end a drag: its release goes to the tool.
        self.regions_edited.emit()
        self._set_drag_mode()
        self.tool_changed.emit(mode)

    def set_regions(self, regions: list[Region]) -> None:
        """Draw these regions; the view appends to the list and removes from it."""
        if regions is self._regions:
            return
        self._regions = regions
        self._rebuild_regions()

    def label_regions(self, labels: list[str]) -> None:
        """Write these beside the regions, in their order."""
        for item, label in zip(self._region_items, labels, strict=True):
            item.label = label
            item.update()

    @property
    def regions(self) -> list[Region]:
        """The regions that are drawn; the view changes the list."""
        return self._regions

    def chosen_region(self) -> Region | None:
        """Return the selected region, else the only one."""
        chosen = [item.region for item in self._region_items if item.isSelected()]
        found = chosen or self._regions
        return found[0] if len(found) == 1 else None

    def next_region(self) -> None:
        self._step_region(1)

    def previous_region(self) -> None:
        self._step_region(-1)

    def _step_region(self, by: int) -> None:
        """Select another region, in their order and from the last to the first."""
        items = self._region_items
        chosen = [place for place, item in enumerate(items) if item.isSelected()]
        place = chosen[0] + by if chosen else min(by, 0)
        self.scene().clearSelection()
        if items:
            items[place % len(items)].setSelected(True)

    def duplicate_region(self) -> None:
        """Put a copy of the selected region, or of the only one, a little aside."""
        region = self.chosen_region()
        if region is not None:
            step = ASIDE_PX / self.transform().m11()
            within = self._picture.boundingRect()
            self._add_region(duplicate(region, self._regions, step, within))

    def remove_regions(self) -> None:
        """Remove the selected regions, or all where none is selected."""
        chosen = [item.region for item in self._region_items if item.isSelected()]
        self._regions[:] = [r for r in self._regions if chosen and r not in chosen]
        self.redraw_regions()
        self.regions_edited.emit()

    def redraw_regions(self) -> None:
        """Draw the regions as they are in their list now."""
        self._rebuild_regions()
        self.regions_changed.emit()

    def _region_drawn(self, corners: Corners, rectangle: bool) -> None:
        self.set_tool("pan")
        self._add_region(Region(new_name(self._regions), corners, rectangle))

    def _add_region(self, region: Region) -> None:
        """Select the new one: what is done next is done to it."""
        self._regions.append(region)
        self._rebuild_regions()
        self._region_items[-1].setSelected(True)
        self.regions_changed.emit()
        self.regions_edited.emit()

    def _rebuild_regions(self) -> None:
        for item in self._region_items:
            self.scene().removeItem(item)
        self._region_items = [
            RegionItem(region, COLOURS[number % len(COLOURS)], self.regions_changed.emit)
            for number, region in enumerate(self._regions)
        ]
        for item in self._region_items:
            self.scene().addItem(item)

    # Zoom

    def look_like(self, other: PictureView) -> None:
        """Show the same part at the same size as another view of the same picture."""
        if other.is_fitting():
            if not self._fitting:
                self.fit()
            return
        self._fitting = False
        if self.transform() != other.transform():
            self._set_factor(other.transform().m11())
        across, down = other.horizontalScrollBar(), other.verticalScrollBar()
        self.horizontalScrollBar().setValue(across.value())
        self.verticalScrollBar().setValue(down.value())

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
        self._set_drag_mode()
        self.zoomed.emit()
        self.moved.emit()

    def _set_drag_mode(self) -> None:
        # Nothing can be dragged while all of it is seen, so the cursor should not offer it.
        mode, drawing = QGraphicsView.DragMode, self.tool.mode != "pan"
        self.setDragMode(mode.NoDrag if self._fitting or drawing else mode.ScrollHandDrag)
        if drawing:
            self.viewport().setCursor(Qt.CursorShape.CrossCursor)
        elif self._fitting:
            self.viewport().unsetCursor()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitting:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.angleDelta().y():
            # Sideways: there is nothing to zoom by.
            super().wheelEvent(event)
            return
        self.zoom_by(STEP ** (event.angleDelta().y() / 120), event.position().toPoint())
        event.accept()

    def scrollContentsBy(self, across: int, down: int) -> None:
        super().scrollContentsBy(across, down)
        self.moved.emit()

    def _drawing_point(self, event: QMouseEvent) -> QPointF:
        """Return where the mouse is, within the picture."""
        at = self.mapToScene(event.position().toPoint())
        return QPointF(*inside(at.x(), at.y(), self._picture.boundingRect()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        right = event.button() == Qt.MouseButton.RightButton
        ends = right and self.tool.mode != "pan"
        # The right button that ends a polygon does not open a menu as well.
        policy = Qt.ContextMenuPolicy
        self.setContextMenuPolicy(policy.PreventContextMenu if ends else policy.ActionsContextMenu)
        if event.button() == Qt.MouseButton.MiddleButton:
            self._grabbed = event.position()
        elif ends:
            self.tool.close()
        elif right:
            self._choose_region(event.position().toPoint())
        elif self.tool.mode == "pan":
            super().mousePressEvent(event)
        else:
            self.tool.press(self._drawing_point(event), 1 / self.transform().m11())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.MiddleButton:
            self._grabbed = None
        elif self.tool.mode == "pan":
            super().mouseReleaseEvent(event)
            self.regions_edited.emit()
        else:
            self.tool.release(self._drawing_point(event), 1 / self.transform().m11())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Close a polygon; otherwise go to and fro between the whole picture and its pixels."""
        at = event.position().toPoint()
        if self.tool.mode == "polygon":
            self.tool.close()
        elif self.tool.mode == "rectangle":
            # The second of two quick presses may begin one.
            self.mousePressEvent(event)
        elif isinstance(self.itemAt(at), RegionItem):
            super().mouseDoubleClickEvent(event)
        elif self._fitting:
            self.zoom_by(1 / self.zoom(), at)
        else:
            self.fit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grabbed is not None:
            self._drag_picture(event.position())
        elif self.tool.mode != "pan":
            self.tool.move(self._drawing_point(event))
        else:
            super().mouseMoveEvent(event)
        self._mouse = event.position().toPoint()
        self.say_hovered()

    def _drag_picture(self, to: QPointF) -> None:
        """Pan with the middle button, also while a region is drawn."""
        moved = to - (self._grabbed or to)
        self._grabbed = to
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() - round(moved.x()))
        down.setValue(down.value() - round(moved.y()))

    def _choose_region(self, at: QPoint) -> None:
        """Select the region that a menu is opened on: it is what "remove" is said of."""
        item = self.itemAt(at)
        if isinstance(item, RegionItem):
            self.scene().clearSelection()
            item.setSelected(True)

    @Slot()
    def say_hovered(self) -> None:
        """Say where in the picture the mouse is, also when another has come beneath it."""
        point = None if self._mouse is None else self.mapToScene(self._mouse)
        on_picture = point is not None and self._picture.boundingRect().contains(point)
        self.hovered.emit(point if on_picture else None)

    def leaveEvent(self, event: QEvent) -> None:
        self._mouse = None
        self.say_hovered()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.tool.is_drawing() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.tool.close()
            return
        # Arrow keys pan a picture that is larger than the window; otherwise they change it.
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step and self._fitting:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)
