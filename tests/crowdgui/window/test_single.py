"""A second start hands its files to the window that is open, and never hangs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crowdgui.window import single, start
from crowdgui.window.main_window import MainWindow
from crowdgui.window.single import Doorkeeper, hand_over, server_name

# A race that is lost once in three would go unseen.
pytestmark = pytest.mark.flaky(reruns=0)
ROOT = Path(__file__).resolve().parents[3]
LIMIT_MS = 60_000
HANDING = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from crowdgui.window.single import hand_over
app = QCoreApplication([])
sys.exit(7 if hand_over(json.loads(Path(sys.argv[1]).read_text("utf-8")), sys.argv[2]) else 8)
"""

# The window takes its time; its event loop begins when it is there.
STARTING = """
import sys, time
from PySide6.QtCore import QCoreApplication, QTimer
from crowdgui.window import single
hand_over = single.hand_over
def look_and_wait(words, name):
    found = hand_over(words, name)
    # Whoever comes meanwhile has found no window either.
    time.sleep(0 if found else 1)
    return found
single.hand_over = look_and_wait
app = QCoreApplication([])
print("ready", flush=True)
sys.stdin.read()
keeper = single.enter([f"/{sys.argv[1]}.jpg"], sys.argv[2])
if keeper is None:
    sys.exit(7)
time.sleep(1)
came = []
keeper.words_came.connect(lambda words: (came.append(words), len(came) == 3 and app.quit()))
QTimer.singleShot(100_000, app.quit)
app.exec()
sys.exit(8 if len(came) == 3 else 9)
"""


@pytest.fixture
def name(tmp_path: Path) -> str:
    return server_name(tmp_path / "settings.json")


@pytest.fixture
def doorkeeper(name: str, qapp: QApplication) -> Iterator[Doorkeeper]:
    keeper = Doorkeeper(name)
    yield keeper
    keeper.close()
    keeper.deleteLater()


class Elsewhere:
    """Another program that hands over its words while this one's events go on."""

    def __init__(self, words: list[str], name: str, folder: Path) -> None:
        (folder / "words.json").write_text(json.dumps(words), "utf-8")
        self._child = subprocess.Popen(
            [sys.executable, "-c", HANDING, str(folder / "words.json"), name],
            cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip

    def ended(self) -> bool:
        return self._child.poll() is not None

    @property
    def accepted(self) -> bool:
        return self._child.returncode == 7


def test_names_differ_by_person_and_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = server_name(tmp_path / "a")
    assert here == server_name(tmp_path / "a")
    assert here != server_name(tmp_path / "b")
    monkeypatch.setattr(single, "version", lambda _name: "99.0")
    assert here != server_name(tmp_path / "a")


def test_of_starts_at_one_moment_one_opens_a_window(name: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    held, hold = os.pipe()
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", STARTING, str(n), name], env=environment,
            stdin=held, stdout=subprocess.PIPE, text=True,
        )
        for n in range(4)
    ]  # fmt: skip
    # All have come to the door before the first one may knock.
    assert [one.stdout.readline() for one in starts if one.stdout] == ["ready\n"] * 4
    os.close(hold)
    os.close(held)
    for one in starts:
        one.communicate(timeout=120)
    assert sorted(one.returncode for one in starts) == [7, 7, 7, 8]


def test_words_arrive_whole(
    doorkeeper: Doorkeeper, name: str, qtbot: QtBot, tmp_path: Path
) -> None:
    mistyped = "rtsp:/admin:S3cret@host/x"
    words = ["사진 1.jpg", "/a/b.png", "demo:", "camera:0", "rtsp://host/x", "clip.mp4", mistyped]
    with qtbot.waitSignal(doorkeeper.words_came, timeout=LIMIT_MS) as came:
        other = Elsewhere(words, name, tmp_path)
    qtbot.waitUntil(other.ended, timeout=LIMIT_MS)
    assert other.accepted
    assert came.args == [
        [str(tmp_path / "사진 1.jpg"), "/a/b.png", "demo:", "camera:0", "rtsp://host/x",
         str(tmp_path / "clip.mp4"), mistyped]
    ]  # fmt: skip


def test_many_words_arrive(doorkeeper: Doorkeeper, name: str, qtbot: QtBot, tmp_path: Path) -> None:
    words = [f"/pictures/{number:06}-{'x' * 100}.jpg" for number in range(2000)]
    with qtbot.waitSignal(doorkeeper.words_came, timeout=LIMIT_MS) as came:
        other = Elsewhere(words, name, tmp_path)
    qtbot.waitUntil(other.ended, timeout=LIMIT_MS)
    assert came.args == [words]
    assert other.accepted


def test_without_a_window_nothing_is_handed_over(name: str, qapp: QApplication) -> None:
    assert not hand_over(["/a.png"], name)


def test_a_window_that_hangs_keeps_nobody_out(
    name: str, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = QLocalServer()
    server.listen(name)
    monkeypatch.setattr(single, "ANSWER_MS", 50)
    assert not hand_over(["/a.png"], name)
    server.close()


def test_what_a_killed_window_left_is_no_obstacle(
    name: str, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    dead = QLocalServer()
    dead.listen(name)
    place = dead.fullServerName()
    # A server that is closed takes its name with it; one that is killed does not.
    dead.close()
    Path(place).touch()
    keeper = Doorkeeper(name)
    other = Elsewhere([], name, tmp_path)
    qtbot.waitUntil(other.ended, timeout=LIMIT_MS)
    assert other.accepted
    qapp.removeEventFilter(keeper)
    keeper.close()


@pytest.mark.parametrize("said", [b"{}\n", b"not json\n", b"[1, 2]\n", b"\xff\xfe\n"])
def test_nonsense_is_not_answered(
    doorkeeper: Doorkeeper, name: str, qtbot: QtBot, said: bytes
) -> None:
    heard: list[object] = []
    doorkeeper.words_came.connect(heard.append)
    socket = QLocalSocket()
    socket.connectToServer(name)
    assert socket.waitForConnected(5000)
    socket.write(said)
    socket.flush()
    qtbot.wait(300)
    assert heard == []
    assert socket.bytesAvailable() == 0
    socket.abort()


def test_files_of_the_file_manager_are_opened(
    name: str, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    keeper = Doorkeeper(name)
    opened = QFileOpenEvent(QUrl.fromLocalFile("/pictures/광장.jpg"))
    with qtbot.waitSignal(keeper.words_came) as came:
        qapp.sendEvent(qapp, opened)
    assert came.args == [["/pictures/광장.jpg"]]
    assert not keeper.eventFilter(qapp, QEvent(QEvent.Type.User))
    keeper.close()
    with qtbot.assertNotEmitted(keeper.words_came):
        qapp.sendEvent(qapp, opened)


def test_the_window_comes_to_the_front_and_opens(window: MainWindow, qtbot: QtBot) -> None:
    opened: list[list[str]] = []
    window.open_words = opened.append  # type: ignore[method-assign,assignment]
    window.showMinimized()
    start.come_to_front(window, ["/a.png"])
    assert opened == [["/a.png"]]
    assert not window.isMinimized()
    assert window.isVisible()


def test_a_second_start_ends_at_once(
    doorkeeper: Doorkeeper, name: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "server_name", lambda _path: name)
    monkeypatch.setattr(single, "hand_over", lambda words, there: (words, there) == (["x"], name))
    monkeypatch.setattr(start, "make_window", lambda *_a: pytest.fail("a second window"))
    assert start.open_window(["x"], "en") == 0
