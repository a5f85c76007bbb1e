"""`crowdgui scenes`: rendered crowds with their heads, as a data set like any other."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crowdgui.commands.exit_codes import NOTHING_DONE, SOME_FAILED
from crowdgui.commands.options import say
from models.errors import UserError


def scenes(
    folder: Annotated[Path, typer.Argument(help="Where to; those that are there stay.")],
    number: Annotated[int, typer.Option(min=1, help="How many.")] = 48,
) -> None:
    """Draw rendered crowds whose truth is known, to try a training or an evaluation on.

    Exit code 0: all drawn; 1: stopped after some, which are kept; 2: none.
    """
    from trainer.scenes import draw_scenes

    drawn = 0
    try:
        for example in draw_scenes(folder, number):
            drawn += 1
            # A line each: whoever started this hears how far it is, and if they are gone, it ends.
            typer.echo(example.picture)
    except UserError as error:
        say(f"crowdgui: {error}")
    except KeyboardInterrupt:
        say(f"Stopped after {drawn} of {number}; what was drawn is kept.")
    if drawn < number:
        raise typer.Exit(SOME_FAILED if drawn else NOTHING_DONE)
