"""Counting every opened picture, shown in the status bar and stopped when wanted."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal

from crowdgui.window.background import Work
from crowdgui.window.counting.batch import Done, count_all
from crowdgui.window.counting.entries import has_changed
from crowdgui.window.counting.session import Session
from crowdgui.window.desk import Desk


class CountAll(QObject):
    """At most one such work at a time; `counted` tells of each picture, `ended` of the end.

    `rewritten` has the path of a picture that is another than it was.
    """

    counted = Signal()
    rewritten = Signal(str)
    ended = Signal()

    def __init__(self, session: Session, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._desk = session, desk
        self.work: Work | None = None

    def start(self) -> None:
        """Count what the chosen model has not counted as it is; where it has all, all once more."""
        session, model = self._session, self._session.model
        left = [entry for entry in session.entries if entry.count_of(model) is None]
        known = [entry for entry in session.entries if entry.count_of(model) is not None]
        # Where all is counted, all is counted once more.
        todo, known = (left, known) if left else (known, [])
        if self.work is not None or not todo or not model:
            return
        engine, predictors = session.engine, self._desk.predictors

        def steps(work: Work) -> Iterator[Done]:
            changed = [entry for entry in known if has_changed(entry)]
            work.total += len(changed)
            return count_all([*todo, *changed], model, engine, predictors)

        self.work = Work(
            title=lambda: self.tr("Counting all pictures"),
            steps=steps,
            on_step=self._one_counted,
            on_end=self._all_counted,
            total=len(todo),
        )
        self._desk.bench.start(self.work)

    def stop(self) -> None:
        if self.work is not None:
            self.work.cancel()

    def _one_counted(self, done: Done) -> None:
        done.entry.problem = done.problem
        if done.outcome is not None and done.density is not None:
            if self._session.note_file(done.entry, done.stamp):
                self.rewritten.emit(done.entry.source.path)
            done.entry.results[done.model] = done.outcome
            self._session.maps.keep(done.entry, done.model, done.density)
        self.counted.emit()

    def _all_counted(self, error: Exception | None) -> None:
        self.work = None
        failed = sum(entry.problem is not None for entry in self._session.entries)
        if error is not None:
            self._desk.notices.complain(error)
        elif failed:
            self._desk.notices.warn(
                lambda: self.tr(
                    "Pictures that could not be counted are marked in the list: {number}."
                ).format(number=failed)
            )
        self.ended.emit()
