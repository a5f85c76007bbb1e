"""The status bar: what is under the cursor or how to draw, what is at work, place and zoom."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from crowdgui.window.viewing.local_density import SIDE
from crowdgui.window.zoom_box import ZoomBox


class StatusLine(QStatusBar):
    """Says how a region is drawn while one is, and else how many people are at the cursor."""

    def __init__(self, works: list[QWidget], call_of: Callable[[str], str]) -> None:
        super().__init__()
        # By which key an action is called now.
        self._call_of = call_of
        self.setSizeGripEnabled(False)
        self.setContentsMargins(10, 0, 12, 0)
        self.near, self.place, self.zoom = QLabel(), QLabel(), ZoomBox()
        self._persons: float | None = None
        self._tool = "pan"
        self.addWidget(self.near, 1)
        self.place.setProperty("role", "muted")
        self.place.setContentsMargins(10, 0, 0, 0)
        for part in (*works, self.place, self.zoom):
            self.addPermanentWidget(part)

    @Slot(object)
    def show_near(self, persons: float | None) -> None:
        self._persons = persons
        self._say()

    @Slot(str)
    def show_tool(self, mode: str) -> None:
        self._tool = mode
        self._say()

    def show_place(self, row: int, rows: int) -> None:
        """Say which of the rows of the list is shown; nothing where there is but one."""
        self.place.setText(f"{row + 1:,} / {rows:,}" if row >= 0 and rows > 1 else "")

    def _say(self) -> None:
        drawing = {
            "rectangle": self.tr("Drag a rectangle. Esc stops."),
            "polygon": self.tr(
                "Click the corners; Enter or a double click closes, {undo} takes one back, "
                "Esc stops."
            ).format(undo=self._call_of("undo")),
        }
        near = self.tr("{people} people in {side} × {side} px here")
        here = (
            "" if self._persons is None else near.format(people=f"{self._persons:.1f}", side=SIDE)
        )
        self.near.setText(drawing.get(self._tool, here))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)
