"""What stands on the live page while it has no source: what to begin with."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from crowdgui.window.hint import Hint
from crowdgui.window.language import Translated
from crowdgui.window.recent_links import RecentLinks

CENTRED = Qt.AlignmentFlag.AlignCenter


class EmptyLive(Translated, Hint):
    """Offers the demo, the sources of last time where there were any, and recent addresses."""

    def __init__(self) -> None:
        super().__init__("live")
        self._last, self._addresses = 0, tuple[str, ...]()
        self.last_button = QPushButton()
        self.last_button.setProperty("role", "primary")
        self.recent = RecentLinks()
        column = self.column
        column.insertWidget(column.indexOf(self.button), self.last_button, 0, CENTRED)
        column.insertSpacing(column.indexOf(self.button) + 1, 22)
        column.insertWidget(column.count() - 1, self.recent)
        self._draw()

    def offer(self, last: int, addresses: Sequence[str]) -> None:
        """Offer so many sources of last time, and these addresses."""
        if (last, tuple(addresses)) != (self._last, self._addresses):
            self._last, self._addresses = last, tuple(addresses)
            self._draw()

    def _draw(self) -> None:
        self.last_button.setVisible(self._last > 0)
        # One thing stands out.
        self.button.setProperty("role", "second" if self._last else "primary")
        self.button.style().unpolish(self.button)
        self.button.style().polish(self.button)
        self.recent.show_words(self._addresses)
        self.retranslate()

    def retranslate(self) -> None:
        self.say(
            self.tr("Count what a camera sees"),
            self.tr(
                "Choose a camera, a video file or a network address above, or begin with a"
                " rendered crowd that walks."
            ),
            self.tr("Show the demo"),
        )
        one, several = (
            self.tr("Open the source of last time"),
            self.tr("Open the {number} sources of last time"),
        )
        self.last_button.setText(one if self._last == 1 else several.format(number=self._last))
        self.recent.title.setText(self.tr("Addresses opened before"))
