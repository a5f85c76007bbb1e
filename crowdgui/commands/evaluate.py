"""`crowdgui evaluate`: how far a model's counts are from the truth."""

from __future__ import annotations

import json
import sys
from collections.abc import Generator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from crowdgui.commands.options import (
    DeviceOption,
    EngineOption,
    ModelOption,
    PrecisionOption,
    ThreadsOption,
)
from crowdgui.commands.places import keep_apart
from crowdgui.commands.problems import tell_problems
from crowdgui.csv_file import check_output
from models.catalogue import Model, find_model
from models.errors import UserError
from models.files import file_hash, replacing
from models.loading import open_predictor

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from models.predictor import Predictor
    from trainer.datasets import DataSet, Example
    from trainer.evaluate import Row, Summary

# Those of trainer/degrade.py.
Fault = Literal["soft", "coarse", "compressed", "noisy", "dark", "tinted"]
REPORT = ("pictures.csv", "scatter.png", "worst.png", "summary.json")
WORST = 10
# The sheet shows pictures small; whole ones would fill the memory.
SHEET_SIDE = 640


def evaluate(
    data: Annotated[Path, typer.Option(help="A data set's folder.")],
    model: ModelOption = "",
    split: Annotated[str, typer.Option(help="train, val, test or all (train and val).")] = "val",
    fault: Annotated[
        Fault | None, typer.Option(help="Show every picture as a bad camera would.")
    ] = None,
    precision: PrecisionOption = "fp32",
    device: DeviceOption = "auto",
    engine: EngineOption = "auto",
    threads: ThreadsOption = 0,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object on standard output.")
    ] = False,
    csv_file: Annotated[Path | None, typer.Option("--csv", help="Write a row per picture.")] = None,
    report: Annotated[
        Path | None,
        typer.Option(help="Write " + ", ".join(REPORT) + " into this folder.", metavar="DIR"),
    ] = None,
) -> None:
    """Compare a model's counts with the ground truth: MAE, RMSE, NAE, GAME.

    Files are written when all pictures are counted; Ctrl-C leaves the old ones as they were.
    """
    from trainer.charts import need_matplotlib
    from trainer.datasets import recognise
    from trainer.evaluate import COLUMNS
    from trainer.evaluate import as_json as plain

    if csv_file is not None:
        keep_apart("--csv", csv_file, [data])
        check_output("--csv", csv_file, COLUMNS)
    if report is not None:
        need_matplotlib()
        keep_apart("--report", report, [data])
        for name, begins in zip(REPORT, (COLUMNS, (), (), ('{\n "data"',)), strict=True):
            check_output("--report", report / name, begins)
    found = recognise(data)
    examples = found.examples(split)
    chosen = find_model(model)
    predictor = open_predictor(
        chosen, device=device, precision=precision, threads=threads, engine=engine, convert=True
    )
    facts = describe(chosen, predictor, found, split, fault or "")
    tell_problems(found.files.left_out())
    if split in ("train", "all") and found.name in predictor.header.trained_on.get("data", ()):
        typer.echo(
            f"{chosen.name} learnt from pictures of {found.name}: its errors on those say little of"
            " others.", err=True,
        )  # fmt: skip
    try:
        summary = _carry_out(predictor, examples, facts, csv_file, report)
    except KeyboardInterrupt:
        typer.echo("Stopped before all pictures were counted; nothing was written.", err=True)
        raise typer.Exit(2) from None
    if as_json:
        sys.stdout.write(json.dumps(plain(summary)) + "\n")
        return
    shown = f", {fault}" if fault else ""
    _print(f"{chosen.name} on {found.name} {split}{shown}", summary)
    if report is not None:
        typer.echo(f"The report is in {report}")


def _carry_out(
    predictor: Predictor,
    examples: Sequence[Example],
    facts: dict[str, Any],
    csv_file: Path | None,
    report: Path | None,
) -> Summary:
    """Count, and write all that was ordered or nothing of it."""
    from trainer.evaluate import summarise, write_rows

    with ExitStack() as stack:
        # A place that cannot be written shows before the work, not after it.
        table = stack.enter_context(replacing(csv_file)) if csv_file else None
        places = [stack.enter_context(replacing(report / name)) for name in REPORT if report]
        title = f"Evaluating {facts['model']}"
        rows = list(measure(predictor, examples, title, facts["fault"]))
        tell_problems(_outside(examples, rows))
        summary = summarise(rows)
        if table is not None:
            write_rows(table, rows)
        if places:
            _write_report(places, facts, rows, summary, examples, predictor)
    return summary


