"""What stands on a page that has nothing to show yet: what to do next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from crowdgui.window.theme import current_scheme, draw_icon

ICON_PX = 72


def draw_large_icon(label: QLabel, name: str) -> None:
    """Draw an icon in the colours of the moment."""
    ratio = label.devicePixelRatioF()
    pixmap = draw_icon(name, current_scheme().muted, round(ICON_PX * ratio))
    pixmap.setDevicePixelRatio(ratio)
    label.setPixmap(pixmap)


class Hint(QWidget):
    """An icon, a sentence, a smaller one, and a button."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.icon, self.title, self.text = QLabel(), QLabel(), QLabel()
        font = QFont(self.title.font())
        font.setPointSizeF(font.pointSizeF() * 1.7)
        self.title.setFont(font)
        self.text.setProperty("role", "muted")
        self.button = QPushButton()
        self.button.setProperty("role", "primary")
        self.column = layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addStretch(2)
        for label in (self.icon, self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(label is not self.icon)
            layout.addWidget(label)
        layout.addSpacing(14)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(3)
        draw_large_icon(self.icon, icon)

    def say(self, title: str, text: str, button: str) -> None:
        self.title.setText(title)
        self.text.setText(text)
        self.button.setText(button)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "button"):
            draw_large_icon(self.icon, self._icon)
        super().changeEvent(event)
