"""`crowdgui sweep`: tables from tiny runs, cut off and continued, or one sentence."""

from __future__ import annotations

import csv
import io
import json
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import trainer.distill
from crowdgui.commands.orders import Orders, heed
from crowdgui.commands.training import NEGATIVE_PICTURES
from models import catalogue
from models.errors import UserError
from models.header import read_header
from small_data import make_part, write_annotation
from small_models import save_assistant, save_mcnn
from trainer.events import Event
from trainer.runs import occupied

Run = Callable[..., tuple[int, str, str]]
RECIPE = """
network = "mcnn"
options = { batch_norm = true }
epochs = 1
batch = 2
crop = 64
precision = "fp32"
threads = 1
validate_every = 1
log_every = 1
"""


@pytest.fixture
def run(command: Run) -> Run:
    return partial(command, "sweep")


@pytest.fixture
def words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """A sweep of three alphas over five pictures, taught by an untrained MCNN."""
    monkeypatch.setattr(catalogue, "SHIPPED_FOLDER", tmp_path / "shipped")
    save_mcnn(catalogue.user_folder() / "teacher.safetensors", seed=5)
    part = make_part(tmp_path / "part_A", [f"IMG_{n}" for n in (1, 2, 3, 4, 9)])
    recipe = tmp_path / "tiny.toml"
    recipe.write_text(RECIPE)
    return [
        "--data", part, "--recipe", recipe, "--teacher", "teacher", "--alphas", "0,0.1,0.5",
        "--seeds", 2, "--run", tmp_path / "sweep",
    ]  # fmt: skip


