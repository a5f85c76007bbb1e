"""`crowdgui distill`: a student that learns from the truth and from a teacher."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crowdgui.commands.training import (
    NETWORK_HELP,
    DataOption,
    DeviceOption,
    EpochsOption,
    EventsOption,
    FollowOption,
    InitOption,
    LimitOption,
    NegativesOption,
    RecipeOption,
    ResumeOption,
    RunOption,
    SeedOption,
    ThreadsOption,
    TrunkOption,
    carry_out,
)


def distill(
    teacher: Annotated[
        str | None,
        typer.Option(
            help="A model's name, by default the best installed; several, separated by commas,"
            " are averaged."
        ),
    ] = None,
    student: Annotated[
        str | None,
        typer.Option(help=NETWORK_HELP),
    ] = None,
    alpha: Annotated[
        float | None,
        typer.Option(
            help="The teacher's share of the error of the density maps; 0.1 where neither this nor"
            " the recipe says. Counts of blocks, which recipes have, follow the ground truth"
            " beside it."
        ),
    ] = None,
    data: DataOption = None,
    recipe: RecipeOption = "",
    run: RunOption = None,
    resume: ResumeOption = None,
    init: InitOption = "",
    trunk: TrunkOption = None,
    unlabelled: Annotated[
        list[Path] | None, typer.Option(help="A folder of pictures where only the teacher speaks.")
    ] = None,
    trust: Annotated[
        bool | None, typer.Option(help="Weigh the teacher by how well it counts each picture.")
    ] = None,
    teacher_block_weight: Annotated[
        float | None, typer.Option(help="Weight of the teacher's counts of blocks.")
    ] = None,
    negatives: NegativesOption = None,
    epochs: EpochsOption = None,
    limit: LimitOption = None,
    seed: SeedOption = None,
    device: DeviceOption = None,
    threads: ThreadsOption = None,
    events: EventsOption = None,
    follow_parent: FollowOption = False,
) -> None:
    """Distil a student: loss = (1 - alpha) * L(student, truth) + alpha * L(student, teacher)."""
    options = dict(locals())
    options["network"] = options.pop("student")
    options["distilling"] = True
    raise typer.Exit(carry_out(options, student or "mcnn"))
