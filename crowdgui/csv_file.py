"""Rows as files: written at once, or growing row by row to take their place at the end."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from io import FileIO
from pathlib import Path
from typing import Any

from models.errors import UserError
from models.files import check_place, replacing

# What matplotlib writes near the start of a PNG.
DRAWN = b"Matplotlib"


def check_output(option: str, path: Path, columns: Sequence[str] = ()) -> None:
    """Raise UserError setting-invalid where the file of an option would replace another.

    What was written before by the same option may be replaced: a file that begins with these
    columns, or a drawing where there are none.
    """
    from crowdgui.live.videos import VIDEO_SUFFIXES
    from models.catalogue import MODEL_SUFFIXES
    from models.pictures import PICTURE_SUFFIXES

    reason = ""
    others = {*PICTURE_SUFFIXES, *VIDEO_SUFFIXES, *MODEL_SUFFIXES}
    if columns and path.suffix.lower() in others:
        reason = "it is named like a picture, a video or a model"
    elif str(path) == "-" or path.absolute().parts[:2] == ("/", "dev"):
        reason = "name a file; --json prints on standard output"
    elif not columns and path.suffix.lower() != ".png":
        reason = "give a name that ends in .png"
    elif old := _start_of(path):
        # Zones add columns, so that the first two are enough.
        own = old.startswith(",".join(columns[:2]).encode()) if columns else DRAWN in old
        if not own:
            reason = "there is another file of this name"
    if reason:
        raise UserError("setting-invalid", name=option, value=path, reason=reason)


def _start_of(path: Path) -> bytes:
    """Return the first bytes of a file, none where there is none or it cannot be read."""
    try:
        # A pipe would wait for somebody who writes.
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(200)
    except OSError:
        return b""


@contextmanager
def csv_writer(path: Path, columns: Sequence[str]) -> Iterator[Callable[[dict[str, Any]], None]]:
    """Give a function that appends a row; what was written takes its place however this ends.

    Without a row an old file stays. Raises UserError path-unwritable, before any row where that
    is known then, and path-kept as `replacing` does; the function raises path-unwritable where
    the disk takes no more, and the rows before it are kept.
    """
    check_place(path)
    with ExitStack() as stack:

        @cache
        def begun() -> FileIO:
            temporary = stack.enter_context(replacing(path, keep=True))
            # Without a buffer, which would try again at the end what a full disk has refused.
            return stack.enter_context(temporary.open("wb", buffering=0))

        def write(row: dict[str, Any]) -> None:
            file = begun()
            head = not file.tell()
            try:
                _append(file, _as_text(row, columns, head).encode("utf-8"))
            except OSError as error:
                raise UserError("path-unwritable", path=path, reason=error.strerror) from error

        try:
            yield write
        except BaseException:
            # The rows so far are kept, then the trouble goes its way.
            stack.close()
            raise


def _as_text(row: dict[str, Any], columns: Sequence[str], head: bool) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns)
    if head:
        writer.writeheader()
    writer.writerow(row)
    return text.getvalue()


def _append(file: FileIO, line: bytes) -> None:
    """Write a line whole or not at all; raises OSError."""
    start = file.tell()
    try:
        while line:
            line = line[file.write(line) :]
    except OSError:
        file.truncate(start)
        file.seek(start)
        raise


def save_rows(
    path: Path, rows: Sequence[dict[str, Any]], columns: Sequence[str], content: object = None
) -> None:
    """Write rows as CSV, or `content` (the rows, if there is none) where the path ends in .json.

    Raises UserError path-unwritable.
    """
    with (
        replacing(path) as temporary,
        temporary.open("w", newline="", encoding="utf-8") as file,
    ):
        if path.suffix.lower() == ".json":
            json.dump(content or rows, file, ensure_ascii=False, indent=1)
            return
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
