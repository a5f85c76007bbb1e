"""Exceptions that nobody caught, and ends that no exception tells of: logged and reported."""

from __future__ import annotations

import faulthandler
import io
import platform
import re
import sys
import threading
import traceback
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal, qVersion

from crowdgui.log_file import LOG_NAME, log, log_folder

# Each version has its own: two may be open at once.
FATAL_NAME = f"fatal-{version('crowdgui')}.txt"
REPORTS_KEPT = 5
FATAL = re.compile(r"^(?:Windows fatal exception|Fatal Python error): (.*)", re.MULTILINE)
# Errors of COM and the like, which libraries handle: faulthandler writes them on Windows all the
# same. What the processor stops for has a name, or another number.
HANDLED = re.compile(r"code 0x8(?!00000)[0-9a-f]{7}$")


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


class FatalNet:
    """Keeps where the program was when the system ended it; without a place it does nothing."""

    def __init__(self) -> None:
        self.left_report: Path | None = None  # of the start before this one
        self._file: io.TextIOWrapper | None = None
        folder = log_folder()
        try:
            self.left_report = _report_left_in(folder)
        except OSError as error:
            log.warning("What a sudden end left cannot be reported: %s", error)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = (folder / FATAL_NAME).open("w", encoding="utf-8")
            faulthandler.enable(self._file)
        except OSError as error:
            log.warning("A sudden end would leave no report: %s", error)

    def close(self) -> None:
        """Take the net away: this end is an ordinary one."""
        if self._file is not None:
            faulthandler.disable()
            self._file.close()
            Path(self._file.name).unlink(missing_ok=True)


def report_text(trace: str) -> str:
    """Return what helps to find a mistake: versions, system, and where it happened."""
    frozen = ", frozen" if getattr(sys, "frozen", False) else ""
    return (
        f"crowdgui {version('crowdgui')}{frozen}, Python {platform.python_version()},"
        f" Qt {qVersion()}, {platform.platform()}\n{trace}"
    )


def report_of(error: BaseException) -> str:
    return report_text("".join(traceback.format_exception(error)))


def _report_left_in(folder: Path) -> Path | None:
    """Turn what a sudden end left into a report with the last of the log; None without one."""
    # That of a window which is open still is empty.
    left = next((file for file in folder.glob("fatal-*.txt") if _tells_of_an_end(file)), None)
    if left is None:
        return None
    when = datetime.fromtimestamp(left.stat().st_mtime)
    report = folder / f"crash-{when:%Y%m%d-%H%M%S}.txt"
    trace = left.read_text("utf-8", "replace")
    logged = folder / LOG_NAME
    last = logged.read_text("utf-8", "replace").splitlines()[-50:] if logged.exists() else []
    report.write_text(report_text(trace) + "\n" + "\n".join(last) + "\n", encoding="utf-8")
    left.unlink()
    for old in sorted(folder.glob("crash-*.txt"))[:-REPORTS_KEPT]:
        old.unlink()
    return report


def _tells_of_an_end(file: Path) -> bool:
    text = file.read_text("utf-8", "replace")
    found = FATAL.findall(text)
    return bool(text) and not (found and all(map(HANDLED.match, found)))
