"""Orders on standard input, also where a pipe may not be waited for."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from crowdgui.commands import orders
from crowdgui.commands.orders import Orders, lines_without_waiting
from small_streams import wait_until


def test_lines_are_put_together_from_what_is_there() -> None:
    """None: nothing is there yet."""
    parts = iter([b"pau", None, b"se\r\nresume\nst\xec", b"\x98\xa4\n", None, b"stop"])
    there = b""

    def peek() -> int:
        nonlocal there
        try:
            there = next(parts) or b""
        except StopIteration:
            raise BrokenPipeError from None
        return len(there)

    def read(size: int) -> bytes:
        assert size == len(there) > 0
        return there

    found = [line.strip() for line in lines_without_waiting(peek, read)]
    assert found == ["pause", "resume", "st오", "stop"]


@pytest.mark.skipif(sys.platform == "win32", reason="acts as Windows does")
def test_windows_never_waits_in_a_read(monkeypatch: pytest.MonkeyPatch) -> None:
    from array import array
    from fcntl import ioctl
    from select import select
    from termios import FIONREAD

    def peek(pipe: int, _size: int) -> tuple[int, int]:
        there = array("i", [0])
        ioctl(pipe, FIONREAD, there)
        if not there[0] and select([pipe], [], [], 0)[0]:
            raise BrokenPipeError
        return there[0], 0

    class NoReading:
        """Text whose lines nobody may wait for."""

        def fileno(self) -> int:
            return out

    out, into = os.pipe()
    windows = SimpleNamespace(platform="win32", stdin=NoReading())
    monkeypatch.setattr(orders, "sys", windows)
    monkeypatch.setitem(sys.modules, "_winapi", SimpleNamespace(PeekNamedPipe=peek))
    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(get_osfhandle=lambda pipe: pipe))
    said = Orders(follow=True)
    os.write(into, b"pau")
    os.write(into, b"se\nnonsense\n")
    assert waited_for(said) == "pause"
    os.close(into)
    assert waited_for(said) == "parent-gone"
    os.close(out)


def waited_for(said: Callable[[], str | None]) -> str | None:
    heard: list[str | None] = []

    def hear() -> str | None:
        heard.append(said())
        return heard[-1]

    wait_until(hear)
    return heard[-1]
