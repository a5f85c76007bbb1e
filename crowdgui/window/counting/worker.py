"""Reading, loading and counting, away from the thread that draws the window."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock

from PySide6.QtCore import QFileSystemWatcher, QObject, QThread, QTimer, Signal, Slot

from crowdgui.window.counting.entries import Stamp, file_stamp
from crowdgui.window.counting.session import Failed, OpenOrder, Request
from crowdgui.window.engines import Predictors
from models.errors import UserError
from models.files import is_there

# Only what is light is imported above: torch, OpenVINO and OpenCV come with the first request,
# in the worker, so that the window is open by then. Torch's import holds Python's lock for up to
# 0.2 s at a stretch, a hitch once per run that nothing here can split; OpenVINO models never
# import torch.

log = logging.getLogger("crowdgui")
JOIN_MS = 3000
FINISH_S = 10.0
# A file that is being written changes many times; it is looked at when it has been quiet.
QUIET_MS = 400


@dataclass(frozen=True, eq=False)
class SaveOrder:
    """Something to be written to a path; `write` raises UserError path-unwritable."""

    path: Path
    write: Callable[[], None]


class LatestRequest:
    """A place for one waiting request: a new one replaces the one that waits."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: Request | None = None
        self._closed = False

    def put(self, request: Request) -> None:
        with self._lock:
            self._waiting = None if self._closed else request

    def take(self) -> Request | None:
        with self._lock:
            request, self._waiting = self._waiting, None
            return request

    def is_outdated(self) -> bool:
        """Return whether something newer waits, or nobody waits any more."""
        with self._lock:
            return self._closed or self._waiting is not None

    def is_closed(self) -> bool:
        with self._lock:
            return self._closed

    def close(self) -> None:
        with self._lock:
            self._closed, self._waiting = True, None


class SaveOrders:
    """What is to be saved, one after the other; none is dropped."""

    def __init__(self) -> None:
        self._waiting: SimpleQueue[SaveOrder] = SimpleQueue()
        self._writing = Lock()

    def put(self, order: SaveOrder) -> None:
        self._waiting.put(order)

    def save_next(self) -> SaveOrder | None:
        """Write the order that came first and return it; None when none waits."""
        with self._writing:
            return self._save_next()

    def finish(self) -> None:
        """Write here what the worker could not, after the save that it is at."""
        if not self._writing.acquire(timeout=FINISH_S):
            log.error("Something was still being saved after %s s and is lost", FINISH_S)
            return
        try:
            while not self._waiting.empty():
                try:
                    self._save_next()
                except Exception:
                    log.exception("Saving after the window was closed")
        finally:
            self._writing.release()

    def _save_next(self) -> SaveOrder | None:
        try:
            order = self._waiting.get_nowait()
        except Empty:
            return None
        order.write()
        return order


