"""What the analysis of a video leaves: a CSV, a plot of the count, an annotated video."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from crowdgui.csv_file import csv_writer
from crowdgui.live.analysis import CountedFrame
from crowdgui.live.feed import Picture
from crowdgui.live.recording import Recorder, annotate
from crowdgui.live.zones import Zone
from models.files import check_place, replacing

CSV_COLUMNS = ("time", "count")
# No picture stands for longer: the time stamps of some files jump by hours.
LONGEST_STILL_S = 60.0


@dataclass(frozen=True)
class ResultFiles:
    """Where the results of one video go; None for what is not wanted."""

    csv_file: Path | None = None
    plot: Path | None = None
    video: Path | None = None


class Course:
    """The counts of one video so far: what its summary and its plot need."""

    def __init__(self, zones: Sequence[Zone]) -> None:
        self.times: list[float] = []
        self.counts: list[float] = []
        self.zones: dict[str, list[float]] = {zone.name: [] for zone in zones}

    def add(self, counted: CountedFrame) -> None:
        self.times.append(counted.time)
        self.counts.append(counted.prediction.count)
        for reading in counted.zones:
            self.zones[reading.zone.name].append(reading.count)

    @property
    def mean(self) -> float:
        return self.mean_of(self.counts)

    def mean_of(self, counts: Sequence[float]) -> float:
        """Return the mean over time of the whole picture's counts, or of a zone's.

        Each count holds until the next; the last one as long as they do on average.
        """
        held = np.minimum(np.diff(self.times), LONGEST_STILL_S)
        last = held.mean() if held.size else 1.0
        return float(np.average(counts, weights=np.append(held, last)))

    @property
    def peak(self) -> tuple[float, float]:
        """The highest count, and its time in seconds."""
        place = max(range(len(self.counts)), key=self.counts.__getitem__)
        return self.counts[place], self.times[place]


class Film:
    """Draws counted frames into a video of a steady rate, each when its time has come."""

    def __init__(self, recorder: Recorder, colour_map: str) -> None:
        self._recorder = recorder
        self._colour_map = colour_map
        self._drawn: Picture | None = None
        self._time = 0.0
        self._shown = 0.0
        self._longest = max(LONGEST_STILL_S, 1 / recorder.fps)

    def add(self, counted: CountedFrame) -> None:
        """Repeat the picture before until this one is due, or skip this one if it is late.

        Raises UserError path-unwritable.
        """
        recorder = self._recorder
        self._shown += min(counted.time - self._time, self._longest)
        self._time = counted.time
        due = round(self._shown * recorder.fps)
        while self._drawn is not None and recorder.frames < due:
            recorder.add(self._drawn)
        if recorder.frames <= due:
            self._drawn = annotate(
                counted.picture, counted.prediction, counted.zones, f"{counted.time:.1f} s",
                colour_map=self._colour_map,
            )  # fmt: skip
            recorder.add(self._drawn)


@contextmanager
def keeping(
    files: ResultFiles, course: Course, fps: float, title: str, colour_map: str = "inferno"
) -> Iterator[Callable[[CountedFrame], None]]:
    """Give a function that keeps a counted frame in the files and in the course.

    However this ends, what was counted is kept; the plot is drawn last. Raises UserError
    path-unwritable and, where a plot is wanted without matplotlib, engine-missing, both before
    anything is counted where that is known then.
    """
    with ExitStack() as stack:
        if files.plot is not None:
            _check_plot(files.plot)
            stack.callback(_draw_what_is_there, files.plot, course, title)
        writer = film = None
        if files.csv_file is not None:
            columns = (*CSV_COLUMNS, *course.zones)
            writer = stack.enter_context(csv_writer(files.csv_file, columns))
        if files.video is not None:
            film = Film(stack.enter_context(Recorder(files.video, fps)), colour_map)

        def keep(counted: CountedFrame) -> None:
            course.add(counted)
            if writer is not None:
                time, count = f"{counted.time:.3f}", round(counted.prediction.count, 3)
                writer({"time": time, "count": count, **zone_counts(counted)})
            if film is not None:
                film.add(counted)

        yield keep


def zone_counts(counted: CountedFrame) -> dict[str, float]:
    """Return the persons in each zone by its name, as they are written."""
    return {reading.zone.name: round(reading.count, 3) for reading in counted.zones}


def _check_plot(path: Path) -> None:
    from trainer.charts import need_matplotlib

    need_matplotlib()
    check_place(path)


def _draw_what_is_there(path: Path, course: Course, title: str) -> None:
    if course.counts:
        draw_course(path, course, title)


def draw_course(path: Path, course: Course, title: str) -> None:
    """Draw the count over time, whole and by zone, as a PNG.

    Raises UserError path-unwritable.
    """
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    from trainer.charts import installed_families

    with rc_context({"font.family": installed_families()}), replacing(path) as temporary:
        figure = Figure(figsize=(9, 4.5), layout="constrained")
        axes = figure.add_subplot()
        axes.plot(course.times, course.counts, linewidth=1.2)
        for counts in course.zones.values():
            axes.plot(course.times, counts, linewidth=1)
        axes.set(xlabel="seconds", ylabel="people")
        axes.set_title(title, parse_math=False)
        axes.set_ylim(bottom=0)
        axes.grid(alpha=0.25, linewidth=0.6)
        if course.zones:
            # By hand: it would leave out a zone whose name begins with "_".
            legend = axes.legend(axes.lines, ["whole picture", *course.zones], frameon=False)
            for text in legend.get_texts():
                text.set_parse_math(False)
        figure.savefig(temporary, format="png", dpi=150)
