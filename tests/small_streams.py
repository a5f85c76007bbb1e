"""Real servers on loopback, rendered pictures and a known counter, for tests of live counting."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from crowdgui.live.session import LiveSource
from crowdgui.live.videos import VideoFeed
from models.header import Header
from models.predictor import Predictor

SYSTEM_PYTHON = "/usr/bin/python3"
RTSP_SCRIPT = Path(__file__).with_name("rtsp_server.py")


class Brightness:
    """An engine whose map is the mean brightness of each 8 x 8 cell; it may be slow."""

    name = "brightness"
    precision = "fp32"
    takes_bytes = False

    def __init__(self, delay: float = 0.0) -> None:
        self.delay = delay

    def run(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        time.sleep(self.delay)
        _, _, height, width = batch.shape
        cells = batch[0, 0].reshape(height // 8, 8, width // 8, 8).mean(axis=(1, 3)) / 255
        return np.asarray(cells, np.float32)


def brightness_counter(delay: float = 0.0) -> Predictor:
    """A predictor without weights: a white cell of 8 x 8 pixels is one person."""
    header = Header(
        "mcnn", stride=8, pad_to=8, margin=0, parameters=0, mean=(0.0,) * 3, std=(1.0,) * 3
    )
    return Predictor(Brightness(delay), header, "brightness")


def wait_until(condition: Callable[[], object], limit: float = 60.0) -> None:
    """Wait for a condition; the limit is there so that a broken test ends."""
    until = time.monotonic() + limit
    while not condition():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.02)


def stays(condition: Callable[[], object], seconds: float) -> None:
    """Assert that a condition holds for a while: what must not happen gives no sign to wait for."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert condition(), "it did not stay"
        time.sleep(0.02)


def pause(source: LiveSource) -> None:
    """Pause a video, and wait until none of its pictures is on its way any more."""
    assert isinstance(source.feed, VideoFeed)
    playback, rests = source.feed.playback, threading.Event()
    wait = playback.wait

    def watched(seen: int, seconds: float | None = None) -> None:
        # Only what is paused waits without an end.
        if seconds is None:
            rests.set()
        wait(seen, seconds)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(playback, "wait", watched)
        playback.pause()
        wait_until(rests.is_set)
    wait_until(lambda: source.reader.slot.idle)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def need(reason: str | None) -> None:
    """Skip a test for a reason; under CI it fails instead."""
    if reason is None:
        return
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def missing_rtsp() -> str | None:
    code = "import gi; gi.require_version('GstRtspServer', '1.0')"
    words = [SYSTEM_PYTHON, "-c", code]
    if Path(SYSTEM_PYTHON).exists() and not subprocess.run(words, capture_output=True).returncode:
        return None
    return "not installed: gst-rtsp-server (packaging/apt-test.txt)"


def missing_mosquitto() -> str | None:
    there = shutil.which("mosquitto", path=os.environ["PATH"] + ":/usr/sbin")
    return None if there else "not installed: mosquitto (packaging/apt-test.txt)"


class Server:
    """A process that serves on a port of its own; it can be hung, killed and started again."""

    def __init__(self, command: list[str], port: int) -> None:
        self.command = command
        self.port = port
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_until(self._answers)

    def send(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def stop(self) -> None:
        """End it in good order."""
        assert self._process is not None
        self._process.terminate()
        self._process.wait()
        self._process = None

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


@contextmanager
def rtsp_server(password: str = "") -> Iterator[Server]:
    """Serve rtsp://127.0.0.1:PORT/test (user "user" where there is a password)."""
    need(missing_rtsp())
    port = free_port()
    server = Server([SYSTEM_PYTHON, str(RTSP_SCRIPT), str(port), password], port)
    try:
        server.start()
        yield server
    finally:
        server.kill()


@contextmanager
def mosquitto(folder: Path, *lines: str) -> Iterator[Server]:
    """A broker on a port of its own that keeps nothing between starts; `lines` configure it."""
    need(missing_mosquitto())
    port = free_port()
    config = folder / "mosquitto.conf"
    listed = lines or ("allow_anonymous true",)
    # Started by root it would become a user who may not read the test's folder.
    config.write_text("\n".join(["user root", f"listener {port} 127.0.0.1", *listed]) + "\n")
    program = shutil.which("mosquitto", path=os.environ["PATH"] + ":/usr/sbin")
    server = Server([str(program), "-c", str(config)], port)
    try:
        server.start()
        yield server
    finally:
        server.kill()


@contextmanager
def encrypted_mosquitto(folder: Path) -> Iterator[tuple[Server, Path]]:
    """A broker that speaks TLS, and the file of the authority that vouches for it."""
    need(None if shutil.which("openssl") else "not installed: openssl")
    key, certificate = folder / "key.pem", folder / "ca.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-keyout", key, "-out", certificate, "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True,
    )  # fmt: skip
    key.chmod(0o644)
    folder.chmod(0o755)
    lines = (f"certfile {certificate}", f"keyfile {key}", "allow_anonymous true")
    with mosquitto(folder, *lines) as server:
        yield server, certificate


class MjpegServer:
    """Serves one endless stream of JPEG pictures, as cheap cameras do."""

    def __init__(self, user: str = "", password: str = "") -> None:
        self.size = (160, 120)
        self.sent = 0
        self.refused = 0
        self.held = threading.Event()
        self._closed = threading.Event()
        stream, wanted = self, _basic(user, password)

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path != "/stream":
                    self.send_error(404)
                elif wanted and self.headers.get("Authorization") != wanted:
                    stream.refused += 1
                    self.send_response(401)
                    self.send_header("WWW-Authenticate", 'Basic realm="camera"')
                    self.end_headers()
                else:
                    stream.serve(self)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    def serve(self, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        kind = "multipart/x-mixed-replace; boundary=frame"
        handler.send_header("Content-Type", kind)
        handler.end_headers()
        try:
            while not self._closed.is_set():
                if self.held.is_set():
                    self._closed.wait(0.05)
                    continue
                _, data = cv2.imencode(".jpg", moving_picture(self.sent, self.size))
                head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(data)}\r\n\r\n"
                handler.wfile.write(head.encode() + data.tobytes() + b"\r\n")
                self.sent += 1
                self._closed.wait(0.04)
        except OSError:
            return  # the other side has gone

    def close(self) -> None:
        self._closed.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _basic(user: str, password: str) -> str:
    import base64

    if not user:
        return ""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def moving_picture(number: int, size: tuple[int, int] = (160, 120)) -> NDArray[np.uint8]:
    """A grey picture (H, W, 3) with a bright square that moves."""
    picture = np.full((size[1], size[0], 3), 60, np.uint8)
    left = number * 3 % (size[0] - 24)
    picture[20:44, left : left + 24] = 230
    return picture


def write_video(path: Path, frames: int = 30, fps: float = 25.0) -> Path:
    """Save a video whose frame n is moving_picture(n)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), fps, (160, 120))
    assert writer.isOpened()
    for number in range(frames):
        writer.write(moving_picture(number))
    writer.release()
    return path
