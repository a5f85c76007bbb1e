"""What is read and measured beside a run while it is shown: previews, the teacher's error."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from crowdgui.log_file import log
from crowdgui.window.background import Background, Work
from crowdgui.window.desk import Desk
from crowdgui.window.training import tasks
from crowdgui.window.training.live import LiveView
from crowdgui.window.training.session import TrainingSession
from trainer.run_list import plain_rival


class Watching(QObject):
    """Brings the preview and the levels of plain student and teacher to the view of a run."""

    def __init__(self, desk: Desk, session: TrainingSession, live: LiveView) -> None:
        super().__init__(live)
        self._desk, self._session, self._live = desk, session, live
        # Its one step lasts as long as all pictures do.
        self.lane = Background("teacher", self)
        self._asked: set[Path] = set()
        self._teacher: float | None = None
        self._run: Path | None = None
        live.preview_wanted.connect(self._read_preview)
        session.changed.connect(self._run_changed)
        session.listed.connect(self._draw_levels)

    @Slot()
    def _read_preview(self) -> None:
        run, colours = self._session.run, self._desk.settings.colour_map

        def steps(_work: Work) -> Iterator[tasks.Preview | None]:
            yield tasks.read_preview(run, colours) if run is not None else None

        def came(preview: tasks.Preview | None) -> None:
            if run == self._session.run:
                self._live.preview.show_preview(preview)

        self._quietly(steps, came)

    @Slot()
    def _run_changed(self) -> None:
        if self._session.run != self._run:
            self._run, self._teacher = self._session.run, None
        if self._session.phase in ("stopping", "discarding"):
            for work in self.lane.works:
                work.cancel()
        self._ask_for_teacher()
        self._draw_levels()

    def _ask_for_teacher(self) -> None:
        """Find the teacher's error: measured before, or now, once, while its student trains."""
        run, config = self._session.run, self._session.config
        if run is None or config is None or not config.needs_teacher:
            return

        def steps(_work: Work) -> Iterator[tuple[float, int] | None]:
            yield tasks.teacher_figures(run)

        def came(figures: tuple[float, int] | None) -> None:
            if figures is not None:
                self._teacher_came(run, figures[0])
            elif self._session.phase == "running" and run not in self._asked:
                self._measure(run)

        if self._teacher is None:
            self._quietly(steps, came)

    def _measure(self, run: Path) -> None:
        config = self._session.config
        if config is None or "," in config.teacher:
            return
        self._asked.add(run)
        engine = self._desk.engine

        def came(facts: dict[str, float] | None) -> None:
            if facts is not None:
                self._teacher_came(run, facts["mae"])

        def done(error: Exception | None) -> None:
            # A teacher that cannot be read ends the run, which says so: once is enough.
            if error is not None:
                log.warning("The teacher could not be measured: %s", error)

        steps = lambda _work: tasks.measure_teacher(run, config, engine)  # noqa: E731
        self.lane.start(Work(lambda: "", steps, came, done, quiet=True))

    def _teacher_came(self, run: Path, score: float) -> None:
        if run == self._session.run:
            self._teacher = score
            self._draw_levels()

    @Slot()
    def _draw_levels(self) -> None:
        config, run = self._session.config, self._session.run
        rows = [row for row in self._session.rows if row.folder != run]
        rival = plain_rival(rows, config) if config is not None else None
        self._live.scores.show_levels(rival.best_mae if rival else None, self._teacher)

    def _quietly(self, steps: object, came: object) -> None:
        work = Work(lambda: "", steps, came, lambda _error: None, quiet=True)  # type: ignore[arg-type]
        self._session.lane.start(work)
