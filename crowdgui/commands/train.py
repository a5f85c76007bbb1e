"""`crowdgui train`: a network on ground truth alone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from models.errors import UserError


def train(
    network: Annotated[
        str, typer.Option(help="m-sfanet, mcnn or assistant; a recipe of that name is its default.")
    ] = "mcnn",
    data: Annotated[
        list[Path] | None, typer.Option(help="A data set's folder; may be given several times.")
    ] = None,
    recipe: Annotated[str, typer.Option(help="A recipe's name, or a .toml file.")] = "",
    run: Annotated[Path | None, typer.Option(help="The run folder; made if not there.")] = None,
    resume: Annotated[Path | None, typer.Option(help="Continue this run folder.")] = None,
    init: Annotated[Path | None, typer.Option(help="Start from these weights.")] = None,
    trunk: Annotated[
        Path | None, typer.Option(help="ImageNet weights for the assistant's trunk (.safetensors).")
    ] = None,
    epochs: Annotated[int | None, typer.Option(min=1, help="Instead of the recipe's.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Use only so many pictures.")] = None,
    seed: Annotated[int | None, typer.Option(help="Of everything drawn by chance.")] = None,
    device: Annotated[str | None, typer.Option(help="auto, cpu, cuda or mps.")] = None,
    threads: Annotated[int | None, typer.Option(min=0, help="CPU threads; 0: all.")] = None,
) -> None:
    """Train a network; its weights are best.safetensors in the run folder."""
    from trainer.config import make_config, read_recipe
    from trainer.runs import begin_run, continue_run

    if resume is not None:
        folder, config = continue_run(resume)
    else:
        if not data:
            raise UserError("option-missing", option="--data DIR")
        chosen: dict[str, Any] = {
            "network": network, "init": str(init) if init else None, "epochs": epochs,
            "trunk": str(trunk) if trunk else None,
            "limit": limit, "seed": seed, "device": device, "threads": threads,
        }  # fmt: skip
        facts = {
            **read_recipe(recipe or network),
            **{name: value for name, value in chosen.items() if value is not None},
            "recipe": recipe or network,
            "data": [str(folder) for folder in data],
        }
        config = make_config(facts)
        folder = begin_run(config, run)
    raise typer.Exit(watch_training(folder, config))


def watch_training(folder: Path, config: Any) -> int:
    """Run a training to its end, drawing its events; Ctrl-C keeps the last checkpoint."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from trainer.distill import distill

    console = Console(stderr=True)
    columns = (
        "{task.description}",
        BarColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[now]}"),
    )
    try:
        with Progress(*columns, console=console) as progress:
            task = progress.add_task("Training", total=config.epochs, now="")
            for event in distill(config, folder):
                match event["event"]:
                    case "step":
                        now = f"loss {event['loss']:.3f}  {event['images_per_s']:.1f} pictures/s"
                        progress.update(task, completed=event["epoch"], now=now)
                    case "validated":
                        best = "  best so far" if event["best"] else ""
                        progress.update(task, completed=event["epoch"])
                        console.print(
                            f"epoch {event['epoch']}: validation MAE {event['mae']:.1f},"
                            f" RMSE {event['rmse']:.1f}{best}"
                        )
                    case "finished" | "stopped":
                        typer.echo(f"{event['message']}; weights: {event['weights']}")
    except KeyboardInterrupt:
        typer.echo(f"Stopped. Continue with: crowdgui train --resume {folder}", err=True)
        return 1
    sys.stdout.flush()
    return 0
