"""Watches the opened folders in a thread of its own: a network may take its time to answer."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QThread, QTimer, Signal, Slot

from crowdgui.window.counting.entries import Entry
from crowdgui.window.counting.watched_folder import WatchedFolder

# Files come in numbers: they are looked at together, a moment after the first is heard of.
SOON_MS = 500
# How often to look where nothing is heard: other machines write, a folder goes and comes back.
EVERY_MS = 4000
JOIN_MS = 3000


def pause_ms(known: int) -> int:
    """Return how long to gather news: a window needs 0.1 s to list them beside 20,000 others."""
    return SOON_MS + known // 10


class FolderWorker(QObject):
    """Lives in the thread; `came` has the round that is on, and the new pictures of a folder."""

    came = Signal(int, object)

    def __init__(self) -> None:
        super().__init__()
        self._folders: dict[str, WatchedFolder] = {}
        self._told: set[str] = set()
        self._round = 0
        self._watcher: QFileSystemWatcher | None = None
        self._unwatchable: set[str] = set()
        self._timers: tuple[QTimer, QTimer] | None = None

    @Slot(int, object)
    def watch(self, round_: int, folders: dict[str, list[str]]) -> None:
        """Watch more folders, of which these names are known already."""
        self._round = round_
        for word, names in folders.items():
            if word not in self._folders:
                self._folders[word] = WatchedFolder(Path(word))
            self._folders[word].known.update(names)
        # What came since they were listed.
        self._told.update(folders)
        self._look_soon()

    @Slot()
    def forget(self) -> None:
        """Watch nothing any more."""
        self._folders.clear()
        self._unwatchable.clear()
        if self._watcher is not None and (watched := self._watcher.directories()):
            self._watcher.removePaths(watched)

    @Slot()
    def look(self) -> None:
        """Tell of what is new in every folder."""
        told, self._told = self._told, set()
        now = time.monotonic()
        for word, folder in self._folders.items():
            self._listen(word, folder)
            found = folder.look(now, thorough=word in told)
            if found:
                self.came.emit(self._round, found)
        if any(folder.is_moving(now) for folder in self._folders.values()):
            self._look_soon()

    def _listen(self, word: str, folder: WatchedFolder) -> None:
        """Have the system tell of changes, again too in a folder that was away."""
        assert self._watcher is not None
        if not folder.there:
            self._unwatchable.discard(word)
            return
        heard = self._unwatchable.union(self._watcher.directories())
        if word not in heard and not self._watcher.addPath(word):
            # Only the regular looks find what is new there.
            self._unwatchable.add(word)

    def _look_soon(self) -> None:
        if self._timers is None:
            self._timers = self._make_timers()
        soon, _regular = self._timers
        if not soon.isActive():
            soon.start(pause_ms(sum(len(folder.known) for folder in self._folders.values())))

    def _make_timers(self) -> tuple[QTimer, QTimer]:
        """Begin: what is made in this thread tells it of changes, and must end in it."""
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._folder_changed)
        soon = QTimer(self, singleShot=True)
        regular = QTimer(self, interval=EVERY_MS)
        for timer in (soon, regular):
            timer.timeout.connect(self.look)
        regular.start()
        return soon, regular

    @Slot(str)
    def _folder_changed(self, word: str) -> None:
        self._told.add(word)
        self._look_soon()

    @Slot()
    def stop(self) -> None:
        """End the thread."""
        for helper in (self._watcher, *(self._timers or ())):
            if helper is not None:
                helper.deleteLater()
        self._watcher = self._timers = None
        self._folders.clear()
        self.thread().quit()


class Folders(QObject):
    """Owns the thread; used from the GUI thread. `came` has new pictures, of one folder each."""

    came = Signal(object)
    _watch = Signal(int, object)
    _forget = Signal()
    _stop = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._round = 0
        self._closed = False
        self.thread_ = QThread()
        self.thread_.setObjectName("folders")
        self.worker = FolderWorker()
        self.worker.moveToThread(self.thread_)
        self._watch.connect(self.worker.watch)
        self._forget.connect(self.worker.forget)
        self._stop.connect(self.worker.stop)
        self.worker.came.connect(self._came)

    def watch(self, folders: dict[str, list[str]]) -> None:
        """Tell from now on of pictures that are new in these folders, beside those named."""
        if not folders or self._closed:
            return
        # Only now: most windows never open a folder.
        if not self.thread_.isRunning():
            self.thread_.start()
        self._watch.emit(self._round, folders)

    def forget(self) -> None:
        """Tell of nothing more, also not of what has been found and is on its way."""
        self._round += 1
        self._forget.emit()

    @Slot(int, object)
    def _came(self, round_: int, entries: list[Entry]) -> None:
        if round_ == self._round and not self._closed:
            self.came.emit(entries)

    def stop(self) -> None:
        """Have the thread end after the folder that it is at."""
        self._closed = True
        self._stop.emit()

    def close(self) -> bool:
        """Stop, then wait, 3 s at most; False if a network still keeps the thread waiting."""
        self.stop()
        return self.thread_.wait(JOIN_MS)
