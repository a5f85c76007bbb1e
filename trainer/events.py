"""What a run tells: one JSON object a line, appended and flushed."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

from models.errors import UserError
from models.reasons import why

VERSION = 1
Event = dict[str, Any]


def make_event(kind: str, **facts: Any) -> Event:
    """Return an event: `v`, `event`, `time` (seconds since 1970) and its facts."""
    return {"v": VERSION, "event": kind, "time": round(time.time(), 3), **facts}


def append_event(path: Path, event: Event) -> None:
    """Add a line; one that a crash left unfinished stays a line of its own.

    Raises UserError path-unwritable.
    """
    try:
        with path.open("ab+") as file:
            torn = b""
            if file.tell():
                file.seek(-1, os.SEEK_END)
                torn = b"" if file.read(1) == b"\n" else b"\n"
            file.write(torn + json.dumps(event).encode() + b"\n")
    except OSError as error:
        raise UserError("path-unwritable", path=path, reason=why(error)) from error
