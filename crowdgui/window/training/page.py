"""The training page: settings at the left; data, the run, all runs and sweeps at the right."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from crowdgui.window import dialogs
from crowdgui.window.background import Background, Work
from crowdgui.window.desk import Desk
from crowdgui.window.language import Translated, say
from crowdgui.window.training import run_list_root, tasks
from crowdgui.window.training.closing import Closing
from crowdgui.window.training.data_view import DataView
from crowdgui.window.training.endings import Endings
from crowdgui.window.training.estimate_text import estimate_text
from crowdgui.window.training.form import SettingsForm
from crowdgui.window.training.form_parts import FormScroll
from crowdgui.window.training.live import LiveView
from crowdgui.window.training.pacing import Pacing
from crowdgui.window.training.run_actions import RunActions
from crowdgui.window.training.runs_view import RunsView
from crowdgui.window.training.session import TrainingSession
from crowdgui.window.training.sweep_control import SweepControl
from crowdgui.window.training.sweep_view import SweepView
from crowdgui.window.training.watching import Watching
from models.errors import UserError
from trainer.config import Config
from trainer.presets import CAMERA

FORM_WIDTH, FORM_MOST = 330, 430


class TrainingPage(Translated, QWidget):
    """Puts a training together, begins it, and shows how it goes."""

    changed = Signal()
    show_wanted = Signal()

    def __init__(
        self, desk: Desk, session: TrainingSession, form: SettingsForm, live: LiveView,
        runs: RunsView, sweep: SweepView,
    ) -> None:  # fmt: skip
        super().__init__()
        self._desk = desk
        self.session = session
        session.setParent(self)
        self.data: tasks.DataFacts | None = None
        self._looking: Work | None = None
        self._start_then = False
        self._percent: int | None = None
        self.form, self.live, self.runs, self.sweep = form, live, runs, sweep
        self.data_view = DataView()
        self.tabs = QTabWidget()
        self.estimate, self.start_button = QLabel(), QPushButton()
        self.run_actions = RunActions(desk, self)
        self.run_root = run_list_root.RunListRoot(desk, self)
        self.watching = Watching(desk, self.session, self.live)
        self.sweeps = SweepControl(desk, self)
        self.closing, self.endings = Closing(self), Endings(desk.notices, self)
        self.pacing = Pacing(self)
        self._lay_out()
        self._connect()
        self.retranslate()
        self._remember_data()
        self.session.list_runs()

    def _lay_out(self) -> None:
        scroll = FormScroll(self.form)
        self.estimate.setWordWrap(True)
        self.estimate.setProperty("role", "muted")
        self.start_button.setProperty("role", "primary")
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 14, 12)
        foot.setSpacing(8)
        foot.addWidget(self.estimate)
        foot.addWidget(self.start_button)
        left = QFrame()
        left.setMaximumWidth(FORM_MOST)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scroll, 1)
        column.addLayout(foot)
        for view in (self.data_view, self.live, self.runs, self.sweep):
            self.tabs.addTab(view, "")
        self.tabs.setDocumentMode(True)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        splitter.addWidget(left)
        splitter.addWidget(self.tabs)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([FORM_WIDTH, 800])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(splitter)

    def _connect(self) -> None:
        self.form.folder_wanted.connect(self.ask_for_data)
        self.form.scenes_wanted.connect(self.take_scenes)
        self.data_view.hint.button.clicked.connect(self.form.scenes_button.click)
        self.form.changed.connect(self.render_start)
        self.start_button.clicked.connect(self.start)
        self.session.changed.connect(self._phase_changed)
        self.session.launched.connect(self._show_launched)
        self.session.grew.connect(self._grew)
        self.session.listed.connect(self.render_start)
        self.session.failed.connect(self._desk.notices.complain)
        self.session.ended.connect(self._desk.refresh_models)
        self.live.use_wanted.connect(self.run_actions.ask_to_use)
        self.live.continue_wanted.connect(self.continue_run)
        self.live.discard_wanted.connect(self.ask_to_discard)
        self.runs.chosen.connect(self.changed)
        self.runs.opened.connect(self.show_run)
        self.tabs.currentChanged.connect(self.changed)

    def action_states(self) -> dict[str, bool]:
        """Return which of this page's actions can be used."""
        phase, working = self.session.phase, self.session.at_work
        over = phase in ("stopping", "discarding")
        return {
            "train-start": not self.looking and not self.obstacle(),
            "train-pause": self.session.can_pause,
            "train-stop": working and not over,
            "train-discard": working and not over,
            "train-data": not working,
            **self.run_root.states(),
            **self.run_actions.states(),
        }

    @property
    def looking(self) -> bool:
        """Whether a folder is being looked at, or scenes are being drawn."""
        return self._looking is not None

    @property
    def title_prefix(self) -> str:
        """What the window's title says of the training, empty without one."""
        if self._percent is None or not self.session.at_work:
            return ""
        return self.tr("{percent} % trained").format(percent=self._percent)

    # Data

    def ask_for_data(self) -> None:
        settings = self._desk.settings
        folder = str(settings.training.get("data") or settings.data or settings.folder)
        title = self.tr("Choose training data")
        dialogs.ask_for_folder(self, title, folder, lambda files: self.open_data(Path(files[0])))

    def take_scenes(self, number: int) -> None:
        """Take the built-in set, drawing what is not there yet."""

        def drawn(folder: Path | None) -> None:
            if folder is not None:
                self._look_at(folder)

        self._look(
            lambda: self.tr("Rendering scenes"),
            lambda _w: tasks.render_scenes(number),
            drawn,
            self._desk.bench,
            number,
        )

    def open_data(self, folder: Path) -> None:
        """Look at a folder; what is wrong with it is said, and the last one stays."""
        # Who chooses data while scenes are drawn for a start wants to look first.
        self._start_then = False
        self._look_at(folder)

    def open_own(self, folder: Path) -> None:
        """Look at a person's own pictures, and offer the settings that suit them."""
        if not self.session.at_work:
            self.form.choose_preset(CAMERA)
        self.open_data(folder)

    def _look_at(self, folder: Path) -> None:
        steps, lane = lambda _work: tasks.look_at(folder), self._desk.folders
        self._look(
            lambda: self.tr("Looking at {path}").format(path=folder.name),
            steps, self._data_came, lane,
        )  # fmt: skip

    def _look(
        self, title: Callable[[], str], steps: Callable[[Work], object],
        use: Callable[..., object], lane: Background, total: int = 0,
    ) -> None:  # fmt: skip
        if self._looking is not None:
            self._looking.cancel()

        def done(error: Exception | None) -> None:
            if self._looking is work:
                self._looking = None
                if self.data is not None and self.data.problems is None:
                    # Nobody looks at the rest of it any more.
                    self.data = replace(self.data, left_off=True)
                    self.data_view.show_facts(self.data)
                if error is not None or work.is_cancelled():
                    self._start_then = False
            if error is not None:
                self._desk.notices.complain(error)
            self.render_start()

        work = Work(title, steps, use, done, total)  # type: ignore[arg-type]
        self._looking = work
        lane.start(work)
        self.tabs.setCurrentWidget(self.data_view)
        self.render_start()

    def _data_came(self, facts: tasks.DataFacts) -> None:
        self.data = facts
        self._desk.settings.training["data"] = str(facts.folder)
        self.data_view.show_facts(facts)
        self._name_data()
        self.render_start()
        if self._start_then and (facts.amount is not None or facts.obstacle is not None):
            self._start_then = False
            self._begin()

    def _remember_data(self) -> None:
        folder = str(self._desk.settings.training.get("data") or "")
        if folder:
            self.open_data(Path(folder))

    # Trainings

    def config(self) -> Config:
        """Return what is set; raises UserError where it does not go together."""
        data = (str(self.data.folder),) if self.data else ("-",)
        return self.form.config(data)

    def obstacle(self) -> str:
        """Return why no training can be started now; empty if one can."""
        if self.session.at_work:
            return self.tr("A training is at work; a run keeps the settings it began with.")
        if self.data is not None and self.data.obstacle is not None:
            return say(self.data.obstacle)
        if self.data is not None and not self.data.labelled:
            return say(UserError("data-unlabelled", path=self.data.folder))
        try:
            self.config()
        except UserError as error:
            return say(error)
        return ""

    @Slot()
    def start(self) -> None:
        """Begin a training; without data on the built-in scenes."""
        # What is trained on is what was looked at.
        if not self.looking:
            self._begin()

    def _begin(self) -> None:
        if self.obstacle():
            return
        if self.data is None:
            self._start_then = True
            self.take_scenes(self.form.scenes.value())
            return
        self.session.start(self.config())

    def pause_or_resume(self) -> None:
        if self.session.phase == "paused":
            self.session.resume()
        else:
            self.session.pause()

    def stop(self) -> None:
        self.session.stop()

    def ask_to_discard(self) -> None:
        self.closing.ask_to_discard()

    @Slot()
    def continue_run(self) -> None:
        """Train on what is on the screen."""
        if self.session.run is not None:
            self.continue_folder(self.session.run)

    def continue_folder(self, folder: Path) -> bool:
        """Go on with a run, or with the sweep that it is a part of; False while another trains."""
        if self.session.at_work:
            self._desk.notices.inform(
                lambda: self.tr("A training is at work; this one can be continued when it ends.")
            )
            return False
        self.session.go_on_with(folder)
        return True

    @Slot()
    def _show_launched(self) -> None:
        self.tabs.setCurrentWidget(self.sweep if self.session.sweep else self.live)

    @Slot(object)
    def show_run(self, folder: Path) -> None:
        if self.session.at_work and folder != self.session.run:
            self._desk.notices.inform(
                lambda: self.tr("The training at work stays on the screen until it ends.")
            )
            return
        self.session.open(folder)
        self.tabs.setCurrentWidget(self.live)

    # What is drawn

    @Slot()
    def _phase_changed(self) -> None:
        working = self.session.at_work
        locked = self.tr("Locked: a run keeps the settings, α among them, that it began with.")
        self.form.set_locked(locked if working else "")
        config = self.session.config if working else None
        if config is not None:
            self.form.show_config(config)
        self._name_data()
        self.render_start()

    def _name_data(self) -> None:
        """Name what is trained on: a run at work keeps its data, whatever was looked at since."""
        config = self.session.config if self.session.at_work else None
        folder = Path(config.data[0]) if config is not None else self.data and self.data.folder
        self.form.data_name.setText(folder.name if folder else self.tr("none yet"))
        self.form.data_name.setToolTip(str(folder or ""))

    @Slot()
    def _grew(self) -> None:
        percent = self._percent_done()
        if percent != self._percent:
            self._percent = percent
            self.changed.emit()

    def _percent_done(self) -> int | None:
        """How much is done of the run, or of the whole sweep that it belongs to."""
        percent, facts = self.session.percent, self.sweep.facts
        if percent is None or facts is None or facts.folder != self.session.sweep:
            return percent
        runs = facts.settings.total
        return (100 * min(len(facts.results), runs - 1) + percent) // runs

    @Slot()
    def render_start(self) -> None:
        """Draw the Start button and the estimate."""
        obstacle = self.obstacle()
        self.start_button.setEnabled(not obstacle and not self.looking)
        self.start_button.setToolTip(obstacle or self.tr("Start training with these settings"))
        working = self.session.at_work
        self.start_button.setText(self.tr("Training…") if working else self.tr("Start"))
        self.estimate.setText(obstacle or self._estimate_text())
        self.sweeps.render()
        self.changed.emit()

    def _estimate_text(self) -> str:
        if self.data is None:
            return self.tr("Without data of your own, Start takes the built-in scenes.")
        if self.data.amount is None:
            left_off, counting = self.data.left_off, self.tr("Counting pictures and people…")
            return self.tr("Not all was looked at.") if left_off else counting
        networks = self.form.teacher_networks()
        return estimate_text(self.config(), self.data.amount, networks, self.session.rows)

    def close_page(self) -> bool:
        """End what runs; False if a thread did not end in time."""
        self.pacing.stop()
        ended = [self.watching.lane.close(), self.session.close()]
        return all(ended)

    def retranslate(self) -> None:
        names = (self.tr("Data"), self.tr("Training"), self.tr("Runs"), self.tr("Sweep of α"))
        for place, name in enumerate(names):
            self.tabs.setTabText(place, name)
        self.tabs.setAccessibleName(self.tr("Views of the training"))
        self._phase_changed()


def make_page(desk: Desk) -> Generator[None, None, TrainingPage]:
    """Make the page, yielding between its parts: together they would hold the window up."""
    session = TrainingSession(run_list_root.chosen(desk.settings))
    form = SettingsForm(desk)
    yield
    live = LiveView(session)
    yield
    runs = RunsView(session)
    yield
    sweep = SweepView()
    yield
    return TrainingPage(desk, session, form, live, runs, sweep)
