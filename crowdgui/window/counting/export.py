"""The counts of a session as a file, in the columns of the command line."""

from __future__ import annotations

from typing import Any

from crowdgui.commands.count import COLUMNS, printable
from crowdgui.window.counting.session import Entry


def count_rows(entries: list[Entry], model: str) -> list[dict[str, Any]]:
    """Return a row for every picture that the model has counted, in their order."""
    rows = []
    for entry in entries:
        outcome = entry.results.get(model)
        if outcome is not None:
            values = (
                printable(entry.source.path), outcome.count, round(outcome.seconds, 6), model,
                outcome.engine, outcome.precision, *outcome.size,
            )  # fmt: skip
            rows.append(dict(zip(COLUMNS, values, strict=True)))
    return rows
