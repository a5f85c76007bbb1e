"""Pictures out of a video: asked for, taken in the background, and handed over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from crowdgui.stills import NUMBER, stills_folder, take_stills
from crowdgui.window import dialogs
from crowdgui.window.background import Work
from crowdgui.window.desk import Desk


class VideoStills(QObject):
    """Takes pictures out of a video into a folder beside it, which `use` gets."""

    def __init__(self, desk: Desk, use: Callable[[Path], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._use, self._window = desk, use, parent

    def ask(self) -> None:
        title, folder = self.tr("Take pictures out of a video"), self._desk.settings.folder
        dialogs.ask_for_videos(
            self._window, title, folder, lambda files: self.take(Path(files[0])), one=True
        )

    def take(self, video: Path) -> None:
        """Take the pictures; what is taken is handed over, also where the rest cannot be."""
        folder = stills_folder(video)
        self._desk.settings.folder = str(video.parent)
        taken: list[Path] = []

        def steps(_work: Work) -> Iterator[Path]:
            yield from take_stills(video, folder)

        def title() -> str:
            return self.tr("Taking pictures out of {name}").format(name=video.name)

        def ended(error: Exception | None) -> None:
            if error is not None:
                self._desk.notices.complain(error)
            if taken:
                self._use(folder)

        self._desk.bench.start(Work(title, steps, taken.append, ended, NUMBER))
