"""`crowdgui count VIDEO`: every frame counted, in order."""

from __future__ import annotations

import glob
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import typer

from crowdgui.commands.count import (
    Order,
    Overlays,
    Tally,
    as_row,
    check_outputs,
    complain,
    exit_code,
    open_ordered,
)
from crowdgui.commands.options import say
from crowdgui.commands.watch import zones_for
from crowdgui.live.analysis import CountedFrame, analyse, video_facts
from crowdgui.live.credentials import mask_mistyped
from crowdgui.live.videos import VideoFacts, missing_frames
from crowdgui.printable import printable
from crowdgui.sources import is_video, matching, refuse_mistyped
from crowdgui.video_results import CSV_COLUMNS, Course, ResultFiles, keeping, zone_counts
from models.errors import UserError
from models.predictor import Predictor


def run_videos(order: Order) -> int:
    """Count the videos of an order; returns the exit code. Raises UserError as count.run."""
    words = _videos(order)
    predictor = open_ordered(order)
    tally = Tally()
    drawing = Overlays(order.overlay, words) if order.overlay else None
    for word in words:
        path = Path(word)
        try:
            _count_video(path, predictor, order, tally, drawing)
        except UserError as error:
            complain(tally, error)
        if tally.interrupted:
            break
    return exit_code(tally)


def _videos(order: Order) -> list[str]:
    """Return the videos of an order, patterns as what they match; raises UserError."""
    words: list[str] = []
    for word in order.paths:
        if not is_video(word):
            reason = "videos and pictures are counted by a command each"
            value = mask_mistyped(word)
            raise UserError("setting-invalid", name="PATH", value=value, reason=reason)
        refuse_mistyped(word)
        pattern = glob.has_magic(word) and not Path(word).exists()
        words += map(str, matching(word)) if pattern else [word]
    check_outputs(order, words, CSV_COLUMNS)
    if order.density:
        reason = "it is for pictures"
        raise UserError("setting-invalid", name="--density", value="given", reason=reason)
    if len(words) > 1 and (order.csv_file or order.plot):
        name = "--csv" if order.csv_file else "--plot"
        reason = "it takes one video at a time"
        raise UserError("setting-invalid", name=name, value="given", reason=reason)
    return words


def _count_video(
    path: Path, predictor: Predictor, order: Order, tally: Tally, drawing: Overlays | None
) -> None:
    facts = video_facts(path)
    zones = zones_for(order.zones, str(path))
    course = Course(zones)
    files, video, whole = ResultFiles(order.csv_file, order.plot), None, True
    try:
        with ExitStack() as stack:
            keep = stack.enter_context(keeping(files, course, facts.fps, path.name))
            if drawing is not None:
                place = drawing.place(path.stem, ".mp4")
                video = AnnotatedVideo(place, Course(zones), facts.fps, tally)
                stack.callback(video.close)
            try:
                frames = analyse(path, predictor, zones)
                for counted in stack.enter_context(_progress(frames, facts, order)):
                    keep(counted)
                    if video is not None:
                        video.add(counted)
                    if order.as_json:
                        _print_json(counted, path)
            except KeyboardInterrupt:
                tally.interrupted = True
    except UserError as error:
        # What was counted is told all the same: a plot may be all that is missing.
        complain(tally, error)
        whole = False
    read = len(course.counts)
    tally.counted += bool(read)
    if tally.interrupted:
        total = f" of about {facts.frames}" if facts.frames else ""
        say(f"Stopped after {read}{total} frames; what was counted is kept.")
    elif whole and (missing := missing_frames(facts, read, course.times[-1])):
        complain(tally, UserError("video-cut-off", path=path, number=missing))
    if read:
        _tell(path, course, order, video)
        if whole:
            _tell_files(order)


class AnnotatedVideo:
    """Draws what is counted into a video.

    What cannot be written of it later is said once: the counts are there all the same.
    """

    def __init__(self, path: Path, course: Course, fps: float, tally: Tally) -> None:
        """Raise UserError path-unwritable."""
        self.path = path
        self.whole = True
        self._tally = tally
        self._stack = ExitStack()
        files = ResultFiles(video=path)
        self._draw = self._stack.enter_context(keeping(files, course, fps, path.name))

    def add(self, counted: CountedFrame) -> None:
        if self.whole:
            self._attempt(lambda: self._draw(counted))

    def close(self) -> None:
        self._attempt(self._stack.close)

    def _attempt(self, work: Callable[[], None]) -> None:
        try:
            work()
        except UserError as error:
            if self.whole:
                complain(self._tally, error)
            self.whole = False


def _print_json(counted: CountedFrame, path: Path) -> None:
    row = as_row(printable(str(path)), counted.prediction)
    row |= {"time": round(counted.time, 3), "zones": zone_counts(counted)}
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _tell(path: Path, course: Course, order: Order, video: AnnotatedVideo | None) -> None:
    if order.as_json:
        return
    typer.echo(f"{_summary(course)}  {printable(str(path))}  [{len(course.counts)} frames]")
    if video is not None and video.whole:
        typer.echo(f"            annotated video: {video.path}")


def _tell_files(order: Order) -> None:
    if order.csv_file:
        say(f"Counts are in {order.csv_file}")
    if order.plot:
        say(f"The plot is in {order.plot}")


def _summary(course: Course) -> str:
    """Return mean and peak as a person reads them."""
    peak, at = course.peak
    text = f"{course.mean:10.1f} mean, {peak:.1f} at most (at {at:.1f} s)"
    for name, counts in course.zones.items():
        text += f", {name} {course.mean_of(counts):.1f}"
    return text


@contextmanager
def _progress(
    frames: Iterator[CountedFrame], facts: VideoFacts, order: Order
) -> Iterator[Iterator[CountedFrame]]:
    """Give the frames, with a progress bar on standard error where that is a terminal."""
    if not sys.stderr.isatty():
        yield frames
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = ("Counting", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    redirect = sys.stdout.isatty() and not order.as_json
    with Progress(*columns, console=Console(stderr=True), redirect_stdout=redirect) as progress:
        yield iter(progress.track(frames, total=facts.frames or None))
