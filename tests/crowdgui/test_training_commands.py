"""`crowdgui train` and `distill` on the command line: what a resumed run keeps and refuses."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from crowdgui.commands.orders import Orders, stopping_gently
from crowdgui.commands.training import NEGATIVE_PICTURES
from models import catalogue
from models.header import ScaleRule, read_metadata
from small_data import make_part, write_annotation
from small_models import save_assistant, save_mcnn
from trainer.config import make_config
from trainer.follow import read_events
from trainer.runs import begin_run, occupied

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A run of one epoch over two pictures that has not started."""
    part = make_part(tmp_path / "part_A", ["IMG_1", "IMG_2", "IMG_4"])
    facts = {"network": "mcnn", "epochs": 1, "batch": 2, "crop": 64, "precision": "fp32"}
    return begin_run(make_config({**facts, "data": [str(part)]}), tmp_path / "run")


@pytest.mark.parametrize(
    "words",
    [
        ("train", "--seed", 0),
        ("train", "--limit", 1),
        ("train", "--trunk", "x.safetensors"),
        ("train", "--negatives", "empty"),
        ("train", "--network", "mcnn"),
        ("distill", "--alpha", 0),
        ("distill", "--teacher", "mcnn"),
        ("distill", "--student", "mcnn"),
        ("distill", "--unlabelled", "pictures"),
        ("distill", "--no-trust"),
        ("distill", "--teacher-block-weight", 1),
    ],
)
def test_a_resumed_run_refuses_what_it_would_ignore(
    command: Run, folder: Path, words: tuple[object, ...]
) -> None:
    kind, option, *value = words
    code, _, err = command(kind, "--resume", folder, option, *value)
    assert code == 2
    name = str(option).replace("--no-", "--")
    assert f"{name} cannot be given: a resumed run keeps its own" in err
    assert not (folder / "events.jsonl").exists()


def test_other_epochs_hold_for_every_later_resumption(command: Run, folder: Path) -> None:
    with occupied(folder):
        code, _, err = command("train", "--resume", folder, "--epochs", 2)
    assert code == 2
    assert "Another training is at work" in err
    assert json.loads((folder / "config.json").read_text())["epochs"] == 1
    assert command("train", "--resume", folder, "--epochs", 2)[0] == 0
    assert json.loads((folder / "config.json").read_text())["epochs"] == 2
    assert command("train", "--resume", folder)[0] == 0
    started = [e["epochs"] for e in read_events(folder / "events.jsonl") if e["event"] == "started"]
    assert started == [2, 2]
    # It cannot be brought back to what it was before.
    code, _, err = command("train", "--resume", folder, "--epochs", 1)
    assert code == 2
    assert "use at least 2" in err
    assert json.loads((folder / "config.json").read_text())["epochs"] == 2


def test_a_run_goes_on_with_what_another_machine_has(command: Run, folder: Path) -> None:
    assert facts_of(folder)["threads"] == 0
    words = ("train", "--resume", folder, "--threads", 1, "--device", "cpu")
    with occupied(folder):
        assert command(*words)[0] == 2
    assert facts_of(folder)["threads"] == 0
    assert command(*words)[0] == 0
    assert (facts_of(folder)["threads"], facts_of(folder)["device"]) == (1, "cpu")
    code, _, err = command("train", "--resume", folder, "--threads", 99_999)
    assert code == 2
    assert "threads cannot be 99999" in err
    assert facts_of(folder)["threads"] == 1


def test_a_run_whose_state_is_gone_is_one_sentence(command: Run, folder: Path) -> None:
    assert command("train", "--resume", folder)[0] == 0
    (folder / "last.safetensors").unlink()
    sentence = f"crowdgui: {folder} is not a run folder: there is no last.safetensors in it.\n"
    code, _, err = command("train", "--resume", folder, "--epochs", 2)
    assert (code, err) == (2, sentence)
    assert facts_of(folder)["epochs"] == 1
    assert read_events(folder / "events.jsonl")[-1]["event"] == "finished"
    code, _, err = command("train", "--resume", folder)
    assert code == 2
    assert err.endswith(sentence)


@pytest.mark.parametrize(("kind", "option"), [("train", "--network"), ("distill", "--student")])
def test_a_network_that_is_none_is_said(
    command: Run, tmp_path: Path, kind: str, option: str
) -> None:
    code, _, err = command(kind, "--data", tmp_path, option, "nosuch")
    assert code == 2
    assert "network cannot be nosuch: use one of mcnn" in err


