"""Zooming the picture of the page in front: by keys, by the menu, and as the status bar is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from crowdgui.window.viewing.picture_view import STEP

if TYPE_CHECKING:
    from crowdgui.window.main_window import MainWindow


class ZoomActions(QObject):
    """Zooms; where no page with a picture is in front, nothing can be zoomed."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def connect_box(self) -> None:
        """Do as the status bar's zoom says."""
        box = self._window.status.zoom
        box.wanted.connect(self.zoom_to)
        box.fit_wanted.connect(self.fit)
        box.left.connect(lambda: self.view.setFocus())

    @property
    def view(self) -> Any:
        """What zooms on the page in front."""
        return getattr(self._window.pages[self._window.front], "view", self._window.page.view)

    @property
    def zoom(self) -> float | None:
        """The zoom of what is seen; None where that cannot be zoomed."""
        page = self._window.pages[self._window.front]
        shown = self._window.page.session.picture is not None and hasattr(page, "view")
        return self.view.zoom() if shown else None

    def zoom_in(self) -> None:
        self.view.zoom_by(STEP)

    def zoom_out(self) -> None:
        self.view.zoom_by(1 / STEP)

    @Slot()
    def fit(self) -> None:
        self.view.fit()

    def show_actual_size(self) -> None:
        self.view.actual_size()

    @Slot(float)
    def zoom_to(self, zoom: float) -> None:
        self.view.zoom_by(zoom / self.view.zoom())

    def ask(self) -> None:
        """Let a person type a zoom into the status bar."""
        if self.zoom is not None:
            self._window.status.zoom.ask()
