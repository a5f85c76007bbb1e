"""`crowdgui count`: pictures or videos in, counts out."""

from __future__ import annotations

import itertools
import json
import logging
import os
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from crowdgui.commands.exit_codes import DONE, NOTHING_DONE, SOME_FAILED
from crowdgui.commands.options import (
    DeviceOption,
    EngineOption,
    ModelOption,
    PrecisionOption,
    ThreadsOption,
    say,
)
from crowdgui.csv_file import check_output, csv_writer
from crowdgui.printable import printable
from models.catalogue import find_model
from models.errors import UserError
from models.loading import open_predictor
from models.prediction import Prediction
from models.predictor import Predictor

DEMO_OVERLAY = Path("demo-overlay")
COLUMNS = ("path", "count", "seconds", "model", "engine", "precision", "width", "height")


@dataclass(frozen=True)
class Order:
    """What is to be counted, with what, and where the results go."""

    paths: list[str]
    model: str = ""
    precision: str = "fp32"
    device: str = "auto"
    engine: str = "auto"
    threads: int = 0
    as_json: bool = False
    csv_file: Path | None = None
    overlay: Path | None = None
    density: Path | None = None
    zones: Path | None = None
    plot: Path | None = None


@dataclass
class Tally:
    """What became of the inputs so far."""

    counted: int = 0
    failed: int = 0
    interrupted: bool = False


def count(
    paths: Annotated[
        list[str],
        typer.Argument(help="Pictures, folders, patterns, videos, or demo:", metavar="PATH..."),
    ],
    model: ModelOption = "",
    precision: PrecisionOption = "fp32",
    device: DeviceOption = "auto",
    engine: EngineOption = "auto",
    threads: ThreadsOption = 0,
    as_json: Annotated[
        bool, typer.Option("--json", help="JSON on standard output, one object a picture.")
    ] = False,
    csv_file: Annotated[Path | None, typer.Option("--csv", help="Write a CSV file too.")] = None,
    overlay: Annotated[
        Path | None, typer.Option(help="Save each picture with its density map in this folder.")
    ] = None,
    density: Annotated[
        Path | None,
        typer.Option(help="Save each picture's map in this folder, as .npy: persons per cell."),
    ] = None,
    zones: Annotated[
        Path | None, typer.Option(help="Videos: count the zones of this file too.")
    ] = None,
    plot: Annotated[
        Path | None, typer.Option(help="Videos: draw the count over time as a PNG.")
    ] = None,
) -> None:
    """Count the people in pictures, or in every frame of videos.

    Exit code 0: all counted; 1: some could not be counted; 2: wrong use, or nothing counted.
    Ctrl-C keeps what was finished.
    """
    order = Order(
        paths, model, precision, device, engine, threads, as_json, csv_file, overlay, density,
        zones, plot,
    )  # fmt: skip
    raise typer.Exit(run(order))


def run(order: Order) -> int:
    """Carry out an order; returns the exit code. Raises UserError when nothing could begin."""
    from crowdgui.live.credentials import mask
    from crowdgui.sources import expand, is_video, kind_of

    if any(map(is_video, order.paths)):
        from crowdgui.commands.videos import run_videos

        return run_videos(order)
    if order.zones or order.plot:
        name = "--zones" if order.zones else "--plot"
        raise UserError("setting-invalid", name=name, value="given", reason="it is for videos")
    tally = Tally()
    sources = []
    for word in order.paths:
        if kind_of(word) in ("stream", "camera"):
            reason = "what is live is counted by crowdgui watch"
            raise UserError("setting-invalid", name="PATH", value=mask(word), reason=reason)
        try:
            sources += expand(word)
        except UserError as error:
            complain(tally, error)
    if not sources:
        return NOTHING_DONE
    check_outputs(order, [source.path for source in sources], COLUMNS)
    predictor = open_ordered(order)
    try:
        _count_all(sources, predictor, order, tally)
    except UserError as error:
        # The disk takes no more rows, or the table cannot take its place.
        complain(tally, error)
    else:
        if order.csv_file and tally.counted:
            say(f"Counts are in {order.csv_file}")
    return exit_code(tally)


def _count_all(sources: list[Any], predictor: Predictor, order: Order, tally: Tally) -> None:
    inputs = [source.path for source in sources]
    maps = [Overlays(order.overlay, inputs)] if order.overlay else []
    maps += [Densities(order.density, inputs)] if order.density else []
    with ExitStack() as stack:
        writer = (
            stack.enter_context(csv_writer(order.csv_file, COLUMNS)) if order.csv_file else None
        )
        try:
            for source in stack.enter_context(_progress(sources, order)):
                _count_one(source, predictor, maps, order, tally, writer)
        except KeyboardInterrupt:
            tally.interrupted = True
            say(f"Stopped after {tally.counted} of {len(sources)}; what was counted is kept.")


def check_outputs(order: Order, inputs: list[str], columns: Sequence[str]) -> None:
    """Raise UserError setting-invalid where a result would take the place of something else.

    `columns` are those of --csv.
    """
    for name, folder in (("--overlay", order.overlay), ("--density", order.density)):
        if folder is not None and folder.is_file():
            reason = "it is a file, not a folder"
            raise UserError("setting-invalid", name=name, value=folder, reason=reason)
    if order.overlay is not None and (drawing := _first_drawing(order.overlay, inputs)):
        # Drawn in turn, they would be more with every run.
        reason = f"drawings of it would be counted too, as {drawing}; name another folder"
        raise UserError("setting-invalid", name="--overlay", value=order.overlay, reason=reason)
    taken = {_place_key(word) for word in inputs}
    if order.zones is not None:
        taken.add(_place_key(order.zones))
    for name, path in (("--csv", order.csv_file), ("--plot", order.plot)):
        if path is None:
            continue
        if _place_key(path) in taken:
            reason = "it is wanted for something else in the same command"
            raise UserError("setting-invalid", name=name, value=path, reason=reason)
        taken.add(_place_key(path))
        check_output(name, path, columns if name == "--csv" else ())


