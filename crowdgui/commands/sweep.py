"""`crowdgui sweep`: the study's tables, every alpha trained with the same recipe and seeds."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crowdgui.commands.evaluate import measure
from crowdgui.commands.exit_codes import DONE, NOTHING_DONE, SOME_FAILED
from crowdgui.commands.orders import Orders, heed, heeding, stopping_gently
from crowdgui.commands.places import keep_apart
from crowdgui.commands.problems import tell_problems_of_data
from crowdgui.commands.training import (
    NETWORK_HELP,
    draw,
    facts_of,
    plain,
    refuse_given,
    whole_names,
)
from models.errors import UserError

if TYPE_CHECKING:
    from trainer.sweep import Result, Run, Settings

ALPHAS, SEEDS, RECIPE = "0,0.1,0.3,0.5,0.7", 3, "study"
TABLES_WRITTEN = "The tables and the chart are in"


def sweep(
    data: Annotated[
        list[Path] | None, typer.Option(help="A data set's folder; may be given several times.")
    ] = None,
    alphas: Annotated[
        str | None, typer.Option(help=f"Teacher's shares, 0 among them; {ALPHAS} if not given.")
    ] = None,
    seeds: Annotated[
        int | None, typer.Option(help=f"Of alpha 0 and the best other; {SEEDS} if not given.")
    ] = None,
    other_seeds: Annotated[
        int | None, typer.Option(help="Of the other alphas; 1 if not given.")
    ] = None,
    all_seeds: Annotated[bool, typer.Option("--all-seeds", help="All alphas alike.")] = False,
    teacher: Annotated[
        str | None, typer.Option(help="A model's name; several, separated by commas, are averaged.")
    ] = None,
    student: Annotated[str | None, typer.Option(help=NETWORK_HELP)] = None,
    recipe: Annotated[
        str | None,
        typer.Option(help="A recipe's name, or a .toml file; the student's, or else study."),
    ] = None,
    trunk: Annotated[
        Path | None, typer.Option(help="ImageNet weights to begin with (.safetensors).")
    ] = None,
    epochs: Annotated[int | None, typer.Option(min=1, help="Instead of the recipe's.")] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Use only so many pictures of each kind.")
    ] = None,
    run: Annotated[
        Path | None, typer.Option(help="The sweep's folder; one that is there is continued.")
    ] = None,
    resume: Annotated[
        Path | None, typer.Option(help="Continue this sweep's folder; needs no other option.")
    ] = None,
    device: Annotated[str | None, typer.Option(help="auto, cpu, cuda or mps.")] = None,
    threads: Annotated[int | None, typer.Option(min=0, help="CPU threads; 0: all.")] = None,
    follow_parent: Annotated[
        bool, typer.Option(help="Stop when standard input ends.", hidden=True)
    ] = False,
) -> None:
    """Train students at several alphas and seeds, and write the study's tables.

    One seed for every alpha comes first, then further seeds for alpha 0, the control, and for the
    best other alpha. The same command, or --resume, goes on where a sweep was cut off.
    Exit code 1: some runs failed, or it was stopped.
    """
    raise typer.Exit(carry_out(dict(locals())))


def carry_out(options: dict[str, Any]) -> int:
    """Begin or continue the sweep that the options describe: the exit code. Raises UserError."""
    from trainer.runs import occupied

    if (world := os.environ.get("WORLD_SIZE") or "1") != "1":
        reason = "a sweep takes one process; start it without torchrun"
        raise UserError("setting-invalid", name="WORLD_SIZE", value=world, reason=reason)
    orders = Orders(follow=bool(options.pop("follow_parent")))
    folder, settings = _sweep_of(options)
    try:
        with occupied(folder), stopping_gently(orders):
            _measure_teachers(folder, settings, orders)
            failed = _train(folder, settings, orders)
    except KeyboardInterrupt:
        typer.echo(f"Stopped. Continue with: crowdgui sweep --resume {folder}", err=True)
        return SOME_FAILED
    tables = _write(folder, settings)
    if not tables:
        return NOTHING_DONE
    typer.echo(tables)
    typer.echo(f"{TABLES_WRITTEN} {folder}", err=True)
    return SOME_FAILED if failed else DONE


def _sweep_of(options: dict[str, Any]) -> tuple[Path, Settings]:
    from trainer.runs import RUNS
    from trainer.sweep import (
        check_possible,
        check_teachers,
        make_settings,
        open_sweep,
        parse_alphas,
        read_settings,
    )

    folder = options.pop("resume")
    if folder is not None:
        said = {**options, "all_seeds": options["all_seeds"] or None}
        refuse_given(said, (), "a resumed sweep keeps its own")
        settings = read_settings(folder)
        check_teachers(folder, settings)
        return folder, settings
    facts = _facts(options)
    seeds = SEEDS if options["seeds"] is None else options["seeds"]
    others = 1 if options["other_seeds"] is None else options["other_seeds"]
    if options["all_seeds"]:
        others = seeds
    alphas = parse_alphas(ALPHAS if options["alphas"] is None else options["alphas"])
    settings = make_settings(alphas, seeds, others, facts)
    name = time.strftime(f"sweep-{facts['network']}-%Y%m%d-%H%M%S")
    folder = options["run"] or RUNS / name
    keep_apart("--run", folder, settings.base["data"])
    check_possible(settings)
    tell_problems_of_data(settings.base["data"])
    open_sweep(folder, settings)
    return folder, settings


def _facts(options: dict[str, Any]) -> dict[str, Any]:
    """Return what all runs of the sweep share, as a config has it."""
    from models.catalogue import default_teacher

    if not options["data"]:
        raise UserError("option-missing", option="--data DIR")
    recipe = options["recipe"] or options["student"] or RECIPE
    names = ("data", "epochs", "limit", "device", "threads", "teacher", "trunk")
    chosen = {name: plain(options[name]) for name in names if options[name] is not None}
    if options["student"]:
        chosen["network"] = options["student"]
    facts = facts_of(recipe, chosen)
    facts["teacher"] = whole_names(facts.get("teacher") or default_teacher())
    return facts


def _measure_teachers(folder: Path, settings: Settings, orders: Orders) -> None:
    """Measure the teachers as the students are: by torch, at their precision, on their pictures.

    Raises KeyboardInterrupt when it is ordered to stop.
    """
    from models.loading import open_predictor
    from models.precision import steady_precision
    from trainer.evaluate import summarise
    from trainer.sweep import config_of, keep_teacher, unmeasured, validation_examples

    config = config_of(settings, settings.first_runs()[0])
    for model in unmeasured(folder, settings):
        precision = steady_precision(config.engine_precision, model.header())
        predictor = open_predictor(
            model, engine="torch", device=config.device, precision=precision,
            threads=config.threads,
        )  # fmt: skip
        counted = measure(predictor, validation_examples(settings), f"Measuring {model.name}")
        rows = []
        with closing(counted):
            for row in counted:
                rows.append(row)
                heed(orders)
        keep_teacher(folder, model, summarise(rows))


def _train(folder: Path, settings: Settings, orders: Orders) -> set[Run]:
    """Do every run that is not finished yet; returns those that diverged.

    Raises KeyboardInterrupt when it was ordered to stop.
    """
    from trainer.distill import distill
    from trainer.sweep import collect, next_run, prepare

    failed: set[Run] = set()
    results = collect(folder, settings)
    while (run := next_run(settings, results, failed)) is not None:
        heed(orders)
        number = len(results) + len(failed) + 1
        name = f"alpha {run.alpha:g}, seed {run.seed}"
        typer.echo(f"Run {number} of {settings.total}: {name}", err=True)
        path, config = prepare(folder, settings, run)
        try:
            place = _place(settings, results, number, name, config.epochs)
            draw(heeding(distill(config, path, orders)), config.epochs, orders, place)
        except UserError as error:
            if error.code != "training-diverged":
                raise
            # A night's sweep goes on with the others.
            failed.add(run)
            typer.echo(f"crowdgui: {name}: {error}", err=True)
        results = collect(folder, settings)
        _write(folder, settings)
    return failed


def _place(
    settings: Settings, results: list[Result], number: int, name: str, epochs: int
) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Give what says, at a step event, which run it is and how long the sweep will still take."""
    known = [result.seconds for result in results if result.seconds]

    def facts(event: dict[str, Any]) -> dict[str, Any]:
        rest = event["eta_s"]
        # Before a run has finished, this one's rate says how long one takes.
        run = fmean(known) if known else rest * epochs / max(epochs - event["epoch"] + 1, 1)
        left = rest + (settings.total - number) * run
        return {"completed": number, "total": settings.total, "left": left, "now": name}

    return facts


def _write(folder: Path, settings: Settings) -> str:
    """Write tables and chart of what is finished; returns the tables, empty if nothing is."""
    from trainer.datasets import recognise
    from trainer.sweep import collect, read_teachers
    from trainer.tables import write_tables

    results = collect(folder, settings)
    if not results:
        return ""
    sets = [recognise(Path(path)) for path in settings.base["data"]]
    data = ", ".join(f"{found.name} ({found.layout})" for found in sets)
    return write_tables(folder, settings, results, read_teachers(folder), data)
