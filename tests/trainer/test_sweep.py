"""Which runs a sweep has, and in what order."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from models.errors import UserError
from models.header import read_header
from models.weights import load_state, save_weights
from small_data import make_part
from small_models import save_mcnn
from sweeps import install_teacher, result, settings
from trainer.config import config_to_json
from trainer.events import append_event, make_event
from trainer.sweep import (
    Result,
    Run,
    Settings,
    best_alpha,
    check_possible,
    check_teachers,
    collect,
    config_of,
    next_run,
    open_sweep,
    parse_alphas,
    prepare,
    read_settings,
    shared_seeds,
    validation_examples,
)
from trainer.tables import alphas_table


@pytest.fixture(autouse=True)
def teacher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return install_teacher(tmp_path, monkeypatch)


def do_all(sweep: Settings, maes: dict[float, float]) -> list[Run]:
    """The runs in the order in which they are done, each with the MAE of its alpha."""
    order: list[Run] = []
    results: list[Result] = []
    while (run := next_run(sweep, results)) is not None:
        order.append(run)
        results.append(result(run.alpha, run.seed, maes[run.alpha] + run.seed))
    return order


def test_one_seed_for_all_then_more_for_the_control_and_the_best() -> None:
    sweep = settings("0,0.1,0.3,0.5", seeds=3)
    order = do_all(sweep, {0.0: 150, 0.1: 140, 0.3: 120, 0.5: 130})
    assert order == [
        Run(0.0, 0), Run(0.1, 0), Run(0.3, 0), Run(0.5, 0),
        Run(0.0, 1), Run(0.3, 1), Run(0.0, 2), Run(0.3, 2),
    ]  # fmt: skip
    assert len(order) == sweep.total


@pytest.mark.parametrize(
    ("alphas", "seeds", "others", "total"),
    [("0,0.1,0.3", 2, 2, 6), ("0,0.1,0.3", 3, 2, 8), ("0", 3, 1, 3), ("0,1", 1, 1, 2)],
)
def test_the_total_is_the_number_of_runs(alphas: str, seeds: int, others: int, total: int) -> None:
    sweep = settings(alphas, seeds, others)
    order = do_all(sweep, dict.fromkeys(sweep.alphas, 100.0))
    assert len(order) == len(set(order)) == sweep.total == total


def test_later_seeds_do_not_change_which_alpha_is_best() -> None:
    sweep = settings(seeds=2)
    results = [result(0.0, 0, 150), result(0.1, 0, 120), result(0.3, 0, 125), result(0.1, 1, 300)]
    assert best_alpha(sweep, results) == 0.1
    assert best_alpha(sweep, [result(0.0, 0, 1)]) is None


def test_alphas_are_compared_on_the_seeds_that_all_of_them_have() -> None:
    """Alpha 0.1 lost the harder seed, and is not better for it."""
    sweep = settings(seeds=3, others=2)
    results = [result(0.0, 0, 150), result(0.0, 1, 190), result(0.1, 0, 145),
               result(0.3, 0, 140), result(0.3, 1, 180)]  # fmt: skip
    assert shared_seeds(sweep, results) == [0]
    assert best_alpha(sweep, results) == 0.3
    assert alphas_table(sweep, results).columns[1] == "MAE, seed 0"


def test_a_failed_run_is_passed_over() -> None:
    sweep = settings(seeds=2)
    results = [result(0.0, 0, 150), result(0.3, 0, 120)]
    assert next_run(sweep, results) == Run(0.1, 0)
    assert next_run(sweep, results, {Run(0.1, 0)}) == Run(0.0, 1)


def test_the_control_differs_in_alpha_and_teacher_alone() -> None:
    sweep = settings(trust=True, teacher_block_weight=0.5)
    control, taught = config_of(sweep, Run(0.0, 2)), config_of(sweep, Run(0.1, 2))
    assert (control.alpha, control.teacher, taught.alpha) == (0.0, "", 0.1)
    assert not control.needs_teacher
    of_the_teacher = {"alpha", "teacher", "trust", "teacher_block_weight"}
    same = asdict(control), asdict(taught)
    assert {key for key in same[0] if same[0][key] != same[1][key]} == of_the_teacher
    assert config_of(sweep, Run(0.1, 2)) == replace(config_of(sweep, Run(0.3, 2)), alpha=0.1)


@pytest.mark.parametrize(
    ("alphas", "numbers"),
    [("0.3, 0,0.1,0.1", (0.0, 0.1, 0.3)), ("-0,1", (0.0, 1.0)), ("0,1e-7", (0.0, 1e-7))],
)
def test_alphas_are_numbers_each_once(alphas: str, numbers: tuple[float, ...]) -> None:
    assert parse_alphas(alphas) == numbers
    assert len({Run(alpha, 0).folder for alpha in numbers}) == len(numbers)
    assert Run(0.0, 1).folder == Path("alpha-0/seed-1")
    assert Run(0.1, 0).folder == Path("alpha-0.1/seed-0")


@pytest.mark.parametrize(
    ("facts", "code", "part"),
    [
        ({"alphas": "0,1.1"}, "setting-invalid", "from 0 to 1"),
        ({"alphas": "0,-0.1"}, "setting-invalid", "from 0 to 1"),
        ({"alphas": "0,nan"}, "setting-invalid", "from 0 to 1"),
        ({"alphas": "0,x"}, "setting-invalid", "separated by commas"),
        ({"alphas": " , "}, "setting-invalid", "cannot be empty"),
        ({"alphas": "0.1"}, "setting-invalid", "the control"),
        ({"seeds": 0}, "setting-invalid", "from 1 to 1000"),
        ({"seeds": 1001}, "setting-invalid", "from 1 to 1000"),
        ({"others": 0}, "setting-invalid", "1 to 3"),
        ({"others": 4}, "setting-invalid", "1 to 3"),
        ({"teacher": ""}, "teacher-missing", "alpha 0.1"),
        ({"teacher": "soup"}, "model-unknown", "soup"),
        ({"epochs": 0}, "setting-invalid", "epochs"),
    ],
)
def test_impossible_sweeps(facts: dict[str, Any], code: str, part: str) -> None:
    with pytest.raises(UserError) as caught:
        settings(**facts)
    assert caught.value.code == code
    assert part in str(caught.value)


def test_a_student_that_cannot_begin_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no\.safetensors does not exist"):
        check_possible(settings(network="compact", trunk=str(tmp_path / "no.safetensors")))


def test_data_that_is_named_twice_is_measured_once(tmp_path: Path) -> None:
    part = str(make_part(tmp_path / "part_A", ["IMG_1", "IMG_2", "IMG_4"]))
    examples = validation_examples(settings(data=[part, part]))
    assert [example.name for example in examples] == ["IMG_4"]


def test_without_a_teacher_the_control_alone_is_a_sweep() -> None:
    assert settings("0", teacher="").total == 3


def test_a_folder_keeps_its_settings(tmp_path: Path) -> None:
    folder = tmp_path / "sweep"
    open_sweep(folder, settings())
    open_sweep(folder, settings())
    assert read_settings(folder) == settings()
    before = (folder / "sweep.json").read_bytes()
    for other, name in (
        (settings(seeds=4), "another seeds: 3, not 4"),
        (settings("0,0.1"), "another alphas"),
        (settings(epochs=8), "another epochs: 7, not 8"),
        (settings(crop=128), "another crop: None, not 128"),
    ):
        with pytest.raises(UserError, match=name):
            open_sweep(folder, other)
    assert (folder / "sweep.json").read_bytes() == before


def test_another_teacher_of_the_same_name_is_noticed(tmp_path: Path, teacher: Path) -> None:
    open_sweep(tmp_path / "sweep", settings())
    check_teachers(tmp_path / "sweep", settings())
    kept = settings()
    save_mcnn(teacher, seed=6)
    for again in (lambda: open_sweep(tmp_path / "sweep", settings()),
                  lambda: check_teachers(tmp_path / "sweep", kept)):  # fmt: skip
        with pytest.raises(UserError, match="another teachers"):
            again()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"alphas": 1}', "{"])
def test_a_folder_that_is_no_sweep(text: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"there is no sweep\.json"):
        read_settings(tmp_path)
    (tmp_path / "sweep.json").write_text(text)
    with pytest.raises(UserError, match="damaged"):
        read_settings(tmp_path)


def test_the_folder_of_a_single_run_becomes_no_sweep(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(UserError) as caught:
        open_sweep(tmp_path, settings())
    assert caught.value.code == "run-exists"


def test_a_folder_in_use_becomes_no_sweep(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    with pytest.raises(UserError) as caught:
        open_sweep(tmp_path, settings())
    assert caught.value.code == "folder-taken"


def test_a_run_with_another_config_is_noticed(tmp_path: Path) -> None:
    path, config = prepare(tmp_path, settings(), Run(0.1, 0))
    assert prepare(tmp_path, settings(), Run(0.1, 0)) == (path, config)
    (path / "config.json").write_text(config_to_json(replace(config, lr=0.5)))
    with pytest.raises(UserError, match="another lr"):
        prepare(tmp_path, settings(), Run(0.1, 0))


def test_scenes_are_drawn_once(tmp_path: Path) -> None:
    drawn = tmp_path / Run(0.0, 0).folder / "scenes"
    drawn.mkdir(parents=True)
    (drawn / "scene_1.jpg").write_bytes(b"drawn")
    path, _ = prepare(tmp_path, settings(scenes=1), Run(0.1, 0))
    assert (path / "scenes" / "scene_1.jpg").read_bytes() == b"drawn"
    path, _ = prepare(tmp_path, settings(), Run(0.3, 0))
    assert not (path / "scenes").exists()


def finish(folder: Path, run: Run, weights: Path, mae: float, *last: str) -> None:
    """Lay a run folder down as a training leaves it."""
    path = folder / run.folder
    path.mkdir(parents=True)
    figures = {"mae": mae, "rmse": 2 * mae, "n": 43, "split": "val", "selected_by": "lowest x"}
    header = replace(read_header(weights), figures=figures)
    save_weights(path / "best.safetensors", load_state(weights), header)
    for kind in ("started", *last):
        append_event(path / "events.jsonl", make_event(kind))


def test_only_finished_runs_are_collected(tmp_path: Path, teacher: Path) -> None:
    finish(tmp_path, Run(0.0, 0), teacher, 150.5, "finished")
    finish(tmp_path, Run(0.1, 0), teacher, 90.0, "step")
    finish(tmp_path, Run(0.3, 0), teacher, 80.0, "stopped")
    finish(tmp_path, Run(0.0, 1), teacher, 140.0, "failed", "started", "finished")
    finish(tmp_path, Run(0.3, 1), teacher, 70.0, "finished", "started")
    first, second = collect(tmp_path, settings())
    assert (first.run, first.mae, first.rmse, first.n) == (Run(0.0, 0), 150.5, 301.0, 43)
    assert first.size == (tmp_path / "alpha-0/seed-0/best.safetensors").stat().st_size
    assert first.parameters == 133_705
    assert first.seconds is not None
    assert second.run == Run(0.0, 1)
    assert second.seconds is None
    # What was read once is read again when there is more.
    append_event(tmp_path / "alpha-0/seed-0/events.jsonl", make_event("started"))
    assert [found.run for found in collect(tmp_path, settings())] == [Run(0.0, 1)]


def test_weights_that_nobody_measured_are_no_result(tmp_path: Path, teacher: Path) -> None:
    finish(tmp_path, Run(0.0, 0), teacher, 150.5, "finished")
    foreign = tmp_path / "alpha-0/seed-0/best.safetensors"
    save_weights(foreign, load_state(teacher), replace(read_header(teacher), figures={}))
    with pytest.raises(UserError, match=r"its best\.safetensors is damaged"):
        collect(tmp_path, settings())
