"""The zoom in the status bar: told, typed over, or chosen among the usual ones."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QFocusEvent, QIcon, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu

from crowdgui.window.language import Translated
from crowdgui.window.theme import current_scheme, make_icon

USUAL = (25, 50, 75, 100, 150, 200, 400, 800)
# As it is told here: commas between thousands, and a percent sign that may be left out.
PERCENTAGE = re.compile(r"(\d[\d,]*(?:\.\d*)?)\s*%?", re.ASCII)


class ZoomBox(Translated, QLineEdit):
    """Says which zoom a person wants; what is no percentage is put back to what it was."""

    wanted = Signal(float)  # pixels of the screen for a pixel of the picture
    fit_wanted = Signal()
    left = Signal()  # the focus may go back to the picture

    def __init__(self) -> None:
        super().__init__()
        self._told = ""
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.menu = QMenu(self)
        self._fit = self.menu.addAction("")
        self._fit.triggered.connect(self.fit_wanted)
        self.menu.addSeparator()
        for percent in USUAL:
            action = self.menu.addAction(_percent(percent / 100))
            action.triggered.connect(lambda _checked, share=percent / 100: self.wanted.emit(share))
        self.menu.triggered.connect(self._leave)
        self.setAcceptDrops(False)
        self._arrow = self.addAction(QIcon(), QLineEdit.ActionPosition.TrailingPosition)
        self._arrow.triggered.connect(self._click_arrow)
        self.returnPressed.connect(self._take)
        self.retranslate()
        self._recolour()
        self.hide()

    def show_zoom(self, zoom: float | None) -> None:
        """Tell the zoom, unless a person is typing one; None: nothing is there to be zoomed."""
        self.setVisible(zoom is not None)
        self._told = "" if zoom is None else _percent(zoom)
        if not self.isModified() or zoom is None:
            self.setText(self._told)

    def ask(self) -> None:
        """Let a person type over what stands here."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def open_menu(self) -> None:
        """Show the usual zooms, above: below is no room."""
        size = self.menu.sizeHint()
        corner = QPoint(self.width() - size.width(), -size.height())
        self.menu.popup(self.mapToGlobal(corner))

    @Slot()
    def _click_arrow(self) -> None:
        """Open the menu alone: the click would leave the keys here once it is closed."""
        self._leave()
        self.open_menu()

    @Slot()
    def _take(self) -> None:
        """Zoom as was typed; else let it be typed again."""
        typed = self.text() if self.isModified() else ""
        share = _share(typed)
        self.setText(self._told)
        if share is not None:
            self.wanted.emit(share)
        if typed and share is None:
            self.selectAll()
        else:
            self._leave()

    @Slot(QAction)
    def _leave(self, _chosen: QAction | None = None) -> None:
        if self.hasFocus():
            self.setText(self._told)
            self.left.emit()

    def event(self, event: QEvent) -> bool:
        # Esc is a key of the window, too: here it only leaves.
        if event.type() == QEvent.Type.ShortcutOverride and _is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_escape(event):
            self._leave()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.open_menu()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.MouseFocusReason:
            # The click itself would take the selection away again.
            QTimer.singleShot(0, self, self._select)

    def _select(self) -> None:
        if self.hasFocus():
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Forget what was typed, unless only a menu or another window has come in front."""
        super().focusOutEvent(event)
        passing = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if event.reason() not in passing:
            self.setText(self._told)

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Zoom"))
        self.setToolTip(self.tr("Zoom: type a percentage, or choose one"))
        self._fit.setText(self.tr("Fit to window"))
        self._arrow.setToolTip(self.tr("Usual zooms"))

    def _recolour(self) -> None:
        self._arrow.setIcon(make_icon("unfold", current_scheme().muted))
        self.setFixedWidth(self.fontMetrics().horizontalAdvance(_percent(88.88)) + 44)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_arrow"):
            self._recolour()
        super().changeEvent(event)


def _percent(share: float) -> str:
    return f"{share * 100:,.0f} %"


def _share(typed: str) -> float | None:
    """Return what a percentage stands for; None where it is none that can be shown."""
    found = PERCENTAGE.fullmatch(typed.strip())
    return (float(found[1].replace(",", "")) / 100 or None) if found else None


def _is_escape(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
