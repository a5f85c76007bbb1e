"""A source that is turned on and off, and a session that is quick to notice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from crowdgui.live.session import LiveSession
from small_streams import brightness_counter
from small_taps import QUICK, Tap


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
