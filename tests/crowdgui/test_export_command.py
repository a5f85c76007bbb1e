"""`crowdgui export`: files that others can read, and sentences where there can be none."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image
from safetensors import safe_open
from safetensors.torch import save_file
from typer.testing import CliRunner

from crowdgui.app import app
from crowdgui.commands import export as command
from models.catalogue import find_model
from models.engines.openvino_engine import OpenVINOEngine
from models.errors import UserError
from models.export import FLOOR, TOLERANCE, _verify
from models.header import METADATA_KEY, Header
from models.loading import open_predictor
from models.msfanet import MSFANet
from models.networks import count_parameters
from models.predictor import Predictor
from models.weights import save_weights
from runtime_engine import RuntimeEngine
from small_data import make_part
from small_models import save_mcnn
from trainer.synthetic import DEMO_SEED, render_scene

Run = Callable[..., str]
WHITE = np.full((8, 8, 3), 255, np.uint8)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `crowdgui export` in an empty folder; returns what it prints, or raises what it says."""
    monkeypatch.chdir(tmp_path)
    # A part of the demo scene: the teacher takes long.
    scene = render_scene(DEMO_SEED).picture[300:500, 400:720]
    monkeypatch.setattr(command, "_scene", lambda: scene)

    def export(*words: object) -> str:
        result = CliRunner().invoke(app, ["export", *map(str, words)])
        if isinstance(result.exception, UserError):
            raise result.exception
        assert result.exit_code == 0, result.output
        return result.output

    return export


def test_a_student_is_read_by_another_program(
    run: Run, tmp_path: Path, picture: NDArray[np.uint8]
) -> None:
    weights = save_mcnn(tmp_path / "own" / "m.safetensors")
    assert "m.onnx: 0.5" in run("--model", weights)
    own = open_predictor(find_model(str(weights)), engine="torch")
    other = Predictor(RuntimeEngine(tmp_path / "m.onnx"), own.header, "m")
    for size in (picture.shape, (64, 80)):
        shown = picture[: size[0], : size[1]]
        assert other.predict(shown).count == pytest.approx(own.predict(shown).count, rel=1e-3)


