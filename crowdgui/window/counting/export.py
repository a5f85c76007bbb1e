"""The counts of a session as rows, in the columns of the command line, and those of its regions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crowdgui.commands.count import COLUMNS
from crowdgui.printable import printable
from crowdgui.window.counting.entries import Entry, Outcome
from crowdgui.window.counting.kept_regions import Place
from crowdgui.window.counting.session import Session
from models.regions import Corner, count_in_polygon


@dataclass(frozen=True, eq=False)
class Taken:
    """A picture, what was counted, its density map if kept, and its regions by name."""

    entry: Entry
    outcome: Outcome
    density: NDArray[np.float16] | None
    regions: dict[str, list[Corner]]


def take(session: Session) -> list[Taken]:
    """Return what the chosen model has counted as it is now: rows are made in another thread."""
    regions = {
        place: {region.name: list(region.corners) for region in session.kept.of(place)}
        for place in {Place(e.folder, o.size) for e in session.entries for o in e.results.values()}
    }
    return [
        Taken(entry, outcome, session.maps.find(entry, session.model),
              regions[Place(entry.folder, outcome.size)])
        for entry in session.entries
        if entry.problem is None and (outcome := entry.results.get(session.model)) is not None
    ]  # fmt: skip


def without_figures(taken: list[Taken]) -> int:
    """Return how many pictures have regions and no density map any more to count them in."""
    return sum(bool(one.regions) and one.density is None for one in taken)


def count_rows(taken: list[Taken], model: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Return a row for every picture, and the columns.

    A column a region follows those of the command line; it is empty where a picture has no such
    region, or where its density map is no longer kept.
    """
    rows, names = [], []
    for one in taken:
        outcome = one.outcome
        values = (
            printable(one.entry.source.path), outcome.count, round(outcome.seconds, 6), model,
            outcome.engine, outcome.precision, *outcome.size,
        )  # fmt: skip
        counts = {} if one.density is None else _region_counts(one, one.density)
        names += [name for name in counts if name not in names]
        rows.append({**dict(zip(COLUMNS, values, strict=True)), **counts})
    return rows, [*COLUMNS, *names]


def _region_counts(one: Taken, density: NDArray[np.float16]) -> dict[str, float]:
    exact, grid = density.astype(np.float32), one.outcome.grid
    return {
        # A region may be called as a column is.
        f"region {name}" if name in COLUMNS else name: round(
            count_in_polygon(exact, grid, corners), 3
        )
        for name, corners in one.regions.items()
    }
