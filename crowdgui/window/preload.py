"""What pages need, imported in a thread: the window's own would stand still for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import import_module

from PySide6.QtCore import QObject, QTimer, Slot

from crowdgui.window.background import Work
from crowdgui.window.collector import long_lived
from crowdgui.window.desk import Desk
from models.engines.openvino_engine import openvino_core

LOOK_MS = 500
# In this order, while the person rests, so that a page that is wanted is there at once.
PRELOADED = (
    "crowdgui.window.comparing.page",
    "crowdgui.window.labelling.page",
    "crowdgui.window.catalogue.page",
    "pyqtgraph",
    "crowdgui.window.evaluating.page",
    "crowdgui.window.training.page",
    "crowdgui.window.live.page",
)


def import_pages(desk: Desk, modules: Sequence[str], then: Callable[[], object]) -> None:
    """Import modules in the background, a step each; `then` is called whatever came of it."""
    _load(desk, [partial(import_module, name) for name in modules], then)


def _load(desk: Desk, loads: Sequence[Callable[[], object]], then: Callable[[], object]) -> None:
    def steps(_work: Work) -> Iterator[None]:
        for load in loads:
            with long_lived():
                load()
            yield None

    done = lambda _error: then()  # noqa: E731
    desk.files.start(Work(lambda: "", steps, lambda _none: None, done, quiet=True))


class Preload(QObject):
    """Imports the engine at once, and the pages one by one, each while `resting()` holds.

    The lock that Python's threads share makes a dialog that opens meanwhile wait for the import;
    the engine would hold up the list of the first folder that is opened.
    """

    def __init__(self, desk: Desk, resting: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._resting = desk, resting
        self._left = list(PRELOADED)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        _load(desk, [openvino_core], self._go_on)

    @Slot()
    def _look(self) -> None:
        if not self._resting():
            return
        self._timer.stop()
        import_pages(self._desk, (self._left.pop(0),), self._go_on)

    def _go_on(self) -> None:
        if self._left:
            self._timer.start()
