"""The system's wish that the program should end: SIGTERM, a closed terminal, Ctrl-C in it."""

from __future__ import annotations

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal

SIGNALS = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]


class Ending(QObject):
    """Tells by `wanted` that the program should end; a second such signal ends it at once.

    Qt's loop does not let Python see a signal, so each also writes a byte that wakes it.
    """

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._reader, self._writer = socket.socketpair()
        for end in (self._reader, self._writer):
            end.setblocking(False)
        self._wake_before = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        self._before = {number: signal.signal(number, self._came) for number in SIGNALS}
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)

    def close(self) -> None:
        """Leave the signals as they were found."""
        self._notifier.setEnabled(False)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wake_before)
        self._reader.close()
        self._writer.close()

    def _came(self, _: int, __: FrameType | None) -> None:
        for other in SIGNALS:
            signal.signal(other, signal.SIG_DFL)
        self.wanted.emit()

    def _woken(self) -> None:
        """Take the byte; Python has called the handler by then."""
        self._reader.recv(16)
