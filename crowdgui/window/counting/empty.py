"""What stands where the picture will be: what to do next, and where to drop."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crowdgui.window.theme import current_scheme, draw_icon

ICON_PX = 72


class EmptyState(QWidget):
    """Says what to do next while no picture is open."""

    open_wanted = Signal()
    demo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.icon = QLabel()
        self.title = QLabel()
        font = QFont(self.title.font())
        font.setPointSizeF(font.pointSizeF() * 1.7)
        self.title.setFont(font)
        self.hint = QLabel()
        self.hint.setProperty("role", "muted")
        self.open_button = QPushButton()
        self.open_button.setProperty("role", "primary")
        self.demo_button = QPushButton()
        self.demo_button.setProperty("role", "second")
        self.open_button.clicked.connect(self.open_wanted)
        self.demo_button.clicked.connect(self.demo_wanted)
        self._lay_out()
        self.retranslate()
        self._repaint_icon()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch()
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.demo_button)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addStretch(2)
        for label in (self.icon, self.title, self.hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(label)
        layout.addSpacing(14)
        layout.addLayout(buttons)
        layout.addStretch(3)

    def retranslate(self) -> None:
        self.title.setText(self.tr("Open a picture or drop one here"))
        self.hint.setText(self.tr("Several pictures or a folder will do as well."))
        self.open_button.setText(self.tr("Open pictures…"))
        self.demo_button.setText(self.tr("Show the demo scene"))

    def _repaint_icon(self) -> None:
        ratio = self.devicePixelRatioF()
        pixmap = draw_icon("demo", current_scheme().muted, round(ICON_PX * ratio))
        pixmap.setDevicePixelRatio(ratio)
        self.icon.setPixmap(pixmap)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange and hasattr(self, "demo_button"):
            self._repaint_icon()
        super().changeEvent(event)


class DropHint(QWidget):
    """Lies over the page while something is dragged above it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def appear(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        scheme = current_scheme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(scheme.window)
        veil.setAlphaF(0.85)
        painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(QColor(scheme.accent), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(12, 12, -12, -12), 10, 10)
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.7)
        painter.setFont(font)
        painter.setPen(QColor(scheme.text))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("Drop to open"))
