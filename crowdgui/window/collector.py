"""Python's collector of garbage, kept to the window's thread and away from what stays for good.

Left to itself it runs in whichever thread allocates next. A plot or a menu that is garbage would
then be destroyed outside the one thread that Qt allows, and the program could stop or crash.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QTimer, Slot

EVERY_MS = 200
# One entry for each thread that is importing: appending and popping need no lock.
_importing: list[None] = []


class Collector(QObject):
    """Collects garbage in the thread that made it, and nowhere else until it is stopped."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    @Slot()
    def collect(self) -> None:
        """Collect the oldest generation that is due, as Python would."""
        if _importing:
            return
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return

    def stop(self) -> None:
        self._timer.stop()
        gc.enable()


@contextmanager
def long_lived() -> Iterator[None]:
    """Import within this: the window collects nothing, and will never look at what came.

    Libraries bring hundreds of thousands of objects. A full collection looks at each, 50 to
    150 ms with Python's lock held, and the window stands still meanwhile.
    """
    before = len(sys.modules)
    _importing.append(None)
    try:
        yield
    finally:
        if len(sys.modules) > before:
            gc.freeze()
        _importing.pop()
