"""How often the training page looks at its run and at all runs: only while something may come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Slot

if TYPE_CHECKING:
    from crowdgui.window.training.page import TrainingPage

READ_EVERY_MS = 500
LIST_EVERY_MS = 3000


class Pacing(QObject):
    """Has the session look regularly while it trains, or while somebody sees the page."""

    def __init__(self, page: TrainingPage) -> None:
        super().__init__(page)
        self._page, self._session = page, page.session
        self._seen = False
        self.reading = QTimer(self, interval=READ_EVERY_MS)
        self.reading.timeout.connect(self._session.read)
        self.listing = QTimer(self, interval=LIST_EVERY_MS)
        self.listing.timeout.connect(self._session.list_runs)
        self._session.changed.connect(self._set)
        page.installEventFilter(self)

    def eventFilter(self, _page: QObject, event: QEvent) -> bool:
        """Look at once when the page is seen again: much may have come since."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._seen = event.type() == QEvent.Type.Show
            if self._seen:
                self._session.list_runs()
                self._session.read()
            self._set()
        return False

    def stop(self) -> None:
        """Look no more, whatever happens to the page."""
        self._page.removeEventFilter(self)
        self.reading.stop()
        self.listing.stop()

    @Slot()
    def _set(self) -> None:
        session = self._session
        # A run of elsewhere is read for who sees it; of one that is over nothing comes.
        reads = session.at_work or (self._seen and session.phase == "elsewhere")
        lists = session.at_work or self._seen
        for timer, wanted in ((self.reading, reads), (self.listing, lists)):
            if not wanted:
                timer.stop()
            elif not timer.isActive():
                timer.start()
