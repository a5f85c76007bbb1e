"""`crowdgui benchmark`: how fast this machine is with this program."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crowdgui.commands.exit_codes import NOTHING_DONE
from crowdgui.commands.options import say
from crowdgui.csv_file import check_output
from models.errors import UserError

if TYPE_CHECKING:
    from models.catalogue import Model
    from models.header import Header

TRAINING_ROUNDS, ROUNDS = 3, 5
SIZES = "1024x768"
# A part of the ceiling that says that something else was at work while the ceiling was measured.
DISTURBED = 1.1


def benchmark(
    models: Annotated[
        str, typer.Option(help="Names, with commas between; without: one of each network.")
    ] = "",
    sizes: Annotated[
        str | None, typer.Option(help=f"As in 1024x768,640x480; without: {SIZES}.")
    ] = None,
    live: Annotated[bool, typer.Option("--live", help="A 720p video from end to end too.")] = False,
    training: Annotated[
        bool, typer.Option("--training", help="MCNN's training beside the plain loop's.")
    ] = False,
    data: Annotated[
        Path | None,
        typer.Option(help="--training: a data set's folder; rendered scenes without it."),
    ] = None,
    rounds: Annotated[
        int, typer.Option(min=0, help="Interleaved rounds; medians count. 0: a few.")
    ] = 0,
    threads: Annotated[
        int, typer.Option(min=0, help="CPU threads; 0: as many as torch takes.")
    ] = 0,
    chart: Annotated[Path | None, typer.Option(help="Draw bars of the ratios as a PNG.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON on standard output.")] = False,
) -> None:
    """Measure speed in one interleaved run, as ratios to the plain way.

    Every model in every engine and precision: from a picture to its density map, beside torch as
    public code runs it (eager, NCHW, fp32), and the part of what the machine's convolutions reach.
    """
    no_training = {"models": models, "sizes": sizes, "live": live, "chart": chart}
    idle = no_training if training else {"data": data}
    for name, value in idle.items():
        if value:
            reason = f"it does nothing {'with' if training else 'without'} --training"
            raise UserError("setting-invalid", name=f"--{name}", value="given", reason=reason)
    if training:
        _training(data, rounds or TRAINING_ROUNDS, threads, as_json)
        return
    wanted = SIZES if sizes is None else sizes
    found = _measure(models, wanted, live, rounds or ROUNDS, threads, chart)
    if as_json:
        sys.stdout.write(json.dumps(found) + "\n")
    else:
        typer.echo(markdown(found))


def _measure(
    names: str, sizes: str, live: bool, rounds: int, threads: int, chart: Path | None
) -> dict[str, Any]:
    from contextlib import ExitStack

    from rich.console import Console

    from crowdgui.live_speed import measure_live, rendered_video
    from crowdgui.speed import measure, open_ways, own_threads, parse_sizes, rows
    from crowdgui.speed_chart import draw_bars
    from models.files import replacing
    from models.loading import MOST_THREADS
    from models.probe import Probe
    from trainer.charts import need_matplotlib
    from trainer.synthetic import DEMO_SEED, render_scene

    console = Console(stderr=True)
    if threads > MOST_THREADS:
        raise UserError("threads-invalid", threads=threads, most=MOST_THREADS)
    if chart is not None:
        need_matplotlib()
        check_output("--chart", chart)
    chosen = _models(names)
    wanted = parse_sizes(sizes, max(model.header().pad_to for model in chosen))
    with ExitStack() as stack:
        # A place that cannot be written shows before the work, not after it.
        place = stack.enter_context(replacing(chart)) if chart else None
        video = stack.enter_context(rendered_video()) if live else None
        threads = threads or own_threads()
        probe = Probe(threads)
        opened, problems = open_ways(chosen, threads)
        for problem in problems:
            say(f"crowdgui: {problem}")
        if not opened:
            raise typer.Exit(NOTHING_DONE)
        for step in measure(opened, render_scene(DEMO_SEED).picture, wanted, rounds):
            console.print(step)
            probe.run()
        found: dict[str, Any] = {
            "results": rows(opened, probe.best),
            "gflops": {precision: round(speed, 1) for precision, speed in probe.best.items()},
            **_machine(threads or probe.threads, rounds),
        }
        if video is not None:
            console.print("counting a 720p video")
            found["live"] = measure_live(video, opened, rounds=2)
        if place is not None:
            draw_bars(place, found["results"])
    if any(row["ceiling"] and row["ceiling"] > DISTURBED for row in found["results"]):
        say(
            "crowdgui: the machine was at work on something else meanwhile, as some engines seem"
            " faster than it can be; measure again."
        )
    return found


def _models(names: str) -> list[Model]:
    """Return the models named, or one of each network: weights do not change the speed.

    Says what cannot be read, and ends where nothing can. Raises UserError as find_models does.
    """
    from models.catalogue import installed

    headers: dict[Model, Header] = {}
    given = _named(names) if names else installed()
    if not given:
        raise UserError("model-none")
    for model in given:
        try:
            headers[model] = model.header()
        except UserError as error:
            say(f"crowdgui: {error}")
    if not headers:
        raise typer.Exit(NOTHING_DONE)
    return list(headers) if names else _one_of_each(headers)


def _named(names: str) -> list[Model]:
    from models.catalogue import find_models

    # A name and a path may mean the same.
    found = {model.file.resolve(): model for model in find_models(names)}
    if not found:
        reason = "it names no model"
        raise UserError("setting-invalid", name="--models", value=names, reason=reason)
    return list(found.values())


def _one_of_each(headers: dict[Model, Header]) -> list[Model]:
    found: dict[str, Model] = {}
    for model, header in headers.items():
        rule = header.scale_rule
        key = json.dumps([header.network, header.options, header.channels, rule.shrink])
        # Of equal ones the first that runs in most ways.
        known = found.get(key)
        if known is None or (known.int8 is None and model.int8 is not None):
            found[key] = model
    return list(found.values())


def _processor() -> str:
    """Return the processor's name; Python knows none of it on Linux."""
    from openvino import Core

    return str(Core().get_property("CPU", "FULL_DEVICE_NAME"))


