"""Network streams: RTSP, and MJPEG or anything else that FFmpeg reads over HTTP."""

from __future__ import annotations

from urllib.parse import urlsplit

import cv2

from crowdgui.live.capture import TIME_LIMITS, open_capture, read_rgb
from crowdgui.live.credentials import complete, mask
from crowdgui.live.feed import Kind, Picture
from crowdgui.live.probe import PORTS, diagnose
from models.errors import UserError


class StreamFeed:
    """A stream by its address, which may name variables: rtsp://user:${PASSWORD}@host/path."""

    kind: Kind = "stream"

    def __init__(self, address: str) -> None:
        """Raise UserError address-invalid or variable-missing; nothing is opened yet."""
        self.name = mask(address)
        self._address = address
        _check(complete(address), self.name)

    def take_address(self, other: StreamFeed) -> bool:
        """Use the address of another feed of this name from the next opening on; whether it is
        another one: its password was corrected."""
        before, self._address = self._address, other._address
        return self._address != before

    def open(self) -> StreamCapture:
        """Connect within some seconds.

        Raises UserError stream-picture, or as probe.diagnose returns it.
        """
        address = complete(self._address)
        capture = open_capture(address, cv2.CAP_FFMPEG, TIME_LIMITS)
        if capture is None:
            raise _named(diagnose(address), self.name)
        opened = StreamCapture(capture, self.name)
        if urlsplit(address).scheme in ("http", "https") and opened.is_picture():
            opened.close()
            raise UserError("stream-picture", address=self.name)
        return opened

    def resting(self) -> bool:
        return False


class StreamCapture:
    """An open stream.

    A stream that changes its size while it runs is fitted into its first size by OpenCV, until
    it is opened again.
    """

    position = None

    def __init__(self, capture: cv2.VideoCapture, name: str) -> None:
        self._capture = capture
        self._name = name
        self._first: list[Picture] = []
        self.fps = max(capture.get(cv2.CAP_PROP_FPS), 0.0)

    def is_picture(self) -> bool:
        """Whether it ends with its first picture, as snapshot.jpg does; `read` gives both again."""
        first = (read_rgb(self._capture) for _ in range(2))
        self._first = [picture for picture in first if picture is not None]
        return len(self._first) == 1

    def read(self) -> Picture:
        picture = self._first.pop(0) if self._first else read_rgb(self._capture)
        if picture is None:
            # The handle stays dead from here on, although it says that it is open.
            raise UserError("stream-lost", address=self._name)
        return picture

    def interrupt(self) -> None:
        """A read ends by its own time limit."""

    def close(self) -> None:
        self._capture.release()


def _check(address: str, shown: str) -> None:
    try:
        parts = urlsplit(address)
        port = parts.port
        address.encode("utf-8")
    except ValueError as error:
        raise UserError("address-invalid", address=shown) from error
    if parts.scheme not in PORTS or not parts.hostname or port == 0:
        raise UserError("address-invalid", address=shown)


def _named(error: UserError, name: str) -> UserError:
    """Show the address as it was given: a variable's name says more than what it held."""
    return UserError(error.code, **{**error.facts, "address": name})
