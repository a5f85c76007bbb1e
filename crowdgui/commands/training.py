"""What `train` and `distill` share: from options to a run, and a run drawn as it goes."""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from crowdgui.commands.options import reader_gone
from crowdgui.commands.orders import Orders, heeding, stop_unread, stopping_gently
from crowdgui.commands.places import keep_apart
from crowdgui.commands.problems import tell_problems_of_data
from crowdgui.durations import clock
from models.errors import UserError

if TYPE_CHECKING:
    from rich.console import Console

    from trainer.config import Config
    from trainer.parallel import Ranks

NETWORK_HELP = "The network to train: mcnn (the default), compact, assistant or m-sfanet."
# The options that `train` and `distill` share.
DataOption = Annotated[
    list[Path] | None, typer.Option(help="A data set's folder; may be given several times.")
]
RecipeOption = Annotated[str, typer.Option(help="A recipe's name, or a .toml file.")]
RunOption = Annotated[Path | None, typer.Option(help="The run folder; made if not there.")]
ResumeOption = Annotated[
    Path | None, typer.Option(help="Continue this run folder; needs no other option.")
]
InitOption = Annotated[str, typer.Option(help="Start from a model, or a weights file.")]
TrunkOption = Annotated[
    Path | None, typer.Option(help="ImageNet weights to begin with (.safetensors).")
]
NegativesOption = Annotated[
    list[Path] | None, typer.Option(help="A folder of pictures without people.")
]
EpochsOption = Annotated[int | None, typer.Option(min=1, help="Instead of the recipe's.")]
LimitOption = Annotated[
    int | None, typer.Option(min=1, help="Use only so many pictures of each kind.")
]
SeedOption = Annotated[int | None, typer.Option(help="Of everything drawn by chance.")]
DeviceOption = Annotated[str | None, typer.Option(help="auto, cpu, cuda or mps.")]
ThreadsOption = Annotated[int | None, typer.Option(min=0, help="CPU threads; 0: all.")]
EventsOption = Annotated[
    Literal["json"] | None,
    typer.Option(
        help="Mirror the run's events on standard output; take pause, resume and stop, a line each,"
        " on standard input."
    ),
]
FollowOption = Annotated[bool, typer.Option(help="Stop when standard input ends.", hidden=True)]

NOT_IN_CONFIG = ("run", "resume", "events", "follow_parent", "distilling")
WITH_RESUME = ("resume", "epochs", "device", "threads", "events", "follow_parent", "distilling")
DEFAULT_ALPHA = 0.1
FOLDERS = ("data", "negatives", "unlabelled")
# Of the folders that --negatives names, where the recipe does not say how many; as in the window.
NEGATIVE_PICTURES = 100


def carry_out(options: dict[str, Any], recipe: str) -> int:
    """Begin or continue the run that the options describe and see it through: the exit code.

    `options` are those of the command, None where nothing was said. Raises UserError.
    """
    from trainer.parallel import join, leave

    ranks = join()
    run = ranks.tell(_run_of(options, recipe) if ranks.first else None)
    assert run is not None
    folder, config = run
    follow, listen = bool(options["follow_parent"]), bool(options["events"])
    orders = Orders(follow=follow, listen=listen) if ranks.first else None
    events = heeding(_events(folder, config, orders or _none, ranks), orders)
    try:
        with stopping_gently(orders):
            if orders is None or options["events"]:
                # Of several processes only the first tells what they all do.
                _mirror(events, orders)
            else:
                draw(events, config.epochs, orders)
    except KeyboardInterrupt:
        typer.echo(f"Stopped. Continue with: crowdgui train --resume {folder}", err=True)
        return 1
    leave()
    return 0


