"""`crowdgui export`: a model as an ONNX file for the edge, or for other programs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from models.catalogue import INT8_SUFFIX, find_model
from models.errors import UserError
from models.files import file_hash

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from models.catalogue import Model
    from models.quantise import Tell

SUFFIX = ".onnx"
# Pictures that show the ranges of int8, and how many of them the finished file is compared on.
CALIBRATION = 16
VERIFIED = 3
# What is done on the way to int8, in pictures and layers.
WORDS = {
    "values": "Looking at values",
    "layers": "Trying each layer alone",
    "totals": "Comparing counts",
}


def export(
    model: Annotated[str, typer.Option(help="A model's name, or a weights file.")] = "",
    format_: Annotated[str, typer.Option("--format", help="onnx.")] = "onnx",
    int8: Annotated[bool, typer.Option("--int8", help="The file for --precision int8.")] = False,
    output: Annotated[
        Path | None, typer.Option(help="Where to; NAME.onnx or NAME.int8.onnx here without it.")
    ] = None,
    pictures: Annotated[
        Path | None,
        typer.Option(
            help="--int8: a data set or a folder of training pictures that show its ranges;"
            " rendered scenes without it."
        ),
    ] = None,
) -> None:
    """Write a model as ONNX, compared with torch on pictures before it is kept.

    Height and width are free; what the program must know stands in the file's metadata. Beside
    the weights, as NAME.onnx and NAME.int8.onnx, the CPU engine takes it from then on.
    """
    if format_ != "onnx":
        raise UserError("setting-invalid", name="--format", value=format_, reason="use onnx")
    chosen = find_model(model)
    weights = _weights(chosen)
    target = output or Path(f"{chosen.name}{INT8_SUFFIX if int8 else SUFFIX}")
    if target.suffix != SUFFIX or target.resolve() == weights.resolve():
        reason = "give a name that ends in .onnx"
        raise UserError("setting-invalid", name="--output", value=target, reason=reason)
    shown = _pictures(pictures) if int8 or pictures is not None else []
    from models.export import export_int8, export_onnx

    compared = [_scene(), *shown[:VERIFIED]]
    if int8:
        with _progress() as tell:
            export_int8(weights, target, shown, compared, tell)
    else:
        export_onnx(weights, target, compared)
    size = target.stat().st_size / 1e6
    typer.echo(
        f"{target}: {size:.3f} MB, compared on {len(compared)} pictures;"
        f" of the weights {file_hash(weights)[:12]}"
    )


@contextmanager
def _progress() -> Iterator[Tell]:
    """Give what draws a bar on standard error, where that is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(WORDS["values"], total=None)

        def tell(word: str, done: int, of: int) -> None:
            progress.update(task, description=WORDS[word], completed=done, total=of)

        yield tell


def _weights(model: Model) -> Path:
    if model.weights is None:
        raise UserError("model-onnx-only", model=model.name)
    for package in ("torch", "onnx"):
        if find_spec(package) is None:
            raise UserError("engine-missing", engine=package, package=package)
    return model.weights


def _scene() -> NDArray[np.uint8]:
    from trainer.synthetic import DEMO_SEED, render_scene

    return render_scene(DEMO_SEED).picture


def _pictures(folder: Path | None) -> list[NDArray[np.uint8]]:
    """Return up to CALIBRATION pictures of a training set, spread over it; never validation ones.

    Those of an annotated set that the folder lies in are left out too. Raises UserError
    calibration-empty, or as recognise and read_picture do.
    """
    from models.pictures import read_picture
    from trainer.datasets import recognise, spread
    from trainer.scenes import FIRST_TRAINING_SEED
    from trainer.synthetic import render_scene
    from trainer.unseen import around, to_train

    if folder is None:
        seeds = range(FIRST_TRAINING_SEED, FIRST_TRAINING_SEED + CALIBRATION)
        return [render_scene(seed).picture for seed in seeds]
    try:
        examples = to_train(recognise(folder), around(folder))
    except UserError as error:
        if error.code not in ("data-unknown", "split-empty", "folder-empty"):
            raise
        raise UserError("calibration-empty", path=folder) from error
    return [read_picture(example.picture) for example in spread(examples, CALIBRATION)]
