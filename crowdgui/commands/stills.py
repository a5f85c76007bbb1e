"""`crowdgui stills`: pictures out of a video, to be marked and learnt from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crowdgui.commands.exit_codes import NOTHING_DONE, SOME_FAILED
from crowdgui.commands.options import say
from crowdgui.stills import NUMBER, take_stills
from models.errors import UserError


def stills(
    video: Annotated[Path, typer.Argument(help="A video file.")],
    folder: Annotated[Path, typer.Argument(help="Where to; those that are there stay.")],
    number: Annotated[int, typer.Option(min=1, help="How many.")] = NUMBER,
) -> None:
    """Take pictures out of a video, spread evenly over it: to mark heads in and train on.

    Exit code 0: all taken; 1: stopped after some, which are kept; 2: none.
    """
    number_taken = 0
    try:
        for picture in take_stills(video, folder, number):
            number_taken += 1
            typer.echo(picture)
    except UserError as error:
        say(f"crowdgui: {error}")
    except KeyboardInterrupt:
        say(f"Stopped after {number_taken} of {number}; what was taken is kept.")
    else:
        return
    raise typer.Exit(SOME_FAILED if number_taken else NOTHING_DONE)
