"""A sweep over alpha: which runs there are, which comes next, and what they gave.

First every alpha gets its seeds, then the control (alpha 0) and the best other alpha get more.
The folder is the truth: sweep.json holds the settings, and each run lies in a folder of its own.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from pathlib import Path
from statistics import fmean
from typing import Any

from models.catalogue import Model, find_models
from models.errors import UserError
from models.files import file_hash, patiently, write_text
from models.header import read_header
from models.reasons import Reason
from trainer.config import Config, make_config, without_teacher
from trainer.datasets import Example, limited, recognise
from trainer.evaluate import Summary
from trainer.follow import read_events
from trainer.runs import (
    BEST_FILE,
    CONFIG_FILE,
    HALF_SCENES,
    LOG_FILE,
    SCENES_FOLDER,
    begin_run,
    check_empty,
    continue_run,
    readable,
)

SETTINGS_FILE, TEACHERS_FILE = "sweep.json", "teachers.json"
# All that is written into a sweep's folder, beside its runs; it is listed by the last.
SWEEP_FILES = (
    "table1.md", "table1.csv", "table2.md", "table2.csv", "alpha.png", TEACHERS_FILE, SETTINGS_FILE,
)  # fmt: skip
RUN_FOLDERS = "alpha-*/seed-*"
MOST_SEEDS = 1_000
# What keep_teacher writes of each teacher.
NUMBER = int | float
TEACHER_FACTS: dict[str, Any] = {
    "name": str, "hash": str, "size": int, "parameters": int, "mae": NUMBER, "rmse": NUMBER,
    "n": int, "trained_on": dict,
}  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """What a sweep does; `base` are a config's facts but alpha and seed.

    The control and the best other alpha get `seeds` seeds, every further alpha `other_seeds`.
    `teachers` are the hashes of the teachers' files. Raises UserError setting-invalid or
    teacher-missing.
    """

    alphas: tuple[float, ...]
    seeds: int
    other_seeds: int
    base: dict[str, Any]
    teachers: tuple[str, ...]

    def __post_init__(self) -> None:
        text = ",".join(f"{alpha:g}" for alpha in self.alphas) or "empty"
        checks = (
            ("--alphas", text, all(0 <= a <= 1 for a in self.alphas), Reason("use-alphas")),
            ("--alphas", text, 0 in self.alphas, Reason("no-control")),
            ("--seeds", self.seeds, 1 <= self.seeds <= MOST_SEEDS,
             Reason("use-between", low=1, high=MOST_SEEDS)),
            ("--other-seeds", self.other_seeds, 1 <= self.other_seeds <= self.seeds,
             Reason("use-seeds", seeds=self.seeds)),
        )  # fmt: skip
        for name, value, holds, reason in checks:
            if not holds:
                raise UserError("setting-invalid", name=name, value=value, reason=reason)
        for run in self.first_runs():
            config_of(self, run)

    def first_runs(self) -> list[Run]:
        """Return the runs of the first phase, in order."""
        return [Run(alpha, seed) for seed in range(self.other_seeds) for alpha in self.alphas]

    @property
    def total(self) -> int:
        """How many runs there will be."""
        more = (self.seeds - self.other_seeds) * min(len(self.alphas), 2)
        return len(self.alphas) * self.other_seeds + more


@dataclass(frozen=True, order=True)
class Run:
    """One training of a sweep."""

    alpha: float
    seed: int

    @property
    def folder(self) -> Path:
        """Where it lies below the sweep's folder."""
        return Path(f"alpha-{str(self.alpha).removesuffix('.0')}") / f"seed-{self.seed}"


@dataclass(frozen=True)
class Result:
    """What a finished run gave: the figures of the epoch with the lowest validation MAE.

    `size` is the weights file in bytes; `seconds` the run's time, None where it was cut off.
    """

    run: Run
    mae: float
    rmse: float
    n: int
    selected_by: str
    size: int
    parameters: int
    seconds: float | None


def parse_alphas(text: str) -> tuple[float, ...]:
    """Return the numbers of a comma-separated list, each once, in order.

    Raises UserError setting-invalid.
    """
    words = [word.strip() for word in text.split(",") if word.strip()]
    try:
        # A zero with a sign is a zero.
        return tuple(sorted({float(word) + 0.0 for word in words}))
    except ValueError as error:
        reason = Reason("use-list")
        raise UserError("setting-invalid", name="--alphas", value=text, reason=reason) from error


def make_settings(
    alphas: Iterable[float], seeds: int, other_seeds: int, facts: Mapping[str, Any]
) -> Settings:
    """Build settings from a config's facts; raises UserError as Settings and find_model do."""
    base = {name: value for name, value in facts.items() if name not in ("alpha", "seed")}
    # As sweep.json holds them, where a list is a list.
    base = json.loads(json.dumps(base))
    hashes = tuple(file_hash(model.file) for model in teachers_of(base))
    return Settings(tuple(alphas), seeds, other_seeds, base, hashes)


