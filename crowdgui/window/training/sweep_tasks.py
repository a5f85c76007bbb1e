"""A sweep as the window shows it: its settings, what is finished, table 2."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from models.errors import UserError
from models.files import replacing
from trainer.config import Config
from trainer.sweep import (
    SETTINGS_FILE,
    Result,
    Settings,
    collect,
    make_settings,
    open_sweep,
    parse_alphas,
    read_settings,
)

PENDING = "…"


def sweep_of(folder: Path) -> Path | None:
    """Return the sweep that a folder is, or whose run it is; None for a run of its own."""
    places = (folder, *folder.parents[:2])
    return next((place for place in places if (place / SETTINGS_FILE).exists()), None)


@dataclass(frozen=True, eq=False)
class SweepFacts:
    """A sweep's folder as it stands; `rows` are table 2's as texts, PENDING where not done."""

    folder: Path
    settings: Settings
    results: list[Result]
    rows: list[tuple[str, ...]]


def sweeps_in(root: Path) -> list[Path]:
    """Return the folders of sweeps, the newest first: their settings are written once."""
    found = sorted((_written(path), path.parent) for path in root.glob(f"*/{SETTINGS_FILE}"))
    return [folder for _, folder in reversed(found)]


def _written(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        # It was deleted this moment.
        return 0


def look_at_sweep(folder: Path) -> SweepFacts:
    """Read a sweep's folder; raises UserError run-missing."""
    from trainer.tables import alphas_table

    settings = read_settings(folder)
    results = collect(folder, settings)
    table = alphas_table(settings, results)
    known = {str(row[0]): tuple(str(cell) for cell in row) for row in table.rows}
    to_come = (PENDING,) * (len(table.columns) - 1)
    names = [f"{alpha:g}" for alpha in settings.alphas]
    rows = [known.get(name, (name, *to_come)) for name in names]
    return SweepFacts(folder, settings, results, rows)


def sweep_maker(
    config: Config, alphas: str, seeds: int, other_seeds: int
) -> Callable[[Path], None]:
    """Return what writes a sweep's settings into a folder.

    Raises UserError setting-invalid or teacher-missing at once, path-unwritable when called.
    """
    facts: dict[str, Any] = {item.name: getattr(config, item.name) for item in fields(Config)}
    wanted = parse_alphas(alphas)
    if not config.teacher:
        raise UserError("teacher-missing", alpha=max(wanted, default=0.1))

    def make(folder: Path) -> None:
        open_sweep(folder, make_settings(wanted, seeds, other_seeds, facts))

    return make


def save_sweep(path: Path, facts: SweepFacts) -> None:
    """Write table 2 as the command line does; raises UserError path-unwritable."""
    from trainer.tables import alphas_table, describe, write_csv

    data = ", ".join(Path(folder).name for folder in facts.settings.base["data"])
    conditions = describe(facts.settings, facts.results, data) if facts.results else {}
    with replacing(path) as temporary:
        write_csv(temporary, alphas_table(facts.settings, facts.results), conditions)
