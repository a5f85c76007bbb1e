"""Nobody reads any more what is printed: a broken pipe, or an invalid argument on Windows."""

from __future__ import annotations

import errno
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import typer

import crowdgui.commands.watch
from crowdgui import app
from crowdgui.commands import count, options, orders, training
from crowdgui.commands.options import reader_gone
from crowdgui.commands.orders import Orders

Run = Callable[..., tuple[int, str, str]]
GONE = OSError(errno.EINVAL, "Invalid argument")
STARTED = {
    "event": "started", "pictures": 1, "people": 1, "validation_pictures": 1, "run": "r",
    "steps_per_epoch": 1,
}  # fmt: skip
FINISHED = {"event": "finished", "message": "finished", "weights": "w"}


class Unread(io.StringIO):
    def flush(self) -> None:
        raise GONE


@pytest.fixture
def silenced(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Be on Windows; returns the streams that are silenced, of which none is."""
    found: list[object] = []
    monkeypatch.setattr(options, "sys", SimpleNamespace(platform="win32"))
    for module in (app, crowdgui.commands.watch, orders):
        monkeypatch.setattr(module, "silence", found.append)
    return found


def test_only_windows_says_it_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert reader_gone(BrokenPipeError(errno.EPIPE, "Broken pipe"))
    for platform in ("linux", "darwin", "win32"):
        monkeypatch.setattr(options, "sys", SimpleNamespace(platform=platform))
        assert reader_gone(GONE) == (platform == "win32")
        assert not reader_gone(OSError(errno.EINVAL, "Invalid argument", "a file"))
        assert not reader_gone(OSError(errno.ENOSPC, "No space left on device"))


def test_events_that_nobody_reads_stop_the_training(
    silenced: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    stream, said = Unread(), Orders(follow=False)
    monkeypatch.setattr(training, "sys", SimpleNamespace(stdout=stream))
    training._mirror(iter([{"event": "step"}]), said)
    assert silenced == [stream]
    assert said() == "stop"


def test_a_bar_that_nobody_sees_stops_the_training(
    silenced: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    stream, said = Unread(), Orders(follow=False)
    monkeypatch.setattr("sys.stderr", stream)
    training.draw(iter([STARTED]), 1, said)
    assert set(silenced) == {stream}
    assert said() == "stop"


def test_an_end_that_nobody_reads_is_no_trouble(
    silenced: list[object], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def echo(_sentence: str) -> None:
        raise GONE

    monkeypatch.setattr(typer, "echo", echo)
    said = Orders(follow=False)
    training.draw(iter([STARTED, FINISHED]), 1, said)
    assert len(silenced) == 1
    assert said() == "stop"


def test_rows_that_nobody_reads_end_the_watch(
    only_mcnn: Path, silenced: list[object], monkeypatch: pytest.MonkeyPatch, command: Run
) -> None:
    def watch(*_: object) -> None:
        raise GONE

    monkeypatch.setattr(crowdgui.commands.watch, "_keep_watching", watch)
    code, _, err = command("watch", "demo:", "--duration", "1")
    assert code in (0, 2)
    assert err == ""
    assert len(silenced) == 1


def test_counts_that_nobody_reads_end_the_program(
    silenced: list[object], monkeypatch: pytest.MonkeyPatch, command: Run
) -> None:
    def run(*_: object) -> Iterator[Any]:
        raise GONE

    monkeypatch.setattr(count, "run", run)
    assert command("count", "demo:") == (1, "", "")
    assert len(silenced) == 1
