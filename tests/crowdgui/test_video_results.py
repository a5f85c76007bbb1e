"""What is left of a video whose frames come at no steady rate follows its time all the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from crowdgui.live.analysis import CountedFrame
from crowdgui.live.levels import ZoneWatch
from crowdgui.live.videos import frames_of
from crowdgui.live.zones import Zone
from crowdgui.video_results import LONGEST_STILL_S, Course, ResultFiles, keeping
from small_streams import brightness_counter

WHOLE = Zone("all", ((0, 0), (1, 0), (1, 1), (0, 1)))


def frame(number: int, time: float, brightness: int) -> CountedFrame:
    picture = np.full((64, 64, 3), brightness, np.uint8)
    prediction = brightness_counter().predict(picture)
    readings, _ = ZoneWatch([WHOLE]).read(prediction, time)
    return CountedFrame(number, time, picture, prediction, readings)


def drawn(path: Path, times: list[float], fps: float) -> list[float]:
    """Return the brightness of each picture of the video that is drawn at these times.

    Each frame is 40 brighter than the one before.
    """
    files = ResultFiles(video=path)
    with keeping(files, Course([WHOLE]), fps, "v") as keep:
        for number, time in enumerate(times):
            keep(frame(number + 1, time, 10 + 40 * number))
    return [float(picture[40:, 40:].mean()) for _, picture in frames_of(path)]


def test_the_annotated_video_takes_as_long_as_the_video(tmp_path: Path) -> None:
    shown = drawn(tmp_path / "a.mp4", [0.0, 0.1, 0.5, 1.0], fps=10)
    assert len(shown) == 11
    starts = [number for number in range(1, 11) if abs(shown[number] - shown[number - 1]) > 5]
    assert starts == [1, 5, 10]


def test_frames_that_come_too_fast_are_left_out(tmp_path: Path) -> None:
    assert len(drawn(tmp_path / "a.mp4", [n / 50 for n in range(6)], fps=25)) == 3


def test_time_stamps_that_jump_fill_no_disk(tmp_path: Path) -> None:
    shown = drawn(tmp_path / "a.mp4", [0.0, 90000.0, 90001.0], fps=1)
    assert len(shown) == LONGEST_STILL_S + 2


@pytest.mark.parametrize(
    ("times", "mean"),
    [
        ([0.0, 0.1, 0.2], 30.0),
        ([0.0, 3.0, 4.0], 80 / 3),
        # Time stamps that jump.
        ([0.0, 60.0, 90060.0], 30.0),
        ([3.0], 10.0),
    ],
)
def test_the_mean_is_over_time(times: list[float], mean: float) -> None:
    course = Course([WHOLE])
    for number, time in enumerate(times):
        course.add(frame(number + 1, time, 0))
        course.counts[-1] = course.zones["all"][-1] = 10.0 + 20 * number
    assert course.mean == course.mean_of(course.zones["all"]) == pytest.approx(mean)
