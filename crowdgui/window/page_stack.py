"""The pages within the window, each made when it is first wanted."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from crowdgui.window.pages import Making, page_row
from crowdgui.window.preload import import_pages

if TYPE_CHECKING:
    from crowdgui.window.main_window import MainWindow


class PageStack(QStackedWidget):
    """Makes pages: at once, or a part at each turn of the event loop, so that the window answers.

    `made` has those that are whole, by name.
    """

    page_made = Signal(QWidget)

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self.made: dict[str, QWidget] = {}
        self._begun: dict[str, Making] = {}
        self._awaited = ""

    def page(self, name: str) -> QWidget:
        """Return a page; what is not made of it yet is made now."""
        while name not in self.made:
            self._make_part(name)
        return self.made[name]

    def bring(self, name: str) -> QWidget:
        """Put a page in front, whatever else was awaited, and return it."""
        self._awaited = name
        page = self.page(name)
        self.setCurrentWidget(page)
        return page

    def prepare(self, name: str, then: Callable[[], object]) -> None:
        """Import and make a page bit by bit, then call, unless another one is wanted by then."""
        self._awaited = name
        go_on = partial(self._go_on, name, then)
        if page_row(name).module in sys.modules:
            go_on()
        else:
            import_pages(self._window.desk, (page_row(name).module,), go_on)

    def _go_on(self, name: str, then: Callable[[], object]) -> None:
        if self._awaited != name:
            return
        if name in self.made:
            then()
        else:
            # To be shown takes a page a while too, so that has a turn of its own.
            self._make_part(name)
            QTimer.singleShot(0, self, partial(self._go_on, name, then))

    def _make_part(self, name: str) -> None:
        # Put back only if it goes on: what failed is made from its beginning the next time.
        making = self._begun.pop(name, None) or page_row(name).make(self._window)
        try:
            next(making)
        except StopIteration as end:
            self.made[name] = end.value
            leave_drops(end.value)
            self.addWidget(end.value)
            self.page_made.emit(end.value)
        else:
            self._begun[name] = making


def leave_drops(page: QWidget) -> None:
    """Leave files that are dropped on a page's text fields to the window: they are not typed in."""
    for field in page.findChildren(QLineEdit):
        field.setAcceptDrops(False)
