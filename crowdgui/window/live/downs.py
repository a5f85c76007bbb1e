"""What is said when a camera or a stream gives no picture for a while, and when it is back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Slot
from PySide6.QtWidgets import QApplication

from crowdgui.live.clock import monotonic
from crowdgui.window.live.words import time_words
from crowdgui.window.notifications import Notice
from models.errors import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from crowdgui.live.session import LiveSource
    from crowdgui.window.live.hub import Hub

translate = QCoreApplication.translate
DOWN = QT_TRANSLATE_NOOP("Hub", "{source} has given no picture since {time}.")
BACK = QT_TRANSLATE_NOOP("Hub", "{source} is back.")


class Downs(QObject):
    """Looks at the sources now and then: a lasting message each that is down, on every page."""

    def __init__(self, hub: Hub) -> None:
        super().__init__(hub)
        self._hub, self._notices = hub, hub.desk.notices
        self._told: set[LiveSource] = set()

    @Slot()
    def look(self) -> None:
        """Say which sources are down or back since the last look."""
        now, sources = monotonic(), self._hub.sources
        for source in self._told.difference(sources):
            # A person has ended it, and knows.
            self._notices.close_about(source)
        down = {
            source: since
            for source in sources
            if (since := source.reader.down_since(now)) is not None
        }
        for source, since in down.items():
            if source not in self._told:
                self._tell_down(source, since)
        if self._hub.chosen.sound and not self._told.issuperset(down):
            QApplication.beep()
        for source in self._told.intersection(sources).difference(down):
            self._tell_back(source)
        self._told = set(down)

    def _tell_down(self, source: LiveSource, since: float) -> None:
        title = self._hub.known.title
        self._notices.show_notice(
            Notice(
                "warning",
                lambda: translate("Hub", DOWN).format(
                    source=title(source.name), time=time_words(since)
                ),
                action=self._hub.show_action(source.name),
                subject=source,
                lasts=True,
            )
        )

    def _tell_back(self, source: LiveSource) -> None:
        title = self._hub.known.title
        self._notices.close_about(source)
        self._notices.inform(lambda: translate("Hub", BACK).format(source=title(source.name)))
