"""Puts what a run trained among the models, and has it count if that is wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from crowdgui.window.background import Work
from crowdgui.window.desk import Desk
from crowdgui.window.notifications import Notice
from crowdgui.window.training import tasks
from crowdgui.window.training.quality import Quality, read_quality
from crowdgui.window.training.use_dialog import UseDialog
from trainer.run_list import RunRow

if TYPE_CHECKING:
    from crowdgui.window.training.page import TrainingPage


class Using(QObject):
    """Asks for a name, installs, and tells of it.

    `counts_by` says how many counts of a model there are on the page Count.
    """

    def __init__(self, desk: Desk, page: TrainingPage) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._wanted = ""
        self.counts_by: Callable[[str], int] = lambda _model: 0
        desk.models_changed.connect(self._choose_wanted)

    def ask(self, row: RunRow) -> None:
        """Look at how good a run's best weights are, then ask for a name."""
        config, weights = row.config, row.weights
        if config is None or weights is None:
            return

        def steps(_work: Work) -> Iterator[tuple[str, Quality | None]]:
            yield tasks.suggested_name(config), read_quality(row.folder, weights)

        def came(found: tuple[str, Quality | None]) -> None:
            dialog = UseDialog(self._page, *found)
            dialog.chosen.connect(lambda name, counts: self.install(weights, name, counts))
            dialog.open()

        self._page.session.lane.start(Work(lambda: "", steps, came, self._failed, quiet=True))

    def install(self, weights: Path, name: str, counts: bool) -> None:
        """Install weights under a name, make their engine file, and count with them if wanted."""
        installed: list[str] = []

        def steps(_work: Work) -> Iterator[str]:
            yield from tasks.install(weights, name)

        def ended(error: Exception | None) -> None:
            # Without the engine file it counts too, only slower.
            self._failed(error)
            if installed:
                self._wanted = name if counts else ""
                self._desk.refresh_models()
                if not counts:
                    self._desk.notices.inform(
                        lambda: self.tr("{name} is installed.").format(name=name)
                    )

        def title() -> str:
            return self.tr("Installing {name}").format(name=name)

        self._desk.bench.start(Work(title, steps, installed.append, ended))

    @Slot()
    def _choose_wanted(self) -> None:
        """Count with what was installed, once it is listed: before, nobody could choose it."""
        name = self._wanted
        if name and self._desk.model(name) is not None:
            self._wanted = ""
            before = self._desk.used_model
            self._tell_of_use(name, before.name if before is not None else "")
            self._count_with(name)

    def _count_with(self, name: str) -> None:
        self._desk.settings.model = name
        self._desk.default_wanted.emit(name)

    def _tell_of_use(self, name: str, before: str) -> None:
        number = self.counts_by(before)

        def text() -> str:
            if number == 0:
                said = self.tr("{name} is used from now on.")
            elif number == 1:
                said = self.tr("{name} is used from now on; 1 count is out of date.")
            else:
                said = self.tr("{name} is used from now on; {number} counts are out of date.")
            return said.format(name=name, number=f"{number:,}")

        def label() -> str:
            return self.tr("Back to {name}").format(name=before)

        action = (label, lambda: self._count_with(before)) if before else None
        self._desk.notices.show_notice(Notice("info", text, action=action, subject=Using))

    def _failed(self, error: Exception | None) -> None:
        if error is not None:
            self._desk.notices.complain(error)