def _outside(examples: Sequence[Example], rows: Sequence[Row]) -> list[UserError]:
    """Return what is to be said of pictures with points that lie outside and do not count."""
    return [
        UserError("data-outside", path=e.picture, number=len(e.heads) - r.truth, total=len(e.heads))
        for e, r in zip(examples, rows, strict=True) if len(e.heads) != r.truth
    ]  # fmt: skip


def measure(
    predictor: Predictor, examples: Sequence[Example], title: str, fault: str = ""
) -> Generator[Row, None, None]:
    """Count pictures, with a progress bar on standard error where that is a terminal."""
    from rich.console import Console
    from rich.progress import track

    from trainer.evaluate import evaluate as evaluated

    console = Console(stderr=True)
    rows = evaluated(predictor, examples, fault)
    hidden = not console.is_terminal
    yield from track(rows, title, len(examples), console=console, disable=hidden)


def describe(
    model: Model, predictor: Predictor, data: DataSet, split: str, fault: str = ""
) -> dict[str, Any]:
    """Return what a figure depends on: data, model, engine, and how the weights were selected."""
    return {
        "data": data.name,
        "layout": data.layout,
        "split": split,
        "fault": fault,
        "model": model.name,
        "model_hash": file_hash(model.file),
        "engine": predictor.engine.name,
        "precision": predictor.engine.precision,
        "selected_by": predictor.header.figures.get("selected_by", "unknown"),
        "trained_on": predictor.header.trained_on,
    }


def _write_report(
    places: list[Path],
    facts: dict[str, Any],
    rows: list[Row],
    summary: Summary,
    examples: Sequence[Example],
    predictor: Predictor,
) -> None:
    """Write the files of REPORT, in its order, to `places`."""
    from trainer.charts import draw_scatter, draw_sheet
    from trainer.evaluate import as_json, worst, write_rows

    table, scatter, sheet, figures = places
    data = f"{facts['data']} ({facts['layout']}), {facts['split']}, {summary.n} pictures"
    shown = f", {facts['fault']}" if facts["fault"] else ""
    subject = f"{facts['model']} on {data}{shown}"
    chosen = worst(rows, WORST)
    # Maps were not kept while counting, as they can be larger than the memory.
    pictures = [_overlay(predictor, examples[place].picture, facts["fault"]) for place in chosen]
    write_rows(table, rows)
    draw_scatter(scatter, rows, summary, subject)
    title = f"The largest absolute errors of {subject}"
    draw_sheet(sheet, [rows[place] for place in chosen], pictures, title)
    # Everywhere the same bytes: by them the file is known when it is to be replaced.
    figures.write_bytes((json.dumps(facts | as_json(summary), indent=1) + "\n").encode())


def _overlay(predictor: Predictor, path: Path, fault: str) -> NDArray[np.uint8]:
    """Return a picture with its density map over it: (H, W, 3) uint8, SHEET_SIDE at most."""
    import numpy as np
    from PIL import Image

    from models.overlay import draw_overlay
    from trainer.evaluate import seen_picture

    picture = seen_picture(path, fault)
    prediction = predictor.predict(picture)
    drawn = Image.fromarray(draw_overlay(picture, prediction.density, prediction.grid))
    drawn.thumbnail((SHEET_SIDE, SHEET_SIDE))
    return np.asarray(drawn)


def _print(subject: str, summary: Summary) -> None:
    nae = "none (no picture has people)" if summary.nae != summary.nae else f"{summary.nae:.3f}"
    game = " / ".join(f"{value:.1f}" for value in summary.game)
    typer.echo(f"{subject} ({summary.n} pictures)")
    typer.echo(f"MAE {summary.mae:.2f}   RMSE {summary.rmse:.2f}   NAE {nae}")
    typer.echo(f"GAME 0-3: {game}")
