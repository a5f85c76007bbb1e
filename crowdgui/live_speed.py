"""How many frames of a 720p video a second are counted from end to end, and what takes the time."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from crowdgui.live.capture import open_capture, read_rgb
from crowdgui.speed import Way
from models.errors import UserError
from models.overlay import colour_levels, colour_table, full_scale, seen_density
from models.prediction import Prediction
from models.reduced import reduced
from trainer.synthetic import DEMO_SEED, MovingScene

VIDEO = (1280, 720)
COUNTED = (640, 360)
PEOPLE = 60
RENDERED = 8
FRAMES = 48
# A slow way gets so many seconds a round, but some frames all the same.
LONGEST, FEWEST = 4.0, 3
STAGES = ("decode", "resize", "count", "overlay")


@dataclass(frozen=True)
class Frame:
    """Seconds of one frame by stage."""

    decode: float
    resize: float
    count: float
    overlay: float

    @property
    def whole(self) -> float:
        return self.decode + self.resize + self.count + self.overlay


@contextmanager
def rendered_video() -> Iterator[Path]:
    """Give a rendered video; raises UserError setting-invalid where OpenCV makes none."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "crowd.mp4"
        _write_video(path)
        _open(path).release()
        yield path


def measure_live(video: Path, opened: Sequence[Way], rounds: int) -> list[dict[str, Any]]:
    """Count a rendered video in every way in turn; returns a row each, medians over the frames.

    Frames are decoded at 1280x720, counted at 640x360, and their density map is coloured as the
    window does; what the screen needs is not in it.
    """
    frames: dict[int, list[Frame]] = {number: [] for number in range(len(opened))}
    for _ in range(rounds):
        for number, way in enumerate(opened):
            frames[number] += _count(video, way)[1:]
    return [_row(way, frames[number]) for number, way in enumerate(opened)]


def _row(way: Way, frames: Sequence[Frame]) -> dict[str, Any]:
    stages = {stage: median(getattr(frame, stage) for frame in frames) for stage in STAGES}
    whole = median(frame.whole for frame in frames)
    return {
        "model": way.name,
        "engine": way.engine,
        "precision": way.precision,
        "fps": round(1 / whole, 2),
        **{f"{stage}_ms": round(seconds * 1000, 3) for stage, seconds in stages.items()},
        "count_share": round(stages["count"] / whole, 3),
    }


def _count(path: Path, way: Way) -> list[Frame]:
    capture = _open(path)
    found: list[Frame] = []
    table = colour_table()
    until = time.perf_counter() + LONGEST
    try:
        while True:
            times = [time.perf_counter()]
            picture = read_rgb(capture)
            if picture is None or (len(found) > FEWEST and times[0] > until):
                return found
            times.append(time.perf_counter())
            small = reduced(picture, COUNTED[0])
            times.append(time.perf_counter())
            prediction = way.predictor.predict(small)
            times.append(time.perf_counter())
            _heat_layer(prediction, table)
            times.append(time.perf_counter())
            found.append(Frame(*(stop - start for start, stop in pairwise(times))))
    finally:
        capture.release()


def _open(path: Path) -> cv2.VideoCapture:
    capture = open_capture(str(path), cv2.CAP_FFMPEG)
    if capture is None:
        raise _no_video()
    return capture


def _no_video() -> UserError:
    reason = "OpenCV cannot write and read a video here"
    return UserError("setting-invalid", name="--live", value="given", reason=reason)


def _heat_layer(prediction: Prediction, table: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Colour a density map at its own size, as the window does before the screen enlarges it."""
    seen = seen_density(prediction.density, prediction.grid)
    return np.asarray(table[colour_levels(seen, full_scale(seen))])


def _write_video(path: Path) -> None:
    scene = MovingScene(DEMO_SEED, VIDEO, PEOPLE)
    pictures = [scene.frame(turn / 10).picture for turn in range(RENDERED)]
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), 25, VIDEO)
    if not writer.isOpened():
        raise _no_video()
    for turn in range(FRAMES):
        # To and fro: no jump for the coder.
        place = turn % (2 * RENDERED - 2)
        place = min(place, 2 * RENDERED - 2 - place)
        writer.write(cv2.cvtColor(pictures[place], cv2.COLOR_RGB2BGR))
    writer.release()
