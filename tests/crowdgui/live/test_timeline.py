"""The timeline, smoothing and rates: bounded, and true to what was counted."""

from __future__ import annotations

import numpy as np
import pytest

from crowdgui.live.smoothing import Smoother
from crowdgui.live.stats import Rate
from crowdgui.live.timeline import Timeline


def test_minutes_and_days_of_the_same_counts() -> None:
    timeline = Timeline(((1, 120), (10, 100), (60, 50)))
    for second in range(1000):
        timeline.add(second, second % 50)
        timeline.add(second + 0.5, second % 50 + 1)
    fine = timeline.series(60, 999.9)
    assert len(fine.times) == 61
    assert fine.times[-1] == 999.5
    assert (fine.low[-1], fine.mean[-1], fine.high[-1]) == (49, 49.5, 50)
    assert fine.peak == 50
    coarse = timeline.series(900, 999.9)
    assert np.diff(coarse.times).tolist() == [10] * (len(coarse.times) - 1)
    assert coarse.high[-1] == 50
    assert coarse.low[-1] == 40
    assert coarse.average == pytest.approx(25, abs=0.6)


def test_a_pause_is_a_gap_and_old_rounds_do_not_show() -> None:
    timeline = Timeline(((1, 10),))
    for second in (0, 1, 2, 25, 27):
        timeline.add(second, second)
    series = timeline.series(5, 27)
    assert series.times.tolist() == [22.5, 23.5, 24.5, 25.5, 26.5, 27.5]
    assert np.isnan(series.mean).tolist() == [True, True, True, False, True, False]
    empty = Timeline().series(60, 1000)
    assert np.isnan(empty.peak)
    assert np.isnan(empty.average)


def test_smoothing_does_not_depend_on_the_rate() -> None:
    slow, fast = Smoother(2.0), Smoother(2.0)
    slow.add(0, 0)
    fast.add(0, 0)
    for tick in range(1, 101):
        fast.add(10, tick / 50)
    assert slow.add(10, 2) == pytest.approx(10 * (1 - np.exp(-1)))
    assert fast.value == pytest.approx(slow.value, rel=0.01)
    assert slow.add(3, 1000) == pytest.approx(3)


def test_a_rate_falls_when_nothing_comes() -> None:
    rate = Rate()
    for tick in range(101):
        rate.tick(tick / 25)
    assert rate.per_second(4.0) == pytest.approx(25)
    assert rate.per_second(6.0) < 20
    assert rate.per_second(60) == 0
