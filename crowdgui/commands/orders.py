"""What is said to a training at work: words on standard input, and Ctrl-C."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import stat
import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any, TextIO

import typer

from crowdgui.commands.options import silence

WORDS = ("pause", "resume", "stop")
STOPS = ("stop", "parent-gone")
# How often it is looked whether an order has come.
LOOK_S = 0.1


class Orders:
    """Words from standard input, a line each, where it is to `listen`.

    What is no order is passed over. With `follow` it listens too, and the end of standard input is
    a stop, called parent-gone: a program that died leaves no orphan, and nobody wanted the run to
    end.
    """

    def __init__(self, *, follow: bool, listen: bool = False) -> None:
        self._words: queue.SimpleQueue[str] = queue.SimpleQueue()
        # Whether one of them was Ctrl-C.
        self.interrupted = False
        # A terminal's input belongs to the person at it, who has Ctrl-C, and any other to who did
        # not ask: a script may read its list of trainings there.
        if sys.stdin is not None and (follow or (listen and not sys.stdin.isatty())):
            threading.Thread(target=self._read, args=(follow,), daemon=True).start()

    def __call__(self) -> str | None:
        """Return the oldest order not yet taken, or None."""
        try:
            return self._words.get_nowait()
        except queue.Empty:
            return None

    def interrupt(self) -> None:
        """Take Ctrl-C for the order to stop."""
        self.interrupted = True
        self._words.put("stop")

    def _read(self, follow: bool) -> None:
        # A standard input that cannot be read gives no orders.
        with contextlib.suppress(OSError, ValueError):
            for line in _lines():
                if (word := line.strip()) in WORDS:
                    self._words.put(word)
        if follow:
            self._words.put("parent-gone")


def _lines() -> Iterator[str]:
    """Yield the lines of standard input as they come."""
    if sys.platform == "win32" and stat.S_ISFIFO(os.fstat(sys.stdin.fileno()).st_mode):
        import _winapi
        import msvcrt

        number = sys.stdin.fileno()
        handle = msvcrt.get_osfhandle(number)
        # While a thread waits in a read of a pipe, loading some libraries waits for it: their
        # runtime asks for the kind of standard input (github.com/numpy/numpy/issues/24290).
        yield from lines_without_waiting(
            lambda: int(_winapi.PeekNamedPipe(handle, 0)[0]), lambda size: os.read(number, size)
        )
    else:
        yield from sys.stdin


def lines_without_waiting(peek: Callable[[], int], read: Callable[[int], bytes]) -> Iterator[str]:
    """Yield lines of a pipe until it is broken, reading no more than the bytes that are there."""
    begun = b""
    with contextlib.suppress(BrokenPipeError):
        while True:
            if size := peek():
                *lines, begun = (begun + read(size)).split(b"\n")
                yield from (line.decode("utf-8", "replace") for line in lines)
            else:
                time.sleep(LOOK_S)
    yield begun.decode("utf-8", "replace")


def heed(orders: Orders) -> None:
    """Carry out an order between two pieces of work: wait, or raise KeyboardInterrupt."""
    order = orders()
    if order == "pause":
        while (order := orders()) not in ("resume", *STOPS):
            time.sleep(LOOK_S)
    if order in STOPS:
        raise KeyboardInterrupt


@contextlib.contextmanager
def stopping_gently(orders: Orders | None) -> Iterator[None]:
    """Let the first Ctrl-C be an order: the step ends and its state is kept; the next is sudden.

    Without `orders`, in one of several processes, another passes them on. What the program takes
    for Ctrl-C (SIGTERM, a closed terminal) is one here too.
    """
    endings = [
        number
        for number in signal.valid_signals()
        if signal.getsignal(number) is signal.default_int_handler
    ]

    def sudden() -> None:
        for number in endings:
            signal.signal(number, signal.default_int_handler)

    def gentle(_number: int, _frame: FrameType | None) -> None:
        sudden()
        if orders is not None:
            orders.interrupt()
            # The terminal may be what has gone, or be written to at this very moment.
            with contextlib.suppress(OSError, RuntimeError):
                typer.echo("Stopping after this step; once more to stop at once.", err=True)

    for number in endings:
        signal.signal(number, gentle)
    try:
        yield
    finally:
        sudden()


def stop_unread(stream: TextIO, orders: Orders | None) -> None:
    """Take it for Ctrl-C that the reader of a stream has gone; from now on it stays silent."""
    silence(stream)
    if orders is not None:
        orders.interrupt()


def heeding(
    events: Iterator[dict[str, Any]], orders: Orders | None = None
) -> Iterator[dict[str, Any]]:
    """Pass events on; raise KeyboardInterrupt after the one that says that the run was stopped.

    With `orders`, only where Ctrl-C was among them: a word is carried out, and all is well.
    """
    for event in events:
        yield event
        if event["event"] == "stopped" and (orders is None or orders.interrupted):
            raise KeyboardInterrupt
