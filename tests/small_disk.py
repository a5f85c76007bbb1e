"""A disk that is full, files that others hold, and files that are mapped: for this process."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from models import files

needs_limits = pytest.mark.skipif(sys.platform != "linux", reason="limits of a process")
MAPS = Path("/proc/self/maps")
needs_maps = pytest.mark.skipif(not MAPS.exists(), reason=f"needs {MAPS}")


@contextmanager
def full_disk(room: int = 1000) -> Iterator[None]:
    """Let files grow to so many bytes and no more."""
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def hold_files(patch: pytest.MonkeyPatch, method: str, times: int) -> list[float]:
    """Refuse a path's method so often, as Windows does while another program has the file open.

    Returns the pauses that are made for it from now on, none of which is slept through.
    """
    work, pauses, refused = getattr(Path, method), list[float](), iter(range(times))

    def held(self: Path, *words: Any, **more: Any) -> Any:
        if next(refused, None) is not None:
            raise PermissionError(13, "It is open elsewhere")
        return work(self, *words, **more)

    patch.setattr(Path, method, held)
    patch.setattr(files, "sys", SimpleNamespace(platform="win32"))
    patch.setattr(files, "time", SimpleNamespace(sleep=pauses.append))
    return pauses


def is_mapped(path: Path) -> bool:
    """Return whether this process still looks into a file, which Windows would not replace."""
    return any(line.endswith(str(path)) for line in MAPS.read_text().splitlines())