def _run_of(options: dict[str, Any], recipe: str) -> tuple[Path, Config]:
    from models.catalogue import default_teacher
    from models.networks import NETWORKS
    from models.reasons import one_of
    from trainer.config import make_config, without_teacher
    from trainer.runs import RUNS, begin_run, continue_run

    if options["resume"] is not None:
        reason = "a resumed run keeps its own; only --epochs, --device and --threads may be changed"
        refuse_given(options, WITH_RESUME, reason)
        other = {name: options.get(name) for name in ("epochs", "device", "threads")}
        return continue_run(options["resume"], **other)
    if not options["data"]:
        raise UserError("option-missing", option="--data DIR")
    if (network := options.get("network")) not in (None, *NETWORKS):
        reason = one_of(*NETWORKS)
        raise UserError("setting-invalid", name="network", value=network, reason=reason)
    recipe = options.pop("recipe") or recipe
    chosen = {
        name: plain(value)
        for name, value in options.items()
        if value not in (None, [], "") and name not in NOT_IN_CONFIG
    }
    facts = facts_of(recipe, chosen)
    if options.get("distilling"):
        facts.setdefault("alpha", DEFAULT_ALPHA)
        facts["teacher"] = whole_names(facts.get("teacher") or default_teacher())
    else:
        # Also with a student's recipe: it is the control then.
        facts = without_teacher(facts) | {"alpha": 0.0}
    config = make_config(facts)
    keep_apart("--run", options["run"] or RUNS, config.data)
    # Before there is a folder: data that cannot be read leave none behind.
    tell_problems_of_data(config.data)
    return begin_run(config, options["run"]), config


def facts_of(recipe: str, chosen: dict[str, Any]) -> dict[str, Any]:
    """Return a config's facts: those of a recipe, and over them what was chosen.

    Its paths become whole ones, as a run may go on elsewhere. Raises UserError as read_recipe and
    find_model do, and setting-invalid for a trunk beside first weights.
    """
    from trainer.config import BROUGHT, read_recipe

    said = read_recipe(recipe)
    if "init" in chosen:
        brought = (*BROUGHT, "trunk")
        said = {name: value for name, value in said.items() if name not in brought}
    facts = {"network": "mcnn", **said, **chosen, "recipe": recipe}
    if facts.get("init") and facts.get("trunk"):
        reason = "the weights of --init have their own; leave one of the two out"
        raise UserError("setting-invalid", name="--trunk", value=facts["trunk"], reason=reason)
    if facts.get("init"):
        facts["init"] = _weights_of(str(facts["init"]))
    # What is no path here, the config refuses.
    for name in FOLDERS:
        if isinstance(facts.get(name), list):
            facts[name] = [plain(Path(str(folder))) for folder in facts[name]]
    if isinstance(facts.get("trunk"), str) and facts["trunk"]:
        facts["trunk"] = plain(Path(facts["trunk"]))
    if facts.get("negatives") and not facts.get("negative_pictures"):
        facts["negative_pictures"] = NEGATIVE_PICTURES
    return facts


def _weights_of(name: str) -> str:
    """Return the whole path of a model's weights; raises UserError where there are none."""
    from models.catalogue import find_model

    model = find_model(name)
    if model.weights is None:
        raise UserError("model-onnx-only", model=model.name)
    return str(model.weights.resolve())


def refuse_given(options: dict[str, Any], allowed: Collection[str], reason: str) -> None:
    """Raise UserError setting-invalid for the first option that was given and is not allowed.

    A number 0 and a switch turned off were given too; what was not said is None, "" or [].
    """
    names = {"network": "student"} if options.get("distilling") else {}
    for name, value in options.items():
        if name not in allowed and value not in (None, "", []):
            option = f"--{names.get(name, name).replace('_', '-')}"
            raise UserError("setting-invalid", name=option, value="given", reason=reason)


