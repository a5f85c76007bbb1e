"""What the actions of the live page do with its sources."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from crowdgui.live.videos import VideoFeed
from crowdgui.window import dialogs
from crowdgui.window.background import Work
from crowdgui.window.live.address_dialog import AddressDialog
from crowdgui.window.live.camera_dialog import CameraDialog
from crowdgui.window.live.name_dialog import NameDialog
from crowdgui.window.notifications import Notice
from models.errors import UserError

if TYPE_CHECKING:
    from crowdgui.window.live.page import LivePage


class SourceActions(QObject):
    """Adds sources by dialogs, ends them, opens them again, and lets their zones be drawn."""

    def __init__(self, page: LivePage) -> None:
        super().__init__(page)
        self._page, self._hub, self._desk = page, page.hub, page.hub.desk

    def ask_for_camera(self) -> None:
        counted = [source.name for source in self._hub.sources]
        dialog = CameraDialog(self._hub.openers, self._hub.stills, counted, self._page)
        dialog.chosen.connect(self._hub.add)
        dialog.open()

    def ask_for_video(self) -> None:
        folder = self._desk.settings.folder
        dialogs.ask_for_videos(self._page, self.tr("Open a video"), folder, self._videos)

    def _videos(self, files: list[str]) -> None:
        if files:
            self._desk.settings.folder = str(Path(files[0]).parent)
            self._desk.settings.remember_opened(files)
            self._page.open_words(files)

    def ask_for_address(self) -> None:
        dialog = AddressDialog(self._page, self._desk.settings.addresses)
        dialog.chosen.connect(self.add_address)
        dialog.open()

    @Slot(str)
    def add_address(self, address: str) -> None:
        """Put its password into the keyring, then begin with it; asking a keyring takes a while."""

        def steps(_work: Work) -> Iterator[tuple[str, UserError | None, bool]]:
            from crowdgui.live.credentials import mask, remember

            word, problem = address, None
            try:
                word = remember(address)
            except UserError as error:
                # Without a keyring it is known to this run of the program alone.
                problem = error
            yield word, problem, mask(word) == word

        self._hub.openers.start(Work(lambda: "", steps, self._remembered, self._failed, quiet=True))

    def _remembered(self, found: tuple[str, UserError | None, bool]) -> None:
        word, problem, harmless = found
        if problem is not None:
            self._desk.notices.warn(
                lambda: self.tr(
                    "There is no keyring on this computer, so the password is kept until the"
                    " program ends, and no longer."
                )
            )
        elif harmless:
            # No file of ours holds a password; some cameras take theirs in the query.
            self._desk.settings.remember_opened([word])
        self._hub.add(word)

    def _failed(self, error: Exception | None) -> None:
        if error is not None:
            self._desk.notices.complain(error)

    @Slot()
    def open_last(self) -> None:
        """Begin with the sources that were open when the program ended last."""
        self._page.open_words(list(self._hub.known.last))

    @Slot()
    def add_demo(self) -> None:
        self._hub.add("demo:")

    def remove(self) -> None:
        """End the source that is large; one click must not lose it for good."""
        source, known = self._page.source, self._hub.known
        if source is None:
            return
        name, word = source.name, known.word(source.name)
        self._hub.remove(source)
        self._desk.notices.show_notice(
            Notice(
                "info",
                lambda: self.tr("{name} was removed.").format(name=known.title(name)),
                action=(lambda: self.tr("Open again"), lambda: self._hub.add(word)),
            )
        )

    def ask_for_name(self) -> None:
        """Ask what a person calls the source that is large."""
        source = self._page.source
        if source is None:
            return
        dialog = NameDialog(self._hub.known.given(source.name), source.name, self._page)
        dialog.textValueSelected.connect(lambda given: self.give_name(source.name, given))
        dialog.open()

    def give_name(self, name: str, given: str) -> None:
        """Call a source so wherever it is shown; "": as its address is."""
        self._hub.known.give(name, given.strip())
        self._hub.changed.emit()
        # Messages of it stand there, perhaps.
        for bar in self._desk.notices.bars():
            bar.retranslate()

    def retry(self) -> None:
        """Open the source again at once; a video begins anew."""
        source = self._page.source
        if source is None:
            return
        if isinstance(source.feed, VideoFeed):
            # A video that is paused would give no picture to begin with.
            source.feed.playback.play()
        source.reader.restart()
