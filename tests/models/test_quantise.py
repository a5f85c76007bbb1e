"""int8 files count alike, carry the header, and keep in fp32 what would cost accuracy."""

from __future__ import annotations

import shlex
from pathlib import Path

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx import helper, numpy_helper
from onnxruntime import InferenceSession

from models import catalogue
from models import quantise as quantising
from models.catalogue import Model, find_model, installed, remove_model, user_folder
from models.engines.openvino_engine import OpenVINOEngine
from models.errors import UserError
from models.export import export_int8, export_onnx
from models.header import read_header
from models.loading import open_predictor
from models.predictor import Predictor
from models.renaming import rename_model
from runtime_engine import RuntimeEngine
from small_models import save_mcnn
from trainer.synthetic import DEMO_SEED, render_scene


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Model:
    folder = tmp_path_factory.mktemp("model")
    weights = save_mcnn(folder / "m.safetensors")
    export_onnx(weights, folder / "m.onnx")
    rng = np.random.default_rng(1)
    pictures = [rng.integers(0, 256, (64, 96, 3), dtype=np.uint8) for _ in range(2)]
    export_int8(weights, folder / "m.int8.onnx", pictures, pictures)
    return Model("m", weights, folder / "m.onnx")


def test_int8_counts_alike_and_says_so(model: Model, picture: NDArray[np.uint8]) -> None:
    exact = open_predictor(model).predict(picture)
    rounded = open_predictor(model, precision="int8").predict(picture)
    assert (rounded.engine, rounded.precision) == ("openvino", "int8")
    assert rounded.count == pytest.approx(exact.count, rel=0.02)
    assert rounded.count != exact.count


def test_the_file_is_int8_small_and_has_the_header(model: Model) -> None:
    assert model.int8 is not None
    assert model.onnx is not None
    assert model.weights is not None
    assert model.int8.stat().st_size < model.onnx.stat().st_size / 3
    stored = {item.name: item.data_type for item in onnx.load(model.int8).graph.initializer}
    assert stored["network.large.conv1.weight"] == onnx.TensorProto.INT8
    # The layer that makes the map.
    assert stored["network.fuse.weight"] == onnx.TensorProto.FLOAT
    predictor = open_predictor(model, precision="int8")
    assert predictor.header == read_header(model.weights)


def test_a_second_reader_counts_alike(model: Model, picture: NDArray[np.uint8]) -> None:
    assert model.int8 is not None
    own = open_predictor(model, precision="int8")
    second = Predictor(RuntimeEngine(model.int8), own.header, "m")
    assert second.predict(picture).count == pytest.approx(own.predict(picture).count, rel=5e-3)


def test_an_int8_file_alone_is_a_model(model: Model, picture: NDArray[np.uint8]) -> None:
    assert model.int8 is not None
    alone = find_model(str(model.int8))
    for precision in ("fp32", "int8"):
        assert open_predictor(alone, precision=precision).predict(picture).precision == "int8"


def test_without_an_int8_file_it_says_how_to_get_one(model: Model, tmp_path: Path) -> None:
    assert model.weights is not None
    assert model.onnx is not None
    folder = tmp_path / "my models"
    folder.mkdir()
    own = folder / "own.safetensors"
    own.write_bytes(model.weights.read_bytes())
    with pytest.raises(UserError, match="has no int8 file") as said:
        open_predictor(find_model(str(own)), precision="int8")
    # To be copied into a terminal as it is.
    words = shlex.split(str(said.value))
    assert find_model(words[words.index("--model") + 1]).weights == own
    assert words[-1] == str(folder / "own.int8.onnx")
    alone = folder / "alone.onnx"
    alone.write_bytes(model.onnx.read_bytes())
    with pytest.raises(UserError) as caught:
        open_predictor(find_model(str(alone)), precision="int8")
    assert caught.value.code == "int8-no-weights"
    with pytest.raises(UserError, match="torch engine computes in fp32, bf16"):
        open_predictor(model, precision="int8", engine="torch")


def test_an_int8_file_of_other_weights_is_not_counted_with(model: Model, tmp_path: Path) -> None:
    assert model.int8 is not None
    weights = save_mcnn(tmp_path / "m.safetensors", seed=5)
    (tmp_path / "m.int8.onnx").write_bytes(model.int8.read_bytes())
    with pytest.raises(UserError, match="made from other weights"):
        open_predictor(Model("m", weights, None), precision="int8")


