"""One window a person: a second start hands what it should open to the first, and ends."""

from __future__ import annotations

import hashlib
import json
import logging
import sys
from importlib.metadata import version
from pathlib import Path

from PySide6.QtCore import QDir, QEvent, QLockFile, QObject, Signal, Slot
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication

from crowdgui.window.typed_words import whole

log = logging.getLogger("crowdgui")
ANSWER = b"opened\n"
CONNECT_MS = 500
# A window that is busy or not yet there answers late; one that hangs must keep nobody from another.
ANSWER_MS = 10_000
MOST_BYTES = 4_000_000


def server_name(settings: Path) -> str:
    """Return a name that belongs to these settings and this version.

    Another version's window may know other messages, so it is left alone.
    """
    text = f"{version('crowdgui')} {settings}"
    return f"crowdgui-{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def enter(words: list[str], name: str) -> Doorkeeper | None:
    """Hand words to the window that is open; without one, return the keeper of this one's door.

    A file manager may start the program once for each file: each start finds the door of the one
    before, though its window is still to come.
    """
    turn = QLockFile(str(Path(QDir.tempPath()) / f"{name}.lock"))
    # In vain where nothing can be written or the one before hangs: a window is worth more.
    turn.tryLock(ANSWER_MS)
    try:
        return None if hand_over(words, name) else Doorkeeper(name)
    finally:
        turn.unlock()


def hand_over(words: list[str], name: str) -> bool:
    """Give the words to the window that is open already; returns whether there was one."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(CONNECT_MS):
        return False
    socket.write(json.dumps([whole(word) for word in words]).encode() + b"\n")
    while socket.bytesToWrite() and socket.waitForBytesWritten(ANSWER_MS):
        pass
    answer = b""
    while not answer.endswith(b"\n") and socket.waitForReadyRead(ANSWER_MS):
        answer += bytes(socket.readAll().data())
    socket.disconnectFromServer()
    return answer == ANSWER


class Doorkeeper(QObject):
    """Takes in what other starts, and the system's file manager, want to have opened."""

    words_came = Signal(list)  # may be empty: then the window is only to be seen

    def __init__(self, name: str) -> None:
        super().__init__()
        self._said: dict[QLocalSocket, bytes] = {}
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)
        # What a program left that was killed would be in the way; nobody answered there.
        QLocalServer.removeServer(name)
        if not self._server.listen(name):
            log.warning("No second start will be noticed: %s", self._server.errorString())
        app = QApplication.instance()
        # Elsewhere files come as words, and Python need not hear of every event of the program.
        if app is not None and sys.platform == "darwin":
            app.installEventFilter(self)

    def close(self) -> None:
        self._server.close()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take files that macOS wants opened; they come as events, not as words."""
        if isinstance(event, QFileOpenEvent):
            self.words_came.emit([event.file()])
            return True
        return False

    @Slot()
    def _greet(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            self._said[socket] = b""
            socket.readyRead.connect(self._listen)
            socket.disconnected.connect(self._part)
            self._hear(socket)

    @Slot()
    def _listen(self) -> None:
        for socket in list(self._said):
            self._hear(socket)

    def _hear(self, socket: QLocalSocket) -> None:
        said = self._said[socket] + bytes(socket.readAll().data())
        self._said[socket] = said
        if len(said) > MOST_BYTES:
            socket.abort()
        elif said.endswith(b"\n"):
            self._said[socket] = b""
            words = _words(said)
            if words is not None:
                socket.write(ANSWER)
                socket.flush()
                self.words_came.emit(words)

    @Slot()
    def _part(self) -> None:
        for socket in list(self._said):
            if socket.state() == QLocalSocket.LocalSocketState.UnconnectedState:
                del self._said[socket]
                socket.deleteLater()


def _words(said: bytes) -> list[str] | None:
    try:
        words = json.loads(said)
    except ValueError:
        return None
    if isinstance(words, list) and all(isinstance(word, str) for word in words):
        return words
    return None
