"""The picture of the live page alone on the whole screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot

if TYPE_CHECKING:
    from crowdgui.window.live.page import LivePage
    from crowdgui.window.main_window import MainWindow


class Alone(QObject):
    """Hides what surrounds the page and fills the screen; then puts all back as it was."""

    def __init__(self, window: MainWindow, page: LivePage) -> None:
        super().__init__(page)
        self._window = window
        self._before = window.windowState()

    @Slot(bool)
    def show_alone(self, alone: bool) -> None:
        window = self._window
        for part in (window.menuBar(), window.toolbar, window.rail, window.statusBar()):
            part.setVisible(not alone)
        if alone:
            self._before = window.windowState()
            window.setWindowState(self._before | Qt.WindowState.WindowFullScreen)
        else:
            window.setWindowState(self._before)
