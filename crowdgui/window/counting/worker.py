"""Reading, loading and counting, away from the thread that draws the window."""

from __future__ import annotations

import logging
from threading import Lock

from PySide6.QtCore import QObject, QThread, Signal, Slot

from crowdgui.window.counting.session import (
    Failed,
    ModelList,
    Request,
)
from models.errors import UserError

# Only what is light is imported above: torch, OpenVINO and OpenCV come with the first request,
# in the worker, so that the window is open by then.

log = logging.getLogger("crowdgui")
JOIN_MS = 3000


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

    def close(self) -> None:
        with self._lock:
            self._closed, self._waiting = True, None


class Worker(QObject):
    """Lives in the counting thread; speaks by signals alone."""

    listed = Signal(object)
    read = Signal(object)
    counted = Signal(object)
    failed = Signal(object)
    saved = Signal(object)

    def __init__(self, latest: LatestRequest) -> None:
        super().__init__()
        self._latest = latest
        self._predictors: dict[str, object] = {}

    @Slot()
    def list_models(self) -> None:
        from crowdgui.window.counting import jobs

        try:
            self.listed.emit(jobs.list_models())
        except Exception as error:
            log.exception("Listing the models")
            self.listed.emit(ModelList(()))
            self.failed.emit(Failed(-1, "list", error))

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
                picture = jobs.read_picture(request)
                pixels = picture.pixels
                if self._latest.is_outdated():
                    return
                self.read.emit(picture)
            step = "load"
            if request.model not in self._predictors:
                self._predictors[request.model] = jobs.load_predictor(request.model)
            step = "count"
            if not self._latest.is_outdated():
                predictor = self._predictors[request.model]
                self.counted.emit(jobs.count(request.ticket, predictor, pixels))
        except Exception as error:
            if not isinstance(error, UserError):
                log.exception("In the step %s of %s", step, request.source.path)
            self.failed.emit(Failed(request.ticket, step, error))

    @Slot(object)
    def save(self, order: object) -> None:
        """Write a picture with its density map; orders to save are never dropped."""
        from crowdgui.window.counting import jobs

        assert isinstance(order, jobs.SaveOrder)
        try:
            jobs.save_overlay(order)
            self.saved.emit(order.path)
        except Exception as error:
            if not isinstance(error, UserError):
                log.exception("Saving %s", order.path)
            self.failed.emit(Failed(-1, "save", error))


class Counter(QObject):
    """Owns the counting thread and its worker; used from the GUI thread."""

    _wake = Signal()
    _list = Signal()
    _save = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._latest = LatestRequest()
        self.thread_ = QThread()
        self.thread_.setObjectName("counting")
        self.worker = Worker(self._latest)
        self.worker.moveToThread(self.thread_)
        self._wake.connect(self.worker.work)
        self._list.connect(self.worker.list_models)
        self._save.connect(self.worker.save)
        self.thread_.start()

    def ask(self, request: Request) -> None:
        """Count this next, in place of whatever else still waits."""
        self._latest.put(request)
        self._wake.emit()

    def list_models(self) -> None:
        self._list.emit()

    def save(self, order: object) -> None:
        self._save.emit(order)

    def close(self) -> bool:
        """Stop: flag first, then wait for the thread, 3 s at most; False if it still runs then.

        A network cannot be interrupted within a picture; who closes decides what follows.
        """
        self._latest.close()
        self.thread_.quit()
        return self.thread_.wait(JOIN_MS)
