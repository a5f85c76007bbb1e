"""Panels beside the picture: moved by their titles, closed, and brought back by the menu."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QWidget,
)

from crowdgui.window.theme import current_scheme, make_icon


class PanelTitle(QWidget):
    """A panel's name and the button that closes it."""

    def __init__(self, panel: Panel) -> None:
        super().__init__(panel)
        self.label = QLabel()
        self.label.setProperty("role", "panel-title")
        self.close_button = QToolButton()
        self.close_button.setAutoRaise(True)
        self.close_button.setIconSize(QSize(14, 14))
        self.close_button.clicked.connect(panel.close)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 6, 4)
        row.addWidget(self.label, 1)
        row.addWidget(self.close_button)
        self.repaint_icon()

    def repaint_icon(self) -> None:
        self.close_button.setIcon(make_icon("close", current_scheme().muted))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "close_button"):
            self.repaint_icon()
        super().changeEvent(event)


class Panel(QDockWidget):
    """One panel; `dismissed` tells that a person has closed it."""

    dismissed = Signal()

    def __init__(self, name: str, content: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        feature = QDockWidget.DockWidgetFeature
        self.setFeatures(feature.DockWidgetMovable | feature.DockWidgetClosable)
        self.setAllowedAreas(Qt.DockWidgetArea.AllDockWidgetAreas)
        self.title = PanelTitle(self)
        self.setTitleBarWidget(self.title)
        self.setWidget(content)

    def set_title(self, text: str, close_text: str) -> None:
        self.setWindowTitle(text)
        self.title.label.setText(text)
        self.title.close_button.setToolTip(close_text)
        self.title.close_button.setAccessibleName(f"{close_text}: {text}")

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.dismissed.emit()


def scrolling(inner: QWidget) -> QScrollArea:
    """Let the content of a panel scroll where a small screen or a large font leaves no room."""
    area = QScrollArea()
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
