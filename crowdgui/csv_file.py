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


def check_output(option: str, path: Path) -> None:
    """Raise UserError setting-invalid where the file of --csv or --plot would replace another."""
    from crowdgui.live.videos import VIDEO_SUFFIXES
    from models.catalogue import MODEL_SUFFIXES
    from models.pictures import PICTURE_SUFFIXES

    reason = ""
    others = {*PICTURE_SUFFIXES, *VIDEO_SUFFIXES, *MODEL_SUFFIXES}
    if option == "--csv" and path.suffix.lower() in others:
        reason = "it is named like a picture, a video or a model"
    elif str(path) == "-" or path.absolute().parts[:2] == ("/", "dev"):
        reason = "name a file; --json prints on standard output"
    if reason:
        raise UserError("setting-invalid", name=option, value=path, reason=reason)


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
