"""The run on the screen: a child at work, one of another program, or one that has ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from crowdgui.window.background import Background, Work
from crowdgui.window.training import phases
from crowdgui.window.training.beginnings import Begun, new_run, new_sweep, old_folder
from crowdgui.window.training.child import Child, run_words, sweep_words
from crowdgui.window.training.paced import Paced
from crowdgui.window.training.phases import Phase
from models.errors import UserError
from trainer.config import Config
from trainer.deletion import delete_run
from trainer.events import Event
from trainer.follow import Follower
from trainer.history import History, Story
from trainer.run_list import RunList, RunRow
from trainer.runs import LOG_FILE, continue_run

# A child that is left saves where it is when its step, or its validation, is done.
CHILD_MS = 10_000


class TrainingSession(QObject):
    """Starts, orders and follows trainings; the run folder is the truth.

    What is new is read when `read` and `list_runs` are called: the page does so regularly.
    """

    changed = Signal()  # the phase, or which run it is
    launched = Signal()  # a child, in a run's folder or a sweep's
    grew = Signal()  # new events
    listed = Signal()  # the runs
    ended = Signal(object)
    failed = Signal(object)
    warned = Signal(object)  # what a child goes on in spite of

    def __init__(self, root: Path) -> None:
        super().__init__()
        self.root = root
        self.lane = Background("training", self)
        self.rows: list[RunRow] = []
        self.run: Path | None = None
        self.config: Config | None = None
        self.history: History | None = None
        self.sweep: Path | None = None
        self._runs = RunList(root)
        self._follower: Follower | None = None
        self._child: Child | None = None
        # A folder is being made for a child that follows.
        self._beginning = False
        self._order = ""
        self._unwanted: Path | None = None  # to be deleted, and not deleted yet
        # What the child has told of the run on the screen; `_old` more events were told before.
        self._told, self._old = Story(), 0
        self._warnings: set[str] = set()
        self._told_before: dict[Path, int] = {}
        self._reading = self._once_more = self._listing = False
        self._exit: tuple[int, str] | None = None

    # What holds

    @property
    def phase(self) -> Phase:
        if self._child is not None:
            return phases.phase_of_child(self._order, self._told)
        if self._beginning:
            return "starting"
        row = self.row
        if self.run is None or self.history is None:
            return "none"
        if row is not None and row.state == "running":
            return "elsewhere"
        kind = self.history.kind
        return kind if self.history.ended else "cut off"  # type: ignore[return-value]

    @property
    def can_pause(self) -> bool:
        """Whether what is at work can be told to wait, or to go on."""
        begins = self.phase == "starting" and self._told.takes_orders
        return begins or self.phase in ("running", "paused")

    @property
    def at_work(self) -> bool:
        """Whether a child of this window trains, is paused, or is about to begin."""
        return self._child is not None or self._beginning

    @property
    def row(self) -> RunRow | None:
        """What the list says of the run on the screen."""
        return next((row for row in self.rows if row.folder == self.run), None)

    @property
    def percent(self) -> int | None:
        """How much of the run is done, None where none is at work."""
        history = self.history
        if not self.at_work or history is None or not history.steps_total:
            return None
        return min(100 * history.steps_done // history.steps_total, 100)

    # What a person asks for

    def start(self, config: Config) -> None:
        """Begin a run in a folder of its own."""
        self._begin(new_run(config, self.root))

    def start_sweep(self, make: Callable[[Path], object]) -> None:
        """Begin a sweep in a folder of its own, which `make` fills."""
        self._begin(new_sweep(make, self.root))

    def go_on_with(self, folder: Path) -> None:
        """Train on from where a run stands; of a sweep do the runs that are not finished."""
        self._begin(old_folder(folder))

    def _begin(self, steps: Iterator[Begun]) -> None:
        """Have a folder ready in the background, then launch a child in it."""
        if self.at_work:
            return
        self._beginning = True
        self.changed.emit()

        def made(begun: Begun) -> None:
            order, self._order, self._beginning = self._order, "", False
            self._told_before = begun.told
            launch = self._train_sweep if begun.is_sweep else self._train_run
            launch(begun.folder)
            if order:
                self._send(order)

        def over() -> None:
            if self._beginning:
                self._order, self._beginning = "", False
                self.changed.emit()

        self._work(lambda _work: steps, made, then=over)

    def _train_run(self, folder: Path) -> None:
        self.sweep = None
        self.open(folder)
        self._launch(run_words(folder))

    def _train_sweep(self, folder: Path) -> None:
        self.sweep = folder
        self._forget()
        self._launch(sweep_words(folder))

    def _launch(self, words: list[str]) -> None:
        self._order, self._exit, self._warnings = "", None, set()
        self._child = Child(words, self)
        self._child.ended.connect(self._child_ended)
        self.changed.emit()
        self.launched.emit()
        self._child.start()

    def open(self, folder: Path) -> None:
        """Show a run; its curves come from its events."""
        if self.at_work and self.sweep is None:
            # What is at work stays on the screen until it ends.
            return
        self._forget()

        def steps(_work: Work) -> Iterator[tuple[Path, Config]]:
            yield continue_run(folder)

        self.run = folder
        self._work(steps, self._opened)

    def pause(self) -> None:
        self._send("pause")

    def resume(self) -> None:
        self._send("resume")

    def stop(self) -> None:
        """Stop and keep the best."""
        self._send("stop")

    def discard(self) -> None:
        """Stop, and delete the run."""
        self._send("discard")

    def _send(self, order: str) -> None:
        if not self.at_work or self._order in ("stop", "discard"):
            return
        # One that has no child yet is told when it has.
        self._order = order
        if self._child is not None:
            self._unwanted = (self.sweep or self.run) if order == "discard" else None
            self._child.order("stop" if order == "discard" else order)
        self.changed.emit()

    def delete(self, folders: list[Path]) -> None:
        """Delete runs from the disk."""
        busy = {self.run, self.sweep} if self.at_work else set()
        folders = [folder for folder in folders if folder not in busy]

        def steps(_work: Work) -> Iterator[Path]:
            for folder in folders:
                delete_run(folder)
                yield folder

        def gone(folder: Path) -> None:
            if folder == self._unwanted:
                self._unwanted = None
            if self.run is not None and folder in (self.run, *self.run.parents):
                self._forget()
            if folder == self.sweep:
                self.sweep = None
            self.changed.emit()

        self._work(steps, gone, then=self.list_runs)

    def close(self) -> bool:
        """Leave a child to its end (its standard input ends now); False if a thread still runs."""
        if self._child is not None:
            self._child.ended.disconnect(self._child_ended)
            # No order: that its window is gone is noted with the run, and it is offered again.
            self._child.process.closeWriteChannel()
            if not self._child.wait(CHILD_MS):
                self._child.kill()
                self._child.wait(1000)
            self._child = None
        ended = self.lane.close()
        # What cannot be deleted now is in the list at the next start.
        with suppress(UserError):
            if self._unwanted is not None:
                delete_run(self._unwanted)
        return ended

    # What comes back

    def _opened(self, found: tuple[Path, Config]) -> None:
        folder, config = found
        if folder != self.run:
            return
        self.config, self.history = config, History(config)
        self._follower = Follower(folder / LOG_FILE)
        self._old = self._told_before.get(folder, 0)
        self.changed.emit()
        self.read()

    def _forget(self) -> None:
        self.run = self.config = self.history = self._follower = None
        self._told = Story()
        self.grew.emit()

    @Slot()
    def read(self) -> None:
        """Read what is new; one reading at a time, and one more if it is asked for meanwhile."""
        follower = self._follower
        if self._reading or follower is None:
            self._once_more = self._reading
            if follower is None and self._exit is not None:
                self._conclude()
            return
        self._reading, self._once_more = True, False
        exit_known, paced = self._exit is not None, Paced(follower)

        def came(events: list[Event]) -> None:
            paced.taken()
            if follower is self._follower and self.history is not None and events:
                before = self.phase
                self.history.add_all(events)
                self._told.add_all(events[self._old :])
                self._old = max(self._old - len(events), 0)
                self._settle_order()
                self._tell_warnings()
                self.grew.emit()
                if self.phase != before:
                    self.changed.emit()

        def done(error: Exception | None) -> None:
            self._reading = False
            if error is not None:
                self.failed.emit(error)
            if exit_known and self._exit is not None:
                self._conclude()
            if self._once_more or follower is not self._follower:
                # Something may have been written, or another run opened, meanwhile.
                self.read()

        self.lane.start(Work(lambda: "", lambda _work: paced.pieces(), came, done, quiet=True))

    def _settle_order(self) -> None:
        """Forget an order once it has been carried out."""
        paused = self._told.kind == "paused"
        if (self._order == "pause" and paused) or (self._order == "resume" and not paused):
            self._order = ""

    def _tell_warnings(self) -> None:
        """Say each of a child's once: every run of a sweep may have the same."""
        for warning in self._told.warnings if self.at_work else ():
            if (said := str(warning.get("message"))) not in self._warnings:
                self._warnings.add(said)
                self.warned.emit(phases.problem_of(warning, said, 0))

    @Slot(int, str)
    def _child_ended(self, code: int, said: str) -> None:
        self._exit = (code, said)
        # Its last words may not have been read yet.
        self.read()

    def _conclude(self) -> None:
        """Say how the child ended, once all its events are read."""
        assert self._exit is not None
        (code, said), self._exit = self._exit, None
        order, self._order = self._order, ""
        child, self._child = self._child, None
        if child is not None:
            child.deleteLater()
        folder = self.sweep or self.run
        self.rows = [
            replace(row, state="cut off") if row.folder == self.run else row for row in self.rows
        ]
        self.changed.emit()
        self.list_runs()
        if folder is not None and order == "discard":
            self.delete([folder])
        elif folder is not None:
            told = self._told if self.sweep is None else None
            self.ended.emit(phases.ending_of(folder, order, told, said, code))

    # The list of runs

    def set_root(self, root: Path) -> None:
        """List the runs of another folder."""
        if not self.at_work:
            self.root, self._runs = root, RunList(root)
            self._forget()
            self.changed.emit()
            self.list_runs()

    @Slot()
    def list_runs(self) -> None:
        """Look at all runs; `listed` follows."""
        if self._listing:
            return
        self._listing, runs = True, self._runs
        own = self.run if self.at_work else None

        def steps(_work: Work) -> Iterator[list[RunRow]]:
            yield runs.look(own)

        def done(error: Exception | None) -> None:
            self._listing = False
            if error is not None:
                self.failed.emit(error)
            if runs is not self._runs or (error is None and own is not None and not self.at_work):
                # Another folder was chosen, or it ended, meanwhile: the list is no longer true.
                self.list_runs()

        def came(rows: list[RunRow]) -> None:
            if runs is not self._runs:
                return
            if own is not None and not self.at_work:
                rows = [replace(row, state="cut off") if row.folder == own else row for row in rows]
            self._list_came(rows)

        self.lane.start(Work(lambda: "", steps, came, done, quiet=True))

    def _list_came(self, rows: list[RunRow]) -> None:
        before = self.phase
        self.rows = rows
        if self.sweep is not None and self.at_work:
            self._follow_sweep()
        self.listed.emit()
        if self.phase != before:
            self.changed.emit()
            # A run of elsewhere that is over is not read regularly any more.
            self.read()

    def _follow_sweep(self) -> None:
        """Show the run of the sweep that is at work now."""
        assert self.sweep is not None
        now = next((r.folder for r in self.rows
                    if r.state == "running" and self.sweep in r.folder.parents), None)  # fmt: skip
        if now is not None and now != self.run:
            self.open(now)

    def _work(
        self,
        steps: Callable[[Work], Iterator[object]],
        use: Callable[..., object],
        then: Callable[[], object] | None = None,
    ) -> None:
        def done(error: Exception | None) -> None:
            if error is not None:
                self.failed.emit(error)
            if then is not None:
                then()

        self.lane.start(Work(lambda: "", steps, use, done, quiet=True))
