"""Small pictures for the list: made in a thread as they come into sight, and few of them kept."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from crowdgui.window.background import Background, Work
from crowdgui.window.counting.entries import Entry
from models.errors import UserError

# On a screen of common fineness; they are made twice as large.
WIDTH, HEIGHT = 44, 33
MOST_KEPT = 400
# Who scrolls through thousands waits for those that are seen now, not for all that passed by.
MOST_WAITING = 60
# What cannot be read small and is larger than this is left out, rather than held up for.
MOST_PIXELS = 40_000_000

Made = tuple[str, QImage | OSError | None]


class Thumbnails(QObject):
    """Gives what is there and makes what is not; `came` tells that there is more."""

    came = Signal()

    def __init__(self, lane: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._lane = lane
        self._kept: OrderedDict[str, QPixmap | None] = OrderedDict()
        # The window puts in, the thread takes out; both are single steps of the interpreter.
        self._waiting: deque[Entry] = deque()
        self._asked: set[str] = set()
        self._work: Work | None = None

    def of(self, entry: Entry) -> QPixmap | None:
        """Return an entry's small picture, None while there is none."""
        path = entry.source.path
        if path in self._kept:
            self._kept.move_to_end(path)
            return self._kept[path]
        if path not in self._asked:
            self._asked.add(path)
            self._waiting.append(entry)
            if len(self._waiting) > MOST_WAITING:
                self._asked.discard(self._waiting.popleft().source.path)
            self._start()
        return None

    def forget(self, path: str) -> None:
        """Make it anew when it is next seen: the file has changed."""
        self._kept.pop(path, None)

    def clear(self) -> None:
        """Forget all: the files are closed, and may be others when they are opened again."""
        self._kept.clear()
        self._waiting.clear()
        self._asked.clear()

    def _start(self) -> None:
        if self._work is None:
            self._work = Work(lambda: "", self._steps, self._made, self._ended, quiet=True)
            self._lane.start(self._work)

    def _steps(self, _work: Work) -> Iterator[Made]:
        """Make the one asked for last, again and again."""
        while True:
            try:
                entry = self._waiting.pop()
            except IndexError:
                # Asked first whether any waits, the window might take it away meanwhile.
                return
            try:
                yield entry.source.path, small_picture(entry)
            except OSError as error:
                yield entry.source.path, error

    def _made(self, made: Made) -> None:
        path, image = made
        self._asked.discard(path)
        if isinstance(image, OSError):
            # It is tried again when its row is next drawn.
            return
        self._kept[path] = None if image is None else QPixmap.fromImage(image)
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        self.came.emit()

    def _ended(self, _error: Exception | None) -> None:
        self._work = None
        if self._waiting:
            self._start()


def small_picture(entry: Entry) -> QImage | None:
    """Return a picture cut and scaled to fill a place of the list; None where it cannot be.

    Raises OSError for a file that cannot be read now.
    """
    import numpy as np
    from PIL import Image, ImageOps

    from models.pictures import DAMAGE, FORMATS, MAX_PIXELS

    size = (2 * WIDTH, 2 * HEIGHT)
    try:
        if entry.is_file:
            # By its handle, as models.pictures does.
            with (
                Path(entry.source.path).open("rb") as file,
                Image.open(file, formats=FORMATS) as opened,
            ):
                # Also an eighth of a JPEG takes the memory of all of it, where it was saved so.
                if opened.width * opened.height > MAX_PIXELS:
                    return None
                if opened.format in ("JPEG", "MPO"):
                    # Decoded at an eighth of its size, if that is enough.
                    opened.draft("RGB", (2 * size[0], 2 * size[1]))
                elif opened.width * opened.height > MOST_PIXELS:
                    return None
                plain = opened.mode in ("RGB", "L", "P", "1")
                image = ImageOps.exif_transpose(opened).convert("RGB") if plain else None
        else:
            image = None
        image = image or Image.fromarray(entry.source.read())
        fitted = np.ascontiguousarray(ImageOps.fit(image, size))
    except (UserError, MemoryError, *DAMAGE) as error:
        # Pillow's own, of what is in the file, have no number.
        if isinstance(error, OSError) and error.errno is not None:
            raise
        return None
    shared = QImage(fitted.data, *size, 3 * size[0], QImage.Format.Format_RGB888)
    return shared.convertToFormat(QImage.Format.Format_RGB32)
