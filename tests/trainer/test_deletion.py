"""What is deleted with a run or a sweep: what the program wrote there, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from models.errors import UserError
from small_data import make_part
from trainer.config import Config, make_config
from trainer.deletion import delete_run
from trainer.distill import distill
from trainer.run_list import RunList
from trainer.runs import begin_run, occupied
from trainer.sweep import Run, Settings, open_sweep, prepare


@pytest.fixture
def config(tmp_path: Path) -> Config:
    part = make_part(tmp_path / "part_A", ["IMG_1", "IMG_2", "IMG_4"])
    facts = {"network": "mcnn", "epochs": 1, "batch": 2, "crop": 64, "precision": "fp32"}
    return make_config({**facts, "data": [str(part)], "scenes": 1, "threads": 1})


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_of_a_run_nothing_is_left(config: Config, tmp_path: Path) -> None:
    folder = begin_run(config, tmp_path / "runs" / "run")
    list(distill(config, folder))
    assert (folder / "scenes").is_dir()
    (folder / "teacher-score.json").write_text("{}")
    (folder / f".last.safetensors.{'0a' * 16}.part").touch()
    delete_run(folder)
    assert not folder.exists()
    delete_run(folder)


def test_what_is_not_the_programs_stays(config: Config, tmp_path: Path) -> None:
    """As of a run that an earlier version began among somebody's pictures."""
    folder = tmp_path / "runs" / "mine"
    shutil.copytree(config.data[0], folder)
    (folder / "notes.txt").write_text("mine")
    (folder / "scenes").mkdir()
    (folder / "scenes" / "square.jpg").touch()
    before = names(folder)
    begin_run(config, tmp_path / "other")
    shutil.copy(tmp_path / "other" / "config.json", folder)
    list(distill(config, folder))
    delete_run(folder)
    assert names(folder) == before
    assert not RunList(tmp_path / "runs").look()


def test_a_folder_of_another_program_is_no_run(config: Config, tmp_path: Path) -> None:
    (tmp_path / "runs" / "bert").mkdir(parents=True)
    (tmp_path / "runs" / "bert" / "config.json").write_text('{"model_type": "bert"}')
    begin_run(config, tmp_path / "runs" / "run")
    for name, trace in (("torn", "events.jsonl"), ("cut", "last.safetensors")):
        torn = begin_run(config, tmp_path / "runs" / name)
        (torn / "config.json").write_text("{")
        (torn / trace).touch()
    found = {row.name: row.state for row in RunList(tmp_path / "runs").look()}
    assert found == {"run": "cut off", "torn": "damaged", "cut": "damaged"}


def sweep_in(config: Config, folder: Path) -> list[Path]:
    """Begin a sweep with two runs that have started, and return their folders."""
    base = {"network": "mcnn", "data": list(config.data), "teacher": "any", "epochs": 1}
    sweep = Settings((0.0, 0.5), 1, 1, base, ())
    open_sweep(folder, sweep)
    return [prepare(folder, sweep, run)[0] for run in sweep.first_runs()]


def test_a_sweep_goes_with_its_runs(config: Config, tmp_path: Path) -> None:
    folder = tmp_path / "sweep"
    runs = sweep_in(config, folder)
    for name in ("teachers.json", "table1.md", "table1.csv", "table2.md", "table2.csv",
                 "alpha.png"):  # fmt: skip
        (folder / name).touch()
    (runs[0] / "lock").touch()
    delete_run(folder)
    assert not folder.exists()
    runs = sweep_in(config, folder)
    (runs[0] / "notes.txt").touch()
    delete_run(folder)
    assert names(folder) == ["alpha-0", "alpha-0/seed-0", "alpha-0/seed-0/notes.txt"]


@pytest.mark.parametrize("place", [".", str(Run(0.5, 0).folder)])
def test_of_a_sweep_at_work_nothing_is_deleted(config: Config, tmp_path: Path, place: str) -> None:
    folder = tmp_path / "sweep"
    first, _ = sweep_in(config, folder)
    with occupied(folder / place):
        before = names(folder)
        with pytest.raises(UserError) as caught:
            delete_run(folder)
        assert caught.value.code == "run-busy"
        assert names(folder) == before
    with occupied(folder), pytest.raises(UserError):
        delete_run(first)
    delete_run(first)
    assert not first.exists()
