"""What commands that count share: how they are told to, and how they say what is wrong."""

from __future__ import annotations

from typing import Annotated

import typer

ModelOption = Annotated[str, typer.Option(help="A model's name, or a weights file.")]
PrecisionOption = Annotated[str, typer.Option(help="fp32, bf16 or int8.")]
DeviceOption = Annotated[str, typer.Option(help="auto, cpu, cuda or mps.")]
EngineOption = Annotated[str, typer.Option(help="auto, openvino or torch.")]
ThreadsOption = Annotated[int, typer.Option(min=0, help="CPU threads; 0 lets the engine choose.")]


def say(sentence: str) -> None:
    """Print on standard error."""
    typer.echo(sentence, err=True)
