"""Lengths of time in words."""

from __future__ import annotations

import pytest

from crowdgui.window.durations import clock


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0:00:00"), (59.6, "0:01:00"), (3600 + 62, "1:01:02"), (26 * 3600 + 300, "26:05:00")],
)
def test_hours_are_counted_on(seconds: float, text: str) -> None:
    assert clock(seconds) == text
