"""A source that is turned on and off, and a session that is quick to notice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import crowdgui.live.reader
import crowdgui.live.second_opinion
import crowdgui.live.session
from crowdgui.live.session import LiveSession
from small_streams import brightness_counter
from small_taps import QUICK, Tap


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine may need longer to end than the program waits for it."""
    monkeypatch.setattr(crowdgui.live.session, "CLOSE_S", 60.0)
    monkeypatch.setattr(crowdgui.live.second_opinion, "JOIN_S", 60.0)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time of readers and sessions, in one place: it passes when a test says so."""
    now = [1000.0]
    for module in (crowdgui.live.reader, crowdgui.live.session):
        monkeypatch.setattr(module, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def tap() -> Iterator[Tap]:
    tap = Tap()
    yield tap
    tap.may_open.set()
    tap.may_read.set()


@pytest.fixture
def session() -> Iterator[LiveSession]:
    session = LiveSession(brightness_counter(), timing=QUICK)
    yield session
    session.close()
