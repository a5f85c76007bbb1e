"""A feed that a test holds in its hand."""

from __future__ import annotations

import threading
import time

import numpy as np

from crowdgui.live.feed import Kind, Picture
from crowdgui.live.reader import Timing
from models.errors import UserError
from small_streams import wait_until

QUICK = Timing(open=0.6, stall=0.4, back_off=(0.05, 0.1), seldom=5.0)


class Tap:
    """A feed that a test turns on and off; its captures hang, end or fail as they are told."""

    name = "tap"
    kind: Kind = "camera"

    def __init__(self, fps: float = 100.0) -> None:
        self.may_read = threading.Event()
        self.may_open = threading.Event()
        self.may_read.set()
        self.may_open.set()
        self.hangs = threading.Event()
        self.broken: UserError | None = None
        self.wait = 1 / fps
        self.opened = self.closed = 0
        self.read_count = 0
        self.rests = False

    def open(self) -> TapCapture:
        self.opened += 1
        self.may_open.wait()
        if self.broken is not None:
            raise self.broken
        return TapCapture(self)

    def resting(self) -> bool:
        return self.rests

    def hang(self) -> None:
        """Give no more pictures, and wait until one is read in vain: none is on its way then."""
        self.hangs.clear()
        self.may_read.clear()
        wait_until(self.hangs.is_set)


class TapCapture:
    fps = 100.0
    position = None

    def __init__(self, tap: Tap) -> None:
        self.tap = tap

    def read(self) -> Picture | None:
        if not self.tap.may_read.is_set():
            self.tap.hangs.set()
            self.tap.may_read.wait()
        time.sleep(self.tap.wait)
        if self.tap.broken is not None:
            raise self.tap.broken
        self.tap.read_count += 1
        return np.full((16, 16, 3), self.tap.read_count % 256, np.uint8)

    def interrupt(self) -> None:
        """A hung read cannot be ended."""

    def close(self) -> None:
        self.tap.closed += 1
