"""Commands of this program in a process of their own: the window's thread keeps its turn."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator

from crowdgui.own_command import own_command
from crowdgui.window.background import when_cancelled
from models.errors import UserError

PREFIX = "crowdgui: "


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
        # Who waits for its next line could not hear of a cancelling otherwise.
        when_cancelled(process.kill)
        try:
            for line in process.stdout:
                yield line.rstrip("\n")
            if process.wait() != 0:
                said.seek(0)
                reason = _reason(said.read().decode("utf-8", "replace"), process.returncode)
                raise UserError("command-failed", command=words[0], reason=reason)
        finally:
            process.kill()
            process.stdout.close()
            process.wait()


def _reason(said: str, code: int) -> str:
    lines = [line for line in said.splitlines() if line.strip()]
    return lines[-1].removeprefix(PREFIX).rstrip(".") if lines else f"code {code}"
