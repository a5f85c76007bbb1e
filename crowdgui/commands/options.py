"""What commands that count share: how they are told to, and how they say what is wrong."""

from __future__ import annotations

import errno
import os
import sys
from typing import Annotated, TextIO

import typer

ModelOption = Annotated[str, typer.Option(help="A model's name, or a weights file.")]
PrecisionOption = Annotated[str, typer.Option(help="fp32, bf16 or int8.")]
DeviceOption = Annotated[str, typer.Option(help="auto, cpu, cuda or mps.")]
EngineOption = Annotated[str, typer.Option(help="auto, openvino or torch.")]
ThreadsOption = Annotated[int, typer.Option(min=0, help="CPU threads; 0 lets the engine choose.")]


def say(sentence: str) -> None:
    """Print on standard error."""
    typer.echo(sentence, err=True)


def silence(stream: TextIO) -> None:
    """Send nowhere what is still buffered and what comes: it must not complain at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def reader_gone(error: OSError) -> bool:
    """Whether nobody reads any more what was printed, which Windows calls an invalid argument."""
    if isinstance(error, BrokenPipeError):
        return True
    return sys.platform == "win32" and error.errno == errno.EINVAL and error.filename is None