def test_int8_from_a_folder_of_pictures_is_used_beside_the_weights(
    run: Run, tmp_path: Path, save_picture: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = save_mcnn(tmp_path / "own" / "m.safetensors")
    picture = save_picture(tmp_path / "pictures" / "a.png")
    # Without --output it gets the name, here beside the weights, under which it is found.
    monkeypatch.chdir(weights.parent)
    run("--model", weights, "--int8", "--pictures", picture.parent)
    assert sorted(path.name for path in weights.parent.iterdir()) == ["m.int8.onnx", weights.name]
    predictor = open_predictor(find_model(str(weights)), precision="int8")
    exact = open_predictor(find_model(str(weights)))
    shown = np.asarray(Image.open(picture))
    assert predictor.predict(shown).count == pytest.approx(exact.predict(shown).count, rel=0.02)


def test_int8_is_never_shown_validation_pictures(tmp_path: Path) -> None:
    part = make_part(tmp_path / "part_A", ["IMG_1", "IMG_2", "IMG_4", "IMG_9"])
    images = part / "train_data" / "images"
    for name, colour in (("IMG_1", 10), ("IMG_2", 20), ("IMG_4", 200), ("IMG_9", 220)):
        Image.new("RGB", (64, 48), (colour,) * 3).save(images / f"{name}.jpg")
    # By the list of part A, IMG_4 and IMG_9 are to validate on.
    for folder in (part, images):
        assert [int(shown.max()) for shown in command._pictures(folder)] == [10, 20]
    for name in ("IMG_1", "IMG_2"):
        (images / f"{name}.jpg").rename(tmp_path / f"{name}.jpg")
        next(part.rglob(f"GT_{name}.mat")).unlink()
    with pytest.raises(UserError) as caught:
        command._pictures(images)
    assert caught.value.code == "calibration-empty"


def test_the_teacher_is_exact_at_sizes_that_its_pooling_does_not_divide(
    run: Run, tmp_path: Path
) -> None:
    torch.manual_seed(0)
    network = MSFANet().eval()
    for module in network.spm.can.modules():
        if isinstance(module, torch.nn.Conv2d):
            # As they are born the context hardly shows in the map.
            torch.nn.init.normal_(module.weight, std=0.05)
    # Counts of about one person a hundred cells.
    torch.nn.init.constant_(network.conv_out.conv.bias, 0.01)
    header = Header("m-sfanet", 2, 16, 128, count_parameters(network))
    weights = tmp_path / "t.safetensors"
    save_weights(weights, network.state_dict(), header)
    run("--model", weights)
    own = open_predictor(find_model(str(weights)), engine="torch")
    for engine in (RuntimeEngine(tmp_path / "t.onnx"), open_predictor(find_model("t.onnx")).engine):
        other = Predictor(engine, own.header, "t")
        for size in ((80, 112), (16, 176)):
            shown = np.random.default_rng(0).integers(0, 256, (*size, 3), dtype=np.uint8)
            wanted, got = own.predict(shown).density, other.predict(shown).density
            assert np.ptp(wanted) > 1e-3
            assert np.allclose(got, wanted, atol=1e-5)


@pytest.mark.parametrize("words", [[], ["--int8", "--pictures", "shown"]])
def test_what_differs_from_torch_is_not_kept(
    run: Run, tmp_path: Path, save_picture: Callable[[Path], Path],
    monkeypatch: pytest.MonkeyPatch, words: list[str],
) -> None:  # fmt: skip
    weights = save_mcnn(tmp_path / "m.safetensors")
    save_picture(tmp_path / "shown" / "a.png")
    target = tmp_path / "out.onnx"
    target.write_bytes(b"what was there")
    monkeypatch.setattr("models.export.TOLERANCE", -1.0)
    monkeypatch.setattr("models.export.FLOOR", -1.0)
    # Of int8, too: the fp32 file on the way to it has a name that nobody knows.
    with pytest.raises(UserError, match="was not written: the exported network counts") as caught:
        run("--model", weights, "--output", target, *words)
    assert caught.value.facts["path"] == target
    assert target.read_bytes() == b"what was there"
    assert {path.name for path in tmp_path.iterdir()} == {"m.safetensors", "out.onnx", "shown"}


@pytest.mark.parametrize("factor", [1.005, math.nan])
def test_what_differs_on_a_picture_alone_is_not_kept(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, factor: float
) -> None:
    """Half a percent is more than rounding, and a count that is no number is like no other."""

    class Differing(OpenVINOEngine):
        def run(self, batch: NDArray[np.uint8]) -> NDArray[np.float32]:
            # The demo scene here; noise has other sizes.
            return super().run(batch) * (factor if batch.shape[1:3] == (200, 320) else 1)

    monkeypatch.setattr("models.export.OpenVINOEngine", Differing)
    weights = save_mcnn(tmp_path / "m.safetensors")
    with pytest.raises(UserError) as caught:
        run("--model", weights)
    assert caught.value.code == "export-differs"
    assert list(tmp_path.iterdir()) == [weights]


@pytest.mark.parametrize(
    ("wanted", "got", "alike"),
    [(0.0, 0.009, True), (0.0, 0.011, False), (1000.0, 1000.9, True), (1000.0, 998.9, False),
     (5.0, math.nan, False), (math.nan, 5.0, False)],
)  # fmt: skip
def test_counts_are_alike_by_a_part_or_within_a_floor(
    tmp_path: Path, wanted: float, got: float, alike: bool
) -> None:
    first, second = (
        SimpleNamespace(predict=lambda _picture, count=count: SimpleNamespace(count=count))
        for count in (wanted, got)
    )
    words = (first, second, [WHITE], (TOLERANCE, FLOOR), "export-differs", tmp_path / "m.onnx")
    with nullcontext() if alike else pytest.raises(UserError, match="was not written"):
        _verify(*words)  # type: ignore[arg-type]


def test_bad_targets(run: Run, tmp_path: Path) -> None:
    weights = save_mcnn(tmp_path / "m.safetensors")
    (tmp_path / "folder.onnx").mkdir()
    (tmp_path / "file").write_text("")
    for target, sentence in (
        ("folder.onnx", "cannot be written: it is no ordinary file"),
        ("file/x.onnx", "cannot be written"),
        ("x.tflite", "ends in .onnx"),
        (weights, "ends in .onnx"),
    ):
        with pytest.raises(UserError, match=sentence):
            run("--model", weights, "--output", target)


def test_bad_words(run: Run, tmp_path: Path) -> None:
    weights = save_mcnn(tmp_path / "m.safetensors")
    with pytest.raises(UserError, match="--format cannot be tflite: use onnx"):
        run("--model", weights, "--format", "tflite")
    (tmp_path / "empty").mkdir()
    with pytest.raises(UserError, match="empty holds no pictures to find the ranges"):
        run("--model", weights, "--int8", "--pictures", "empty")
    with pytest.raises(UserError, match="nowhere does not exist"):
        run("--model", weights, "--int8", "--pictures", "nowhere")
    run("--model", weights)
    with pytest.raises(UserError, match="ONNX file only"):
        run("--model", "m.onnx")


def test_weights_of_a_newer_version(run: Run, tmp_path: Path) -> None:
    weights = save_mcnn(tmp_path / "m.safetensors")
    with safe_open(weights, framework="pt") as file:
        facts = json.loads(file.metadata()[METADATA_KEY])
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    facts |= {"format": facts["format"] + 1, "version": "9.9"}
    save_file(tensors, weights, metadata={METADATA_KEY: json.dumps(facts)})
    with pytest.raises(UserError, match=r"newer version \(9.9\)"):
        run("--model", weights)


@pytest.mark.parametrize("package", ["torch", "onnx"])
def test_a_missing_package_is_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    weights = save_mcnn(tmp_path / "m.safetensors")
    monkeypatch.setattr(command, "find_spec", lambda name: None if name == package else True)
    with pytest.raises(UserError, match=f"Install it with: pip install {package}"):
        run("--model", weights)