def test_a_recipe_need_not_name_the_network(command: Run, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "r.toml").write_text('epochs = 1\nbatch = 2\ncrop = 64\nprecision = "fp32"\n')
    run, recipe = tmp_path / "other", tmp_path / "r.toml"
    words = ("--data", tmp_path / "part_A", "--recipe", recipe, "--run", run)
    assert command("train", *words)[0] == 0
    assert facts_of(run)["network"] == "mcnn"


def facts_of(folder: Path) -> dict[str, object]:
    facts: dict[str, object] = json.loads((folder / "config.json").read_text("utf-8"))
    return facts


def test_a_recipes_teacher_is_left_out_of_train(command: Run, tmp_path: Path) -> None:
    part = make_part(tmp_path / "part_A", ["IMG_1", "IMG_2", "IMG_4"])
    words = ("--data", part, "--recipe", "mcnn-kd", "--epochs", 1, "--run", tmp_path / "run")
    assert command("train", *words)[0] == 0
    facts = facts_of(tmp_path / "run")
    assert (facts["alpha"], facts["teacher"], facts["teacher_block_weight"]) == (0, "", 0)
    assert facts["block_weight"] == 1


def test_folders_without_people_are_used_with_any_recipe(command: Run, tmp_path: Path) -> None:
    part = make_part(tmp_path / "part_A", ["IMG_1", "IMG_2", "IMG_4"])
    (tmp_path / "empty").mkdir()
    Image.new("RGB", (80, 80)).save(tmp_path / "empty" / "a.png")
    words = ("--data", part, "--epochs", 1, "--run", tmp_path / "run")
    assert command("train", *words, "--negatives", tmp_path / "empty")[0] == 0
    assert facts_of(tmp_path / "run")["negative_pictures"] == NEGATIVE_PICTURES
    started = read_events(tmp_path / "run" / "events.jsonl")[0]
    assert started["pictures"] == 3


