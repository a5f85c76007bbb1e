"""Exceptions that nobody caught: into the log, and on to the window."""

from __future__ import annotations

import logging
import sys
import threading
from logging.handlers import RotatingFileHandler
from types import TracebackType

from platformdirs import user_log_path
from PySide6.QtCore import QObject, Signal

log = logging.getLogger("crowdgui")


class Crashes(QObject):
    """Tells of each exception that reached the top, in whatever thread, by `happened`."""

    happened = Signal(object)

    def install(self) -> None:
        sys.excepthook = self._caught
        threading.excepthook = self._caught_in_thread

    def uninstall(self) -> None:
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def _caught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.error("Nobody caught this", exc_info=(kind, error, trace))
        self.happened.emit(error)

    def _caught_in_thread(self, caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None:
            self._caught(caught.exc_type, caught.exc_value, caught.exc_traceback)


def start_log() -> logging.Handler:
    """Write the log to a file of bounded size; where that cannot be, to standard error."""
    handler: logging.Handler
    try:
        folder = user_log_path("crowdgui", appauthor=False)
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "crowdgui.log", maxBytes=1_000_000, backupCount=2, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    return handler
