"""The training process: the program's own command; it takes orders on its standard input."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Signal, Slot

from crowdgui.own_command import own_command

STDERR_KEPT = 4000
STEP_BACK = 5


class Child(QObject):
    """A training as a child; it stops by itself when this process is gone."""

    ended = Signal(int, str)  # exit code, negative where it was killed; the end of its stderr

    def __init__(self, words: list[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._said = b""
        self._over = False
        self.process = QProcess(self)
        program, *arguments = [*own_command(), *words]
        self.process.setProgram(program)
        self.process.setArguments(arguments)
        # Its events are in the run folder.
        self.process.setStandardOutputFile(QProcess.nullDevice())
        self.process.readyReadStandardError.connect(self._keep)
        self.process.finished.connect(self._finished)
        self.process.errorOccurred.connect(self._failed)
        self.process.started.connect(self._step_back)

    def start(self) -> None:
        """Begin; `ended` may come at once, where it cannot."""
        self.process.start()

    @Slot()
    def _step_back(self) -> None:
        """Let the window have the processor first; its threads inherit this."""
        if sys.platform != "win32":
            with contextlib.suppress(OSError):
                own = os.getpriority(os.PRIO_PROCESS, 0)
                os.setpriority(os.PRIO_PROCESS, self.process.processId(), own + STEP_BACK)

    def order(self, word: str) -> None:
        """Send pause, resume or stop."""
        self.process.write(word.encode() + b"\n")

    def kill(self) -> None:
        self.process.kill()

    def wait(self, ms: int) -> bool:
        """Wait for the end without a loop of events; whether it came."""
        return self.process.waitForFinished(ms)

    @Slot()
    def _keep(self) -> None:
        new = bytes(self.process.readAllStandardError().data())
        self._said = (self._said + new)[-STDERR_KEPT:]

    @Slot()
    def _finished(self) -> None:
        self._keep()
        crashed = self.process.exitStatus() == QProcess.ExitStatus.CrashExit
        self._end(-self.process.exitCode() if crashed else self.process.exitCode())

    @Slot()
    def _failed(self) -> None:
        if self.process.error() == QProcess.ProcessError.FailedToStart:
            self._said = self.process.errorString().encode()
            self._end(1)

    def _end(self, code: int) -> None:
        if not self._over:
            self._over = True
            self.ended.emit(code, self._said.decode("utf-8", "replace"))


def run_words(folder: Path) -> list[str]:
    """Return the words that train what a run folder says, from where it stands."""
    return ["train", "--resume", str(folder), "--events", "json", "--follow-parent"]


def sweep_words(folder: Path) -> list[str]:
    return ["sweep", "--resume", str(folder), "--follow-parent"]
