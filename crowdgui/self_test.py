"""`crowdgui --self-test`: does this installation do what it is for? A line for each part."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import typer

from models.precision import is_steady_in_bf16

if TYPE_CHECKING:
    from models.catalogue import Model
    from models.prediction import Prediction

STEPS = 2
FRAMES = 5
TRAINING_LIMIT_S = 600
# How far a count may be from the first: engines round differently, and so do numbers of fewer bits.
SAME = {"fp32": 0.01, "bf16": 0.05, "int8": 0.15}
# What the build of a frozen program writes of itself.
EDITION_FILE = Path(__file__).parent / "edition.txt"
# What names the place of a user's caches; on Windows platformdirs does not look at LOCALAPPDATA.
CACHES = ("XDG_CACHE_HOME", "LOCALAPPDATA", "WIN_PD_OVERRIDE_LOCAL_APPDATA")
RECIPE = """
network = "mcnn"
epochs = 1
batch = 1
crop = 64
alpha = 0.5
teacher = "{teacher}"
min_side = 0
precision = "fp32"
log_every = 1
"""


# What packaging/trim.py takes from the operator's edition, of what is asked for here.
LEFT_OUT = ("torch", "onnx", "h5py", "matplotlib", "scipy")
LIBRARIES = (
    "paho.mqtt.client", "cv2_enumerate_cameras", "filelock", "keyring",
    "matplotlib.backends.backend_agg", "scipy.spatial", "h5py", "onnx",
)  # fmt: skip


class BrokenError(Exception):
    """A part does not do what it should; the text says how."""


def self_test() -> int:
    """Try every part in a folder of its own and say a line for each; returns the exit code.

    Parts that this edition was made without are named as left out; what should be there fails.
    """
    failed = 0
    with tempfile.TemporaryDirectory(prefix="crowdgui-self-test-") as scratch:
        for name, part in parts(Path(scratch)):
            try:
                for sentence in part():
                    typer.echo(f"ok      {name}: {sentence}")
            except Exception as error:  # whatever it is, the other parts are tried too
                logging.debug("self-test", exc_info=True)
                typer.echo(f"FAILED  {name}: {type(error).__name__}: {error}")
                failed += 1
    typer.echo(f"{failed} parts FAILED" if failed else "All parts work.")
    return 1 if failed else 0


def parts(scratch: Path) -> Iterator[tuple[str, Callable[[], Iterator[str]]]]:
    """Yield each part with its name."""
    if is_frozen():
        yield "edition", tell_edition
    yield "count", count_models
    if has_part("torch"):
        yield "train", lambda: distil(scratch)
        yield "export", lambda: export(scratch)
    else:
        yield "train", lambda: iter(["left out of this edition"])
    yield "libraries", load_libraries
    yield "video", lambda: play_video(scratch)
    yield "demo", play_demo
    if has_part("PySide6"):
        yield "window", open_offscreen
    else:
        yield "window", lambda: iter(["left out: PySide6 is not installed"])


def has_part(package: str) -> bool:
    """Return whether this program should have a package: a bundle, by the edition it was built as.

    One that does not know its edition should have everything.
    """
    if not is_frozen():
        return find_spec(package) is not None
    operator = EDITION_FILE.is_file() and EDITION_FILE.read_text("utf-8") == "operator"
    return not operator or package not in LEFT_OUT


def load_libraries() -> Iterator[str]:
    """Import what parts of the program import only when they are used."""
    wanted = [name for name in LIBRARIES if has_part(name.partition(".")[0])]
    for name in wanted:
        import_module(name)
    yield f"{len(wanted)} of {len(LIBRARIES)}"


def is_frozen() -> bool:
    return bool(getattr(sys, "frozen", False))


def tell_edition() -> Iterator[str]:
    yield EDITION_FILE.read_text("utf-8")


def count_models() -> Iterator[str]:
    """Count the demo scene with every shipped model, in each engine and precision it has."""
    from crowdgui.sources import demo_scene
    from models.catalogue import SHIPPED_FOLDER, installed
    from models.loading import open_predictor

    shipped = [model for model in installed() if model.file.parent == SHIPPED_FOLDER]
    if not shipped:
        raise BrokenError(f"no model came with the program ({SHIPPED_FOLDER})")
    scene = demo_scene()
    tried: set[str] = set()
    for model in shipped:
        counts = {}
        for engine, precision in _ways(model):
            predictor = open_predictor(model, engine=engine, precision=precision)
            counts[engine, precision] = _checked(predictor.predict(scene.picture)).count
        if not counts:
            yield f"{model.name} left out: it counts in torch alone, which is not installed"
            continue
        tried |= {precision for _, precision in counts}
        first = next(iter(counts.values()))
        for (_, precision), count in counts.items():
            if abs(count - first) > SAME[precision] * first:
                raise BrokenError(f"{model.name} counts {counts}")
        told = ", ".join(f"{count:.1f} ({' '.join(way)})" for way, count in counts.items())
        yield f"{model.name} on the demo scene of {scene.count} people: {told}"
    if tried != set(SAME):
        raise BrokenError(f"no model that came with the program counts in {set(SAME) - tried}")


def _ways(model: Model) -> Iterator[tuple[str, str]]:
    if model.onnx is not None:
        yield "openvino", "fp32"
    if model.weights is not None and find_spec("torch") is not None:
        yield "torch", "fp32"
    # A processor without bf16 counts in fp32 then.
    if model.onnx is not None and is_steady_in_bf16(model.header()):
        yield "openvino", "bf16"
    # One that a person made is no part of the installation.
    if model.int8 is not None and model.int8.parent == model.file.parent:
        yield "openvino", "int8"


def _checked(result: Prediction) -> Prediction:
    """Return a result that can be a count of people; raises BrokenError for any other."""
    whole = float(result.density.sum(dtype=np.float64))
    if not result.count > 0 or abs(whole - result.count) > 1e-3 * result.count:
        raise BrokenError(f"{result.model} counts {result.count}, its density map holds {whole}")
    return result


def distil(scratch: Path) -> Iterator[str]:
    """Take distillation steps in a child process of this same program."""
    from crowdgui.own_command import own_command
    from models.catalogue import find_model
    from trainer.runs import BEST_FILE
    from trainer.scenes import training_scenes

    data, run, recipe = scratch / "data", scratch / "run", scratch / "two-steps.toml"
    data.mkdir()
    training_scenes(data, STEPS + 1)
    recipe.write_text(RECIPE.format(teacher=find_model().name), encoding="utf-8")
    words = ["distill", "--data", str(data), "--recipe", str(recipe), "--run", str(run)]
    done = subprocess.run(
        [*own_command(), *words, "--events", "json", "--threads", "1"],
        # Its cache goes with the folder.
        env={**os.environ, **dict.fromkeys(CACHES, str(scratch / "cache"))},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8",
        errors="replace", timeout=TRAINING_LIMIT_S, check=False,
    )  # fmt: skip
    if done.returncode:
        raise BrokenError(
            f"the training ended with {done.returncode}: {done.stderr[-500:].strip()}"
        )
    events = [json.loads(line) for line in done.stdout.splitlines()]
    losses = [event["loss"] for event in events if event["event"] == "step"]
    if len(losses) != STEPS or not np.all(np.isfinite(losses)):
        raise BrokenError(f"losses {losses}, wanted {STEPS}")
    if events[-1]["event"] != "finished" or not (run / BEST_FILE).is_file():
        raise BrokenError(f"the training ended with {events[-1]}")
    told = ", ".join(f"{loss:.4f}" for loss in losses)
    yield f"{STEPS} distillation steps in a child process, losses {told}"


def export(scratch: Path) -> Iterator[str]:
    """Export a network and count with the file."""
    from crowdgui.sources import demo_scene
    from models.catalogue import find_model
    from models.export import export_int8, export_onnx
    from models.loading import open_predictor

    model = find_model()
    if model.weights is None:
        raise BrokenError(f"{model.name} has no weights to export")
    picture = demo_scene().picture
    exact, rounded = scratch / "exported.onnx", scratch / "exported.int8.onnx"
    export_onnx(model.weights, exact, [picture])
    export_int8(model.weights, rounded, [picture], [picture])
    for target in (exact, rounded):
        predictor = open_predictor(find_model(str(target)))
        result = _checked(predictor.predict(picture))
        kind, size = predictor.engine.precision, target.stat().st_size / 1e6
        yield f"{model.name} as ONNX in {kind}, {size:.3f} MB, read back, counts {result.count:.1f}"


def play_video(scratch: Path) -> Iterator[str]:
    """Write a video and count its frames."""
    import cv2

    from crowdgui.live.demo import DemoFeed
    from crowdgui.live.videos import frames_of
    from models.catalogue import find_model
    from models.loading import open_predictor

    path = scratch / "five.avi"
    capture = DemoFeed().open()
    pictures = [
        picture for picture in (capture.read() for _ in range(FRAMES)) if picture is not None
    ]
    capture.close()
    height, width = pictures[0].shape[:2]
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10.0, (width, height))
    for picture in pictures:
        writer.write(cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
    writer.release()
    predictor = open_predictor(find_model())
    counts = [_checked(predictor.predict(picture)).count for _, picture in frames_of(path)]
    if len(counts) != FRAMES:
        raise BrokenError(f"{len(counts)} of {FRAMES} frames came back")
    yield f"{FRAMES} frames of {width}x{height} written, read and counted"


def play_demo() -> Iterator[str]:
    """Read the moving scene as a live source."""
    from crowdgui.sources import live_feed

    capture = live_feed("demo:").open()
    frames = [capture.read() for _ in range(FRAMES)]
    capture.close()
    if any(frame is None for frame in frames):
        raise BrokenError("a frame is missing")
    if all(np.array_equal(np.asarray(frame), np.asarray(frames[0])) for frame in frames):
        raise BrokenError("nothing moves")
    yield f"{FRAMES} frames of the moving scene"


def open_offscreen() -> Iterator[str]:
    """Open the window where nobody sees it, and let it count the demo scene."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from crowdgui.window.self_test import count_in_window

    yield count_in_window()
