"""Every frame of a video counted in the background, into files; nothing of Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from time import monotonic

from crowdgui.live.analysis import analyse, video_facts
from crowdgui.live.videos import missing_frames
from crowdgui.live.zones import Zone
from crowdgui.video_results import Course, ResultFiles, keeping
from models.predictor import Predictor


@dataclass(frozen=True)
class AnalysisOrder:
    """What is to be counted, and which files are wanted of it in which folder."""

    path: Path
    zones: tuple[Zone, ...]
    folder: Path
    colour_map: str
    csv_file: bool = True
    plot: bool = True
    video: bool = True


class Analysis:
    """One analysis: `steps` runs in a thread; the rest is for the window, a step at a time.

    `frames` are expected (0 where the file does not say), `missing` were promised beyond those
    that could be read; `files` are known once it has begun, `course` grows frame by frame.
    """

    def __init__(self, order: AnalysisOrder, frames: int) -> None:
        self.order = order
        self.frames = frames
        self.files = ResultFiles()
        self.course = Course(order.zones)
        self.missing = 0
        self._began = 0.0

    def steps(self, load: Callable[[], Predictor]) -> Iterator[int]:
        """Yield the number of each counted frame; closing it keeps what was counted.

        Raises UserError as the model's loading, crowdgui.live.analysis.analyse and
        crowdgui.video_results.keeping do.
        """
        order = self.order
        facts = video_facts(order.path)
        predictor = load()
        self.files = free_files(order)
        self._began = monotonic()
        title, colours = order.path.name, order.colour_map
        with keeping(self.files, self.course, facts.fps, title, colours) as keep:
            for counted in analyse(order.path, predictor, order.zones):
                keep(counted)
                yield counted.number
        self.missing = missing_frames(facts, self.done, self.course.times[-1])

    @property
    def done(self) -> int:
        return len(self.course.counts)

    @property
    def seconds_left(self) -> float | None:
        """How long the rest will take at the pace so far; None where that cannot be known."""
        if not self.done or not self.frames:
            return None
        each = (monotonic() - self._began) / self.done
        return max(self.frames - self.done, 0) * each


def free_files(order: AnalysisOrder) -> ResultFiles:
    """Return where the wanted files go; none takes the place of a file that is there."""
    stem = order.path.stem
    for number in count(1):
        tail = f"-{number}" if number > 1 else ""
        places = (
            order.folder / f"{stem}-counts{tail}.csv" if order.csv_file else None,
            order.folder / f"{stem}-counts{tail}.png" if order.plot else None,
            order.folder / f"{stem}-density{tail}.mp4" if order.video else None,
        )
        if not any(place.exists() for place in places if place is not None):
            return ResultFiles(*places)
    raise AssertionError("numbers do not end")
