"""Writes what is remembered while the window is open, whenever it has changed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from crowdgui.window.background import Work
from crowdgui.window.desk import Desk
from models.errors import UserError
from models.files import write_text

log = logging.getLogger("crowdgui")


class TextKeeper(QObject):
    """Looks at a text when it is told to, and writes it in the background if it has changed."""

    def __init__(self, desk: Desk, file: Path, make: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._file, self._make = desk, file, make
        # What is ordered last may be lost when the window closes before it is written.
        self._ordered = self._written = make()

    @Slot()
    def look(self) -> None:
        text = self._make()
        if text == self._ordered:
            return
        self._ordered = text

        def steps(_work: Work) -> Iterator[None]:
            write_text(self._file, text)
            yield

        def done(error: Exception | None) -> None:
            if error is None:
                self._written = text
            else:
                self._failed(error)

        self._desk.files.start(Work(lambda: "", steps, lambda _none: None, done, quiet=True))

    @Slot()
    def finish(self) -> None:
        """Write here what has not been written yet: the window is closed."""
        text = self._make()
        if text == self._written:
            return
        try:
            write_text(self._file, text)
            self._ordered = self._written = text
        except UserError as error:
            self._failed(error)

    def _failed(self, error: Exception) -> None:
        log.warning("%s was not saved: %s", self._file.name, error)