def test_a_recipes_folders_and_weights_are_found_from_everywhere(
    command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = make_part(tmp_path / "part_A", ["IMG_1", "IMG_2", "IMG_4"])
    (tmp_path / "empty").mkdir()
    Image.new("RGB", (80, 80)).save(tmp_path / "empty" / "a.png")
    weights = save_mcnn(catalogue.user_folder() / "gate.safetensors")
    (tmp_path / "r.toml").write_text(
        'epochs = 1\nbatch = 2\ncrop = 64\nprecision = "fp32"\nnegatives = ["empty"]\n'
        'init = "gate"\ndensity_factor = 1.0\n'
    )
    monkeypatch.chdir(tmp_path)
    words = ("--data", part, "--recipe", "r.toml", "--run", tmp_path / "run")
    code, _, err = command("train", *words)
    assert code == 0, err
    facts = facts_of(tmp_path / "run")
    assert facts["init"] == str(weights.resolve())
    assert facts["negatives"] == [str(tmp_path / "empty")]
    monkeypatch.chdir(part)
    assert command("train", "--resume", tmp_path / "run", "--epochs", 2)[0] == 0


def test_data_that_is_not_there_leaves_the_place_free(command: Run, tmp_path: Path) -> None:
    code, _, err = command("train", "--data", tmp_path / "nowhere", "--run", tmp_path / "run")
    assert code == 2
    assert "nowhere does not exist" in err
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("place", ["own", "own/run", "link/run"])
@pytest.mark.parametrize("kind", ["train", "distill", "sweep"])
def test_no_run_lies_among_the_pictures(
    command: Run, tmp_path: Path, kind: str, place: str
) -> None:
    save_assistant(catalogue.user_folder() / "mine.safetensors")
    own = tmp_path / "own"
    for name in "abc":
        own.mkdir(exist_ok=True)
        Image.new("RGB", (80, 80)).save(own / f"{name}.png")
        (own / f"{name}.csv").write_text("x,y\n5,5\n")
    (tmp_path / "link").symlink_to(own)
    before = sorted(own.iterdir())
    code, _, err = command(kind, "--data", own, "--run", tmp_path / place)
    assert code == 2
    assert (
        err == f"crowdgui: --run cannot be {tmp_path / place}: it lies in the data set's folder.\n"
    )
    assert sorted(own.iterdir()) == before


@pytest.mark.parametrize("kind", ["train", "sweep"])
def test_nor_does_the_one_that_nobody_named(
    command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    save_assistant(catalogue.user_folder() / "mine.safetensors")
    Image.new("RGB", (80, 80)).save(tmp_path / "a.png")
    (tmp_path / "a.csv").write_text("x,y\n5,5\n")
    monkeypatch.chdir(tmp_path)
    code, _, err = command(kind, "--data", ".")
    assert code == 2
    assert "--run cannot be runs" in err
    assert "it lies in the data set's folder" in err
    assert not (tmp_path / "runs").exists()


def test_points_that_do_not_count_are_said(command: Run, tmp_path: Path) -> None:
    part = make_part(tmp_path / "part_A", ["IMG_1", "IMG_2", "IMG_4"])
    truth = part / "train_data" / "ground-truth" / "GT_IMG_1.mat"
    write_annotation(truth, [(3.0, 4.0), (9e5, 5.0)])
    code, _, err = command("train", "--data", part, "--epochs", 1, "--run", tmp_path / "run")
    assert code == 0
    assert "1 of 2 points lie outside the picture" in err


@pytest.mark.parametrize("folder", [".", "one, two"])
def test_a_teachers_file_is_found_from_everywhere(
    command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    part = make_part(tmp_path / "part_A", ["IMG_1", "IMG_2", "IMG_4"])
    own = tmp_path / folder / "own.safetensors"
    own.parent.mkdir(exist_ok=True)
    save_mcnn(own, seed=1)
    monkeypatch.chdir(tmp_path)
    words = ("--data", part, "--epochs", 1, "--run", tmp_path / "run")
    assert command("distill", *words, "--teacher", own.relative_to(tmp_path))[0] == 0
    assert facts_of(tmp_path / "run")["teacher"] == str(own)


def test_what_is_no_order_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n pause \nhalt\nresume\n"))
    orders, found, end = Orders(follow=True), [], time.monotonic() + 60
    while "parent-gone" not in found and time.monotonic() < end:
        if order := orders():
            found.append(order)
    assert found == ["pause", "resume", "parent-gone"]


def test_a_script_keeps_its_standard_input(
    command: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `while read name; do crowdgui train ...; done < list` has it."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("stop\nsecond\n"))
    assert command("train", "--resume", folder)[0] == 0
    assert sys.stdin.read() == "stop\nsecond\n"
    # Who reads the events may give orders.
    sys.stdin.seek(0)
    assert command("train", "--resume", folder, "--epochs", 9, "--events", "json")[0] == 0
    assert sys.stdin.read() == ""


def test_ctrl_c_keeps_the_step_that_was_done(tmp_path: Path) -> None:
    part = make_part(tmp_path / "part_A", ["IMG_1", "IMG_2", "IMG_4"])
    recipe = tmp_path / "r.toml"
    recipe.write_text(
        'network = "mcnn"\ncrop = 64\nbatch = 1\ncrops = 500\nlog_every = 1\nprecision = "fp32"\n'
    )
    run = tmp_path / "run"
    words = ["train", "--data", part, "--recipe", recipe, "--run", run, "--events", "json"]
    process = subprocess.Popen(
        [sys.executable, "-m", "crowdgui", *map(str, words)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    assert process.stdout is not None
    while json.loads(process.stdout.readline())["event"] != "step":
        pass
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "Stopping after this step" in err
    assert f"Stopped. Continue with: crowdgui train --resume {run}" in err
    events = read_events(run / "events.jsonl")
    assert events[-1]["event"] == "stopped"
    done = [event["step"] for event in events if event["event"] == "step"]
    progress = json.loads(read_metadata(run / "last.safetensors")["progress"])
    assert progress["step"] == done[-1] >= 1


@pytest.mark.parametrize("unread", ["stdout", "stderr"])
def test_a_reader_who_has_gone_is_ctrl_c(tmp_path: Path, unread: str) -> None:
    """As with `crowdgui train ... | head -1`."""
    part = make_part(tmp_path / "part_A", ["IMG_1", "IMG_2", "IMG_4"])
    recipe, run = tmp_path / "r.toml", tmp_path / "run"
    recipe.write_text(
        'network = "mcnn"\ncrop = 64\nbatch = 1\ncrops = 500\nlog_every = 1\nprecision = "fp32"\n'
    )
    words = ["train", "--data", part, "--recipe", recipe, "--run", run]
    words += ["--events", "json"] if unread == "stdout" else []
    process = subprocess.Popen(
        [sys.executable, "-m", "crowdgui", *map(str, words)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    stream, other = process.stdout, process.stderr
    if unread == "stderr":
        stream, other = other, stream
    assert stream is not None
    assert other is not None
    assert stream.readline()
    stream.close()
    said = other.read()
    other.close()
    assert process.wait(120) == 1
    assert ("Continue with" if unread == "stdout" else "stopped after 0 epochs") in said
    assert len(said.splitlines()) == 1
    assert read_events(run / "events.jsonl")[-1]["event"] == "stopped"
    assert (run / "last.safetensors").exists()


def test_the_second_ctrl_c_is_sudden_and_handlers_are_put_back() -> None:
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    orders = Orders(follow=False)
    with stopping_gently(orders):
        signal.raise_signal(signal.SIGINT)
        assert orders() == "stop"
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_without_a_teacher_the_best_installed_teaches(
    command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "SHIPPED_FOLDER", tmp_path / "shipped")
    save_mcnn(catalogue.user_folder() / "student.safetensors")
    save_assistant(catalogue.user_folder() / "mine.safetensors")
    part = make_part(tmp_path / "part_A", ["IMG_1", "IMG_2", "IMG_4"])
    (tmp_path / "r.toml").write_text('epochs = 1\nbatch = 2\ncrop = 64\nprecision = "fp32"\n')
    words = ("--data", part, "--recipe", tmp_path / "r.toml", "--run", tmp_path / "run")
    assert command("distill", *words)[0] == 0
    assert facts_of(tmp_path / "run")["teacher"] == "mine"


def test_first_weights_go_by_name_and_bring_their_size(command: Run, tmp_path: Path) -> None:
    weights = save_mcnn(
        catalogue.user_folder() / "gate.safetensors", scale_rule=ScaleRule(shrink=0.8)
    )
    part = make_part(tmp_path / "part_A", ["IMG_1", "IMG_2", "IMG_4"])
    (tmp_path / "r.toml").write_text(
        'epochs = 1\nbatch = 2\ncrop = 64\nprecision = "fp32"\nloss = "mse"\n'
        "density_factor = 1.0\nshrink = 0.5\nmin_side = 0\n"
    )
    words = ("--data", part, "--recipe", tmp_path / "r.toml")
    code, _, err = command("train", *words, "--init", "gate", "--run", tmp_path / "run")
    assert code == 0, err
    facts = facts_of(tmp_path / "run")
    assert facts["init"] == str(weights.resolve())
    assert (facts["shrink"], facts["min_side"]) == (0.8, 0)
    code, _, err = command("train", *words, "--init", "nobody")
    assert code == 2
    assert "nobody" in err


def test_first_weights_have_a_trunk_of_their_own(command: Run, tmp_path: Path) -> None:
    save_mcnn(catalogue.user_folder() / "gate.safetensors")
    part = make_part(tmp_path / "part_A", ["IMG_1", "IMG_2", "IMG_4"])
    (tmp_path / "r.toml").write_text(
        'epochs = 1\nbatch = 2\ncrop = 64\ndensity_factor = 1.0\nprecision = "fp32"\n'
        'trunk = "imagenet.safetensors"\n'
    )
    words = ("--data", part, "--recipe", tmp_path / "r.toml", "--init", "gate")
    code, _, err = command("train", *words, "--trunk", tmp_path / "x.safetensors")
    assert code == 2
    assert "x.safetensors: the weights of --init have their own" in err
    assert len(err.splitlines()) == 1
    code, _, err = command("train", *words, "--run", tmp_path / "run")
    assert code == 0, err
    assert facts_of(tmp_path / "run")["trunk"] == ""


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('teacher = ["mine", "other"]', "teacher cannot be ['mine', 'other']: name them in one"),
        (f"seed = {2**64}", f"use from 0 to below {2**63}"),
        ("min_side = 5000", "min_side cannot be 5000: use from 0 to 4096"),
        ("threads = 2000", "threads cannot be 2000: use from 0 to 1024"),
    ],
)
def test_what_a_recipe_cannot_say_is_one_sentence(
    command: Run, tmp_path: Path, line: str, sentence: str
) -> None:
    save_assistant(catalogue.user_folder() / "mine.safetensors")
    part = make_part(tmp_path / "part_A", ["IMG_1", "IMG_2", "IMG_4"])
    recipe = tmp_path / "r.toml"
    recipe.write_text(f"epochs = 1\nbatch = 2\ncrop = 64\n{line}\n")
    # Of a sweep's runs each has a seed of its own.
    for kind in ("distill", *(["sweep"] if "seed" not in line else [])):
        words = ("--data", part, "--recipe", recipe, "--run", tmp_path / "run")
        code, _, err = command(kind, *words)
        assert code == 2
        assert sentence in err
        assert len(err.splitlines()) == 1
        assert not (tmp_path / "run").exists()
