"""The words that start this program again, frozen or not."""

from __future__ import annotations

import sys
from pathlib import Path


def own_command() -> list[str]:
    """Return the program and its first arguments, to be followed by a command's words."""
    if not getattr(sys, "frozen", False):
        # -P: a folder called models or trainer in the folder that we are in is none of ours.
        return [sys.executable, "-P", "-m", "crowdgui"]
    executable = Path(sys.executable)
    if sys.platform == "win32":
        # The executable for double clicks has no standard streams there; its twin has.
        executable = executable.with_name("crowdgui-cli.exe")
    return [str(executable)]
