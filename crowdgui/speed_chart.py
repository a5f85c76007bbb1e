"""The benchmark's ratios as bars."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

COLOURS = {"fp32": "#9aa5b1", "bf16": "#2563a8", "int8": "#c2410c"}


def draw_bars(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    """Draw how many times as fast as torch eager each row is, as a PNG."""
    from matplotlib.figure import Figure

    drawn = [row for row in rows if row["ratio"] is not None]
    names = [f"{r['model']}  {r['size']}\n{r['engine']} {r['precision']}" for r in drawn]
    figure = Figure(figsize=(8, 1.2 + 0.5 * len(drawn)))
    axes = figure.add_subplot()
    bars = axes.barh(
        range(len(drawn)), [row["ratio"] for row in drawn],
        color=[COLOURS[row["precision"]] for row in drawn],
    )  # fmt: skip
    axes.bar_label(bars, [f"{row['ratio']:.1f}" for row in drawn], padding=4, fontsize=9)
    axes.set_yticks(range(len(drawn)), names, fontsize=8)
    axes.invert_yaxis()
    axes.margins(x=0.12)
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_xlabel("times as fast as torch eager, NCHW, fp32 (medians)")
    # Whole paths are wide: the picture grows by them, and no bar shrinks.
    figure.savefig(path, format="png", dpi=150, bbox_inches="tight")