class Worker(QObject):
    """Lives in the counting thread; speaks by signals alone."""

    opened = Signal(object)
    read = Signal(object)
    counted = Signal(object)
    failed = Signal(object)
    saved = Signal(object)
    altered = Signal(str, bool)  # the path, and whether it is still there

    def __init__(self, latest: LatestRequest, orders: SaveOrders) -> None:
        super().__init__()
        self._latest, self._orders = latest, orders
        self._predictors = Predictors()
        self._watcher: QFileSystemWatcher | None = None
        self._quiet: QTimer | None = None
        self._watched = ""
        self._stamp: Stamp | None = None

    @Slot(object)
    def open_words(self, order: OpenOrder) -> None:
        """Find what words stand for: a folder of a network or a deep pattern takes its time."""
        if self._latest.is_closed():
            return
        from crowdgui.window.counting import jobs

        self.opened.emit(jobs.open_words(order))

    @Slot()
    def work(self) -> None:
        """Carry out the newest request, if it is still wanted after each step."""
        from crowdgui.window.counting import jobs

        request = self._latest.take()
        if request is None:
            return
        step = "read"
        try:
            pixels = request.picture
            if pixels is None:
                self._watch(request.source.path)
                picture = jobs.read_picture(request)
                pixels, self._stamp = picture.pixels, picture.stamp
                if self._latest.is_outdated():
                    return
                self.read.emit(picture)
            step = "load"
            if self._latest.is_outdated():
                return
            predictor = self._predictors.get(request.model, request.engine)
            step = "count"
            if not self._latest.is_outdated():
                self.counted.emit(jobs.count(request.ticket, predictor, pixels))
        except Exception as error:
            if not isinstance(error, UserError):
                log.exception("In the step %s of %s", step, request.source.path)
            self.failed.emit(Failed(request.ticket, step, error))

    def _watch(self, path: str) -> None:
        """Hear of changes to the file that is about to be read, and of no other."""
        if self._watcher is None:
            self._watcher = QFileSystemWatcher(self)
            self._watcher.fileChanged.connect(self._file_changed)
            self._watcher.directoryChanged.connect(self._folder_changed)
            self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
            self._quiet.timeout.connect(self._file_is_quiet)
        if before := self._watcher.files() + self._watcher.directories():
            self._watcher.removePaths(before)
        self._watched = path
        if is_there(Path(path)):
            self._watcher.addPath(path)

    @Slot(str)
    def _file_changed(self, path: str) -> None:
        if path == self._watched and self._quiet is not None:
            self._quiet.start()

    @Slot(str)
    def _folder_changed(self, _folder: str) -> None:
        if self._quiet is not None and is_there(Path(self._watched)):
            self._quiet.start()

    @Slot()
    def _file_is_quiet(self) -> None:
        path = Path(self._watched)
        there, stamp = is_there(path), file_stamp(path)
        if there and stamp == self._stamp:
            # Only who may read it, or how often it is linked, has changed. One that took its place
            # and is just like it was not watched so far.
            if self._watcher is not None:
                self._watcher.addPath(self._watched)
            return
        self._stamp = stamp
        if not there and self._watcher is not None:
            # That a file is there again is heard of by its folder alone.
            self._watcher.addPath(str(path.parent))
        self.altered.emit(self._watched, there)

    @Slot()
    def save(self) -> None:
        """Write what was ordered first."""
        try:
            order = self._orders.save_next()
            if order is not None:
                self.saved.emit(order.path)
        except Exception as error:
            # The log knows of it even where the window is closed by now.
            log.warning("Not saved", exc_info=error)
            self.failed.emit(Failed(-1, "save", error))

    @Slot()
    def stop(self) -> None:
        """End the thread: the last in its queue, so that all before it is done."""
        for helper in (self._watcher, self._quiet):
            if helper is not None:
                # Made in this thread, they must end in it.
                helper.deleteLater()
        self._watcher = self._quiet = None
        self.thread().quit()


class Counter(QObject):
    """Owns the counting thread and its worker; used from the GUI thread."""

    _wake = Signal()
    _open = Signal(object)
    _save = Signal()
    _stop = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._latest, self._orders = LatestRequest(), SaveOrders()
        self.thread_ = QThread()
        self.thread_.setObjectName("counting")
        self.worker = Worker(self._latest, self._orders)
        self.worker.moveToThread(self.thread_)
        self._wake.connect(self.worker.work)
        self._open.connect(self.worker.open_words)
        self._save.connect(self.worker.save)
        self._stop.connect(self.worker.stop)
        self.thread_.start()

    def ask(self, request: Request) -> None:
        """Count this next, in place of whatever else still waits."""
        self._latest.put(request)
        self._wake.emit()

    def open_words(self, order: OpenOrder) -> None:
        self._open.emit(order)

    def save(self, path: Path, write: Callable[[], None]) -> None:
        """Let the thread write something; what waits is written even when the window closes."""
        self._orders.put(SaveOrder(path, write))
        self._save.emit()

    def close(self) -> bool:
        """Stop: flag first, then wait for the thread, 3 s at most; False if it still runs then.

        Saves that wait are done first. A network cannot be interrupted within a picture; who
        closes decides what follows, and calls `finish_saves` before ending the program.
        """
        self._latest.close()
        self._stop.emit()
        ended = self.thread_.wait(JOIN_MS)
        if not ended:
            log.warning("Closed while the counting thread was still at work")
        return ended

    def finish_saves(self) -> None:
        """Write what still waits to be saved, in the calling thread."""
        self._orders.finish()
