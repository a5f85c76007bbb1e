"""An exported model is brought in as it is, also where there is neither torch nor h5py."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import onnx
import pytest
import torch
from safetensors.torch import save_file

from models import catalogue, importing
from models.catalogue import Model, find_model, installed
from models.errors import UserError
from models.export import export_onnx
from models.header import METADATA_KEY, PRECISION_KEY
from models.importing import import_model
from models.loading import open_predictor
from models.weights import save_weights
from small_models import mcnn_header, random_mcnn, save_mcnn


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An ONNX file as `crowdgui export` makes it."""
    folder = tmp_path_factory.mktemp("made")
    weights = save_mcnn(folder / "m.safetensors")
    export_onnx(weights, folder / "m.onnx")
    return folder / "m.onnx"


@pytest.fixture
def exported(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """That file in a folder of its own; no model is installed."""
    monkeypatch.setattr(catalogue, "SHIPPED_FOLDER", tmp_path / "shipped")
    file = tmp_path / "lab" / "m.onnx"
    file.parent.mkdir()
    shutil.copyfile(made, file)
    return file


def with_fact(source: Path, target: Path, key: str, value: str) -> Path:
    """Copy an ONNX file, with one fact of its metadata changed."""
    model = onnx.load(source)
    facts = {entry.key: entry.value for entry in model.metadata_props} | {key: value}
    onnx.helper.set_model_props(model, facts)
    onnx.save(model, target)
    return target


def test_all_that_belongs_to_it_comes_with_it(exported: Path) -> None:
    with_fact(exported, exported.with_suffix(".int8.onnx"), PRECISION_KEY, "int8")
    exported.with_suffix(".md").write_text("# m", "utf-8")
    path = import_model(exported, "station")
    assert path == catalogue.user_folder() / "station.onnx"
    (model,) = installed()
    assert model.name == "station"
    assert model.int8 == path.with_name("station.int8.onnx")
    assert model.card == path.with_name("station.md")
    assert sorted(path.parent.iterdir()) == sorted([path, model.int8, model.card])
    assert open_predictor(model, precision="int8").engine.precision == "int8"


def test_own_weights_are_copied_byte_by_byte(tmp_path: Path) -> None:
    # Stored in halves, as the teacher's are: written anew they would be another file.
    network = random_mcnn()
    weights = tmp_path / "w.safetensors"
    save_weights(weights, network.state_dict(), mcnn_header(network), half=True)
    assert import_model(weights, "mine").read_bytes() == weights.read_bytes()


def test_an_int8_file_alone_bears_the_models_name(exported: Path) -> None:
    alone = with_fact(exported, exported.with_name("n.int8.onnx"), PRECISION_KEY, "int8")
    assert import_model(alone).name == "n.onnx"
    assert open_predictor(find_model("n"), precision="int8").engine.precision == "int8"


def test_a_name_is_of_one_model_only(exported: Path) -> None:
    import_model(exported, "one")
    weights = save_mcnn(exported.with_name("w.safetensors"))
    for file in (exported, weights):
        with pytest.raises(UserError, match="one is installed already"):
            import_model(file, "one")
    with pytest.raises(UserError) as caught:
        import_model(exported, "one.int8")
    assert caught.value.code == "model-name"


def test_a_twin_in_other_letters_is_refused(exported: Path) -> None:
    import_model(exported, "one")
    with pytest.raises(UserError, match="ONE is installed already"):
        import_model(exported, "ONE")
    catalogue.SHIPPED_FOLDER.mkdir()
    shutil.copyfile(exported, catalogue.SHIPPED_FOLDER / "theirs.onnx")
    with pytest.raises(UserError, match="Theirs is installed already"):
        import_model(exported, "Theirs")
    # By its very name a model of one's own hides it.
    import_model(exported, "theirs")
    assert [(model.name, model.shipped) for model in installed()] == [
        ("one", False),
        ("theirs", False),
    ]


@pytest.mark.parametrize("left", ["two.md", "two.int8.onnx"])
def test_what_another_model_left_behind_is_not_written_over(exported: Path, left: str) -> None:
    with_fact(exported, exported.with_suffix(".int8.onnx"), PRECISION_KEY, "int8")
    exported.with_suffix(".md").write_text("# m", "utf-8")
    kept = catalogue.user_folder() / left
    kept.parent.mkdir(parents=True)
    kept.write_text("notes")
    with pytest.raises(UserError) as caught:
        import_model(exported, "two")
    assert caught.value.code == "model-exists"
    assert kept.read_text() == "notes"
    assert list(kept.parent.iterdir()) == [kept]


def test_endings_in_large_letters(exported: Path) -> None:
    shutil.copyfile(exported, exported.with_name("A.ONNX"))
    assert import_model(exported.with_name("A.ONNX")) == catalogue.user_folder() / "A.onnx"
    with_fact(exported, exported.with_name("B.INT8.ONNX"), PRECISION_KEY, "int8")
    assert import_model(exported.with_name("B.INT8.ONNX")).name == "B.onnx"
    weights = save_mcnn(exported.with_name("C.SAFETENSORS"))
    assert import_model(weights).read_bytes() == weights.read_bytes()


def test_of_a_runs_two_files_only_one_is_a_model(tmp_path: Path) -> None:
    best = save_mcnn(tmp_path / "best.safetensors")
    state = tmp_path / "last.safetensors"
    save_file({"network.x": torch.zeros(1)}, state, metadata={"progress": "{}"})
    with pytest.raises(UserError) as caught:
        import_model(state, "mine")
    assert caught.value.code == "weights-state"
    assert str(best) in str(caught.value)
    # Elsewhere there is no other to point at.
    best.unlink()
    with pytest.raises(UserError) as alone:
        import_model(state, "mine")
    assert alone.value.code == "weights-foreign"


def test_what_is_no_model_of_this_program_is_refused(exported: Path) -> None:
    bad = exported.with_name("bad.onnx")
    bad.write_bytes(b"not a network")
    with pytest.raises(UserError) as rubbish:
        import_model(bad)
    assert rubbish.value.code == "weights-damaged"
    model = onnx.load(exported)
    del model.metadata_props[:]
    onnx.save(model, bad)
    with pytest.raises(UserError) as foreign:
        import_model(bad)
    # The other sentence advises to bring it in.
    assert foreign.value.code == "weights-foreign"
    save_file({"x": torch.zeros(2)}, exported.with_name("bad.safetensors"))
    with pytest.raises(UserError) as strange:
        import_model(exported.with_name("bad.safetensors"))
    assert strange.value.code == "weights-foreign"
    with pytest.raises(UserError) as missing:
        import_model(exported.with_name("none.onnx"))
    assert missing.value.code == "path-missing"
    assert installed() == []


def test_what_does_not_count_is_refused(exported: Path) -> None:
    facts = {entry.key: entry.value for entry in onnx.load(exported).metadata_props}
    # Of grey pictures, says its header; its network takes three colours.
    header = facts[METADATA_KEY].replace("123.675, 116.28, 103.53", "0.0")
    header = header.replace("58.395, 57.12, 57.375", "1.0")
    assert header != facts[METADATA_KEY]
    with pytest.raises(UserError) as caught:
        import_model(with_fact(exported, exported.with_name("x.onnx"), METADATA_KEY, header))
    assert caught.value.code == "weights-damaged"
    assert installed() == []


def test_an_int8_file_of_another_model_is_refused(exported: Path) -> None:
    other = save_mcnn(exported.with_name("other.safetensors"), seed=5)
    export_onnx(other, exported.with_name("other.onnx"))
    strange = exported.with_suffix(".int8.onnx")
    with_fact(exported.with_name("other.onnx"), strange, PRECISION_KEY, "int8")
    with pytest.raises(UserError, match=r"made from other weights than m\.onnx"):
        import_model(exported)
    assert installed() == []


@pytest.mark.parametrize(
    ("package", "file"), [("torch", "a.pth"), ("torch", "a.safetensors"), ("h5py", "a.h5")]
)
def test_a_checkpoint_says_where_it_can_be_brought_in(
    package: str, file: str, exported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exported.with_name(file).write_bytes(b"anything")
    monkeypatch.setattr(importing, "find_spec", lambda name: None if name == package else True)
    with pytest.raises(UserError, match=rf"where {package} is\. Import it in the full edition"):
        import_model(exported.with_name(file))


def test_brought_in_with_torch_and_h5py_blocked(exported: Path) -> None:
    code = """
import sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("torch", "PySide6", "scipy", "h5py", "onnx"):
            raise ImportError(name + " is blocked")
sys.meta_path.insert(0, Blocked())
sys.argv = ["crowdgui", "models", "import", sys.argv[1], "--name", "edge"]
from crowdgui.app import main
main()
"""
    words = [sys.executable, "-c", code, str(exported)]
    result = subprocess.run(words, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert "Imported as edge" in result.stdout
    assert find_model("edge").onnx is not None


def test_a_home_that_cannot_be_searched_holds_no_models(
    own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = os.stat

    def refused(path: object, *words: Any, **more: Any) -> os.stat_result:
        if str(path).startswith(str(own_folders)):
            raise PermissionError(13, "Permission denied", str(path))
        return look(path, *words, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "stat", refused)
    assert all(model.shipped for model in installed())
    assert open_predictor(find_model("mcnn"), engine="torch").engine.name == "torch"
    weights = find_model("mcnn").weights
    alone = Model("mcnn", weights, None)
    assert open_predictor(alone, convert=True).engine.name == "torch"
    with pytest.raises(UserError) as caught:
        find_model(str(own_folders / "m.onnx"))
    assert caught.value.code == "path-missing"
