"""Commands of this program in a process of their own: the window's thread keeps its turn."""

from __future__ import annotations

import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator

from crowdgui.own_command import own_command
from crowdgui.window.background import when_cancelled
from models.errors import UserError

PREFIX = "crowdgui: "
# A command that is to end has so long to take away what it has half written.
PATIENCE_S = 2.0


def lines_of(*words: str) -> Iterator[str]:
    """Yield what a command prints, a line each; closing the iterator ends the process.

    Raises UserError command-failed with the reason that the command gave.
    """
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [*own_command(), *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said,
            text=True, encoding="utf-8", errors="replace",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
        assert process.stdout is not None
        stop = _once(lambda: _end(process))
        # Who waits for its next line could not hear of a cancelling otherwise.
        when_cancelled(stop)
        try:
            for line in process.stdout:
                yield line.rstrip("\n")
            if process.wait() != 0:
                said.seek(0)
                reason = _reason(said.read().decode("utf-8", "replace"), process.returncode)
                raise UserError("command-failed", command=words[0], reason=reason)
        finally:
            stop()
            process.stdout.close()
            process.wait()


def _end(process: subprocess.Popen[str]) -> None:
    """Have a process end as by Ctrl-C, and by force where it does not; waits for neither."""
    if process.poll() is None:
        process.terminate()
        force = threading.Timer(PATIENCE_S, process.kill)
        force.daemon = True
        force.start()


def _once(do: Callable[[], object]) -> Callable[[], None]:
    """Return what does it the first time alone, from whatever thread.

    A second Ctrl-C would interrupt what takes the half-written files away.
    """
    first = threading.Lock()

    def do_first() -> None:
        if first.acquire(blocking=False):
            do()

    return do_first


def _reason(said: str, code: int) -> str:
    lines = [line for line in said.splitlines() if line.strip()]
    return lines[-1].removeprefix(PREFIX).rstrip(".") if lines else f"code {code}"