def test_it_belongs_to_its_model_when_listed_renamed_and_removed(model: Model) -> None:
    folder = user_folder()
    folder.mkdir(parents=True)
    for file in (model.weights, model.onnx, model.int8):
        assert file is not None
        (folder / file.name).write_bytes(file.read_bytes())
    assert [own.name for own in installed() if not own.shipped] == ["m"]
    rename_model("m", "n")
    assert find_model("n").int8 == folder / "n.int8.onnx"
    remove_model("n")
    assert list(folder.iterdir()) == []


def test_a_model_that_came_without_an_int8_file_takes_the_person_s(
    model: Model, picture: NDArray[np.uint8], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As m-sfanet: the program's own folder may be read-only, and keeps its file if it has one."""
    assert model.weights is not None
    assert model.int8 is not None
    weights = tmp_path / "big.safetensors"
    weights.write_bytes(model.weights.read_bytes())
    monkeypatch.setattr(catalogue, "SHIPPED_FOLDER", tmp_path)
    with pytest.raises(UserError) as said:
        open_predictor(find_model("big"), precision="int8")
    place = Path(said.value.facts["path"])
    assert user_folder().parent in place.parents
    place.parent.mkdir(parents=True)
    place.write_bytes(model.int8.read_bytes())
    assert open_predictor(find_model("big"), precision="int8").predict(picture).precision == "int8"
    assert [m.name for m in installed()] == ["big"]
    beside = weights.with_name("big.int8.onnx")
    beside.write_bytes(model.int8.read_bytes())
    assert find_model("big").int8 == beside


def test_only_what_moves_the_count_stays_in_fp32(
    model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    costly = "network.large.conv1.weight"

    def moved(_: object, tried: onnx.ModelProto) -> float:
        stored = {item.name: item.data_type for item in tried.graph.initializer}
        return float(stored[costly] == onnx.TensorProto.INT8)

    rng = np.random.default_rng(1)
    pictures = [rng.integers(0, 256, (64, 96, 3), dtype=np.uint8)]
    told: list[str] = []
    assert model.onnx is not None
    quantising.quantise(model.onnx, pictures, lambda word, *_: told.append(word))
    assert "layers" not in told
    monkeypatch.setattr(quantising._Trial, "moved", moved)
    made = quantising.quantise(model.onnx, pictures, lambda word, *_: told.append(word))
    assert "layers" in told
    stored = {item.name: item.data_type for item in made.graph.initializer}
    kept = {name for name in stored if name.endswith("conv1.weight")}
    assert [name for name in kept if stored[name] == onnx.TensorProto.FLOAT] == [costly]
    # What counts no number moves the count, whichever layer it is.
    monkeypatch.setattr(quantising._Trial, "moved", lambda *_: np.nan)
    made = quantising.quantise(model.onnx, pictures)
    assert all(item.data_type == onnx.TensorProto.FLOAT for item in made.graph.initializer)


def test_tensors_that_are_joined_share_their_range() -> None:
    nodes = [
        helper.make_node("Conv", ["x", "v"], ["a"], "one"),
        helper.make_node("Conv", ["x", "w"], ["b"], "other"),
        helper.make_node("MaxPool", ["b"], ["c"], "pool"),
        helper.make_node("Concat", ["a", "c"], ["d"], "join"),
        helper.make_node("Conv", ["d", "u"], ["y"], "last"),
    ]
    model = helper.make_model(helper.make_graph(nodes, "g", [], []))
    assert quantising._groups(model, ["one", "last"]) == [{"x"}, {"a", "b"}]


def test_no_pictures_to_calibrate_on(model: Model, tmp_path: Path) -> None:
    assert model.weights is not None
    target = tmp_path / "x.int8.onnx"
    with pytest.raises(UserError) as caught:
        export_int8(model.weights, target, [], [])
    assert caught.value.code == "calibration-empty"
    assert list(tmp_path.iterdir()) == []


def test_int8_that_counts_otherwise_says_so(
    model: Model, picture: NDArray[np.uint8], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert model.weights is not None
    monkeypatch.setattr("models.export.INT8_TOLERANCE", -1.0)
    monkeypatch.setattr("models.export.INT8_FLOOR", -1.0)
    with pytest.raises(UserError, match="Name other or more training pictures") as caught:
        export_int8(model.weights, tmp_path / "x.int8.onnx", [picture], [picture])
    assert caught.value.code == "int8-differs"
    assert list(tmp_path.iterdir()) == []


def test_int8_that_counts_far_from_fp32_is_not_kept(
    model: Model, picture: NDArray[np.uint8], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Differing(OpenVINOEngine):
        def run(self, batch: NDArray[np.uint8]) -> NDArray[np.float32]:
            return super().run(batch) * (1.3 if self.precision == "int8" else 1)

    monkeypatch.setattr("models.export.OpenVINOEngine", Differing)
    assert model.weights is not None
    with pytest.raises(UserError) as caught:
        export_int8(model.weights, tmp_path / "x.int8.onnx", [picture], [picture])
    assert caught.value.code == "int8-differs"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", [model.name for model in installed() if model.shipped and model.int8]
)
def test_shipped_int8_files_count_the_demo_scene_alike(name: str) -> None:
    # One that fails as stale is made anew with packaging/quantise.py.
    picture = render_scene(DEMO_SEED).picture
    exact = open_predictor(find_model(name)).predict(picture).count
    rounded = open_predictor(find_model(name), precision="int8").predict(picture)
    assert rounded.precision == "int8"
    # Those that know no rendered scenes count few of its 163 people: two more are no staleness.
    assert rounded.count == pytest.approx(exact, rel=0.03, abs=2.5)


def test_constants_that_convolutions_share_are_changed_apart() -> None:
    """As in M-SFANet: one weight for two layers, and a bias that is another's under a new name."""
    rng = np.random.default_rng(4)
    weight = rng.normal(size=(8, 8, 1, 1)).astype(np.float32)
    bias = rng.normal(size=8).astype(np.float32)
    nodes = [
        helper.make_node("Conv", ["x", "w", "b"], ["y"], "first"),
        helper.make_node("Identity", ["b"], ["c"], "alias"),
        helper.make_node("Conv", ["y", "w", "c"], ["z"], "second"),
    ]
    values = [helper.make_tensor_value_info(n, onnx.TensorProto.FLOAT, [1, 8, 4, 4]) for n in "xz"]
    constants = [numpy_helper.from_array(weight, "w"), numpy_helper.from_array(bias, "b")]
    model = helper.make_model(helper.make_graph(nodes, "g", values[:1], values[1:], constants))
    quantising._part_constants(model)
    onnx.checker.check_model(model)
    first, _, second = model.graph.node
    assert not set(first.input) & set(second.input)
    stored = {item.name: numpy_helper.to_array(item) for item in model.graph.initializer}
    for node in (first, second):
        np.testing.assert_array_equal(stored[node.input[1]], weight)
        np.testing.assert_array_equal(stored[node.input[2]], bias)


@pytest.mark.parametrize("group", [1, 8])
def test_what_rounded_weights_add_on_average_is_taken_back(group: int) -> None:
    rng = np.random.default_rng(5)
    # A large weight in each channel makes the steps of the others coarse.
    weight = rng.uniform(0.1, 0.3, (8, 8 // group, 3, 3)).astype(np.float32)
    weight[:, 0, 0, 0] = rng.uniform(50, 90, 8)
    bias, mean = (rng.normal(size=8).astype(np.float32) for _ in range(2))
    node = helper.make_node("Conv", ["x", "w", "b"], ["y"], "conv", group=group)
    shapes = {"x": [1, 8, 3, 3], "y": [1, 8, 1, 1]}
    ends = [helper.make_tensor_value_info(n, onnx.TensorProto.FLOAT, s) for n, s in shapes.items()]
    constants = [numpy_helper.from_array(weight, "w"), numpy_helper.from_array(bias, "b")]
    graph = helper.make_graph([node], "g", ends[:1], ends[1:], constants)
    exact = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    rounded = onnx.ModelProto()
    rounded.CopyFrom(exact)
    quantising._quantise_weight(rounded, "conv", mean)
    quantising._sort(rounded)
    shown = np.broadcast_to(mean[None, :, None, None], (1, 8, 3, 3))
    wanted, got = (
        InferenceSession(model.SerializeToString()).run(None, {"x": shown})[0]
        for model in (exact, rounded)
    )
    assert got == pytest.approx(wanted, rel=1e-4, abs=1e-4)
