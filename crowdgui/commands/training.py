"""What `train` and `distill` share: from options to a run, and a run drawn as it goes."""

from __future__ import annotations

import contextlib
import json
import queue
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from models.errors import UserError

if TYPE_CHECKING:
    from trainer.config import Config

NOT_IN_CONFIG = ("run", "resume", "events", "follow_parent")


def carry_out(options: dict[str, Any], recipe: str) -> int:
    """Begin or continue the run that the options describe and see it through: the exit code.

    `options` are those of the command, None where nothing was said. Raises UserError.
    """
    folder, config = _run_of(options, recipe)
    orders = Orders(follow=bool(options["follow_parent"]))
    events = _events(folder, config, orders)
    try:
        if options["events"]:
            for event in events:
                sys.stdout.write(json.dumps(event) + "\n")
                sys.stdout.flush()
        else:
            typer.echo("Reading the data; rendering scenes takes a second each.", err=True)
            _draw(events, config.epochs)
    except KeyboardInterrupt:
        typer.echo(f"Stopped. Continue with: crowdgui train --resume {folder}", err=True)
        return 1
    return 0


class Orders:
    """Words from standard input, a line each: pause, resume, stop.

    With `follow`, the end of standard input is a stop, so a program that died leaves no orphan.
    """

    def __init__(self, *, follow: bool) -> None:
        self._words: queue.SimpleQueue[str] = queue.SimpleQueue()
        # A terminal's input belongs to the person at it, who has Ctrl-C.
        if sys.stdin is not None and (follow or not sys.stdin.isatty()):
            threading.Thread(target=self._read, args=(follow,), daemon=True).start()

    def __call__(self) -> str | None:
        """Return the oldest order not yet taken, or None."""
        try:
            return self._words.get_nowait()
        except queue.Empty:
            return None

    def _read(self, follow: bool) -> None:
        # A standard input that cannot be read gives no orders.
        with contextlib.suppress(OSError, ValueError):
            for line in sys.stdin:
                self._words.put(line.strip())
        if follow:
            self._words.put("stop")


def _run_of(options: dict[str, Any], recipe: str) -> tuple[Path, Config]:
    from trainer.config import make_config, read_recipe
    from trainer.runs import begin_run, continue_run

    if options["resume"] is not None:
        for name in ("data", "recipe", "run", "init", "network"):
            if options.get(name):
                reason = "a resumed run keeps its own; only --epochs may be changed"
                raise UserError("setting-invalid", name=f"--{name}", value="given", reason=reason)
        folder, config = continue_run(options["resume"])
        if options["epochs"] is not None:
            config = replace(config, epochs=options["epochs"])
        return folder, config
    if not options["data"]:
        raise UserError("option-missing", option="--data DIR")
    recipe = options.pop("recipe") or recipe
    chosen = {
        name: _plain(value)
        for name, value in options.items()
        if value is not None and value != [] and name not in NOT_IN_CONFIG
    }
    config = make_config({**read_recipe(recipe), **chosen, "recipe": recipe})
    return begin_run(config, options["run"]), config


def _plain(value: Any) -> Any:
    """Turn paths into text, which is what a config holds."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    # Whole paths, so that a run can be resumed from another folder.
    return str(value.resolve()) if isinstance(value, Path) else value


def _events(folder: Path, config: Config, orders: Orders) -> Iterator[dict[str, Any]]:
    from trainer.distill import distill

    return distill(config, folder, orders)


def _draw(events: Iterator[dict[str, Any]], epochs: int) -> None:
    """Show a run as a progress bar with its losses, and a line for every validation."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = ("Epoch {task.completed}/{task.total}", BarColumn(), TimeRemainingColumn(),
               TextColumn("{task.fields[now]}"))  # fmt: skip
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("", total=epochs, now="")
        for event in events:
            match event["event"]:
                case "started":
                    console.print(
                        f"{event['pictures']} pictures with {event['people']:,} people;"
                        f" validated on {event['validation_pictures']}; run folder {event['run']}"
                    )
                case "step":
                    now = f"loss {event['loss']:.4f} (truth {event['loss_truth']:.4f}"
                    if event["loss_teacher"]:
                        now += f", teacher {event['loss_teacher']:.4f}"
                    now += f")  rate {event['lr']:.1e}  {event['images_per_s']:.1f} pictures/s"
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
