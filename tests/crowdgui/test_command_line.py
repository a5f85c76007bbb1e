"""The command line as a person meets it: words in, counts, sentences and exit codes out."""

from __future__ import annotations

import csv
import json
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from crowdgui import app
from crowdgui.commands.count import Overlays
from models import catalogue
from models.export import export_onnx
from models.header import read_header
from models.weights import load_state, save_weights
from small_data import make_part
from small_models import save_mcnn
from trainer.synthetic import DEMO_SEED, render_scene

Save = Callable[[Path], Path]
Run = Callable[..., tuple[int, str, str]]
KEYS = {"path", "count", "seconds", "model", "engine", "precision", "width", "height"}


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """One installed model, called mcnn, with its engine file."""
    monkeypatch.setattr(catalogue, "SHIPPED_FOLDER", tmp_path / "shipped")
    weights = save_mcnn(catalogue.user_folder() / "mcnn.safetensors")
    export_onnx(weights, weights.with_suffix(".onnx"))
    return weights


@pytest.fixture
def run(command: Run) -> Run:
    return command


def test_count_prints_json_alone(run: Run, model: Path, save_picture: Save, tmp_path: Path) -> None:
    paths = [save_picture(tmp_path / "사진 모음" / name) for name in ("b 2.png", "a.jpg")]
    code, out, _ = run("count", *paths, "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [row["path"] for row in rows] == [str(path) for path in paths]
    for row in rows:
        assert row.keys() == KEYS
        assert (row["width"], row["height"]) == (331, 203)
        assert (row["engine"], row["precision"], row["model"]) == ("openvino", "fp32", "mcnn")
        assert row["count"] > 0


def test_counts_folders_and_patterns(
    run: Run, model: Path, save_picture: Save, tmp_path: Path
) -> None:
    for name in ("IMG_10.png", "IMG_2.png", "notes.png.txt"):
        save_picture(tmp_path / "in" / name.removesuffix(".txt"))
    code, out, _ = run("count", tmp_path / "in", "--json")
    assert code == 0
    assert [Path(json.loads(line)["path"]).name for line in out.splitlines()] == [
        "IMG_2.png",
        "IMG_10.png",
        "notes.png",
    ]
    _, out, _ = run("count", str(tmp_path / "**" / "IMG*.png"), "--json")
    assert len(out.splitlines()) == 2


def test_one_bad_file_stops_nothing(
    run: Run, model: Path, save_picture: Save, tmp_path: Path
) -> None:
    save_picture(tmp_path / "a.png")
    (tmp_path / "b.jpg").write_text("no picture")
    save_picture(tmp_path / "c.png")
    code, out, err = run("count", tmp_path, "--json", "--csv", tmp_path / "counts.csv")
    assert code == 1
    assert len(out.splitlines()) == 2
    assert "b.jpg is not a picture" in err
    with (tmp_path / "counts.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert rows[0].keys() == KEYS
    assert [float(row["count"]) for row in rows] == [
        json.loads(line)["count"] for line in out.splitlines()
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nowhere.jpg"], "does not exist"),
        (["*.nothing"], "No picture matches"),
        (["a.png", "--model", "soup"], "There is no model called soup"),
        (["a.png", "--precision", "int3"], "cannot be int3"),
        (["a.png", "--device", "cuda"], "not available here"),
        (["a.png", "--engine", "abacus"], "cannot be abacus"),
        (["a.png", "--model", "missing.safetensors"], "does not exist"),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_2(
    run: Run,
    model: Path,
    save_picture: Save,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    sentence: str,
) -> None:
    save_picture(tmp_path / "a.png")
    monkeypatch.chdir(tmp_path)
    code, out, err = run("count", *words)
    assert code == 2
    assert out == ""
    assert sentence in err
    assert "Traceback" not in err
    assert len(err.strip().splitlines()) == 1


def test_empty_folder(run: Run, model: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    code, _, err = run("count", tmp_path / "empty")
    assert code == 2
    assert "holds no pictures" in err
    (tmp_path / "empty" / "clip.mp4").touch()
    code, _, err = run("count", tmp_path / "empty")
    assert code == 2
    assert "holds videos and no pictures" in err
    assert "clip.mp4" in err


def test_csv_that_cannot_be_written(
    run: Run, model: Path, save_picture: Save, tmp_path: Path
) -> None:
    picture = save_picture(tmp_path / "a.png")
    code, _, err = run("count", picture, "--csv", picture / "below" / "a.csv")
    assert code == 2
    assert "cannot be written" in err


def test_odd_pictures_are_counted(run: Run, model: Path, tmp_path: Path) -> None:
    for name, size in (("dot.png", (1, 1)), ("strip.png", (5, 4000))):
        Image.new("RGB", size, "grey").save(tmp_path / name)
    code, out, _ = run("count", tmp_path, "--json")
    assert code == 0
    sizes = {(row["width"], row["height"]) for row in map(json.loads, out.splitlines())}
    assert sizes == {(1, 1), (5, 4000)}


def test_demo_scene_with_truth_and_overlay(run: Run, model: Path, tmp_path: Path) -> None:
    code, out, _ = run("count", "demo:", "--overlay", tmp_path / "out")
    assert code == 0
    assert f"true count {render_scene(DEMO_SEED).count}" in out
    picture = np.asarray(Image.open(tmp_path / "out" / "demo-density.png"))
    assert picture.shape == render_scene(DEMO_SEED).picture.shape
    assert str(tmp_path / "out" / "demo-density.png") in out


def test_overlays_differ_in_more_than_large_letters_or_accents(tmp_path: Path) -> None:
    """macOS and Windows take such names for the same."""
    drawing = Overlays(tmp_path, [str(tmp_path / "GATE-density.png")])
    names = [
        drawing.place(stem, ".png").name for stem in ("gate", "Gate", "caf\u00e9", "cafe\u0301")
    ]
    assert names[:3] == ["gate-density-2.png", "Gate-density-3.png", "caf\u00e9-density.png"]
    assert names[3] == "cafe\u0301-density-2.png"


def test_overlays_replace_no_picture_and_not_each_other(
    run: Run, model: Path, save_picture: Save, tmp_path: Path
) -> None:
    names = ("in/x.png", "in/x.jpg", "y-density.png", "in/y.png")
    pictures = [save_picture(tmp_path / name) for name in names[:3]]
    before = [picture.read_bytes() for picture in pictures]
    assert run("count", *pictures, "--overlay", tmp_path)[0] == 0
    assert [picture.read_bytes() for picture in pictures] == before
    assert {path.name for path in tmp_path.glob("*-density*.png")} == {
        "x-density.png",
        "x-density-2.png",
        "y-density.png",
        "y-density-density.png",
    }
    # What looks like the drawing of another picture in the same order is not counted.
    pictures.append(save_picture(tmp_path / names[3]))
    code, out, err = run("count", *pictures, "--overlay", tmp_path)
    assert (code, out) == (2, "")
    assert "drawings of it would be counted too" in err


@pytest.mark.skipif(sys.platform != "linux", reason="names there are always valid")
def test_names_that_are_no_utf8(run: Run, model: Path, save_picture: Save, tmp_path: Path) -> None:
    odd = os.fsdecode(os.fsencode(tmp_path / "in") + b"/k\xff.png")
    save_picture(tmp_path / "in" / "a.png").rename(odd)
    code, out, _ = run("count", tmp_path / "in", "--json", "--csv", tmp_path / "c.csv")
    assert code == 0
    assert json.loads(out)["path"].endswith(".png")
    assert (tmp_path / "c.csv").exists()


def test_links_in_a_circle_and_repeated_matches(
    run: Run, model: Path, save_picture: Save, tmp_path: Path
) -> None:
    save_picture(tmp_path / "in" / "a.png")
    save_picture(tmp_path / "in" / "z.png")
    (tmp_path / "in" / "m.png").symlink_to(tmp_path / "in" / "m.png")
    (tmp_path / "in" / "up").symlink_to(tmp_path, target_is_directory=True)
    words = ("--json", "--csv", tmp_path / "c.csv", "--overlay", tmp_path / "out")
    code, out, err = run("count", tmp_path / "in", *words)
    assert code == 1
    assert len(out.splitlines()) == 2
    assert "m.png" in err
    assert (tmp_path / "c.csv").exists()
    shutil.rmtree(tmp_path / "out")
    _, out, _ = run("count", str(tmp_path / "**" / "*.png"), "--json")
    assert len(out.splitlines()) == 2
    assert run("count", "")[0] == 2
    assert run("count", "x" * 300)[0] == 2


def test_without_a_screen_it_counts_instead(
    run: Run, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    code, out, err = run()
    assert code == 0
    assert "no screen" in err
    assert "true count" in out
    assert (tmp_path / "demo-overlay" / "demo-density.png").exists()


def test_window_options_are_checked_before_anything_opens(run: Run) -> None:
    assert run("--lang", "xx")[0] == 2
    assert "write crowdgui count without it" in run("--lang", "en", "count", "a.png")[2]
    assert "no such option" in run("--fullscreen")[2]


def test_version_and_help(run: Run) -> None:
    assert run("--version")[1].startswith("crowdgui ")
    code, out, _ = run("--help")
    assert code == 0
    for command in app.COMMANDS:
        assert command in out


def test_models_are_listed_imported_and_removed(run: Run, model: Path, tmp_path: Path) -> None:
    code, out, _ = run("models", "--json")
    assert code == 0
    (row,) = map(json.loads, out.splitlines())
    assert (row["name"], row["network"], row["parameters"]) == ("mcnn", "mcnn", 133_705)
    assert row["default"]
    assert row["engines"] == ["openvino", "torch"]
    code, out, _ = run("models", "import", model, "--name", "second")
    assert code == 0
    assert "second" in run("models")[1]
    assert run("models", "remove", "second")[0] == 0
    assert "second" not in run("models")[1]
    assert run("models", "remove", "second")[0] == 2


def test_a_models_figures_say_what_they_are_of(run: Run, model: Path, tmp_path: Path) -> None:
    figures = {"mae": 12.34, "rmse": 20.0, "data": ["part_A"], "split": "val"}
    for name, more in (
        ("few", {"n": 6, "precision": "bf16"}), ("whole", {"n": 43, "precision": "fp32"}),
        ("old", {}),
    ):  # fmt: skip
        file = catalogue.user_folder() / f"{name}.safetensors"
        save_weights(
            file, load_state(model), replace(read_header(model), figures={**figures, **more})
        )
    lines = {line.split()[0]: line for line in run("models")[1].splitlines() if line.strip()}
    assert "12.3 / 20.0 (part_A val, 6 pictures, bf16)" in lines["few"]
    assert "12.3 / 20.0 (part_A val, 43 pictures)" in lines["whole"]
    assert "12.3 / 20.0 (part_A val)" in lines["old"]


def test_a_damaged_model_is_named_and_the_rest_is_listed(run: Run, model: Path) -> None:
    (catalogue.user_folder() / "broken.safetensors").write_bytes(b"x")
    code, out, err = run("models")
    assert code == 1
    assert "mcnn" in out
    assert "broken.safetensors is not a readable weights file" in err


def test_train_then_evaluate_then_count(
    run: Run, tmp_path: Path, save_picture: Save, model: Path
) -> None:
    part = make_part(tmp_path / "part_A", ["IMG_1", "IMG_2", "IMG_4"])
    recipe = tmp_path / "short.toml"
    recipe.write_text('network = "mcnn"\nepochs = 1\ncrop = 64\nbatch = 2\nprecision = "fp32"\n')
    folder = tmp_path / "run"
    code, out, _ = run("train", "--data", part, "--recipe", recipe, "--run", folder)
    assert code == 0
    assert "finished after 1 epochs" in out
    weights = folder / "best.safetensors"
    code, out, _ = run("evaluate", "--data", part, "--split", "val", "--model", weights, "--json")
    assert json.loads(out).keys() == {"mae", "rmse", "nae", "game", "n"}
    picture = save_picture(tmp_path / "a.png")
    assert run("count", picture, "--model", weights)[0] == 0
    assert run("train", "--data", part, "--recipe", recipe, "--run", folder)[0] == 2
    assert "keeps its own" in run("train", "--resume", folder, "--data", part)[2]
    assert "--data DIR is missing" in run("train")[2]


def _start(folder: Path, tmp_path: Path, **options: object) -> subprocess.Popen[bytes]:
    model = catalogue.user_folder() / "mcnn.safetensors"
    words = ["count", str(folder), "--model", str(model), "--csv", str(tmp_path / "c.csv")]
    return subprocess.Popen([sys.executable, "-m", "crowdgui", *words], **options)  # type: ignore[call-overload, no-any-return]


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interruption_keeps_what_was_finished(
    model: Path, save_picture: Save, tmp_path: Path, ending: signal.Signals
) -> None:
    first = save_picture(tmp_path / "in" / "0.png")
    for n in range(1, 3000):
        os.link(first, first.with_name(f"{n}.png"))
    process = _start(
        tmp_path / "in", tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        # The tests themselves may run under nohup.
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL),
    )  # fmt: skip
    assert process.stdout is not None
    for _ in range(3):
        process.stdout.readline()
    process.send_signal(ending)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert b"Stopped after" in err
    assert b"Traceback" not in err
    with (tmp_path / "c.csv").open(encoding="utf-8") as file:
        assert 3 <= len(list(csv.DictReader(file))) < 3000


def test_a_terminal_sees_progress(model: Path, save_picture: Save, tmp_path: Path) -> None:
    for n in range(5):
        save_picture(tmp_path / "in" / f"{n}.png")
    master, slave = pty.openpty()
    process = _start(tmp_path / "in", tmp_path, stdout=subprocess.DEVNULL, stderr=slave)
    os.close(slave)
    shown = b""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        ready, _, _ = select.select([master], [], [], 1)
        if not ready:
            continue
        try:
            shown += os.read(master, 4096)
        except OSError:
            break
    os.close(master)
    assert process.wait(timeout=120) == 0
    assert b"5/5" in shown


def test_ctrl_c_is_quiet_while_the_program_is_still_imported(tmp_path: Path) -> None:
    stopped_there = (
        "import runpy, sys\n"
        "class Finder:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'crowdgui.app':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Finder())\n"
        "runpy.run_module('crowdgui', run_name='__main__')\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", stopped_there], capture_output=True, check=False, cwd=tmp_path
    )
    assert (ended.returncode, ended.stderr.strip()) == (2, b"Stopped.")


def test_ctrl_c_before_a_command_begins_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def loading(_order: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("crowdgui.commands.count.run", loading)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(sys, "argv", ["crowdgui", "count", "demo:"])
    said: list[str] = []
    monkeypatch.setattr("typer.echo", lambda text, **_: said.append(text))
    with pytest.raises(SystemExit) as ended:
        app.main()
    assert (ended.value.code, said) == (2, ["Stopped."])
