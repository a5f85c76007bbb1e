"""`crowdgui scenes`: rendered crowds with their heads, as a data set like any other."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def scenes(
    folder: Annotated[Path, typer.Argument(help="Where to; those that are there stay.")],
    number: Annotated[int, typer.Option(min=1, help="How many.")] = 48,
) -> None:
    """Draw rendered crowds whose truth is known, to try a training or an evaluation on."""
    from trainer.scenes import draw_scenes

    for example in draw_scenes(folder, number):
        # A line each: whoever started this hears how far it is, and if they are gone, it ends.
        typer.echo(example.picture)
