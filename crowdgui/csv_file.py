"""Rows as files: written at once, or growing row by row to take their place at the end."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TextIO

from models.errors import UserError
from models.files import check_place, replacing

# What matplotlib writes near the start of a PNG.
DRAWN = b"Matplotlib"


def check_output(option: str, path: Path, columns: Sequence[str] = ()) -> None:
    """Raise UserError setting-invalid where the file of --csv or --plot would replace another.

    What was written before by the same option may be replaced: a table of these columns, or a
    drawing where there are none.
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
    is known then.
    """
    check_place(path)
    with ExitStack() as stack:

        @cache
        def begun() -> tuple[TextIO, csv.DictWriter[str]]:
            temporary = stack.enter_context(replacing(path))
            file = stack.enter_context(temporary.open("w", newline="", encoding="utf-8"))
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            return file, writer

        def write(row: dict[str, Any]) -> None:
            file, writer = begun()
            writer.writerow(row)
            file.flush()

        try:
            yield write
        except BaseException:
            # The rows so far are kept, then the trouble goes its way.
            stack.close()
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
