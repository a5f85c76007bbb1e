"""Writes the settings while the window is open: a sudden end then forgets a moment, not a day."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from crowdgui.window.background import Work
from crowdgui.window.desk import Desk
from crowdgui.window.settings import settings_text, write_settings

log = logging.getLogger("crowdgui")
EVERY_MS = 3000


class SettingsKeeper(QObject):
    """Looks at the settings now and then, and writes them in the background if they changed."""

    def __init__(self, desk: Desk, file: Path) -> None:
        super().__init__(desk)
        self._desk, self._file = desk, file
        self._known = settings_text(desk.settings)
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        text = settings_text(self._desk.settings)
        if text == self._known:
            return
        self._known = text

        def steps(_work: Work) -> Iterator[None]:
            write_settings(text, self._file)
            yield

        def done(error: Exception | None) -> None:
            if error is not None:
                log.warning("Settings were not saved: %s", error)

        self._desk.files.start(Work(lambda: "", steps, lambda _none: None, done, quiet=True))