def contents(folder: Path) -> dict[Path, tuple[bytes, int]]:
    """Every file below a folder, with when it was written."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def cut_off(monkeypatch: pytest.MonkeyPatch, run_number: int, events: int) -> None:
    """Let Ctrl-C come in a run, after so many of its events."""
    distill = trainer.distill.distill
    runs = 0

    def interrupted(*given: Any) -> Iterator[Event]:
        nonlocal runs
        runs += 1
        for number, event in enumerate(distill(*given)):
            if runs == run_number and number == events:
                raise KeyboardInterrupt
            yield event

    monkeypatch.setattr(trainer.distill, "distill", interrupted)


def test_a_sweep_cut_off_goes_on_and_leaves_finished_runs_alone(
    run: Run, words: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "sweep"
    with monkeypatch.context() as patch:
        cut_off(patch, run_number=2, events=2)
        code, _, err = run(*words)
    assert code == 1
    assert f"crowdgui sweep --resume {folder}" in err
    first = contents(folder / "alpha-0" / "seed-0")
    assert "So far 1 of 5 runs" in (folder / "table1.md").read_text("utf-8")
    code, out, err = run("--resume", folder)
    assert code == 0
    assert "Run 2 of 5: alpha 0.1, seed 0" in err
    assert "Run 1 of 5" not in err
    assert contents(folder / "alpha-0" / "seed-0") == first
    everything = contents(folder)
    code, again, err = run(*words)
    assert (code, again) == (0, out[out.index("# Table 1") :])
    assert "Run " not in err
    runs = {path: kept for path, kept in everything.items() if "alpha-" in str(path)}
    assert runs == {path: kept for path, kept in contents(folder).items() if path in runs}


def test_tables_are_of_the_runs(run: Run, words: list[object], tmp_path: Path) -> None:
    folder = tmp_path / "sweep"
    assert run(*words)[0] == 0
    found = sorted(
        str(path.parent.relative_to(folder)) for path in folder.rglob("best.safetensors")
    )
    assert len(found) == 5
    assert {"alpha-0/seed-0", "alpha-0/seed-1", "alpha-0.1/seed-0", "alpha-0.5/seed-0"} < set(found)
    with (folder / "table2.csv").open(encoding="utf-8") as file:
        rows = {row["α"]: row for row in csv.DictReader(file)}
    for alpha, row in rows.items():
        weights = sorted((folder / f"alpha-{alpha}").rglob("best.safetensors"))
        maes = [read_header(path).figures["mae"] for path in weights]
        assert int(row["Seeds"]) == len(maes)
        assert float(row["MAE"]) == pytest.approx(sum(maes) / len(maes))
    control, taught = (
        json.loads((folder / name / "seed-0" / "config.json").read_text("utf-8"))
        for name in ("alpha-0", "alpha-0.1")
    )
    differing = {key for key in control if control[key] != taught[key]}
    assert differing == {"alpha", "teacher"}
    (teacher,) = json.loads((folder / "teachers.json").read_text("utf-8"))
    assert teacher["parameters"] == 133_705
    with (folder / "table1.csv").open(encoding="utf-8") as file:
        assert float(next(csv.DictReader(file))["MAE"]) == teacher["mae"]


def test_a_run_that_diverges_does_not_cost_the_others(
    run: Run, words: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    distill = trainer.distill.distill

    def diverging(config: Any, folder: Path, _: object) -> Iterator[Event]:
        if config.alpha == 0.5:
            raise UserError("training-diverged", loss="nan", epoch=1, path=folder)
        yield from distill(config, folder)

    with monkeypatch.context() as patch:
        patch.setattr(trainer.distill, "distill", diverging)
        code, out, err = run(*words)
    assert code == 1
    assert "alpha 0.5, seed 0: The loss became nan" in err
    assert "So far 4 of 5 runs are finished" in out
    code, out, _ = run("--resume", tmp_path / "sweep")
    assert code == 0
    assert "So far" not in out


def test_a_stop_is_heard_while_a_teacher_is_measured(
    run: Run, words: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("stop\n"))
    code, _, err = run(*words, "--follow-parent")
    assert code == 1
    assert "crowdgui sweep --resume" in err
    assert sorted(path.name for path in (tmp_path / "sweep").iterdir()) == ["lock", "sweep.json"]
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert run("--resume", tmp_path / "sweep")[0] == 0


def test_a_stop_is_heard_between_two_runs(
    run: Run, words: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    distill = trainer.distill.distill

    def then_stop(config: Any, folder: Path, orders: Any) -> Iterator[Event]:
        yield from distill(config, folder)
        orders.interrupt()

    monkeypatch.setattr(trainer.distill, "distill", then_stop)
    assert run(*words)[0] == 1
    begun = [path.parent.name for path in (tmp_path / "sweep").glob("*/seed-0")]
    assert begun == ["alpha-0"]


def test_a_pause_between_two_pieces_of_work_lasts_until_it_is_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    monkeypatch.setattr(time, "sleep", lambda _seconds: orders._words.put("resume"))
    orders = Orders(follow=False)
    orders._words.put("pause")
    heed(orders)
    assert orders() is None
    heed(orders)
    orders._words.put("parent-gone")
    with pytest.raises(KeyboardInterrupt):
        heed(orders)


def test_a_sweep_has_its_folder_for_itself(run: Run, words: list[object], tmp_path: Path) -> None:
    with occupied(tmp_path / "sweep"):
        code, _, err = run(*words)
    assert code == 2
    assert f"Another training is at work in {tmp_path / 'sweep'}" in err
    assert not list((tmp_path / "sweep").glob("alpha-*"))


def test_a_sweep_takes_one_process(
    run: Run, words: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORLD_SIZE", "2")
    code, _, err = run(*words)
    assert code == 2
    assert "start it without torchrun" in err
    assert len(err.splitlines()) == 1
    assert not (tmp_path / "sweep").exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (["--alphas", "0,2"], "--alphas cannot be 0,2"),
        (["--alphas", "0,many"], "--alphas cannot be 0,many"),
        (["--alphas", ""], "--alphas cannot be empty"),
        (["--alphas", "0.1,0.5"], "the control"),
        (["--seeds", "0"], "--seeds cannot be 0"),
        (["--other-seeds", "3"], "--other-seeds cannot be 3"),
        (["--teacher", "soup"], "There is no model called soup"),
        (["--teacher", ""], "a teacher is needed"),
        (["--recipe", "soup"], "There is no recipe called soup"),
        (["--data", "nowhere"], "does not exist"),
        (["--student", "soup"], "soup"),
        (["--device", "soup"], "soup is not available"),
        (["--run", "file/sweep"], "cannot be written"),
    ],
)
def test_wrong_use_is_one_sentence(
    run: Run,
    words: list[object],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    changed: list[str],
    sentence: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    if changed[0] in words:
        place = words.index(changed[0])
        del words[place : place + 2]
    code, out, err = run(*words, *changed)
    assert (code, out) == (2, "")
    assert sentence in err
    assert len(err.splitlines()) == 1
    assert not list(tmp_path.rglob("*.json"))


def test_points_that_do_not_count_are_said_once(
    run: Run, words: list[object], tmp_path: Path
) -> None:
    truth = tmp_path / "part_A" / "train_data" / "ground-truth" / "GT_IMG_1.mat"
    write_annotation(truth, [(3.0, 4.0), (9e5, 5.0)])
    code, _, err = run(*words, "--alphas", "0", "--seeds", 1)
    assert code == 0
    assert err.count("1 of 2 points lie outside the picture") == 1


def test_a_sweep_keeps_its_settings(run: Run, words: list[object], tmp_path: Path) -> None:
    assert run(*words)[0] == 0
    code, _, err = run(*words, "--epochs", 2)
    assert code == 2
    assert "another epochs: 1, not 2" in err
    for option in (("--seeds", 3), ("--threads", 0), ("--all-seeds",)):
        code, _, err = run("--resume", tmp_path / "sweep", *option)
        assert code == 2
        assert f"{option[0]} cannot be given: a resumed sweep keeps its own" in err
    assert "is not a run folder" in run("--resume", tmp_path)[2]
    assert "--data DIR is missing" in run()[2]


def test_a_recipe_says_to_a_sweep_what_it_says_to_a_training(
    run: Run, words: list[object], tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    recipe = tmp_path / "tiny.toml"
    lines = [line for line in RECIPE.splitlines() if not line.startswith("network")]
    recipe.write_text("\n".join([*lines, f"negatives = ['{tmp_path / 'empty'}']"]))
    Image.new("RGB", (80, 80)).save(tmp_path / "empty" / "a.png")
    words[words.index("--alphas") + 1] = "0"
    words[words.index("--seeds") + 1] = 1
    code, _, err = run(*words)
    assert code == 0, err
    kept = json.loads((tmp_path / "sweep" / "sweep.json").read_text("utf-8"))["base"]
    assert (kept["network"], kept["negative_pictures"]) == ("mcnn", NEGATIVE_PICTURES)


def test_all_seeds_and_the_default_teacher(run: Run, words: list[object], tmp_path: Path) -> None:
    save_assistant(catalogue.user_folder() / "mine.safetensors")
    place = words.index("--teacher")
    del words[place : place + 2]
    words[words.index("--alphas") + 1] = "0,0.5"
    assert run(*words, "--all-seeds")[0] == 0
    kept = json.loads((tmp_path / "sweep" / "sweep.json").read_text("utf-8"))
    assert (kept["seeds"], kept["other_seeds"]) == (2, 2)
    assert kept["base"]["teacher"] == "mine"