def teachers_of(base: Mapping[str, Any]) -> list[Model]:
    """Return the teachers that a config's facts name; raises UserError as find_model does."""
    return find_models(str(base.get("teacher", "")))


def config_of(settings: Settings, run: Run) -> Config:
    """Return a run's config; the control has all of it but alpha and the teacher's part."""
    facts = {**settings.base, "alpha": run.alpha, "seed": run.seed}
    if run.alpha == 0:
        facts = without_teacher(facts)
    return make_config(facts)


def differences(settings: Settings) -> list[str]:
    """Return the names of all settings in which the control differs from the other runs."""
    control = config_of(settings, Run(0.0, 0))
    taught = config_of(settings, Run(max(settings.alphas), 0))
    return _differing(control, taught)


def open_sweep(folder: Path, settings: Settings) -> None:
    """Make a sweep's folder, or see that the one there has the same settings.

    Raises UserError sweep-differs, run-exists (the folder of a single run), folder-taken or
    path-unwritable.
    """
    if (folder / SETTINGS_FILE).exists():
        there, wanted = _facts(read_settings(folder)), _facts(settings)
        for name in {**there, **wanted}:
            if there.get(name) != wanted.get(name):
                facts = {"name": name, "there": there.get(name), "wanted": wanted.get(name)}
                raise UserError("sweep-differs", path=folder, **facts)
        return
    if (folder / CONFIG_FILE).exists():
        raise UserError("run-exists", path=folder)
    check_empty(folder)
    write_text(folder / SETTINGS_FILE, json.dumps(asdict(settings), indent=1))


def read_settings(folder: Path) -> Settings:
    """Return the settings of a sweep's folder; raises UserError run-missing."""
    with readable(folder, SETTINGS_FILE):
        facts = json.loads((folder / SETTINGS_FILE).read_text("utf-8"))
        lists = {name: tuple(facts[name]) for name in ("alphas", "teachers")}
        return Settings(**{**facts, **lists})


def check_possible(settings: Settings) -> None:
    """Raise UserError for what would stop the first run, before anything is written."""
    from models.engines.torch_engine import choose_device
    from trainer.setup import make_student
    from trainer.teacher import find_teachers

    config = config_of(settings, Run(max(settings.alphas), 0))
    # The control's is the same: it differs in what a teacher gives alone.
    make_student(config)
    find_teachers(config.teacher, choose_device(config.device), config.engine_precision)
    validation_examples(settings)


def check_teachers(folder: Path, settings: Settings) -> None:
    """Raise UserError sweep-differs where a teacher is no longer the one that taught before."""
    hashes = tuple(file_hash(model.file) for model in teachers_of(settings.base))
    if hashes != settings.teachers:
        facts = {"name": "teachers", "there": settings.teachers, "wanted": hashes}
        raise UserError("sweep-differs", path=folder, **facts)


def prepare(folder: Path, settings: Settings, run: Run) -> tuple[Path, Config]:
    """Return a run's folder and config, begun or as they are; raises UserError sweep-differs."""
    config, path = config_of(settings, run), folder / run.folder
    if not (path / CONFIG_FILE).exists():
        _share_scenes(folder, path, config)
        return begin_run(config, path), config
    _, there = continue_run(path)
    if there != config:
        name = _differing(there, config)[0]
        facts = {"name": name, "there": getattr(there, name), "wanted": getattr(config, name)}
        raise UserError("sweep-differs", path=path, **facts)
    return path, config


def collect(folder: Path, settings: Settings) -> list[Result]:
    """Return the results of all finished runs, by alpha and seed.

    Raises UserError as read_header does, and run-missing for weights without figures.
    """
    runs = [Run(alpha, seed) for alpha in settings.alphas for seed in range(settings.seeds)]
    found = [_result(folder / run.folder, run) for run in runs]
    return [result for result in found if result is not None]


def next_run(
    settings: Settings, results: Sequence[Result], failed: Collection[Run] = ()
) -> Run | None:
    """Return the run to do now, None when all are done; `failed` ones are passed over."""
    done = {result.run for result in results} | set(failed)
    best = best_alpha(settings, results)
    favoured = [0.0] if best is None else [0.0, best]
    further = range(settings.other_seeds, settings.seeds)
    wanted = settings.first_runs() + [Run(alpha, seed) for seed in further for alpha in favoured]
    return next((run for run in wanted if run not in done), None)


def best_alpha(settings: Settings, results: Sequence[Result]) -> float | None:
    """Return the alpha above 0 with the lowest mean validation MAE over the shared seeds."""
    shared = shared_seeds(settings, results)
    maes: dict[float, list[float]] = {}
    for result in results:
        if result.run.alpha and result.run.seed in shared:
            maes.setdefault(result.run.alpha, []).append(result.mae)
    return min(maes, key=lambda alpha: (fmean(maes[alpha]), alpha), default=None)


