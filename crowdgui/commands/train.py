"""`crowdgui train`: a network on ground truth alone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from crowdgui.commands.training import carry_out


def train(
    network: Annotated[
        str | None, typer.Option(help="mcnn (the default), assistant or m-sfanet.")
    ] = None,
    data: Annotated[
        list[Path] | None, typer.Option(help="A data set's folder; may be given several times.")
    ] = None,
    recipe: Annotated[str, typer.Option(help="A recipe's name, or a .toml file.")] = "",
    run: Annotated[Path | None, typer.Option(help="The run folder; made if not there.")] = None,
    resume: Annotated[
        Path | None, typer.Option(help="Continue this run folder; needs no other option.")
    ] = None,
    init: Annotated[Path | None, typer.Option(help="Start from these weights.")] = None,
    trunk: Annotated[
        Path | None, typer.Option(help="ImageNet weights for the assistant's trunk (.safetensors).")
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
    """Train a network; its weights are best.safetensors in the run folder."""
    options = dict(locals())
    raise typer.Exit(carry_out(options, network or "mcnn"))
