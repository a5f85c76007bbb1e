"""Reads and writes marks in the background, one file a step: a folder may be far away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from PySide6.QtCore import QObject, Signal

from crowdgui.window.background import JOIN_S, Work
from crowdgui.window.desk import Desk
from crowdgui.window.labelling.sheet import Sheet
from models.errors import UserError
from trainer.marks import Heads, Marks, marks_file, read_marks, write_marks
from trainer.truth import is_marked

LOOKED_AT_A_STEP = 50


@dataclass(frozen=True, eq=False)
class Change:
    """A picture, and the marks that are to be in its file; each is one of its own."""

    path: str
    heads: Heads | None


class Keeper(QObject):
    """The sheets of the pictures that were looked at, by path, and which pictures have marks."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._lane, self._notices = desk.folders, desk.notices
        self.sheets: dict[str, Sheet] = {}
        self.marked: set[str] = set()
        self._unsaved: dict[str, Change] = {}
        # The window puts in, each in a single step, and the thread takes out.
        self._waiting: dict[str, Change] = {}
        # What was in the files when they were read or written last.
        self._on_disk: dict[str, Heads | None] = {}
        # Held from taking out to the end of writing: nothing older is written after the end.
        self._writing = Lock()
        self._saving: Work | None = None
        self._looking: Work | None = None

    @property
    def unsaved(self) -> list[str]:
        """The pictures whose marks are in no file yet."""
        return list(self._unsaved)

    def read(self, path: str) -> None:
        """Read the marks of a picture; `changed` follows, and its sheet is there."""

        def steps(_work: Work) -> Iterator[Marks]:
            yield read_marks(Path(path))

        self._lane.start(
            Work(lambda: "", steps, lambda m: self._read(path, m), self._ended, quiet=True)
        )

    def _read(self, path: str, marks: Marks) -> None:
        if path in self._unsaved:
            # What a person has done meanwhile is newer than the file.
            return
        self._on_disk[path] = marks.heads
        sheet = self.sheets.get(path)
        if sheet is None or (sheet.heads, bool(sheet.locked)) != (marks.heads, bool(marks.locked)):
            # Another program has changed it: what was done before cannot be undone any more.
            self.sheets[path] = Sheet(marks.heads, marks.locked)
        self._note(path, marks.heads is not None)
        self.changed.emit()

    def look_for_marks(self, paths: Sequence[str]) -> None:
        """Find out which of these pictures have marks; `changed` follows, again and again."""
        if self._looking is not None:
            self._looking.cancel()
        self.marked.intersection_update(paths)

        def steps(_work: Work) -> Iterator[dict[str, bool]]:
            for start in range(0, len(paths), LOOKED_AT_A_STEP):
                some = paths[start : start + LOOKED_AT_A_STEP]
                yield {path: is_marked(Path(path)) for path in some}

        self._looking = Work(lambda: "", steps, self._looked, self._ended, quiet=True)
        self._lane.start(self._looking)

    def _looked(self, found: dict[str, bool]) -> None:
        for path, marked in found.items():
            if path not in self._unsaved:
                self._note(path, marked)
        self.changed.emit()

    def _note(self, path: str, marked: bool) -> None:
        if marked:
            self.marked.add(path)
        else:
            self.marked.discard(path)

    def save(self, path: str) -> None:
        """Write a picture's sheet into its file, the latest state of it alone."""
        change = Change(path, self.sheets[path].heads)
        self._unsaved[path] = self._waiting[path] = change
        self._note(path, change.heads is not None)
        self._begin_saving()
        self.changed.emit()

    def _begin_saving(self) -> None:
        if self._saving is None:
            self._saving = Work(lambda: "", self._write, self._written, self._saved, quiet=True)
            self._lane.start(self._saving)

    def _write(self, _work: Work) -> Iterator[tuple[Change, UserError | None]]:
        """Write what waits; a picture that cannot be written keeps no other from it."""
        while True:
            with self._writing:
                if not self._waiting:
                    return
                _path, change = self._waiting.popitem()
                problem = self._put(change)
            yield change, problem

    def _put(self, change: Change) -> UserError | None:
        """Write a change where nobody else has written meanwhile; returns what went wrong."""
        picture = Path(change.path)
        try:
            found = read_marks(picture)
            if found.locked is not None or found.heads != self._on_disk.get(change.path):
                return UserError("marks-changed", path=marks_file(picture))
            write_marks(picture, change.heads)
        except UserError as error:
            return error
        self._on_disk[change.path] = change.heads
        return None

    def _written(self, done: tuple[Change, UserError | None]) -> None:
        change, problem = done
        newest = self._unsaved.get(change.path) is change
        if problem is not None:
            self._notices.complain(problem)
        if problem is not None and problem.code == "marks-changed":
            # What is there now is shown: the next change is made to that.
            self._unsaved.pop(change.path, None)
            self._waiting.pop(change.path, None)
            self.read(change.path)
        elif problem is None and newest:
            del self._unsaved[change.path]
        self.changed.emit()

    def _saved(self, error: Exception | None) -> None:
        self._saving = None
        if self._waiting:
            # Put in when the thread had just found nothing more.
            self._begin_saving()
        self._ended(error)
        self.changed.emit()

    def _ended(self, error: Exception | None) -> None:
        if error is not None:
            self._notices.complain(error)

    def close(self) -> bool:
        """Write at once what waits; False where a file cannot be written, or not in time."""
        if not self._unsaved:
            return True
        if not self._writing.acquire(timeout=JOIN_S):
            return False
        try:
            self._waiting.clear()
            for path, change in list(self._unsaved.items()):
                if self._put(change) is None:
                    del self._unsaved[path]
        finally:
            self._writing.release()
        return not self._unsaved
