"""Begins sweeps, and keeps what is shown of one up to date."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from crowdgui.window.background import Work
from crowdgui.window.desk import Desk
from crowdgui.window.training import sweep_tasks
from models.errors import UserError

if TYPE_CHECKING:
    from crowdgui.window.training.page import TrainingPage


class SweepControl(QObject):
    """Between the view of sweeps and the session."""

    def __init__(self, desk: Desk, page: TrainingPage) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._reading = False
        self._found: list[Path] = []
        self._told: set[str] = set()
        view = page.sweep
        view.start_wanted.connect(self.start)
        view.continue_wanted.connect(self.resume)
        view.sweep_chosen.connect(self._drop_other)
        view.sweep_chosen.connect(self.read)
        page.session.listed.connect(self.read)

    @Slot()
    def start(self) -> None:
        """Begin a sweep with the settings of the form."""
        page, view = self._page, self._page.sweep
        if page.data is None or page.looking or page.session.at_work:
            return
        try:
            config = page.form.config((str(page.data.folder),), sweep=True)
            make = sweep_tasks.sweep_maker(
                config, view.alphas.text(), view.seeds.value(), view.other_seeds.value()
            )
        except UserError as error:
            self._desk.notices.complain(error)
            return
        page.session.start_sweep(make)

    @Slot()
    def resume(self) -> None:
        facts = self._page.sweep.facts
        if facts is not None:
            self._page.session.go_on_with(facts.folder)

    @Slot()
    def _drop_other(self) -> None:
        """Show no sweep under another's name: Continue and Export take what is shown."""
        view = self._page.sweep
        if view.facts is not None and not self._is_named(view.facts):
            view.show_sweep(None)
            self.render()
            self._page.changed.emit()

    def _is_named(self, facts: sweep_tasks.SweepFacts) -> bool:
        return facts.folder.name == self._page.sweep.sweeps.currentText()

    @Slot()
    def read(self) -> None:
        """Read the sweep that is chosen, one reading at a time."""
        if self._reading:
            return
        self._reading = True
        session, chosen = self._page.session, self._page.sweep.sweeps.currentText()
        root = session.root

        def steps(_work: Work) -> Iterator[object]:
            found = sweep_tasks.sweeps_in(root)
            yield found
            wanted = next((folder for folder in found if folder.name == chosen), None)
            if wanted is None and found:
                wanted = found[0]
            try:
                yield sweep_tasks.look_at_sweep(wanted) if wanted is not None else None
            except UserError as error:
                # Others can still be chosen.
                yield error

        def came(result: object) -> None:
            if isinstance(result, UserError):
                self._tell_once(result)
                result = None
            if isinstance(result, list):
                self._found = result
                self._page.sweep.show_names([folder.name for folder in result])
                self._drop_other()
            elif isinstance(result, sweep_tasks.SweepFacts) and not self._is_named(result):
                # Another was chosen meanwhile, and is read next.
                return
            elif result is None or isinstance(result, sweep_tasks.SweepFacts):
                self._page.sweep.show_sweep(result)
                self.render()
                self._page.changed.emit()

        def done(error: Exception | None) -> None:
            self._reading = False
            if error is not None:
                self._desk.notices.complain(error)
            elif self._page.sweep.sweeps.currentText() != chosen:
                # One that is new was chosen meanwhile.
                self.read()

        session.lane.start(Work(lambda: "", steps, came, done, quiet=True))

    def _tell_once(self, error: UserError) -> None:
        """Say what is wrong with a sweep's folder, which is read again every few seconds."""
        if str(error) not in self._told:
            self._told.add(str(error))
            self._desk.notices.complain(error)

    def render(self) -> None:
        """Draw what can be begun."""
        page = self._page
        session, facts = page.session, page.sweep.facts
        sweeping = session.at_work and facts is not None and session.sweep == facts.folder
        page.sweep.set_working(sweeping, session.at_work, self._obstacle())

    def _obstacle(self) -> str:
        page = self._page
        if page.data is None or page.looking:
            return self.tr("Choose data first.")
        if not page.form.teacher.currentData():
            return self.tr("A sweep needs a teacher.")
        return page.obstacle()
