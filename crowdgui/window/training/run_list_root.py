"""Where the window looks for runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Slot

from crowdgui.window import dialogs
from crowdgui.window.desk import Desk
from crowdgui.window.settings import Settings
from trainer import run_list

if TYPE_CHECKING:
    from crowdgui.window.training.page import TrainingPage

translate = QCoreApplication.translate


def chosen(settings: Settings) -> Path:
    """Return the folder that a person chose, or the program's own."""
    return Path(settings.runs) if settings.runs else run_list.runs_folder()


class RunListRoot(QObject):
    """Lets a person choose whose runs are listed, and go back to the program's own."""

    def __init__(self, desk: Desk, page: TrainingPage) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        page.runs.own_wanted.connect(self.use_own)

    def states(self) -> dict[str, bool]:
        """Return which actions can be used."""
        idle = not self._page.session.at_work
        return {"open-runs": idle, "own-runs": idle and bool(self._desk.settings.runs)}

    def ask(self) -> None:
        """Look at the runs of another folder, such as those of the command line."""
        page, title = self._page, translate("TrainingPage", "Choose a folder of runs")
        root = str(page.session.root)
        dialogs.ask_for_folder(page, title, root, lambda files: self.use(files[0]))

    @Slot()
    def use_own(self) -> None:
        """List the program's own runs again."""
        self.use("")

    def use(self, folder: str) -> None:
        """List the runs of a folder, the program's own without one; new trainings go there too."""
        self._desk.settings.runs = folder
        self._page.session.set_root(chosen(self._desk.settings))
        self._page.tabs.setCurrentWidget(self._page.runs)
