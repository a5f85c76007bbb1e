"""`crowdgui train`: a network on ground truth alone."""

from __future__ import annotations

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


def train(
    network: Annotated[str | None, typer.Option(help=NETWORK_HELP)] = None,
    data: DataOption = None,
    recipe: RecipeOption = "",
    run: RunOption = None,
    resume: ResumeOption = None,
    init: InitOption = "",
    trunk: TrunkOption = None,
    negatives: NegativesOption = None,
    epochs: EpochsOption = None,
    limit: LimitOption = None,
    seed: SeedOption = None,
    device: DeviceOption = None,
    threads: ThreadsOption = None,
    events: EventsOption = None,
    follow_parent: FollowOption = False,
) -> None:
    """Train a network; its weights are best.safetensors in the run folder.

    Of a recipe with a teacher, the teacher's part is left out.
    """
    options = dict(locals())
    raise typer.Exit(carry_out(options, network or "mcnn"))
