"""The study's two tables from a sweep, as Markdown and CSV, its own figures beside ours."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, stdev
from typing import Any

from models.files import replacing, write_text
from trainer.charts import draw_alphas
from trainer.sweep import (
    Result,
    Settings,
    best_alpha,
    compared,
    config_of,
    differences,
    shared_seeds,
)

# What the founding study reports, all of it on the TEST pictures of ShanghaiTech A: the model,
# its file in MB, MAE and RMSE; and MAE and RMSE by alpha. Marks lead to the footnotes.
STUDY_TEACHER = ("M-SFANet", "366.6 ¹", "57.55 ²", "94.48 ²")
STUDY_PLAIN = ("MCNN", "0.532", "110.2 ³", "173.2 ³")
STUDY_DISTILLED = ("MCNN, α = 0.1", "0.543", "90.86", "172.99")
STUDY_ALPHAS = {
    0.0: ("110.2 ³", "173.2 ³"), 0.1: ("90.86", "172.99"), 0.3: ("95.85", "177.71"),
    0.5: ("105.55", "217.68"), 0.7: ("110.85", "202.47"),
}  # fmt: skip
FOOTNOTES = {
    "¹": "A training checkpoint (weights, two Adam moments, Lookahead's slow weights); the weights"
    " alone are 91.76 MB in fp32.",
    "²": "Of the ensemble M-SFANet + M-SegNet; M-SFANet alone is 59.69 / 95.66.",
    "³": "The 2016 paper's own number, no control trained with the same recipe. The row α = 0 of"
    " this sweep is such a control.",
}
NONE = "–"


@dataclass(frozen=True)
class Figure:
    """A mean over seeds and, for two or more, the sample standard deviation."""

    mean: float
    deviation: float | None

    def __str__(self) -> str:
        spread = "" if self.deviation is None else f" ± {self.deviation:.1f}"
        return f"{self.mean:.1f}{spread}"


@dataclass(frozen=True)
class Table:
    """Headings and rows; a `Figure` fills one cell in Markdown and two in CSV."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def figure(values: Sequence[float]) -> Figure:
    """Return the mean and the sample standard deviation of at least one value."""
    return Figure(fmean(values), stdev(values) if len(values) > 1 else None)


def write_tables(
    folder: Path,
    settings: Settings,
    results: Sequence[Result],
    teachers: Sequence[dict[str, Any]],
    data: str,
) -> str:
    """Write table1 and table2 (.md, .csv) and alpha.png from at least one result.

    `teachers` are as read_teachers gives them, `data` names the data set. Returns both tables as
    Markdown. Raises UserError path-unwritable.
    """
    conditions = describe(settings, results, data)
    tables = (models_table(settings, results, teachers), alphas_table(settings, results))
    notes = [remarks(settings, results) + provenance(teachers), remarks(settings, results)]
    texts = []
    for number, (table, said) in enumerate(zip(tables, notes, strict=True), start=1):
        texts.append(as_markdown(table, [*conditions.values(), *said]))
        write_text(folder / f"table{number}.md", texts[-1])
        with replacing(folder / f"table{number}.csv") as temporary:
            write_csv(temporary, table, conditions)
    maes = {a: [r.mae for r in results if r.run.alpha == a] for a in settings.alphas}
    with replacing(folder / "alpha.png") as temporary:
        shared = f"the mean of {_seeds(shared_seeds(settings, results))}"
        subject = f"{conditions['data']}. {conditions['runs']}."
        draw_alphas(temporary, maes, compared(settings, results), shared, subject)
    return "\n".join(texts)


def models_table(
    settings: Settings, results: Sequence[Result], teachers: Sequence[dict[str, Any]]
) -> Table:
    """The teacher, the control, and the student at the best alpha: size and errors."""
    rows: list[tuple[Any, ...]] = [
        (f"teacher {t['name']}", t["size"] / 1e6, t["parameters"], figure([t["mae"]]),
         figure([t["rmse"]]), NONE, *STUDY_TEACHER)
        for t in teachers
    ]  # fmt: skip
    best = best_alpha(settings, results)
    network = config_of(settings, settings.first_runs()[0]).network
    students = [(0.0, f"student {network}, α = 0 (control)", STUDY_PLAIN)]
    if best is not None:
        students.append((best, f"student {network}, distilled, α = {best:g}", STUDY_DISTILLED))
    for alpha, name, study in students:
        found = [result for result in results if result.run.alpha == alpha]
        if found:
            rows.append((name, found[0].size / 1e6, found[0].parameters, *_errors(found), *study))
    columns = (
        "Model", "File (MB)", "Parameters", "MAE", "RMSE", "Seeds", "Study: model",
        "Study: file (MB)", "Study: test MAE", "Study: test RMSE",
    )  # fmt: skip
    return Table("Table 1. Teacher, control and distilled student", columns, rows)


def alphas_table(settings: Settings, results: Sequence[Result]) -> Table:
    """The errors of every alpha that has a finished run.

    The first column of errors is of the seeds that all alphas have: those alone compare fairly.
    """
    seeds, shared = shared_seeds(settings, results), compared(settings, results)
    rows: list[tuple[Any, ...]] = []
    for alpha in settings.alphas:
        found = [result for result in results if result.run.alpha == alpha]
        if found:
            first = figure(shared[alpha]) if alpha in shared else NONE
            rows.append(
                (f"{alpha:g}", first, *_errors(found), *STUDY_ALPHAS.get(alpha, (NONE, NONE)))
            )
    columns = (
        "α",
        f"MAE, {_seeds(seeds)}",
        "MAE",
        "RMSE",
        "Seeds",
        "Study: test MAE",
        "Study: test RMSE",
    )
    return Table("Table 2. The teacher's share of the loss", columns, rows)


