"""What was opened before, as links to click."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

MOST_LINKS = 4
LINK_LETTERS = 70


class RecentLinks(QWidget):
    """A title and a link a word, the newest first; nothing where there is none."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.title = QLabel()
        self.title.setProperty("role", "muted")
        self.links = [QPushButton() for _ in range(MOST_LINKS)]
        self._words: list[str] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.title, *self.links):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignCenter)
        for number, link in enumerate(self.links):
            link.setProperty("role", "link")
            link.setCursor(Qt.CursorShape.PointingHandCursor)
            link.clicked.connect(lambda _checked, at=number: self.wanted.emit(self._words[at]))
        self.show_words([])

    def show_words(self, words: Sequence[str]) -> None:
        self._words = list(words[:MOST_LINKS])
        self.title.setVisible(bool(self._words))
        room = self.fontMetrics().horizontalAdvance("x") * LINK_LETTERS
        for number, link in enumerate(self.links):
            word = self._words[number] if number < len(self._words) else ""
            elided = self.fontMetrics().elidedText(word, Qt.TextElideMode.ElideMiddle, room)
            link.setVisible(bool(word))
            link.setText(elided.replace("&", "&&"))
            link.setToolTip(word)
            link.setAccessibleName(word or "–")
