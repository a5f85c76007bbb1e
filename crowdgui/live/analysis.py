"""A video file counted frame by frame: every frame, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from crowdgui.live.feed import Picture
from crowdgui.live.levels import ZoneReading, ZoneWatch
from crowdgui.live.videos import VideoFacts, frames_of, open_video
from crowdgui.live.zones import Zone
from models.prediction import Prediction
from models.predictor import Predictor


@dataclass(frozen=True, eq=False)
class CountedFrame:
    """One frame: `number` from 1, `time` in seconds from the start, RGB picture, the result."""

    number: int
    time: float
    picture: Picture
    prediction: Prediction
    zones: tuple[ZoneReading, ...]


def video_facts(path: Path) -> VideoFacts:
    """Return size, fps and (estimated) number of frames; raises as open_video."""
    capture, facts = open_video(path)
    capture.release()
    return facts


def analyse(path: Path, predictor: Predictor, zones: Sequence[Zone] = ()) -> Iterator[CountedFrame]:
    """Count every frame in order; stop iterating to cancel.

    Levels and their hold times follow the video's own time. Raises UserError path-missing,
    path-unreadable, video-unknown or video-empty.
    """
    watch = ZoneWatch(zones)
    for number, (time, picture) in enumerate(frames_of(path), start=1):
        prediction = predictor.predict(picture)
        readings, _ = watch.read(prediction, time)
        yield CountedFrame(number, time, picture, prediction, readings)
