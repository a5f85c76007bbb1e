"""Files that are replaced as a whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import itertools
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn, ParamSpec, TypeVar
from uuid import uuid4

from models.errors import UserError
from models.reasons import Reason

# What a disk says that takes no more. Other errors may be of a file that is read meanwhile.
FULL = {errno.EFBIG, errno.EIO, errno.ENOSPC, errno.EROFS, getattr(errno, "EDQUOT", errno.ENOSPC)}
# About two seconds in all.
PAUSES_S = (0.01, 0.03, 0.1, 0.2, 0.4, 0.6, 0.7)

Words = ParamSpec("Words")
Answer = TypeVar("Answer")


@contextmanager
def replacing(path: Path, keep: bool = False) -> Iterator[Path]:
    """Give a temporary path beside `path`; on success it takes the place of `path`.

    A link is followed to the file it names. Raises UserError path-unwritable, also for a folder,
    a device or a disk that is full meanwhile; on any failure the old file stays as it was. Where
    all was written and only the place is refused (Windows: another program has the old file
    open), `keep` leaves it beside and raises UserError path-kept.
    """
    with _unwritable(path):
        path = path.resolve()
        temporary = _begun(path)
    try:
        yield temporary
        with _unwritable(path):
            with temporary.open("r+b") as file:
                os.fsync(file.fileno())
            if path.exists():
                # Who may read the old file may read the new one, and nobody else.
                shutil.copymode(path, temporary)
            try:
                patiently(temporary.replace, path)
            except OSError as error:
                if keep:
                    _keep_beside(temporary, path, error)
                raise
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise UserError("path-unwritable", path=path, reason=error.strerror) from error
    finally:
        with suppress(OSError):
            # Windows deletes no file that is read-only, as the old one may have been.
            temporary.chmod(0o600)
        with suppress(OSError):
            # A disk that is gone keeps it; what is said is why, not that.
            temporary.unlink(missing_ok=True)


def _keep_beside(temporary: Path, path: Path, error: OSError) -> NoReturn:
    """Put a finished file where nobody is: NAME-2, NAME-3, ...; raises UserError path-kept."""
    places = (path.with_stem(f"{path.stem}-{number}") for number in itertools.count(2))
    kept = next(place for place in places if not place.exists())
    temporary.replace(kept)
    raise UserError("path-kept", path=path, kept=kept, reason=error.strerror) from error


def patiently(work: Callable[Words, Answer], *words: Words.args, **more: Words.kwargs) -> Answer:
    """Do something with a file, and where Windows refuses it, again and again for a moment.

    There a scanner, an indexer or a reader of ours that has the file open keeps others from
    moving or replacing it, and some keep them from reading it: mostly for milliseconds.
    """
    for pause in PAUSES_S if sys.platform == "win32" else ():
        with suppress(PermissionError):
            return work(*words, **more)
        time.sleep(pause)
    return work(*words, **more)


def write_text(path: Path, text: str) -> None:
    """Replace a file by a text, in UTF-8; errors as `replacing`.

    What is no letter, as in a file's name that was none in UTF-8, becomes a question mark.
    """
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", errors="replace")


def check_place(path: Path) -> None:
    """Raise UserError path-unwritable where `replacing` would: before the work, not after it."""
    with _unwritable(path):
        _begun(path.resolve()).unlink()


def _begun(path: Path) -> Path:
    """Make the empty temporary file beside a path; raises OSError or UserError."""
    if path.exists() and not path.is_file():
        raise UserError("path-unwritable", path=path, reason=Reason("no-file"))
    path.parent.mkdir(parents=True, exist_ok=True)
    # File systems take 255 bytes: twenty letters are 80 of them at most.
    temporary = path.with_name(f".{path.name[:20]}.{uuid4().hex}.part")
    temporary.touch(exist_ok=False)
    return temporary


@contextmanager
def _unwritable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserError("path-unwritable", path=path, reason=error.strerror or error) from error


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file as hexadecimal text: a model's identity.

    Raises UserError path-missing or path-unreadable.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise UserError("path-missing", path=path) from error
    except OSError as error:
        raise UserError("path-unreadable", path=path, reason=error.strerror or error) from error


def is_there(path: Path) -> bool:
    """Return whether a path exists; what lies in a folder that may not be searched does not.

    Path.exists raises PermissionError for that in some versions of Python.
    """
    return os.path.exists(path)  # noqa: PTH110


def is_file(path: Path) -> bool:
    """Return whether a path is an ordinary file, by the same rule as `is_there`."""
    return os.path.isfile(path)  # noqa: PTH113
