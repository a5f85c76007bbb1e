"""Both engines count alike; the CPU engine needs neither torch nor Qt."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from numpy.typing import NDArray
from onnx import helper

import models.export
from crowdgui.commands.herald import memory_mb
from models import engine_cache
from models.catalogue import SHIPPED_FOLDER, Model, find_model
from models.engine_cache import engine_file
from models.engines import torch_engine
from models.engines.openvino_engine import openvino_core, read_onnx_header
from models.errors import UserError
from models.export import export_onnx
from models.grid import Grid
from models.header import METADATA_KEY, ScaleRule, read_header, to_metadata
from models.loading import open_predictor
from models.overlay import draw_overlay
from models.precision import computed_in
from models.predictor import Predictor
from runtime_engine import RuntimeEngine
from small_models import save_mcnn


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Model:
    folder = tmp_path_factory.mktemp("model")
    weights = save_mcnn(folder / "m.safetensors", scale_rule=ScaleRule(min_side=256))
    export_onnx(weights, folder / "m.onnx")
    return Model("m", weights, folder / "m.onnx")


def test_engines_count_alike(model: Model, picture: NDArray[np.uint8]) -> None:
    torch_count = open_predictor(model, engine="torch").predict(picture).count
    openvino_count = open_predictor(model, engine="openvino").predict(picture).count
    assert torch_count > 1
    assert openvino_count == pytest.approx(torch_count, rel=1e-3, abs=0.01)


def test_onnx_carries_the_header(model: Model) -> None:
    assert model.weights is not None
    assert model.onnx is not None
    assert read_onnx_header(model.onnx) == read_header(model.weights)


def test_onnx_is_read_by_a_second_reader(model: Model) -> None:
    assert model.onnx is not None
    own = open_predictor(model, engine="openvino")
    second = Predictor(RuntimeEngine(model.onnx), own.header, "m")
    picture = np.random.default_rng(0).integers(0, 256, (64, 100, 3), dtype=np.uint8)
    assert np.allclose(second.predict(picture).density, own.predict(picture).density, atol=1e-5)


def test_the_cpu_engine_is_chosen_where_there_is_a_file(model: Model) -> None:
    assert open_predictor(model).engine.name == "openvino"
    assert open_predictor(Model("m", model.weights, None)).engine.name == "torch"


def test_weights_alone_get_an_engine_file_once(
    model: Model, picture: NDArray[np.uint8], monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = Model("m", model.weights, None)
    converted = open_predictor(alone, convert=True)
    assert converted.engine.name == "openvino"
    exact = open_predictor(alone, engine="torch").predict(picture).count
    assert converted.predict(picture).count == pytest.approx(exact, rel=1e-3, abs=0.01)
    # From then on it is found without being asked for, and nothing is exported again.
    monkeypatch.setattr(models.export, "export_onnx", None)
    assert open_predictor(alone).engine.name == "openvino"
    assert open_predictor(alone, convert=True).engine.name == "openvino"
    assert open_predictor(alone, engine="openvino").engine.name == "openvino"
    # A graph of the same weights that an older version wrote is not.
    monkeypatch.setattr(engine_cache, "GRAPH_VERSION", engine_cache.GRAPH_VERSION + 1)
    assert open_predictor(alone).engine.name == "torch"


def test_an_engine_file_belongs_to_weights_whatever_they_are_called(tmp_path: Path) -> None:
    path = save_mcnn(tmp_path / "m.safetensors")
    first = engine_file(path)
    assert engine_file(path.rename(tmp_path / "n.safetensors")) == first
    assert engine_file(save_mcnn(path, seed=9)) != first


@pytest.mark.parametrize("convert", [True, False])
def test_a_damaged_engine_file_in_the_cache_is_made_anew(
    model: Model, picture: NDArray[np.uint8], caplog: pytest.LogCaptureFixture, convert: bool
) -> None:
    alone = Model("m", model.weights, None)
    count = open_predictor(alone, convert=True).predict(picture).count
    assert model.weights is not None
    file = engine_file(model.weights)
    file.write_bytes(file.read_bytes()[:5000])
    predictor = open_predictor(alone, convert=convert)
    # Where it may not be made, torch counts.
    assert predictor.engine.name == ("openvino" if convert else "torch")
    assert predictor.predict(picture).count == pytest.approx(count, rel=1e-3, abs=0.01)
    assert "the engine file of m was damaged" in caplog.text


def test_an_engine_file_that_another_program_holds_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_: object, **__: object) -> None:
        raise PermissionError("another program has it open")

    monkeypatch.setattr(Path, "unlink", held)
    assert not engine_cache.drop(tmp_path / "m.onnx")


def test_a_damaged_file_of_a_person_stays(model: Model, tmp_path: Path) -> None:
    theirs = tmp_path / "m.onnx"
    theirs.write_bytes(b"no graph")
    with pytest.raises(UserError, match="damaged"):
        open_predictor(Model("m", model.weights, theirs), convert=True)
    assert theirs.read_bytes() == b"no graph"


def test_openvino_by_name_gets_an_engine_file_too(model: Model) -> None:
    alone = Model("m", model.weights, None)
    predictor = open_predictor(alone, engine="openvino", convert=True)
    assert predictor.engine.name == "openvino"
    with pytest.raises(UserError, match="no int8 file"):
        open_predictor(alone, precision="int8", convert=True)


def test_no_threads_undo_an_earlier_choice(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    before = torch.get_num_threads()
    monkeypatch.setattr(torch_engine, "_own_threads", None)
    torch.set_num_threads(2)
    try:
        open_predictor(model, engine="torch", threads=1)
        assert torch.get_num_threads() == 1
        open_predictor(model, engine="torch")
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)


def test_threads_that_a_training_chose_stay(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    before = torch.get_num_threads()
    monkeypatch.setattr(torch_engine, "_own_threads", None)
    torch.set_num_threads(2)
    try:
        open_predictor(model, engine="torch")
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)


def test_torch_counts_where_no_engine_file_can_be_made(
    model: Model, caplog: pytest.LogCaptureFixture
) -> None:
    assert model.weights is not None
    folder = engine_file(model.weights).parent
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("a file where the folder should be")
    predictor = open_predictor(Model("m", model.weights, None), convert=True)
    assert predictor.engine.name == "torch"
    assert "no engine file for m" in caplog.text


@pytest.mark.parametrize("convert", [True, False])
def test_a_folder_in_the_place_of_the_engine_file_leaves_torch(model: Model, convert: bool) -> None:
    assert model.weights is not None
    engine_file(model.weights).mkdir(parents=True)
    predictor = open_predictor(Model("m", model.weights, None), convert=convert)
    assert predictor.engine.name == "torch"


def test_torch_counts_where_onnx_is_not_installed(
    model: Model, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "onnx", None)
    monkeypatch.delitem(sys.modules, "models.export")
    predictor = open_predictor(Model("m", model.weights, None), convert=True)
    assert predictor.engine.name == "torch"
    assert "no engine file for m: import of onnx" in caplog.text


def test_torch_counts_what_it_cannot_export(
    model: Model, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_words: object) -> None:
        raise RuntimeError("an operator is unknown")

    monkeypatch.setattr(models.export, "export_onnx", fail)
    predictor = open_predictor(Model("m", model.weights, None), convert=True)
    assert predictor.engine.name == "torch"
    assert "no engine file for m: an operator is unknown" in caplog.text


def test_an_export_takes_no_output_from_other_threads(
    model: Model, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    export, outside, during = torch.onnx.export, sys.stdout, []

    def watched(*words: object, **more: object) -> None:
        during.append(sys.stdout)
        export(*words, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(torch.onnx, "export", watched)
    assert model.weights is not None
    export_onnx(model.weights, tmp_path / "m.onnx")
    assert during == [outside]
    assert capsys.readouterr().out == ""


def test_an_onnx_file_of_other_weights_is_not_counted_with(
    model: Model, tmp_path: Path, picture: NDArray[np.uint8]
) -> None:
    assert model.onnx is not None
    other = save_mcnn(tmp_path / "m.safetensors", seed=9)
    stale = Model("m", other, model.onnx)
    assert open_predictor(stale).engine.name == "torch"
    with pytest.raises(UserError, match="made from other weights"):
        open_predictor(stale, engine="openvino")
    # One that does not say whose it is may be anybody's.
    nameless = onnx.load(model.onnx)
    helper.set_model_props(nameless, {METADATA_KEY: to_metadata(read_header(other))[METADATA_KEY]})
    onnx.save(nameless, tmp_path / "m.onnx")
    assert open_predictor(Model("m", other, tmp_path / "m.onnx")).engine.name == "torch"


def test_bf16_is_close_and_says_so(model: Model, picture: NDArray[np.uint8]) -> None:
    exact = open_predictor(model).predict(picture)
    able = openvino_core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    for engine, said in (("openvino", computed_in("bf16", able)), ("torch", "bf16")):
        rounded = open_predictor(model, precision="bf16", engine=engine).predict(picture)
        assert rounded.precision == said
        assert rounded.count == pytest.approx(exact.count, rel=0.05)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"engine": "abacus"}, "setting-invalid"),
        ({"precision": "int3"}, "setting-invalid"),
        ({"precision": "int3", "engine": "torch"}, "setting-invalid"),
        ({"device": "cuda:7"}, "device-unavailable"),
        ({"device": "tpu"}, "device-unavailable"),
        ({"device": "cpu:9", "engine": "torch"}, "device-unavailable"),
        ({"device": "cpu:", "engine": "torch"}, "device-unavailable"),
        ({"threads": 10**11}, "threads-invalid"),
    ],
)
def test_wrong_choices(model: Model, words: dict[str, object], code: str) -> None:
    with pytest.raises(UserError) as caught:
        open_predictor(model, **words)  # type: ignore[arg-type]
    assert caught.value.code == code
    if code == "setting-invalid":
        # The window says it in its own language.
        assert getattr(caught.value.facts["reason"], "code", "") == "use-one-of"


def test_fp32_is_not_rounded_on_cards(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.backends.cudnn, "allow_tf32", True)
    for precision, rounded in (("bf16", True), ("fp32", False)):
        open_predictor(model, engine="torch", precision=precision)
        assert torch.backends.cudnn.allow_tf32 == rounded


def test_models_with_only_one_file(model: Model) -> None:
    with pytest.raises(UserError, match="no ONNX file"):
        open_predictor(Model("m", model.weights, None), engine="openvino")
    with pytest.raises(UserError, match="ONNX file only"):
        open_predictor(Model("m", None, model.onnx), engine="torch")


def test_damaged_onnx(tmp_path: Path) -> None:
    path = tmp_path / "x.onnx"
    path.write_bytes(b"not a network")
    with pytest.raises(UserError) as caught:
        read_onnx_header(path)
    assert caught.value.code == "weights-damaged"


def test_counting_with_torch_and_qt_blocked(model: Model, tmp_path: Path) -> None:
    code = """
import sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("torch", "PySide6", "scipy", "matplotlib", "h5py", "onnx"):
            raise ImportError(name + " is blocked")
sys.meta_path.insert(0, Blocked())
model, folder = sys.argv[1:]
sys.argv = ["crowdgui", "count", "demo:", "--json", "--model", model, "--overlay", folder]
from crowdgui.app import main
main()
"""
    words = [sys.executable, "-c", code, str(model.onnx), str(tmp_path)]
    result = subprocess.run(words, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    row = json.loads(result.stdout)
    assert row["engine"] == "openvino"
    assert row["count"] > 0
    assert (tmp_path / "demo-density.png").exists()


def test_overlay_marks_people_and_leaves_empty_places_alone() -> None:
    picture = np.full((64, 64, 3), 100, np.uint8)
    density = np.zeros((16, 16), np.float32)
    density[8, 8] = 0.5
    grid = Grid((64, 64), (4, 4))
    drawn = draw_overlay(picture, density, grid)
    assert drawn.shape == picture.shape
    assert (drawn[:16] == 100).all()
    assert not (drawn[32:36, 32:36] == 100).all()
    # What is near nothing stays near invisible: no full colour for noise.
    faint = draw_overlay(picture, np.full((16, 16), 1e-5, np.float32), grid)
    assert np.abs(faint.astype(int) - 100).max() < 10


def test_an_int8_file_of_other_weights_does_not_count(tmp_path: Path) -> None:
    for name, ending in (("compact-kd", ".onnx"), ("mcnn-kd", ".int8.onnx")):
        shutil.copyfile(SHIPPED_FOLDER / f"{name}{ending}", tmp_path / f"x{ending}")
    model = find_model(str(tmp_path / "x.onnx"))
    assert model.int8 is not None
    assert open_predictor(model, threads=1).header.network == "compact"
    with pytest.raises(UserError) as caught:
        open_predictor(model, precision="int8", threads=1)
    assert caught.value.code == "int8-stale"
    shutil.copyfile(SHIPPED_FOLDER / "compact-kd.int8.onnx", tmp_path / "x.int8.onnx")
    assert open_predictor(model, precision="int8", threads=1).engine.precision == "int8"


@pytest.mark.skipif(sys.platform != "linux", reason="memory is known there alone")
def test_pictures_of_many_sizes_do_not_fill_the_memory() -> None:
    predictor, resident = open_predictor(find_model("mcnn"), threads=1), []
    for number in range(200):
        size = 64 + 8 * (number // 20), 64 + 8 * (number % 20)
        predictor.predict(np.zeros((*size, 3), np.uint8))
        resident.append(memory_mb() or 0.0)
    # Without a bound each size keeps 1.5 MB or more: 180 MB.
    assert resident[-1] - resident[79] < 90


def test_ctrl_c_is_no_crash_after_engines_came_and_went(model: Model) -> None:
    """Where the processor has AMX, OpenVINO changes the stack of signal handlers."""
    code = """
import signal, sys
from pathlib import Path
from models.engines.openvino_engine import OpenVINOEngine

signal.signal(signal.SIGINT, signal.default_int_handler)
first, second = (OpenVINOEngine(Path(sys.argv[1])) for _ in range(2))
del first
del second
try:
    signal.raise_signal(signal.SIGINT)
except KeyboardInterrupt:
    print("interrupted")
"""
    ran = subprocess.run(
        [sys.executable, "-c", code, model.onnx], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (0, "interrupted\n"), ran.stderr
