"""What the live page leaves behind: the log, recordings, snapshots."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from crowdgui.durations import place
from crowdgui.window import dialogs
from models.errors import UserError

if TYPE_CHECKING:
    from crowdgui.live.session import LiveSource
    from crowdgui.window.live.log_keeper import LogKeeper
    from crowdgui.window.live.page import LivePage
    from crowdgui.window.live.recording import Recording


class Outputs(QObject):
    """Begins and ends what writes; its threads complain by signals."""

    changed = Signal()
    _trouble = Signal(object)  # an exception of a writing thread
    _over = Signal(object)  # one that was told of and lasts no more
    _recorded = Signal(object, object)  # the recording's path; what went wrong, or None

    def __init__(self, page: LivePage) -> None:
        super().__init__(page)
        self._page, self._desk = page, page.hub.desk
        self.recording: Recording | None = None
        self.keeper: LogKeeper | None = None
        self._ending: LogKeeper | None = None
        self._trouble.connect(self._desk.notices.complain)
        self._over.connect(self._withdraw)
        self._recorded.connect(self._recording_ended)

    # The log

    def apply_log(self) -> None:
        """Write the log as the settings say, from now on."""
        session = self._page.hub.session
        if session is None:
            return
        from crowdgui.window.live.log_keeper import LogKeeper, LogOrder

        settings, chosen = self._desk.settings, self._page.hub.chosen
        broker = settings.broker if chosen.mqtt else ""
        secure = broker.startswith("mqtts:") and settings.broker_ca
        order = LogOrder(
            chosen.log_folder, chosen.csv, chosen.sqlite, chosen.interval,
            broker, Path(settings.broker_ca) if secure else None,
        )  # fmt: skip
        if self.keeper is not None and (self.keeper.order != order or self.keeper.refused):
            self.keeper.stop()
            self._ending, self.keeper = self.keeper, None
        if self.keeper is None and order.wanted:
            self.keeper = LogKeeper(
                session, order, self._trouble.emit, self._ending, self._over.emit
            )

    @Slot(object)
    def _withdraw(self, trouble: UserError) -> None:
        self._desk.notices.withdraw(lambda error: error is trouble)

    # Pictures and videos

    def ask_where_to_save_snapshot(self) -> None:
        source = self._page.source
        if source is not None and source.latest is not None:
            bare = self.tr("The picture alone, to mark heads in (*.png)")
            filters = [self.tr("PNG picture (*.png)"), self.tr("JPEG picture (*.jpg)"), bare]
            chosen = [filters[0]]
            self._ask(
                self.tr("Save a snapshot"), filters, source,
                lambda source, path: self.save_snapshot(source, path, bare=chosen[0] == bare),
                lambda name: chosen.__setitem__(0, name),
            )  # fmt: skip

    def save_snapshot(self, source: LiveSource, path: Path, *, bare: bool = False) -> None:
        """Save the newest picture, with its results unless `bare`, without stopping the window."""
        counted, look = source.latest, self._look()
        if counted is None:
            return

        def write() -> None:
            from crowdgui.window.live.recording import label_picture
            from models.picture_files import save_picture

            save_picture(path, counted.frame.picture if bare else label_picture(counted, *look))

        self._desk.save(path, write)

    def ask_where_to_record(self) -> None:
        source = self._page.source
        if source is not None and self.recording is None:
            filters = [self.tr("MP4 video (*.mp4)"), self.tr("Matroska video (*.mkv)"),
                       self.tr("AVI video (*.avi)")]  # fmt: skip
            self._ask(self.tr("Record a video"), filters, source, self.record)

    def record(self, source: LiveSource, path: Path) -> None:
        """Record a source from now on, until `stop_recording`."""
        if self.recording is not None:
            return
        from crowdgui.window.live.recording import Recording

        def ended(problem: Exception | None) -> None:
            self._recorded.emit(path, problem)

        self.recording = Recording(source, path, *self._look(), ended)
        self.changed.emit()

    @Slot()
    def stop_recording(self) -> None:
        if self.recording is not None:
            self.recording.stop()

    @Slot(object, object)
    def _recording_ended(self, path: Path, problem: Exception | None) -> None:
        recorded = self.recording is not None and self.recording.frames > 0
        self.recording = None
        if problem is not None:
            self._desk.notices.complain(problem)
        elif recorded:
            self._desk.notices.inform(lambda: self.tr("Recorded as {path}").format(path=path))
        else:
            self._desk.notices.inform(
                lambda: self.tr("Nothing was recorded: no picture came. There is no file.")
            )
        self.changed.emit()

    def recorded_for(self, source: LiveSource | None) -> str:
        """Return how long a source has been recorded, as 0:07; "" where it is not."""
        recording = self.recording
        if recording is None or recording.source is not source:
            return ""
        return place(recording.seconds, recording.seconds)

    def _ask(
        self,
        title: str,
        filters: list[str],
        source: LiveSource,
        use: Callable[[LiveSource, Path], object],
        filter_chosen: Callable[[str], object] | None = None,
    ) -> None:
        suffix = filters[0].rpartition("*")[2].rstrip(")")
        name = time.strftime("live-%Y%m%d-%H%M%S") + suffix
        folder = self._desk.settings.folder
        dialogs.ask_where_to_save(
            self._page, title, folder, filters, name,
            lambda files: use(source, Path(files[0])), filter_chosen,
        )  # fmt: skip

    def _look(self) -> tuple[float, str]:
        """Return the density map's opacity and colours, as the page shows it."""
        settings = self._desk.settings
        return settings.opacity / 100 if settings.overlay else 0.0, settings.colour_map

    def close(self) -> bool:
        """End all files: told first, then waited for; False if one was not done in time."""
        writers = [w for w in (self._ending, self.keeper, self.recording) if w is not None]
        if self.keeper is not None:
            self.keeper.leave()
        for writer in writers:
            writer.stop()
        ended = [writer.close() for writer in writers]
        return all(ended)
