"""Writes the settings while the window is open: a sudden end then forgets a moment, not a day."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer

from crowdgui.window.desk import Desk
from crowdgui.window.settings import settings_text
from crowdgui.window.text_keeper import TextKeeper

EVERY_MS = 3000


class SettingsKeeper(TextKeeper):
    """Looks at the settings now and then."""

    def __init__(self, desk: Desk, file: Path) -> None:
        super().__init__(desk, file, lambda: settings_text(desk.settings), desk)
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
