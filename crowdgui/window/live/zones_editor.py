"""Zones drawn on a still of a source, named, and told when they are full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QKeySequence, QPainter, QPixmap, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from crowdgui.live.zones import Zone
from crowdgui.window.language import Translated, say
from crowdgui.window.live.zones_drafts import Draft, Drafts, is_sound
from crowdgui.window.live.zones_form import ZoneForm
from crowdgui.window.theme import current_scheme, make_icon
from crowdgui.window.viewing.images import picture_levels
from crowdgui.window.viewing.picture_view import PictureView
from crowdgui.window.viewing.regions import COLOURS, Region, RegionItem
from models.errors import UserError

SIDE_PX = 310
TOOLS = ("polygon", "rectangle")
KEYS = {"polygon": "P", "rectangle": "R", "undo": "Ctrl+Z", "redo": "Ctrl+Shift+Z", "clear": "Del"}


class ZonesEditor(Translated, QWidget):
    """Draws and alters the zones of one source.

    `changed` carries all zones whenever they can be used; while one cannot, the editor says why
    in a sentence, and nothing that was drawn is lost.
    """

    changed = Signal(object)
    altered = Signal()  # also where they cannot be used now

    def __init__(self, picture: NDArray[np.uint8], zones: Sequence[Zone]) -> None:
        """Begin with zones over an RGB picture (H, W, 3)."""
        super().__init__()
        self._size = picture.shape[1], picture.shape[0]
        self.drafts = Drafts(zones)
        self._regions: list[Region] = []
        self._row = 0 if zones else -1
        self._gesture = 0
        self._refused: UserError | None = None
        self.view = PictureView()
        self.view.set_picture(picture_levels(np.ascontiguousarray(picture)))
        self.buttons = {name: QToolButton() for name in KEYS}
        self.list, self.form, self.problem = QListWidget(), ZoneForm(), QLabel()
        self._lay_out()
        self._connect()
        self.retranslate()
        self._draw(anew=True)

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setContentsMargins(8, 6, 8, 6)
        for name, button in self.buttons.items():
            button.setAutoRaise(True)
            button.setCheckable(name in TOOLS)
            button.setIconSize(QSize(20, 20))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            tools.addWidget(button)
        tools.addStretch()
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setWordWrap(True)
        self.problem.setContentsMargins(10, 6, 10, 6)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addLayout(tools)
        left.addWidget(self.view, 1)
        left.addWidget(self.problem)
        side = QFrame()
        side.setProperty("role", "side")
        side.setFixedWidth(SIDE_PX)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        right = QVBoxLayout(side)
        right.setContentsMargins(14, 12, 14, 12)
        right.setSpacing(12)
        right.addWidget(self.list, 1)
        right.addWidget(self.form)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(side)

    def _connect(self) -> None:
        self.view.regions_changed.connect(self._regions_changed)
        self.view.refused.connect(self._polygon_refused)
        self.view.tool_changed.connect(self._tool_changed)
        self.view.viewport().installEventFilter(self)
        self.list.currentRowChanged.connect(self._choose)
        self.form.edited.connect(self._edited)
        slots = {
            "polygon": lambda: self._use_tool("polygon"),
            "rectangle": lambda: self._use_tool("rectangle"),
            "undo": self.undo, "redo": self.redo, "clear": self.delete,
        }  # fmt: skip
        for name, keys in KEYS.items():
            self.buttons[name].clicked.connect(slots[name])
            within = Qt.ShortcutContext.WidgetWithChildrenShortcut
            shortcut = QShortcut(QKeySequence(keys), self, context=within)
            shortcut.activated.connect(slots[name])

    def is_drawing(self) -> bool:
        return self.view.tool.mode != "pan"

    # What a person does

    def _use_tool(self, mode: str) -> None:
        self._refused = None
        self.view.set_tool("pan" if self.view.tool.mode == mode else mode)
        self.view.setFocus()
        self._draw()

    @Slot()
    def undo(self) -> None:
        """Take back the last corner of a zone being drawn, else the last step."""
        if self.view.tool.take_back():
            self._allow_undo()
        else:
            self.drafts.undo()
            self._stepped()

    @Slot()
    def redo(self) -> None:
        self.drafts.redo()
        self._stepped()

    @Slot()
    def delete(self) -> None:
        """Delete the chosen zone."""
        drafts = list(self.drafts.now)
        if 0 <= self._row < len(drafts):
            del drafts[self._row]
            self.drafts.change(drafts)
            self._stepped()

    def _stepped(self) -> None:
        self._refused = None
        self.view.set_tool("pan")
        self._row = min(max(self._row, 0), len(self.drafts.now) - 1)
        self._draw(anew=True)
        self._tell()

    @Slot(int)
    def _choose(self, row: int) -> None:
        if row >= 0 and row != self._row:
            self._row = row
            self._draw()

    @Slot(str, object)
    def _edited(self, field: str, draft: Draft) -> None:
        drafts = list(self.drafts.now)
        drafts[self._row] = draft
        self.drafts.change(drafts, f"{field} {self._row}")
        self._refused = None
        self._draw()
        self._tell()

    @Slot()
    def _regions_changed(self) -> None:
        """Take what was drawn, or dragged, in the picture."""
        self._refused = None
        drafts, drawn = list(self.drafts.now), len(self._regions) > len(self.drafts.now)
        for row, region in enumerate(self._regions):
            points = tuple((x / self._size[0], y / self._size[1]) for x, y in region.corners)
            if row >= len(drafts):
                drafts.append(Draft(self._new_name(), points))
                self._row = row
            elif points != drafts[row].points:
                drafts[row] = replace(drafts[row], points=points)
                self._row = row
        self.drafts.change(drafts, "" if drawn else f"drag {self._gesture}")
        self._draw()
        self._tell()
        if drawn:
            self.form.name.setFocus()
            self.form.name.selectAll()

    @Slot(int)
    def _polygon_refused(self, corners: int) -> None:
        """Say why a polygon was not taken; the tool stays, for another try."""
        self._refused = UserError("zone-points", zone=self._new_name(), number=corners)
        self._draw()

    @Slot(str)
    def _tool_changed(self, mode: str) -> None:
        for name in TOOLS:
            self.buttons[name].setChecked(name == mode)
        self._allow_undo()

    def _allow_undo(self) -> None:
        drawing = self.view.tool.is_drawing()
        self.buttons["undo"].setEnabled(drawing or self.drafts.can_undo)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell one drag from the next."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self._gesture += 1
        elif event.type() == QEvent.Type.MouseButtonRelease:
            # After the view has had it.
            QTimer.singleShot(0, self, self._settle)
        return super().eventFilter(watched, event)

    @Slot()
    def _settle(self) -> None:
        """Choose what was clicked or dragged."""
        chosen = [
            row for row, region in enumerate(self._regions)
            for item in self.view.scene().selectedItems()
            if isinstance(item, RegionItem) and item.region is region
        ]  # fmt: skip
        if chosen and not self.is_drawing():
            self._row = chosen[0]
        self._draw()

    def _new_name(self) -> str:
        taken = {draft.name for draft in self.drafts.now}
        number = 1
        while (name := self.tr("Zone {number}").format(number=number)) in taken:
            number += 1
        return name

    def _tell(self) -> None:
        self.altered.emit()
        if self.drafts.problem() is None:
            self.changed.emit(self.drafts.zones())

    # What is drawn

    def _draw(self, *, anew: bool = False) -> None:
        """Draw the drafts; `anew` where others are there than the picture shows."""
        drafts = self.drafts.now
        if anew:
            width, height = self._size
            self._regions = [
                Region(draft.name, [(x * width, y * height) for x, y in draft.points])
                for draft in drafts
            ]
            self.view.set_regions(self._regions)
        marks = ["" if is_sound(draft) else " ⚠" for draft in drafts]
        self.view.label_regions(
            [draft.name + mark for draft, mark in zip(drafts, marks, strict=True)]
        )
        for item in self.view.scene().items():
            if isinstance(item, RegionItem):
                chosen = 0 <= self._row < len(drafts) and item.region is self._regions[self._row]
                item.setSelected(chosen)
        self._fill_list(drafts, marks)
        has_one = 0 <= self._row < len(drafts)
        self.form.show_draft(drafts[self._row] if has_one else None)
        self.buttons["clear"].setEnabled(has_one)
        self._allow_undo()
        self.buttons["redo"].setEnabled(self.drafts.can_redo)
        self._say_problem()

    def _fill_list(self, drafts: tuple[Draft, ...], marks: list[str]) -> None:
        self.list.blockSignals(True)
        while self.list.count() > len(drafts):
            self.list.takeItem(self.list.count() - 1)
        for row, (draft, mark) in enumerate(zip(drafts, marks, strict=True)):
            if row == self.list.count():
                self.list.addItem(QListWidgetItem(_swatch(row), ""))
            self.list.item(row).setText(draft.name + mark)
        self.list.setCurrentRow(self._row)
        self.list.blockSignals(False)

    def _say_problem(self) -> None:
        """Say what is wrong, or else what can be done."""
        problem = self._refused or self.drafts.problem()
        if problem is not None:
            text = say(problem)
        elif self.view.tool.mode == "polygon":
            text = self.tr("Click the corners of the zone; a double click or Enter closes it.")
        elif self.view.tool.mode == "rectangle":
            text = self.tr("Drag from one corner of the zone to the other.")
        elif not self.drafts.now:
            text = self.tr("Choose Polygon or Rectangle to draw the first zone.")
        else:
            text = self.tr(
                "Drag a zone or one of its corners. A double click on an edge adds a corner, one"
                " on a corner takes it away."
            )
        self.problem.setText(text)
        colour = current_scheme().error if problem is not None else current_scheme().muted
        self.problem.setStyleSheet(f"color: {colour}")

    def recolour(self) -> None:
        for name, button in self.buttons.items():
            button.setIcon(make_icon(name, current_scheme().text))
        self._say_problem()

    def retranslate(self) -> None:
        texts = {
            "polygon": self.tr("Polygon"), "rectangle": self.tr("Rectangle"),
            "undo": self.tr("Undo"), "redo": self.tr("Redo"), "clear": self.tr("Delete"),
        }  # fmt: skip
        for name, button in self.buttons.items():
            button.setText(texts[name])
            button.setToolTip(f"{texts[name]} ({KEYS[name]})")
            button.setAccessibleName(texts[name])
        self.list.setAccessibleName(self.tr("Zones"))
        for part in (self.view, self.view.viewport()):
            part.setAccessibleName(self.tr("Picture with zones"))
        self.recolour()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "problem"):
            self.recolour()
        super().changeEvent(event)


def _swatch(row: int) -> QIcon:
    pixmap = QPixmap(14, 14)
    # A white one needs an edge to be seen.
    pixmap.fill(QColor("#7a8594"))
    painter = QPainter(pixmap)
    painter.fillRect(1, 1, 12, 12, QColor(COLOURS[row % len(COLOURS)]))
    painter.end()
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)
    return icon