def shared_seeds(settings: Settings, results: Sequence[Result]) -> list[int]:
    """Return the first seeds that every alpha above 0 with a result has finished.

    Only these compare alphas fairly: one seed may be harder than another, and a run may diverge.
    """
    finished: dict[float, set[int]] = {}
    for run in (result.run for result in results):
        if run.alpha and run.seed < settings.other_seeds:
            finished.setdefault(run.alpha, set()).add(run.seed)
    if not finished:
        return list(range(settings.other_seeds))
    return sorted(set.intersection(*finished.values()))


def compared(settings: Settings, results: Sequence[Result]) -> dict[float, list[float]]:
    """Return the MAEs of each alpha that has finished the shared seeds, of these alone."""
    seeds = shared_seeds(settings, results)
    maes = {
        alpha: [r.mae for r in results if r.run.alpha == alpha and r.run.seed in seeds]
        for alpha in settings.alphas
    }
    # The control may lack one of them, where it diverged.
    return {alpha: found for alpha, found in maes.items() if found and len(found) == len(seeds)}


def validation_examples(settings: Settings) -> list[Example]:
    """Return the pictures that the runs are validated on, those of a data set once."""
    config = config_of(settings, Run(0.0, 0))
    sets = [recognise(Path(data)).examples("val") for data in dict.fromkeys(config.data)]
    return limited(sets, config.limit)


def keep_teacher(folder: Path, model: Model, summary: Summary) -> None:
    """Write down what a teacher's figures on the validation pictures are."""
    header = model.header()
    facts = {
        "name": model.name,
        "hash": file_hash(model.file),
        "size": model.file.stat().st_size,
        "parameters": header.parameters,
        "mae": summary.mae,
        "rmse": summary.rmse,
        "n": summary.n,
        "trained_on": header.trained_on,
    }
    write_text(folder / TEACHERS_FILE, json.dumps([*read_teachers(folder), facts], indent=1))


def read_teachers(folder: Path) -> list[dict[str, Any]]:
    """Return what keep_teacher wrote, in its order; raises UserError run-missing if damaged."""
    path = folder / TEACHERS_FILE
    if not path.exists():
        return []
    with readable(folder, TEACHERS_FILE):
        teachers: list[dict[str, Any]] = list(json.loads(path.read_text("utf-8")))
        for facts in teachers:
            if not all(isinstance(facts[name], kind) for name, kind in TEACHER_FACTS.items()):
                raise TypeError("no facts of a teacher")
    return teachers


def unmeasured(folder: Path, settings: Settings) -> list[Model]:
    """Return the teachers whose figures keep_teacher has not written yet."""
    known = {facts["hash"] for facts in read_teachers(folder)}
    return [model for model in teachers_of(settings.base) if file_hash(model.file) not in known]


def _result(path: Path, run: Run) -> Result | None:
    """Read a run's result; None unless its last word was that it finished."""
    weights, log = path / BEST_FILE, path / LOG_FILE
    if not (weights.exists() and log.exists()):
        return None
    # The window looks every few seconds, and a finished run's log stays as it is.
    written = log.stat()
    return _read_result(weights, log, run, written.st_mtime_ns, written.st_size)


@lru_cache(maxsize=256)
def _read_result(weights: Path, log: Path, run: Run, *_as_it_is: int) -> Result | None:
    events = [e for e in read_events(log) if e["event"] in ("started", "finished", "stopped")]
    if not events or events[-1]["event"] != "finished":
        return None
    header = read_header(weights)
    whole = [event["event"] for event in events] == ["started", "finished"]
    with readable(log.parent, weights.name):
        return Result(
            run=run,
            mae=header.figures["mae"],
            rmse=header.figures["rmse"],
            n=header.figures["n"],
            selected_by=header.figures["selected_by"],
            size=weights.stat().st_size,
            parameters=header.parameters,
            seconds=events[-1]["time"] - events[0]["time"] if whole else None,
        )


def _share_scenes(folder: Path, path: Path, config: Config) -> None:
    """Copy the rendered scenes of an earlier run, which are the same and take a while to draw."""
    drawn = next(folder.glob(f"{RUN_FOLDERS}/{SCENES_FOLDER}"), None)
    if not config.scenes or drawn is None or (path / SCENES_FOLDER).exists():
        return
    half = path / HALF_SCENES
    shutil.rmtree(half, ignore_errors=True)
    shutil.copytree(drawn, half)
    patiently(half.rename, path / SCENES_FOLDER)


def _differing(one: Config, other: Config) -> list[str]:
    names = (item.name for item in fields(Config))
    return [name for name in names if getattr(one, name) != getattr(other, name)]


def _facts(settings: Settings) -> dict[str, Any]:
    """Return all settings side by side, for comparison."""
    facts = asdict(settings)
    return {**facts.pop("base"), **facts}
