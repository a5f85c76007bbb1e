"""Charts as PNG files. matplotlib is imported where one is drawn: it takes a second."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from statistics import fmean
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from models.errors import UserError
from trainer.evaluate import Row, Summary

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, FAINT, POINT, ACCENT = "#1f2933", "#9aa5b1", "#2563a8", "#c2410c"
# Names of pictures come in any script; of these families the installed ones are used.
FAMILIES = (
    "DejaVu Sans", "Noto Sans CJK KR", "Noto Sans KR", "NanumGothic", "Malgun Gothic",
    "Apple SD Gothic Neo", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC",
)  # fmt: skip
# Truths that differ by more than this factor are drawn on logarithmic axes.
WIDE_RANGE = 30
SHEET_COLUMNS = 5


def need_matplotlib() -> None:
    """Raise UserError engine-missing where nothing can be drawn: before the work, not after it."""
    if find_spec("matplotlib") is None:
        raise UserError("engine-missing", engine="matplotlib", package="matplotlib")


def draw_scatter(path: Path, rows: Sequence[Row], summary: Summary, subject: str) -> None:
    """Draw counts against truths with the line where both are equal."""
    with _figure(path, 6.4, 6.6) as figure:
        axes = figure.add_subplot()
        truths = np.array([row.truth for row in rows], float)
        counts = np.array([row.count for row in rows], float)
        low, high = _range(axes, np.concatenate([truths, counts]))
        axes.plot([low, high], [low, high], color=FAINT, lw=1, zorder=1, label="count = truth")
        axes.scatter(
            truths, counts, s=26, color=POINT, alpha=0.65, linewidths=0, zorder=2, clip_on=False
        )
        axes.set_xlim(low, high)
        axes.set_ylim(low, high)
        axes.set_aspect("equal")
        axes.legend(frameon=False, fontsize=9, loc="lower right")
        axes.set_xlabel("people in the picture (truth)")
        axes.set_ylabel("predicted count")
        axes.grid(color=FAINT, alpha=0.25, linewidth=0.6)
        _title(figure, axes, f"MAE {summary.mae:.1f}   RMSE {summary.rmse:.1f}", subject)


def draw_sheet(
    path: Path, rows: Sequence[Row], pictures: Sequence[NDArray[np.uint8]], subject: str
) -> None:
    """Draw pictures (H, W, 3), their density maps in them, with name, truth, count and error."""
    columns = min(SHEET_COLUMNS, len(rows))
    lines = math.ceil(len(rows) / columns)
    with _figure(path, 3.1 * columns, 3.0 * lines + 0.6) as figure:
        figure.suptitle(_drawable(subject), color=INK, fontsize=12, parse_math=False)
        for place, (row, picture) in enumerate(zip(rows, pictures, strict=True)):
            axes = figure.add_subplot(lines, columns, place + 1)
            axes.imshow(picture)
            axes.set_axis_off()
            axes.set_anchor("S")
            axes.set_title(
                f"{_short(row.name)}\n{row.truth} people, counted {row.count:.1f}",
                fontsize=10, color=INK, parse_math=False,
            )  # fmt: skip
            error = f"error {row.error:+.1f}".replace("-", "−")
            axes.text(
                0.5, -0.04, error, transform=axes.transAxes, ha="center", va="top", fontsize=10,
                color=ACCENT if row.error < 0 else POINT,
            )  # fmt: skip


def draw_alphas(
    path: Path,
    maes: Mapping[float, Sequence[float]],
    compared: Mapping[float, Sequence[float]],
    shared: str,
    subject: str,
) -> None:
    """Draw the MAE of every seed of each alpha, and the mean of the seeds that all alphas have.

    `compared` holds the MAEs of these seeds alone, `shared` names them: means over other seeds are
    not joined, as one seed may be harder than another.
    """
    alphas = sorted(alpha for alpha, values in maes.items() if values)
    with _figure(path, 7.2, 4.8) as figure:
        axes = figure.add_subplot()
        seeds = axes.scatter(
            [alpha for alpha in alphas for _ in maes[alpha]],
            [mae for alpha in alphas for mae in maes[alpha]],
            s=14, color=ACCENT, zorder=4, label="each seed",
        )  # fmt: skip
        handles: list[Any] = [seeds]
        if compared:
            joined = sorted(compared)
            means = [fmean(compared[alpha]) for alpha in joined]
            handles += axes.plot(
                joined, means, color=POINT, marker="o", markersize=7, linewidth=1.6, zorder=3,
                label=shared,
            )  # fmt: skip
        if 0 in compared:
            control = axes.axhline(
                fmean(compared[0]), color=FAINT, linewidth=1, linestyle=(0, (4, 3)), zorder=1,
                label="control: α = 0, no teacher",
            )  # fmt: skip
            handles.append(control)
        axes.set_xticks(alphas, [f"{a:g}\n{_seeds(len(maes[a]))}" for a in alphas])
        axes.margins(x=0.08, y=0.15)
        axes.set_xlabel("α, the teacher's share of the loss")
        axes.set_ylabel("MAE")
        axes.grid(axis="y", color=FAINT, alpha=0.25, linewidth=0.6)
        axes.legend(handles=handles, frameon=False, fontsize=9)
        _title(figure, axes, "MAE against α", subject)


def _seeds(number: int) -> str:
    return f"{number} seed" if number == 1 else f"{number} seeds"


def _range(axes: Axes, values: NDArray[np.float64]) -> tuple[float, float]:
    """Choose linear or logarithmic axes; returns the limits of both."""
    low, high = float(values.min()), float(values.max())
    if high <= WIDE_RANGE * max(low, 1.0):
        return 0.0, max(high * 1.06, 1.0)
    # A logarithm has no place for a picture without people: there the axes are linear below 1.
    peopled = low >= 1
    low, high = low / 1.25 if peopled else -0.2, high * 1.25
    steps = (1, 2, 5) if peopled else (1,)
    ticks = [step * 10**power for power in range(7) for step in steps]
    ticks = [tick for tick in ticks if low <= tick <= high]
    for axis, rescale in ((axes.xaxis, axes.set_xscale), (axes.yaxis, axes.set_yscale)):
        rescale("log") if peopled else rescale("symlog", linthresh=1.0, linscale=0.3)
        axis.set_ticks(ticks if peopled else [0, *ticks])
        axis.set_ticks([], minor=True)
        axis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    return low, high


def _title(figure: Figure, axes: Axes, title: str, subject: str) -> None:
    """Put a title over the axes and what they are about below it, in lines that fit."""
    lines = wrap(_drawable(subject), round(figure.get_figwidth() * 11)) or [""]
    axes.set_title(title, color=INK, fontsize=13, loc="left", pad=10 + 14 * len(lines))
    text = axes.text(
        0, 1.02, "\n".join(lines), transform=axes.transAxes, color=INK, fontsize=9, va="bottom",
        parse_math=False,
    )  # fmt: skip
    # A long word may reach beyond the axes; it must not make them narrower.
    text.set_in_layout(False)


def installed_families() -> list[str]:
    """Return those of FAMILIES that are installed; matplotlib complains of every other one."""
    from matplotlib.font_manager import get_font_names

    known = set(get_font_names())
    return [family for family in FAMILIES if family in known] or ["sans-serif"]


@contextmanager
def _figure(path: Path, width: float, height: float) -> Iterator[Figure]:
    """Give a figure of so many inches that belongs to no window, and write it as a PNG."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    style: dict[Any, Any] = {
        "font.family": installed_families(),
        **dict.fromkeys(("text.color", "axes.labelcolor", "xtick.color", "ytick.color"), INK),
        "axes.edgecolor": FAINT,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "figure.constrained_layout.w_pad": 0.12,
        "figure.constrained_layout.h_pad": 0.12,
    }
    with mpl.rc_context(style):
        figure = Figure(figsize=(width, height), layout="constrained", facecolor="white")
        yield figure
        # A PNG whatever the name of the path, which may be a temporary one.
        figure.savefig(path, format="png", dpi=150)


def _drawable(text: str) -> str:
    """Return a text with a question mark for what is no letter, as names of files may hold it."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _short(name: str) -> str:
    name = _drawable(name)
    return name if len(name) <= 34 else f"{name[:16]}…{name[-16:]}"
