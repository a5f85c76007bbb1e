"""Real RTSP and MJPEG servers on loopback: stalled, continued, killed, protected, resized."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import cv2
import pytest

from crowdgui.live.capture import OPEN_TIMEOUT_MS
from crowdgui.live.clock import monotonic
from crowdgui.live.reader import State, Timing
from crowdgui.live.session import LiveSession, LiveSource
from crowdgui.live.streams import StreamFeed
from models.errors import UserError
from small_streams import (
    MjpegServer,
    Server,
    brightness_counter,
    free_port,
    moving_picture,
    rtsp_server,
    wait_until,
)

# Promised by the program: a stream is shown again within so many seconds of its server's return.
RECOVERED_S = 10.0
# Of them, for the opening that succeeds.
OPENED_S = 4.0


@pytest.fixture
def session() -> Iterator[LiveSession]:
    session = LiveSession(brightness_counter())
    yield session
    session.close()


@pytest.fixture
def mjpeg() -> Iterator[MjpegServer]:
    server = MjpegServer()
    yield server
    server.close()


def is_live(source: LiveSource) -> bool:
    state = source.state()
    return state.state is State.LIVE and state.stats.processed > 0


def recover(source: LiveSource) -> None:
    """Wait for a picture that was read from now on."""
    returned = monotonic()

    def fresh() -> bool:
        latest = source.state().latest
        return is_live(source) and latest is not None and latest.frame.arrived > returned

    wait_until(fresh)


def test_who_returns_is_asked_soon_enough() -> None:
    # At the worst an attempt had just begun, and the longest pause follows.
    assert OPEN_TIMEOUT_MS / 1000 + max(Timing().back_off) + OPENED_S <= RECOVERED_S


def test_an_rtsp_server_hangs_dies_and_comes_back(session: LiveSession) -> None:
    with rtsp_server() as server:
        source = session.add(StreamFeed(f"rtsp://127.0.0.1:{server.port}/test"))
        wait_until(lambda: is_live(source))
        server.send(signal.SIGSTOP)
        wait_until(lambda: source.state().state is State.STALLED)
        # A connection is made and given up meanwhile.
        wait_until(lambda: source.state().retry_s is not None)
        server.send(signal.SIGCONT)
        recover(source)
        server.kill()
        wait_until(lambda: source.state().state is State.STALLED)
        wait_until(lambda: _code(source) == "stream-refused")
        server.start()
        recover(source)
        state = source.state()
    assert state.problem is None
    # A busy machine may have missed more pictures than these.
    assert state.stats.reconnects >= 2
    assert state.latest is not None
    assert state.latest.prediction.size == (320, 240)


def test_a_protected_rtsp_server(session: LiveSession, monkeypatch: pytest.MonkeyPatch) -> None:
    with rtsp_server("geheim") as server:
        place = f"127.0.0.1:{server.port}"
        wrong = session.add(StreamFeed(f"rtsp://user:falsch@{place}/test"))
        nobody = session.add(StreamFeed(f"rtsp://{place}/test"))
        monkeypatch.setenv("CAMERA", "geheim")
        missing = session.add(StreamFeed("rtsp://user:${CAMERA}@" + place + "/nothing"))
        right = session.add(StreamFeed("rtsp://user:${CAMERA}@" + place + "/test"))
        wait_until(lambda: is_live(right))
        wait_until(lambda: _code(wrong) == _code(nobody) == "stream-password")
        wait_until(lambda: _code(missing) == "stream-missing")
    assert "falsch" not in str(wrong.state().problem)
    assert "geheim" not in f"{right.name}{missing.state().problem}"
    assert "${CAMERA}" in str(missing.state().problem)


def test_two_sources_at_once(session: LiveSession, mjpeg: MjpegServer) -> None:
    with rtsp_server() as server:
        sources = [
            session.add(StreamFeed(f"rtsp://127.0.0.1:{server.port}/test")),
            session.add(StreamFeed(f"http://127.0.0.1:{mjpeg.port}/stream")),
        ]
        wait_until(lambda: all(is_live(source) for source in sources))
        sizes = [source.state().latest.prediction.size for source in sources]  # type: ignore[union-attr]
    assert sizes == [(320, 240), (160, 120)]


def test_mjpeg_that_changes_its_size_and_stalls(session: LiveSession, mjpeg: MjpegServer) -> None:
    source = session.add(StreamFeed(f"http://127.0.0.1:{mjpeg.port}/stream"))
    wait_until(lambda: is_live(source))
    mjpeg.size = (320, 200)
    before, sent = source.state().stats.processed, mjpeg.sent
    wait_until(lambda: source.state().stats.processed > before + 20 and mjpeg.sent > sent + 20)
    # OpenCV fits the picture into the size that the connection began with.
    assert _size(source) == (160, 120)
    assert source.state().problem is None
    mjpeg.held.set()
    wait_until(lambda: source.state().state is State.STALLED)
    mjpeg.held.clear()
    recover(source)
    assert _size(source) == (320, 200)


def test_mjpeg_with_a_password(session: LiveSession) -> None:
    server = MjpegServer("user", "ge heim")
    try:
        place = f"127.0.0.1:{server.port}/stream"
        right = session.add(StreamFeed(f"http://user:ge%20heim@{place}"))
        wrong = session.add(StreamFeed(f"http://user:falsch@{place}"))
        missing = session.add(StreamFeed(f"http://user:ge%20heim@127.0.0.1:{server.port}/x"))
        wait_until(lambda: is_live(right))
        wait_until(lambda: _code(wrong) == "stream-password")
        wait_until(lambda: _code(missing) == "stream-missing")
    finally:
        server.close()


@pytest.mark.parametrize("name", ["snapshot.jpg", "snapshot.png"])
def test_an_address_of_a_picture_is_no_stream(session: LiveSession, name: str) -> None:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            _, data = cv2.imencode(Path(self.path).suffix, moving_picture(0))
            self.wfile.write(data.tobytes())

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        address = f"http://user:geheim@127.0.0.1:{server.server_address[1]}/{name}"
        source = session.add(StreamFeed(address))
        wait_until(lambda: _code(source) == "stream-picture")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    state = source.state()
    assert "geheim" not in str(state.problem)
    assert (state.state, state.stats.frames) == (State.OPENING, 0)


def test_addresses_where_nothing_is(session: LiveSession) -> None:
    nobody = session.add(StreamFeed(f"rtsp://127.0.0.1:{free_port()}/test"))
    wait_until(lambda: _code(nobody) == "stream-refused")
    assert nobody.state().state is State.OPENING


def test_a_server_that_says_nothing(session: LiveSession) -> None:
    code = "import socket,time;s=socket.create_server(('127.0.0.1',{port}));time.sleep(60)"
    port = free_port()
    server = Server([sys.executable, "-c", code.format(port=port)], port)
    server.start()
    try:
        feed = StreamFeed(f"rtsp://user:geheim@127.0.0.1:{port}/test")
        with pytest.raises(UserError, match="does not answer in time") as caught:
            feed.open()
    finally:
        server.kill()
    assert "geheim" not in str(caught.value)


def test_libraries_print_no_password() -> None:
    code = """
import sys
from crowdgui.live.streams import StreamFeed
from models.errors import UserError
try:
    StreamFeed(sys.argv[1]).open()
except UserError as error:
    print(error)
"""
    address = f"rtsp://user:geheim@127.0.0.1:{free_port()}/test"
    words = [sys.executable, "-c", code, address]
    result = subprocess.run(words, capture_output=True, text=True, check=True)
    assert "nothing answers" in result.stdout
    assert "geheim" not in result.stdout + result.stderr


def _code(source: LiveSource) -> str:
    problem = source.state().problem
    return "" if problem is None else problem.code


def _size(source: LiveSource) -> tuple[int, int] | None:
    latest = source.state().latest
    return None if latest is None else latest.prediction.size
