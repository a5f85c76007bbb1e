"""What stands where the picture will be: what to do next, and where to drop."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from crowdgui.window.hint import draw_large_icon
from crowdgui.window.language import Translated
from crowdgui.window.theme import current_scheme

MOST_LINKS = 4
LINK_LETTERS = 70


class EmptyState(Translated, QWidget):
    """Says what to do next while no picture is open."""

    open_wanted = Signal()
    folder_wanted = Signal()
    demo_wanted = Signal()
    recent_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.icon = QLabel()
        self.title = QLabel()
        font = QFont(self.title.font())
        font.setPointSizeF(font.pointSizeF() * 1.7)
        self.title.setFont(font)
        self.hint = QLabel()
        self.hint.setProperty("role", "muted")
        self.open_button = QPushButton()
        self.open_button.setProperty("role", "primary")
        self.folder_button = QPushButton()
        self.demo_button = QPushButton()
        for button in (self.folder_button, self.demo_button):
            button.setProperty("role", "second")
        self.recent_title = QLabel()
        self.recent_title.setProperty("role", "muted")
        self.recent = [QPushButton() for _ in range(MOST_LINKS)]
        self._words: list[str] = []
        for number, button in enumerate(self.recent):
            button.setProperty("role", "link")
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(lambda _checked, at=number: self._open_recent(at))
        self.open_button.clicked.connect(self.open_wanted)
        self.folder_button.clicked.connect(self.folder_wanted)
        self.demo_button.clicked.connect(self.demo_wanted)
        self._lay_out()
        self.set_recent([])
        self.retranslate()
        draw_large_icon(self.icon, "demo")

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch()
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.folder_button)
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
        layout.addSpacing(22)
        for part in (self.recent_title, *self.recent):
            layout.addWidget(part, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(3)

    def set_recent(self, words: list[str]) -> None:
        """Offer what was opened before, the newest first."""
        self._words = words[:MOST_LINKS]
        self.recent_title.setVisible(bool(self._words))
        for number, button in enumerate(self.recent):
            button.setVisible(number < len(self._words))
            button.setAccessibleName(self._words[number] if number < len(self._words) else "–")
            if number < len(self._words):
                room = self.fontMetrics().horizontalAdvance("x") * LINK_LETTERS
                elide = Qt.TextElideMode.ElideMiddle
                text = self.fontMetrics().elidedText(self._words[number], elide, room)
                button.setText(text.replace("&", "&&"))
                button.setToolTip(self._words[number])

    def _open_recent(self, number: int) -> None:
        self.recent_wanted.emit(self._words[number])

    def retranslate(self) -> None:
        self.title.setText(self.tr("Open a picture or drop one here"))
        self.hint.setText(self.tr("Several pictures or a folder will do as well, or paste one."))
        self.open_button.setText(self.tr("Open pictures…"))
        self.folder_button.setText(self.tr("Open a folder…"))
        self.demo_button.setText(self.tr("Show the demo scene"))
        self.recent_title.setText(self.tr("Opened before"))

    def showEvent(self, event: QShowEvent) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        # Behind a picture its buttons do not keep the window wide.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "demo_button"):
            draw_large_icon(self.icon, "demo")
        super().changeEvent(event)


class DropHint(QWidget):
    """Lies over the page while something is dragged above it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        parent.installEventFilter(self)
        self.hide()

    def appear(self) -> None:
        self._cover()
        self.raise_()
        self.show()

    def _cover(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._cover()
        return False

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
