"""What stands beside the live picture: its zones' editor, a video's playback and analysis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from crowdgui.live.reader import State
from crowdgui.live.videos import VideoFeed
from crowdgui.live.zones import Zone
from crowdgui.window.live.analysis_panel import AnalysisPanel
from crowdgui.window.live.playback_bar import PlaybackBar
from crowdgui.window.live.zones_dialog import ZonesDialog
from models.errors import UserError

if TYPE_CHECKING:
    from crowdgui.live.session import LiveSource
    from crowdgui.window.live.page import LivePage

POSITION_MS = 100


class SideTools(QObject):
    """Follows the source that is large on the live page."""

    def __init__(self, page: LivePage) -> None:
        super().__init__(page)
        self._page, self._desk = page, page.hub.desk
        self._source: LiveSource | None = None
        self.bar = PlaybackBar()
        self.panel: AnalysisPanel | None = None
        page.below.addWidget(self.bar)
        page.source_chosen.connect(self._follow)
        page.hub.changed.connect(self._prepare_panel)
        self.bar.again.connect(self._play_again)
        self._timer = QTimer(self, interval=POSITION_MS)
        self._timer.timeout.connect(self._show_position)

    def action_states(self) -> dict[str, bool]:
        """Return which of the actions here can be used."""
        source = self._page.source
        counted = source is not None and source.state().latest is not None
        video = source is not None and isinstance(source.feed, VideoFeed)
        return {"live-zones": counted, "live-analyse": video}

    def edit_zones(self) -> None:
        """Let a person draw the zones of the large source on its newest picture."""
        source = self._page.source
        latest = source.state().latest if source is not None else None
        if source is None or latest is None:
            return
        picture = latest.frame.picture
        file = self._page.hub.zones_file
        dialog = ZonesDialog(source.name, picture, source.zones, file, self._page)

        def save(zones: Sequence[Zone]) -> None:
            try:
                self._page.hub.save_zones(source, zones)
            except UserError as error:
                self._desk.notices.complain(error)
                return
            _count_again(source)

        dialog.saved.connect(save)
        dialog.open()

    def analyse(self) -> None:
        """Offer to analyse every frame of the large video."""
        source = self._page.source
        if source is None or not isinstance(source.feed, VideoFeed):
            return
        if self.panel is None:
            self.panel = AnalysisPanel(self._desk, self._page)
        self.panel.prepare(source.feed, source.zones, self._page.hub.model)
        self.panel.show()
        self.panel.raise_()

    @Slot()
    def _prepare_panel(self) -> None:
        """Have an analysis that is yet to begin count with what was chosen since."""
        hub, panel = self._page.hub, self.panel
        if panel is None or panel.feed is None:
            return
        for source in hub.sources:
            if source.feed is panel.feed:
                panel.prepare(panel.feed, source.zones, hub.model)

    @Slot(object)
    def _follow(self, source: LiveSource | None) -> None:
        self._source = source
        self.bar.show_feed(source.feed if source is not None else None)
        if self.bar.feed is None:
            self._timer.stop()
        else:
            self._timer.start()

    @Slot()
    def _show_position(self) -> None:
        source = self._source
        if source is None or not self.bar.isVisible():
            return
        latest = source.state().latest
        position = latest.frame.position if latest is not None else None
        self.bar.show_position(position, ended=source.reader.state is State.ENDED)

    @Slot()
    def _play_again(self) -> None:
        if self._source is not None:
            self._source.reader.restart()


def _count_again(source: LiveSource) -> None:
    """Count what a paused video shows, or one that is over, with its new zones.

    No other picture comes by itself.
    """
    feed, shown, ended = source.feed, source.latest, source.reader.state is State.ENDED
    if not isinstance(feed, VideoFeed) or shown is None or shown.frame.position is None:
        return
    if ended or feed.playback.paused:
        feed.playback.seek(shown.frame.position)
    if ended:
        source.reader.restart()
