"""The program's entry: the first word decides between a command and the window."""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
from importlib.metadata import version
from importlib.util import find_spec
from typing import Annotated

import typer

from crowdgui.commands import (
    benchmark,
    count,
    distill,
    evaluate,
    export,
    models,
    scenes,
    stills,
    sweep,
    train,
    watch,
)
from crowdgui.commands.options import reader_gone, silence
from crowdgui.live.credentials import mask
from crowdgui.system_libraries import check_system_libraries
from crowdgui.without_qt import show_sentence
from models.errors import UserError
from models.files import FULL

app = typer.Typer(
    name="crowdgui",
    help="Count people in crowds. Without a command, or with pictures, it opens the window.",
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("benchmark")(benchmark.benchmark)
app.command("count")(count.count)
app.command("train")(train.train)
app.command("distill")(distill.distill)
app.command("evaluate")(evaluate.evaluate)
app.command("export")(export.export)
app.command("scenes")(scenes.scenes)
app.command("stills")(stills.stills)
app.command("sweep")(sweep.sweep)
app.command("watch")(watch.watch)
app.add_typer(models.app, name="models")

COMMANDS = (
    "benchmark", "count", "distill", "evaluate", "export", "models", "scenes", "stills", "sweep",
    "train", "watch",
)  # fmt: skip
# The operator's edition has no torch.
TRAINING = ("distill", "sweep", "train")
LANGUAGES = ("en", "ko")
# The exit code by which typer tells of Ctrl-C.
INTERRUPTED = 130
OWN_OPTIONS = ("--help", "--version", "--self-test")


def _run_self_test(wanted: bool) -> None:
    if wanted:
        from crowdgui.self_test import self_test

        raise typer.Exit(self_test())


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"crowdgui {version('crowdgui')}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def program(
    show_version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version."),
    ] = False,
    self_tested: Annotated[
        bool,
        typer.Option(
            "--self-test", callback=_run_self_test, is_eager=True, help="Try every part, and exit."
        ),
    ] = False,
    lang: Annotated[str, typer.Option(help="Language of the window: en or ko.")] = "",
) -> None:
    """Handled here for --help alone: main() sends everything that is no command to the window."""


def main() -> None:
    """Run the program with the words of the command line; ends the process."""
    words = sys.argv[1:]
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Names in any script reach a pipe on every system.
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        if words and words[0] in TRAINING and find_spec("torch") is None:
            raise UserError("training-missing", command=words[0])
        if words and (words[0] in COMMANDS or words[0] in OWN_OPTIONS):
            # Ending a command from outside is Ctrl-C: what was finished is kept.
            signal.signal(signal.SIGTERM, signal.default_int_handler)
            # Under nohup a closed terminal is to end nothing.
            if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
                signal.signal(signal.SIGHUP, signal.default_int_handler)
            _carry_out(words)
        else:
            _open_window(words)
    except UserError as error:
        typer.echo(f"crowdgui: {error}", err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        typer.echo("Stopped.", err=True)
        sys.exit(2)
    except OSError as error:
        gone = reader_gone(error)
        if not (gone or error.errno in FULL) or error.filename is not None:
            raise
        # A file would have been named: this is what the command prints. What is still to be
        # printed must not complain at the end.
        silence(sys.stdout)
        if gone:
            # As typer ends where it is a broken pipe.
            sys.exit(1)
        typer.echo(f"crowdgui: the output cannot be written: {error.strerror}", err=True)
        sys.exit(2)


def _carry_out(words: list[str]) -> None:
    try:
        app(words, prog_name="crowdgui")
    except SystemExit as end:
        # What Ctrl-C ends before the command begins, typer ends by itself, without a word.
        if end.code == INTERRUPTED:
            raise KeyboardInterrupt from end
        raise


def _open_window(words: list[str]) -> None:
    language, sources = _window_words(words)
    if not _has_screen():
        typer.echo("There is no screen here, so this counts on the command line instead.", err=True)
        sys.exit(_count_here(sources or ["demo:"]))
    # Modules are no garbage, but Python would look at them again and again while they come. The
    # window brings a collector of its own.
    gc.disable()
    try:
        check_system_libraries()
        from crowdgui.window.start import open_window
    except (UserError, ImportError) as error:
        show_sentence(str(error))
        raise
    sys.exit(open_window(sources, language))


def _count_here(sources: list[str]) -> int:
    """Do in the terminal what the window would: count pictures, then watch what moves."""
    from crowdgui.sources import is_folder, kind_of

    kinds = ("pictures", "demo")
    still = [word for word in sources if kind_of(word) in kinds or is_folder(word)]
    moving = [word for word in sources if word not in still]
    codes = []
    if still:
        codes.append(count.run(count.Order(still, overlay=count.DEMO_OVERLAY)))
    if moving:
        codes.append(watch.run(watch.WatchOrder(moving)))
    return max(codes)


def _window_words(words: list[str]) -> tuple[str, list[str]]:
    """Take --lang out of the words; the rest are sources. Raises UserError setting-invalid."""
    language, sources = "", []
    rest = iter(words)
    for word in rest:
        if word == "--lang" or word.startswith("--lang="):
            language = word.partition("=")[2] or next(rest, "")
            if language not in LANGUAGES:
                reason, value = "use " + " or ".join(LANGUAGES), mask(language)
                raise UserError("setting-invalid", name="--lang", value=value, reason=reason)
        elif word.startswith("-") and len(word) > 1:
            reason = "there is no such option; see crowdgui --help"
            raise UserError("setting-invalid", name="option", value=mask(word), reason=reason)
        else:
            sources.append(word)
    if language and sources and sources[0] in COMMANDS:
        reason = f"it is the window's; write crowdgui {sources[0]} without it"
        raise UserError("setting-invalid", name="--lang", value=language, reason=reason)
    return language, sources


def _has_screen() -> bool:
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