def describe(settings: Settings, results: Sequence[Result], data: str) -> dict[str, str]:
    """Say what all figures of a sweep have in common, by a short name each."""
    config = config_of(settings, settings.first_runs()[0])
    seeds = f"{_seeds(range(settings.seeds))} for α = 0 and the best other α"
    if settings.seeds > settings.other_seeds:
        seeds += f", {_seeds(range(settings.other_seeds))} for the rest"
    more = f", at most {config.limit} pictures of it" if config.limit else ""
    more += f", {config.at_most(config.scenes)} rendered scenes" if config.scenes else ""
    if config.negatives and config.negative_pictures:
        more += f", {config.at_most(config.negative_pictures)} pictures without people"
    return {
        "data": f"Data set {data}, split val, {results[0].n} pictures",
        "training": f"Trained on the split train{more}; recipe {config.recipe or 'none'};"
        f" {config.epochs} epochs a run",
        "runs": f"Of each run the epoch with the {results[0].selected_by}",
        "seeds": seeds,
    }


def remarks(settings: Settings, results: Sequence[Result]) -> list[str]:
    """Say how the figures came about, and what distillation gave."""
    said = ["± is the sample standard deviation over seeds"]
    if len(results) < settings.total:
        said.append(f"so far {len(results)} of {settings.total} runs are finished")
    best = best_alpha(settings, results)
    if best is None:
        return said
    names = ", ".join(differences(settings))
    said.append(f"the control (α = 0) differs from the other runs in {names} and nothing else")
    shared = shared_seeds(settings, results)
    said.append(
        f"the best other is α = {best:g}, by the mean validation MAE of {_seeds(shared)}; α and"
        " epochs were chosen on the pictures that the figures are of, and α by runs that are among"
        " them, which flatters it"
    )
    if gains := gain(results, best):
        said.append(
            f"MAE at α = {best:g} less that of the control with the same seed:"
            f" {figure(gains)} ({_plural(len(gains), 'seed')})".replace("-", "−")
        )
    return said


def gain(results: Sequence[Result], alpha: float) -> list[float]:
    """Return MAE at an alpha less the control's, for every seed that both have."""
    maes = {result.run: result.mae for result in results}
    pairs = {run.seed: mae for run, mae in maes.items() if run.alpha == 0}
    return [mae - pairs[r.seed] for r, mae in maes.items() if r.alpha == alpha and r.seed in pairs]


def provenance(teachers: Sequence[dict[str, Any]]) -> list[str]:
    """Say of each teacher what it was trained on, as far as its file says so."""
    said = []
    for teacher in teachers:
        trained = teacher["trained_on"]
        if trained.get("data"):
            what = f"trained on {', '.join(trained['data'])} (split {trained.get('split', '?')})"
        else:
            what = "trained on what its file does not say; it may have seen these pictures"
        said.append(f"the teacher {teacher['name']} was {what}")
    return said


def as_markdown(table: Table, notes: Iterable[str]) -> str:
    """Return a table with its notes above it and the study's footnotes below."""
    right = [not isinstance(cell, str) or cell[:1].isdigit() for cell in table.rows[0]]
    right[0] = False
    lines = [f"# {table.title}", ""]
    lines += [f"- {note[0].upper()}{note[1:]}." for note in notes]
    lines += [
        '- The columns marked "Study" are what the founding study reports for ShanghaiTech A,'
        " measured on its TEST pictures: other pictures than those of this table.",
        "",
        "| " + " | ".join(table.columns) + " |",
        "|" + "|".join("--:" if number else "---" for number in right) + "|",
    ]
    body = ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in table.rows]
    lines += [*body, ""]
    marks = [mark for mark in FOOTNOTES if any(mark in line for line in body)]
    lines += [f"{mark} {FOOTNOTES[mark]}\n" for mark in marks]
    return "\n".join(lines)


def write_csv(path: Path, table: Table, conditions: dict[str, str]) -> None:
    """Write a table with plain numbers, the conditions repeated in every row."""
    # A folder's name may be no valid text.
    with path.open("w", newline="", encoding="utf-8", errors="replace") as file:
        writer = csv.writer(file)
        places = range(len(table.columns))
        spread = [any(isinstance(row[place], Figure) for row in table.rows) for place in places]
        heads: list[str] = []
        for column, wide in zip(table.columns, spread, strict=True):
            heads += [column, f"{column}: deviation"] if wide else [column]
        writer.writerow([*heads, *conditions])
        for row in table.rows:
            cells: list[Any] = []
            for cell, wide in zip(row, spread, strict=True):
                if isinstance(cell, Figure):
                    cells += [cell.mean, cell.deviation]
                else:
                    cells += [_bare(cell), None] if wide else [_bare(cell)]
            writer.writerow([*cells, *conditions.values()])


def _errors(found: Sequence[Result]) -> tuple[Figure, Figure, int]:
    return figure([r.mae for r in found]), figure([r.rmse for r in found]), len(found)


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.3f}"
    return f"{value:,}" if isinstance(value, int) else str(value).replace("|", "\\|")


def _bare(value: Any) -> Any:
    """Return a cell without the marks that lead to footnotes; empty where there is nothing."""
    return value.strip(" ¹²³").replace(NONE, "") if isinstance(value, str) else value


def _seeds(seeds: Sequence[int]) -> str:
    # Alphas have none in common where runs diverged.
    if not seeds:
        return "shared seeds"
    if len(seeds) == 1:
        return f"seed {seeds[0]}"
    if list(seeds) == list(range(len(seeds))):
        return f"seeds 0 to {seeds[-1]}"
    return f"seeds {', '.join(map(str, seeds))}"


def _plural(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
