"""`crowdgui distill`: a student that learns from the truth and from a teacher."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from crowdgui.commands.training import carry_out


def distill(
    teacher: Annotated[
        str | None, typer.Option(help="A model's name; several, separated by commas, are averaged.")
    ] = None,
    student: Annotated[
        str | None, typer.Option(help="The network to train: mcnn (the default) or assistant.")
    ] = None,
    alpha: Annotated[
        float, typer.Option(help="The teacher's share: 0 only ground truth, 1 only the teacher.")
    ] = 0.1,
    data: Annotated[
        list[Path] | None, typer.Option(help="A data set's folder; may be given several times.")
    ] = None,
    recipe: Annotated[str, typer.Option(help="A recipe's name, or a .toml file.")] = "",
    run: Annotated[Path | None, typer.Option(help="The run folder; made if not there.")] = None,
    resume: Annotated[
        Path | None, typer.Option(help="Continue this run folder; needs no other option.")
    ] = None,
    init: Annotated[Path | None, typer.Option(help="Start from these weights.")] = None,
    unlabelled: Annotated[
        list[Path] | None, typer.Option(help="A folder of pictures where only the teacher speaks.")
    ] = None,
    trust: Annotated[
        bool | None, typer.Option(help="Weigh the teacher by how well it counts each picture.")
    ] = None,
    teacher_block_weight: Annotated[
        float | None, typer.Option(help="Weight of the teacher's counts of blocks.")
    ] = None,
    negatives: Annotated[
        list[Path] | None, typer.Option(help="A folder of pictures without people.")
    ] = None,
    epochs: Annotated[int | None, typer.Option(min=1, help="Instead of the recipe's.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Use only so many pictures.")] = None,
    seed: Annotated[int | None, typer.Option(help="Of everything drawn by chance.")] = None,
    device: Annotated[str | None, typer.Option(help="auto, cpu, cuda or mps.")] = None,
    threads: Annotated[int | None, typer.Option(min=0, help="CPU threads; 0: all.")] = None,
    events: Annotated[
        Literal["json"] | None, typer.Option(help="Mirror the run's events on standard output.")
    ] = None,
    follow_parent: Annotated[
        bool, typer.Option(help="Stop when standard input ends.", hidden=True)
    ] = False,
) -> None:
    """Distil a student: loss = (1 - alpha) * L(student, truth) + alpha * L(student, teacher)."""
    options = dict(locals())
    options["network"] = options.pop("student")
    raise typer.Exit(carry_out(options, student or "mcnn"))
