"""What the Help menu does: the tour, the log, settings as at first, and what this is."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from crowdgui.log_file import log_folder
from crowdgui.window.about import AboutDialog
from crowdgui.window.actions_dialog import ActionsDialog
from crowdgui.window.engines import EngineChoice
from crowdgui.window.language import choose_language
from crowdgui.window.question import ask
from crowdgui.window.region_keeper import forget_regions
from crowdgui.window.settings import Settings
from crowdgui.window.tour import Tour

if TYPE_CHECKING:
    from crowdgui.window.main_window import MainWindow


class HelpActions(QObject):
    """Helps; `tour` is the one that is shown now, if any."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.tour: Tour | None = None

    def show_tour(self) -> None:
        """Show the tour from its beginning; once begun it does not come by itself again."""
        if self.tour is None:
            self._window.settings.toured = True
            self._window.show_page("count")
            self.tour = Tour(self._window)
            self.tour.ended.connect(self._tour_ended)

    def _tour_ended(self) -> None:
        self.tour = None

    def show_log(self) -> None:
        """Open the folder of the log and of crash reports in the system's file manager."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_folder())))

    def show_actions(self) -> None:
        ActionsDialog(self._window.actions_, self._window).open()

    def show_about(self) -> None:
        AboutDialog(self._window.desk, self._window).open()

    def ask_to_reset(self) -> None:
        """Ask once: what was chosen is forgotten, and counts that were made in another way."""
        kept = self.tr(
            "The regions of all folders are forgotten, too. "
            "Models, runs and pictures stay as they are."
        )
        losses = self._window.leaving.losses_by(EngineChoice())
        ask(
            self._window,
            self.tr("Reset settings"),
            self.tr("Make all settings as they were at the first start?"),
            detail="\n".join([*losses, kept]),
            yes=self.tr("Reset"),
            then=self.reset,
        )

    def reset(self) -> None:
        """Forget all choices; what pages hold already is as before until the next start."""
        window, first = self._window, Settings()
        engine = window.desk.engine
        for one in fields(Settings):
            if one.name != "toured":
                setattr(window.settings, one.name, getattr(first, one.name))
        # Where window and panels are now is what was to be forgotten.
        window.forgets_places = True
        window.actions_.apply_keys()
        window.choose_theme(first.theme)
        window.choose_language(choose_language("", ""))
        # Nobody chose it: the system's language counts at the next start, too.
        window.settings.language = ""
        window.page.show_list(first.list_shown)
        window.page.show_facts(first.facts_shown)
        window.page.set_opacity(first.opacity)
        forget_regions(window.page)
        if window.desk.engine != engine:
            window.desk.engine_changed.emit()
        if "live" in window.pages:
            window.live.follow_settings()
        if "train" in window.pages:
            # It would put what it shows into the settings again.
            window.training.form.reset()
        window.notices.inform(
            lambda: self.tr(
                "The settings are as at the first start. Some of them wait for the next."
            )
        )
