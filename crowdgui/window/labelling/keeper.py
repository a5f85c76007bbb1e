"""Reads and writes marks in the background, one file a step: a folder may be far away."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock

from PySide6.QtCore import QObject, Signal

from crowdgui.window.background import JOIN_S, Work
from crowdgui.window.desk import Desk
from crowdgui.window.labelling.sheet import Sheet
from models.errors import UserError
from trainer.marks import Heads, Marks, read_marks, write_marks
from trainer.truth import is_marked

LOOKED_AT_A_STEP = 50
# A picture, and the marks that are to be in its file.
Change = tuple[str, Heads | None]


class Keeper(QObject):
    """The sheets of the pictures that were looked at, by path, and which pictures have marks."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._lane, self._notices = desk.folders, desk.notices
        self.sheets: dict[str, Sheet] = {}
        self.marked: set[str] = set()
        self._unsaved: dict[str, Heads | None] = {}
        self._queue: deque[Change] = deque()
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
        """Write a picture's sheet into its file; what could not be written is tried again."""
        self._unsaved[path] = heads = self.sheets[path].heads
        self._note(path, heads is not None)
        if self._saving is None:
            self._queue.extend(self._unsaved.items())
            self._begin_saving()
        else:
            self._queue.append((path, heads))
        self.changed.emit()

    def _begin_saving(self) -> None:
        self._saving = Work(lambda: "", self._write, self._written, self._saved, quiet=True)
        self._lane.start(self._saving)

    def _write(self, _work: Work) -> Iterator[Change]:
        """Write what waits; the window puts in, in a single step, and the thread takes out."""
        while True:
            with self._writing:
                if not self._queue:
                    return
                path, heads = self._queue.popleft()
                write_marks(Path(path), heads)
            yield path, heads

    def _written(self, change: Change) -> None:
        path, heads = change
        if path in self._unsaved and self._unsaved[path] == heads:
            del self._unsaved[path]
        self.changed.emit()

    def _saved(self, error: Exception | None) -> None:
        self._saving = None
        if error is not None:
            self._queue.clear()
        elif self._queue:
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
            self._queue.clear()
            for path, heads in list(self._unsaved.items()):
                write_marks(Path(path), heads)
                del self._unsaved[path]
        except UserError:
            return False
        finally:
            self._writing.release()
        return True
