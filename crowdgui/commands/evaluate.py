"""`crowdgui evaluate`: how far a model's counts are from the truth."""

from __future__ import annotations

import csv
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from models.catalogue import find_model
from models.files import replacing
from models.loading import open_predictor


def evaluate(
    data: Annotated[Path, typer.Option(help="A data set's folder.")],
    model: Annotated[str, typer.Option(help="A model's name, or a weights file.")] = "",
    split: Annotated[str, typer.Option(help="train, val, test or all.")] = "val",
    precision: Annotated[str, typer.Option(help="fp32 or bf16.")] = "fp32",
    device: Annotated[str, typer.Option(help="auto, cpu, cuda or mps.")] = "auto",
    engine: Annotated[str, typer.Option(help="auto, openvino or torch.")] = "auto",
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object on standard output.")
    ] = False,
    csv_file: Annotated[Path | None, typer.Option("--csv", help="Write a row per picture.")] = None,
) -> None:
    """Compare a model's counts with the ground truth: MAE, RMSE, NAE, GAME."""
    from rich.console import Console
    from rich.progress import track

    from trainer.datasets import recognise
    from trainer.evaluate import evaluate as evaluated
    from trainer.evaluate import summarise

    examples = recognise(data).examples(split)
    chosen = find_model(model)
    predictor = open_predictor(chosen, device=device, precision=precision, engine=engine)
    console = Console(stderr=True)
    rows = list(
        track(evaluated(predictor, examples), "Evaluating", len(examples), console=console,
              disable=not console.is_terminal)
    )  # fmt: skip
    summary = summarise(rows)
    if csv_file is not None:
        with (
            replacing(csv_file) as temporary,
            temporary.open("w", newline="", encoding="utf-8") as f,
        ):
            writer = csv.writer(f)
            writer.writerow(["name", "truth", "count", "error", "seconds"])
            writer.writerows(
                [row.name, row.truth, row.count, row.error, row.seconds] for row in rows
            )
    if as_json:
        sys.stdout.write(json.dumps(asdict(summary)) + "\n")
        return
    game = " / ".join(f"{value:.1f}" for value in summary.game)
    typer.echo(f"{chosen.name} on {data.name} {split} ({summary.n} pictures)")
    typer.echo(f"MAE {summary.mae:.2f}   RMSE {summary.rmse:.2f}   NAE {summary.nae:.3f}")
    typer.echo(f"GAME 0-3: {game}")
