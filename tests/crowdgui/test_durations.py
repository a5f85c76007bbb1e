"""Lengths of time in words."""

from __future__ import annotations

import pytest

from crowdgui.durations import clock, place


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0:00:00"), (59.6, "0:01:00"), (3600 + 62, "1:01:02"), (26 * 3600 + 300, "26:05:00")],
)
def test_hours_are_counted_on(seconds: float, text: str) -> None:
    assert clock(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "length", "text"),
    [(61.9, 100, "1:01"), (61.9, 3600, "0:01:01"), (7322, 9000, "2:02:02")],
)
def test_places(seconds: float, length: float, text: str) -> None:
    assert place(seconds, length) == text
