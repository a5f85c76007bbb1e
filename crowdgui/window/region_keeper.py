"""Keeps regions from one run to the next, in a file of the program's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot

from crowdgui.window.counting.kept_regions import KeptRegions
from crowdgui.window.settings import put_aside
from crowdgui.window.text_keeper import TextKeeper
from models.files import patiently

if TYPE_CHECKING:
    from crowdgui.window.counting.page import CountingPage
    from crowdgui.window.main_window import MainWindow

SETTLE_MS = 2000


class RegionKeeper(TextKeeper):
    """Brings back the regions of earlier runs, and writes them a moment after they change."""

    def __init__(self, window: MainWindow, file: Path) -> None:
        kept, view = window.page.session.kept, window.page.view
        aside = read_or_put_aside(kept, file)
        super().__init__(window.desk, file, kept.text, window)
        self._timer = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._timer.timeout.connect(self.look)
        view.regions_changed.connect(self._changed)
        view.regions_edited.connect(self._changed)
        window.closed.connect(self.finish)
        if aside is not None:
            window.notices.warn(
                lambda: self.tr(
                    "The regions that were kept could not be read. The old file is {path}."
                ).format(path=aside)
            )

    @Slot()
    def _changed(self) -> None:
        # Not begun anew with each step of a drag: something is kept of a long one, too.
        if not self._timer.isActive():
            self._timer.start()


def read_or_put_aside(kept: KeptRegions, file: Path) -> Path | None:
    """Read kept regions; a file that cannot be understood is put aside, and its place returned."""
    try:
        kept.read(patiently(file.read_text, encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError):
        return put_aside(file)
    return None


def forget_regions(page: CountingPage) -> None:
    """Forget the regions of all pictures, open or not, and what was done to them."""
    session, view = page.session, page.view
    session.kept.clear()
    page.history.forget()
    if session.place is not None:
        page.history.follow(session.place, session.regions)
    view.set_regions(session.regions)
    view.regions_changed.emit()