def _machine(threads: int, rounds: int) -> dict[str, Any]:
    from importlib.metadata import PackageNotFoundError, version

    def installed(package: str) -> str | None:
        try:
            return version(package)
        except PackageNotFoundError:
            return None

    return {
        "threads": threads,
        "rounds": rounds,
        "processor": _processor(),
        "versions": {package: installed(package) for package in ("openvino", "torch")},
    }


def markdown(found: dict[str, Any]) -> str:
    """Return the results as Markdown tables."""
    versions = ", ".join(f"{name} {number}" for name, number in found["versions"].items() if number)
    lines = [
        f"{found['processor']}, {versions}.",
        f"Medians of {found['rounds']} interleaved rounds, {found['threads']} threads; ratio to"
        " torch eager, NCHW, fp32. Convolutions reach "
        + ", ".join(f"{speed:.0f} GFLOP/s in {p}" for p, speed in found["gflops"].items())
        + " here.",
        "",
        "| model | engine | precision | size | ms | ratio | of the ceiling | first picture, ms |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in found["results"]:
        ratio = "" if row["ratio"] is None else f"{row['ratio']:.1f}"
        part = "" if row["ceiling"] is None else f"{row['ceiling']:.0%}"
        lines.append(
            f"| {_cell(row['model'])} | {row['engine']} | {row['precision']} | {row['size']} |"
            f" {row['ms']:.1f} | {ratio} | {part} | {row['first_ms']:.0f} |"
        )
    if "live" in found:
        lines += [
            "",
            "A 1280x720 video, counted at 640x360; ms a frame.",
            "",
            "| model | engine | precision | fps | decode | resize | count | overlay | counting |",
            "|---|---|---|---|---|---|---|---|---|",
        ]
        for row in found["live"]:
            stages = [row[f"{stage}_ms"] for stage in ("decode", "resize", "count", "overlay")]
            lines.append(
                f"| {_cell(row['model'])} | {row['engine']} | {row['precision']} |"
                f" {row['fps']:.1f} | "
                + " | ".join(f"{ms:.1f}" for ms in stages)
                + f" | {row['count_share']:.0%} |"
            )
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _training(data: Path | None, rounds: int, threads: int, as_json: bool) -> None:
    if find_spec("torch") is None:
        raise UserError("training-missing", command="benchmark --training")
    from rich.console import Console

    from trainer.benchmark import Speed, benchmark_training
    from trainer.scenes import scene_set

    console = Console(stderr=True)
    rows: list[Speed] = []
    for item in benchmark_training(data or scene_set(), rounds, threads):
        if isinstance(item, Speed):
            rows.append(item)
        else:
            console.print(f"measuring {item}")
    if as_json:
        sys.stdout.write(json.dumps({"results": [asdict(row) for row in rows]}) + "\n")
        return
    typer.echo("| MCNN, 8 crops of 256 | pictures/s | ratio | data's share |\n|---|---|---|---|")
    for row in rows:
        typer.echo(
            f"| {row.way} | {row.pictures_per_s:.1f} | {row.ratio:.2f} | {row.data_share:.0%} |"
        )