def _first_drawing(folder: Path, inputs: list[str]) -> str | None:
    """Return the first input that looks like a drawing of another, made in this folder before."""
    stems = {Path(word).stem for word in inputs}
    place = os.path.realpath(folder)
    for word in inputs:
        made = re.fullmatch(r"(.+)-density(-\d+)?", Path(word).stem)
        if made and made[1] in stems and os.path.realpath(Path(word).parent) == place:
            return word
    return None


def _place_key(path: str | Path) -> str:
    """Return what tells a place from others on every system: some know no large letters."""
    # Path.resolve raises RuntimeError for a link in a circle.
    return unicodedata.normalize("NFC", os.path.realpath(path)).casefold()


def open_ordered(order: Order) -> Predictor:
    """Load the model of an order; raises UserError."""
    return open_predictor(
        find_model(order.model),
        device=order.device,
        precision=order.precision,
        threads=order.threads,
        engine=order.engine,
        convert=True,
    )


def _count_one(
    source: Any,
    predictor: Predictor,
    maps: Sequence[Overlays],
    order: Order,
    tally: Tally,
    writer: Any | None,
) -> None:
    path = printable(source.path)
    try:
        picture = source.read()
        prediction = predictor.predict(picture)
    except UserError as error:
        complain(tally, error)
        return
    except Exception as error:  # a bug must not cost the pictures that follow
        _report(tally, f"{path} could not be counted", error)
        return
    row = as_row(path, prediction)
    if writer is not None:
        writer(row)
    tally.counted += 1
    if order.as_json:
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    else:
        truth = f" (true count {source.truth})" if source.truth is not None else ""
        typer.echo(
            f"{prediction.count:10.1f}{truth}  {path}  [{prediction.seconds:.3f} s,"
            f" {prediction.model}, {prediction.engine} {prediction.precision}]"
        )
    # Last, for it takes longest: an end in the middle of it costs no count.
    for kind in maps:
        try:
            made = kind.save(source, picture, prediction)
        except UserError as error:
            complain(tally, error)
        except Exception as error:
            _report(tally, f"{path} could not be {kind.done}", error)
        else:
            if not order.as_json:
                typer.echo(f"            {kind.what}: {made}")


def _report(tally: Tally, what: str, error: Exception) -> None:
    """Say what a bug, or memory that is too small, has cost."""
    logging.exception("%s", what)
    tally.failed += 1
    say(f"crowdgui: {what}: {str(error) or type(error).__name__}. Please report this.")


def as_row(path: str, prediction: Prediction) -> dict[str, Any]:
    """Return a result under the keys that JSON and CSV share."""
    width, height = prediction.size
    values = (
        path, prediction.count, round(prediction.seconds, 6), prediction.model,
        prediction.engine, prediction.precision, width, height,
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


class Overlays:
    """Pictures with their density maps in one folder; none takes the place of another picture."""

    what, done = "density map over the picture", "drawn"

    def __init__(self, folder: Path, sources: list[str]) -> None:
        self.folder = folder
        # Neither what is counted nor what was drawn before in this run is written over.
        self._taken = {_place_key(word) for word in sources}

    def save(self, source: Any, picture: Any, prediction: Prediction) -> Path:
        """Draw and save; returns the whole path. Raises UserError path-unwritable."""
        from models.overlay import draw_overlay
        from models.picture_files import save_picture

        path = self.place(source.stem, ".png")
        save_picture(path, draw_overlay(picture, prediction.density, prediction.grid))
        return path

    def place(self, stem: str, suffix: str) -> Path:
        """Choose the whole path of a source's drawing, and keep others from it."""
        folder = self.folder.resolve()
        names = itertools.chain([""], (f"-{n}" for n in itertools.count(2)))
        paths = (folder / f"{stem}-density{n}{suffix}" for n in names)
        chosen = next(path for path in paths if _place_key(path) not in self._taken)
        self._taken.add(_place_key(chosen))
        return chosen


class Densities(Overlays):
    """The density maps themselves in one folder: float32 (h, w), whose sum is the count."""

    what, done = "density map", "saved as a map"

    def save(self, source: Any, _picture: Any, prediction: Prediction) -> Path:
        """Save in NumPy's format; returns the whole path. Raises UserError path-unwritable."""
        from models.density_files import save_density

        path = self.place(source.stem, ".npy")
        save_density(path, prediction.density)
        return path


@contextmanager
def _progress(sources: list[Any], order: Order) -> Iterator[Iterator[Any]]:
    """Give the sources, with a progress bar on standard error where that is a terminal."""
    if len(sources) < 2 or not sys.stderr.isatty():
        yield iter(sources)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = ("Counting", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # Without the redirection rich would take what is printed away from standard output.
    redirect = sys.stdout.isatty() and not order.as_json
    with Progress(*columns, console=Console(stderr=True), redirect_stdout=redirect) as progress:
        yield iter(progress.track(sources))


def complain(tally: Tally, error: UserError) -> None:
    tally.failed += 1
    say(f"crowdgui: {error}")


def exit_code(tally: Tally) -> int:
    if tally.counted == 0:
        return NOTHING_DONE
    return SOME_FAILED if tally.failed or tally.interrupted else DONE
