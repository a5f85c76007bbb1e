"""An alert whose zone shall tell of a higher level only, with a camera that sees and a dead one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from crowdgui.live.feed import Frame
from crowdgui.live.levels import Alert
from crowdgui.live.reader import State
from crowdgui.live.rows import make_row
from crowdgui.live.session import LiveSession, LiveSource
from crowdgui.live.zones import Zone
from small_streams import brightness_counter, wait_until
from small_taps import QUICK, Tap

WHOLE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
GREY = np.full((16, 16, 3), 255, np.uint8)
# Four people of five: crowded.
GATE = Zone("Gate", WHOLE, capacity=5, hold_s=0, alert_at=2)
HIGHER = replace(GATE, alert_at=3)


@pytest.fixture
def raised(tap: Tap) -> LiveSource:
    source = LiveSource(tap, [GATE], lambda: None, QUICK)
    source.reader.state = State.LIVE
    source.reader._connections = 1
    assert facts(count(source)) == [(True, "crowded", True)]
    return source


def count(source: LiveSource) -> list[Alert]:
    frame = Frame(GREY, 1, 0.0, None, source.reader.connection)
    return source.count(frame, brightness_counter(), 0)


def facts(alerts: list[Alert]) -> list[tuple[bool, str, bool]]:
    return [(alert.raised, alert.level, alert.watched) for alert in alerts]


def test_of_a_dead_camera_it_ends_without_a_picture_and_once(raised: LiveSource) -> None:
    raised.reader.state = State.STALLED
    raised.set_zones([HIGHER])
    assert facts(raised.end_unwatched()) == [(False, "crowded", False)]
    assert raised.end_unwatched() == []
    raised.reader.state = State.LIVE
    assert count(raised) == []


def test_of_a_camera_that_sees_the_next_picture_ends_it(raised: LiveSource) -> None:
    raised.set_zones([HIGHER])
    assert raised.end_unwatched() == []
    assert facts(count(raised)) == [(False, "crowded", True)]


def test_what_a_dead_camera_raised_stays_and_is_given_no_level(raised: LiveSource) -> None:
    raised.reader.state = State.STALLED
    assert raised.end_unwatched() == []
    assert make_row(raised, 0.0).levels == {}
    # Nor is anything raised of a crowd that nobody sees.
    raised.set_zones([replace(GATE, alert_at=1), Zone("Hall", WHOLE, capacity=1, hold_s=0)])
    assert raised.end_unwatched() == []


def test_a_session_ends_it(session: LiveSession, tap: Tap) -> None:
    zone = Zone("Gate", WHOLE, capacity=0.001, limits=(0.5, 0.8, 1e6), hold_s=0, alert_at=2)
    source = session.add(tap, [zone])
    wait_until(lambda: session.alerts_after(0))
    tap.hang()
    wait_until(lambda: source.state().state is State.STALLED)
    source.set_zones([replace(zone, alert_at=3)])
    wait_until(lambda: len(session.alerts_after(0)) == 2)
    (_number, end) = session.alerts_after(1)[0]
    assert facts([end]) == [(False, "crowded", False)]