def plain(value: Any) -> Any:
    """Turn paths into text, which is what a config holds."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    # Whole paths, so that a run can be resumed from another folder.
    return str(value.resolve()) if isinstance(value, Path) else value


def whole_names(teachers: object) -> str:
    """Return names as they are and files with their whole paths: a run may go on elsewhere.

    Raises UserError setting-invalid for what is no text.
    """
    from models.catalogue import FILES, split_names

    if not isinstance(teachers, str):
        reason = "name them in one text, separated by commas"
        raise UserError("setting-invalid", name="teacher", value=teachers, reason=reason)
    return ",".join(
        str(Path(name).resolve()) if name.lower().endswith(FILES) else name
        for name in split_names(teachers)
    )


def _events(
    folder: Path, config: Config, orders: Callable[[], str | None], ranks: Ranks
) -> Iterator[dict[str, Any]]:
    from trainer.distill import distill

    return distill(config, folder, orders, ranks)


def _none() -> None:
    """Give no orders."""


def _mirror(events: Iterator[dict[str, Any]], orders: Orders | None) -> None:
    """Print events on standard output, a line each."""
    for event in events:
        try:
            sys.stdout.write(json.dumps(event) + "\n")
            sys.stdout.flush()
        except OSError as error:
            if not reader_gone(error):
                raise
            stop_unread(sys.stdout, orders)


def draw(
    events: Iterator[dict[str, Any]],
    epochs: int,
    orders: Orders,
    around: Callable[[dict[str, Any]], dict[str, Any]] | None = None,
) -> None:
    """Show a run as a progress bar with its losses, and a line for every validation.

    Of a run that is one of many, `around` gives at every step event what a second bar shows: the
    runs `completed` and in `total`, the seconds `left`, and which run is `now`. Where nobody reads
    it any more, `orders` are told to stop.
    """
    from rich.progress import BarColumn, Progress, TextColumn
    from rich.table import Column

    console = _console(orders)
    # What does not fit beside the bar is cut off at its end, not the bar.
    last = TextColumn("{task.fields[now]}", table_column=Column(ratio=1, no_wrap=True))
    columns = ("{task.fields[name]}", BarColumn(20), "{task.fields[left]}", last)
    # What can be wrong mostly shows before the first event, and then needs no bar.
    console.print("Reading the data ...")
    first, started = next(events), {}
    with Progress(*columns, console=console, expand=True) as progress:
        task = progress.add_task("", total=epochs, name=f"Epoch 0/{epochs}", now="", left="")
        runs = progress.add_task("", visible=False, name="", now="", left="")
        for event in itertools.chain([first], events):
            match event["event"]:
                case "started":
                    started = event
                    console.print(
                        f"{event['pictures']} pictures with {event['people']:,} people;"
                        f" validated on {event['validation_pictures']}; run folder {event['run']}"
                    )
                case "step":
                    progress.update(
                        task,
                        completed=event["epoch"] - 1 + event["step"] / started["steps_per_epoch"],
                        name=f"Epoch {event['epoch']}/{epochs}",
                        left=clock(event["eta_s"]),
                        now=_losses(event),
                    )
                    if around is not None:
                        facts = around(event)
                        facts["left"] = clock(facts["left"])
                        facts["name"] = f"Run {facts['completed']}/{facts['total']}"
                        progress.update(runs, visible=True, **facts)
                case "preparing":
                    scenes = event["what"] == "scenes"
                    doing = "drawing scenes" if scenes else "the teacher looks at the pictures"
                    progress.update(task, now=f"{doing}: {event['done']} of {event['of']}")
                case "validating":
                    progress.update(task, now=f"validating: {event['done']} of {event['of']}")
                case "warning":
                    console.print(event["message"])
                case "validated":
                    best = "  best so far" if event["best"] else ""
                    progress.update(task, completed=event["epoch"], now="")
                    fitted = ", its last layer fitted" if event.get("fitted") else ""
                    console.print(
                        f"epoch {event['epoch']}{fitted}: validation MAE {event['mae']:.1f},"
                        f" RMSE {event['rmse']:.1f}{best}"
                    )
                case "finished" | "stopped":
                    try:
                        typer.echo(f"{event['message']}; weights: {event['weights']}")
                    except OSError as error:
                        if not reader_gone(error):
                            raise
                        stop_unread(sys.stdout, orders)


def _console(orders: Orders) -> Console:
    """Return standard error to draw on."""
    from rich.console import Console

    class Screen(Console):
        # Rich knows a reader that is gone by a broken pipe alone, and gives no other hold.
        def _check_buffer(self) -> None:
            try:
                super()._check_buffer()
            except OSError as error:
                if not reader_gone(error):
                    raise
                self.on_broken_pipe()

        def on_broken_pipe(self) -> None:
            stop_unread(sys.stderr, orders)

    return Screen(stderr=True)


def _losses(event: dict[str, Any]) -> str:
    text = f"loss {event['loss']:.4f} (truth {event['loss_truth']:.4f}"
    if event["loss_teacher"]:
        text += f", teacher {event['loss_teacher']:.4f}"
    return text + f")  rate {event['lr']:.1e}  {event['images_per_s']:.1f} pictures/s"
