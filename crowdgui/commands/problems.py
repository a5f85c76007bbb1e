"""What is wrong with a data set and stops nothing, said on standard error."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import typer

from models.errors import UserError

MOST_TOLD = 5


def tell_problems_of_data(folders: Iterable[str]) -> None:
    """Say what is wrong with each data set; raises UserError as recognise does."""
    from trainer.datasets import recognise
    from trainer.problems import problems

    for folder in dict.fromkeys(folders):
        tell_problems(problems(recognise(Path(folder))))


def tell_problems(problems: Sequence[UserError]) -> None:
    """Say the first of them, and how many more there are."""
    for problem in problems[:MOST_TOLD]:
        typer.echo(f"crowdgui: {problem}", err=True)
    if more := len(problems[MOST_TOLD:]):
        typer.echo(f"crowdgui: and so on, {more} more", err=True)
