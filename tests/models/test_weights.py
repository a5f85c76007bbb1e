"""Weights files, their headers, the catalogue, and checkpoints of other projects."""

from __future__ import annotations

import json
import pickle
import zipfile
from dataclasses import replace
from pathlib import Path

import h5py
import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from models import catalogue
from models.catalogue import (
    Model,
    best_teacher,
    default_teacher,
    find_model,
    installed,
    remove_model,
)
from models.errors import SENTENCES, UserError
from models.files import file_hash
from models.header import FORMAT, METADATA_KEY, Header, ScaleRule, read_header, to_metadata
from models.importing import import_model
from models.loading import open_predictor
from models.mcnn import MCNN
from models.msfanet import MSFANet
from models.networks import make_network
from models.weights import load_network, save_weights
from small_disk import full_disk, needs_limits
from small_models import mcnn_header, random_mcnn, save_assistant, save_mcnn


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's own models folder, with nothing shipped beside it."""
    monkeypatch.setattr(catalogue, "SHIPPED_FOLDER", tmp_path / "shipped")
    return catalogue.user_folder()


def test_header_comes_back_as_it_was(tmp_path: Path) -> None:
    network = MCNN()
    header = mcnn_header(
        network,
        scale_rule=ScaleRule(min_side=384),
        trained_on={"data": ["part_A"], "seed": 3},
        figures={"mae": 123.4, "rmse": 234.5},
    )
    save_weights(tmp_path / "a.safetensors", network.state_dict(), header)
    assert read_header(tmp_path / "a.safetensors") == header


def test_half_precision_keeps_small_tensors_whole(tmp_path: Path) -> None:
    network = random_mcnn()
    path = tmp_path / "a.safetensors"
    save_weights(path, network.state_dict(), mcnn_header(network), half=True)
    stored = load_file(path)
    assert stored["large.conv1.weight"].dtype == torch.float16
    assert stored["large.conv1.bias"].dtype == torch.float32
    loaded, _ = load_network(path)
    picture = torch.rand(1, 3, 32, 32)
    assert torch.allclose(loaded(picture), network(picture), atol=1e-3)


@needs_limits
def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    path = save_mcnn(tmp_path / "a.safetensors")
    before, network = path.read_bytes(), MCNN()
    with full_disk(), pytest.raises(UserError) as caught:
        save_weights(path, network.state_dict(), mcnn_header(network))
    assert caught.value.code == "path-unwritable"
    assert path.read_bytes() == before


def test_saving_replaces_the_file_as_a_whole(tmp_path: Path) -> None:
    path = save_mcnn(tmp_path / "a.safetensors")
    before = path.read_bytes()
    broken = {"x": torch.zeros(2).to_sparse()}
    with pytest.raises(Exception):  # noqa: B017, PT011  (whatever safetensors says of it)
        save_weights(path, broken, mcnn_header(MCNN()))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_corrupt_safetensors(tmp_path: Path) -> None:
    path = save_mcnn(tmp_path / "a.safetensors")
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(UserError) as caught:
        load_network(path)
    assert caught.value.code == "weights-damaged"


def test_safetensors_without_a_header(tmp_path: Path) -> None:
    path = tmp_path / "a.safetensors"
    save_file(MCNN().state_dict(), path)
    with pytest.raises(UserError) as caught:
        load_network(path)
    assert caught.value.code == "weights-no-header"


def test_header_of_a_newer_version(tmp_path: Path) -> None:
    path = tmp_path / "a.safetensors"
    header = replace(mcnn_header(MCNN()), format=FORMAT + 1, version="9.0")
    save_file(MCNN().state_dict(), path, to_metadata(header))
    with pytest.raises(UserError, match=r"newer version \(9\.0\)"):
        read_header(path)


def test_weights_of_another_network(tmp_path: Path) -> None:
    path = tmp_path / "a.safetensors"
    header = Header("m-sfanet", stride=2, pad_to=16, margin=128, parameters=0)
    save_weights(path, MCNN().state_dict(), header)
    with pytest.raises(UserError, match="does not fit the network m-sfanet: it lacks"):
        load_network(path)


def test_weights_that_are_not_numbers(tmp_path: Path) -> None:
    network = MCNN()
    torch.nn.init.constant_(network.fuse.bias, float("nan"))
    save_weights(tmp_path / "a.safetensors", network.state_dict(), mcnn_header(network))
    with pytest.raises(UserError, match="no numbers"):
        load_network(tmp_path / "a.safetensors")


def test_catalogue_lists_finds_and_removes(folder: Path) -> None:
    with pytest.raises(UserError) as nothing:
        find_model()
    assert nothing.value.code == "model-none"
    save_mcnn(folder / "mine.safetensors")
    save_mcnn(folder / "mcnn.safetensors")
    # What is still being written is no model.
    save_mcnn(folder / ".mine.0123.safetensors")
    (folder / ".mine.0123.onnx").touch()
    assert [model.name for model in installed()] == ["mcnn", "mine"]
    assert find_model().name == "mcnn"
    assert find_model("mine").header().network == "mcnn"
    assert find_model(str(folder / "mine.safetensors")).name == "mine"
    with pytest.raises(UserError, match="Installed: mcnn, mine"):
        find_model("yours")
    remove_model("mine")
    assert [model.name for model in installed()] == ["mcnn"]


def test_the_default_teacher_is_known_by_its_network(folder: Path) -> None:
    assert default_teacher() == ""
    save_mcnn(folder / "m-sfanet.safetensors")
    (folder / "broken.safetensors").write_bytes(b"not weights")
    assert default_teacher() == ""
    save_assistant(folder / "mine.safetensors")
    assert default_teacher() == "mine"


@pytest.mark.parametrize(
    ("large", "n", "best"),
    [(80.0, 43, "large"), (95.0, 43, "middle"), (95.0, 7, "large"), (None, 0, "large")],
)
def test_the_best_teacher_is_the_larger_unless_it_is_known_to_be_worse(
    large: float | None, n: int, best: str
) -> None:
    def header(network: str, mae: float | None, n: int) -> Header:
        figures = {} if mae is None else {"mae": mae, "split": "val", "n": n}
        trained_on = {"data": ["part_A"]} if figures else {}
        return Header(network, 8, 16, 0, 1, figures=figures, trained_on=trained_on)

    headers = {
        "small": header("mcnn", 1.0, 43),
        "middle": header("assistant", 90.0, 43),
        "large": header("m-sfanet", large, n),
        "further": header("assistant", 10.0, 43),
    }
    assert best_teacher(headers) == best
    assert best_teacher({"small": headers["small"]}) == ""


def test_shipped_models_stay(folder: Path) -> None:
    save_mcnn(catalogue.SHIPPED_FOLDER / "mcnn.safetensors")
    with pytest.raises(UserError) as caught:
        remove_model("mcnn")
    assert caught.value.code == "model-shipped"
    assert find_model("mcnn").shipped


def test_only_own_models_are_removed(tmp_path: Path, folder: Path) -> None:
    shipped = save_mcnn(catalogue.SHIPPED_FOLDER / "mcnn.safetensors")
    elsewhere = save_mcnn(tmp_path / "run" / "best.safetensors")
    for name in (str(shipped), str(elsewhere), "", "best"):
        with pytest.raises(UserError) as caught:
            remove_model(name)
        assert caught.value.code == "model-unknown"
    assert shipped.exists()
    assert elsewhere.exists()


@pytest.mark.parametrize(
    "facts",
    [
        {"stride": 0},
        {"stride": -4},
        {"stride": "4"},
        {"stride": 4.5},
        {"pad_to": 3},
        {"margin": -1},
        {"mean": ()},
        {"mean": ("a", "a", "a")},
        {"std": (0.0, 1.0, 1.0)},
        {"std": (1.0,)},
        {"density_factor": 0},
        {"density_factor": float("nan")},
        {"figures": None},
        {"figures": {"mae": None, "rmse": 1.0}},
        {"figures": {"mae": "x", "rmse": 1.0}},
        {"figures": {"mae": 1.0, "rmse": float("nan")}},
        {"trained_on": None},
        {"licence": None},
        {"network": None},
        {"scale_rule": {"min_side": "x"}},
    ],
)
def test_absurd_headers_are_refused(tmp_path: Path, facts: dict[str, object]) -> None:
    written = json.loads(to_metadata(mcnn_header(MCNN()))[METADATA_KEY])
    path = tmp_path / "a.safetensors"
    save_file(MCNN().state_dict(), path, {METADATA_KEY: json.dumps({**written, **facts})})
    with pytest.raises(UserError) as caught:
        read_header(path)
    assert caught.value.code == "weights-damaged"


def test_a_header_without_an_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.safetensors"
    save_file(MCNN().state_dict(), path, {METADATA_KEY: "[" * 100_000})
    with pytest.raises(UserError) as caught:
        read_header(path)
    assert caught.value.code == "weights-damaged"


@pytest.mark.parametrize(
    "facts",
    [{"stride": 8, "pad_to": 8}, {"stride": 2, "pad_to": 2}, {"mean": [0.0], "std": [1.0]}],
)
def test_a_header_of_other_sizes_than_its_network_does_not_count(
    tmp_path: Path, facts: dict[str, object]
) -> None:
    written = json.loads(to_metadata(mcnn_header(MCNN()))[METADATA_KEY]) | facts
    path = tmp_path / "a.safetensors"
    save_file(MCNN().state_dict(), path, {METADATA_KEY: json.dumps(written)})
    with pytest.raises(UserError) as caught:
        load_network(path)
    assert caught.value.code == "weights-mismatch"


def test_import_of_a_public_msfanet(tmp_path: Path, folder: Path) -> None:
    torch.manual_seed(0)
    network = MSFANet()
    torch.save({"model": network.state_dict(), "epoch": 3}, tmp_path / "best.pth")
    path = import_model(tmp_path / "best.pth", "teacher")
    assert path == folder / "teacher.safetensors"
    loaded, header = load_network(path)
    assert header.scale_rule.multiple == 16
    picture = torch.rand(1, 3, 32, 32)
    assert torch.equal(loaded(picture)[0], network.eval()(picture)[0])


def write_public_mcnn(path: Path, network: MCNN) -> None:
    """Save a network under the names of the public grey weights."""
    branches = {"large": "branch1", "medium": "branch2", "small": "branch3"}
    layers = {"conv1": "0", "conv2": "2", "conv3": "4", "conv4": "5"}
    with h5py.File(path, "w") as file:
        for name, tensor in network.state_dict().items():
            parts = name.split(".")
            public = f"DME.fuse.0.conv.{parts[-1]}"
            if parts[0] in branches:
                public = f"DME.{branches[parts[0]]}.{layers[parts[1]]}.conv.{parts[2]}"
            file[public] = tensor.numpy()


def test_import_of_the_public_grey_mcnn(tmp_path: Path, folder: Path) -> None:
    torch.manual_seed(1)
    network = MCNN(in_channels=1, output="relu").eval()
    write_public_mcnn(tmp_path / "mcnn_shtechA.h5", network)
    path = import_model(tmp_path / "mcnn_shtechA.h5")
    loaded, header = load_network(path)
    assert header.mean == (0.0,)
    assert header.parameters == 127_953
    picture = torch.rand(1, 1, 32, 32) * 255
    assert torch.equal(loaded(picture), network(picture))
    predictor = open_predictor(Model("m", path, None))
    assert predictor.predict(torch.zeros(40, 40, 3).byte().numpy()).count >= 0


def test_import_of_own_weights(tmp_path: Path, folder: Path) -> None:
    path = save_mcnn(tmp_path / "a.safetensors")
    assert read_header(import_model(path, "b")) == read_header(path)


class Malicious:
    """What would run code if it were unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return eval, ("__import__('pathlib').Path('hacked').touch()",)


def test_import_never_runs_code(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    torch.save({"model": Malicious()}, tmp_path / "evil.pth")
    (tmp_path / "plain.pth").write_bytes(pickle.dumps(Malicious()))
    for name in ("evil.pth", "plain.pth"):
        with pytest.raises(UserError) as caught:
            import_model(tmp_path / name)
        assert caught.value.code == "weights-unsafe", name
    assert not (tmp_path / "hacked").exists()
    assert installed() == []


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"hello", "weights-damaged"), (b"", "weights-damaged"), (b"PK\x03\x04", "weights-damaged")],
)
def test_import_of_rubbish(tmp_path: Path, folder: Path, content: bytes, code: str) -> None:
    (tmp_path / "x.pth").write_bytes(content)
    with pytest.raises(UserError) as caught:
        import_model(tmp_path / "x.pth")
    assert caught.value.code == code


@pytest.mark.filterwarnings("ignore:Detected pickle protocol")
@pytest.mark.parametrize("zipped", [True, False])
def test_import_of_a_checkpoint_cut_or_changed_anywhere(
    tmp_path: Path, folder: Path, zipped: bool
) -> None:
    path = tmp_path / "x.pth"
    content = {"state_dict": {"a.weight": torch.arange(3.0)}, "epoch": 7}
    torch.save(content, path, _use_new_zipfile_serialization=zipped)
    whole = path.read_bytes()
    rng = np.random.default_rng(0)
    damaged = [whole[:cut] for cut in range(0, len(whole), max(len(whole) // 60, 1))]
    for _ in range(400):
        changed = bytearray(whole)
        for place in rng.integers(0, len(whole), 3):
            changed[place] = rng.integers(256)
        damaged.append(bytes(changed))
    for text in damaged:
        path.write_bytes(text)
        with pytest.raises(UserError) as caught:
            import_model(path)
        assert caught.value.code in ("weights-damaged", "weights-unsafe", "weights-foreign")


def test_a_checkpoint_that_grows_when_it_is_read_is_refused(tmp_path: Path, folder: Path) -> None:
    torch.save({"conv.weight": torch.zeros(100_000)}, tmp_path / "plain.pth")
    with (
        zipfile.ZipFile(tmp_path / "plain.pth") as plain,
        zipfile.ZipFile(tmp_path / "x.pth", "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for name in plain.namelist():
            packed.writestr(name, plain.read(name))
    for name, code in (("plain.pth", "weights-foreign"), ("x.pth", "weights-damaged")):
        with pytest.raises(UserError) as caught:
            import_model(tmp_path / name)
        assert caught.value.code == code


def test_import_of_hdf5_cut_or_changed_anywhere(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "x.h5"
    with h5py.File(path, "w") as file:
        for name in ("a/weight", "a/bias", "b/weight"):
            file[name] = np.arange(3.0)
    whole = path.read_bytes()
    rng = np.random.default_rng(0)
    damaged = [whole[:cut] for cut in range(8, len(whole), max(len(whole) // 60, 1))]
    for _ in range(400):
        changed = bytearray(whole)
        for place in rng.integers(8, len(whole), 3):
            changed[place] = rng.integers(256)
        damaged.append(bytes(changed))
    for text in damaged:
        path.write_bytes(text)
        with pytest.raises(UserError) as caught:
            import_model(path)
        assert caught.value.code in ("weights-damaged", "weights-foreign")


def test_a_few_bytes_that_claim_a_vast_tensor_take_no_memory(tmp_path: Path, folder: Path) -> None:
    with h5py.File(tmp_path / "x.h5", "w") as file:
        file.create_dataset("a", shape=(2**36,), dtype="f4")
    with pytest.raises(UserError) as caught:
        import_model(tmp_path / "x.h5")
    assert caught.value.code == "weights-foreign"


def test_import_of_a_network_unknown_here(tmp_path: Path, folder: Path) -> None:
    torch.save({"conv.weight": torch.zeros(3)}, tmp_path / "x.pth")
    with pytest.raises(UserError) as caught:
        import_model(tmp_path / "x.pth")
    assert caught.value.code == "weights-foreign"


def test_import_of_half_a_network(tmp_path: Path, folder: Path) -> None:
    state = MSFANet().state_dict()
    del state["dmp.conv3.conv.weight"]
    torch.save(state, tmp_path / "x.pth")
    with pytest.raises(UserError, match=r"lacks dmp\.conv3\.conv\.weight"):
        import_model(tmp_path / "x.pth")


def test_import_under_a_bad_or_used_name(tmp_path: Path, folder: Path) -> None:
    path = save_mcnn(tmp_path / "a.safetensors")
    for name in ("../up", "a b", ".x", "a/b"):
        with pytest.raises(UserError) as caught:
            import_model(path, name)
        assert caught.value.code == "model-name"
    import_model(path, "ok")
    with pytest.raises(UserError, match="installed already"):
        import_model(path, "ok")


@pytest.mark.parametrize("network", ["mcnn", "m-sfanet"])
def test_an_output_that_no_network_has_is_refused(network: str) -> None:
    with pytest.raises(UserError, match="softplus, not 'cubic'"):
        make_network(network, {"output": "cubic"})


def test_every_sentence_says_what_and_ends_well() -> None:
    for code, sentence in SENTENCES.items():
        # A command to copy has no full stop behind it.
        assert sentence.endswith((".", "}", '"')), code
        assert "{" in sentence or code == "model-none", code


def test_import_of_a_checkpoint_that_keeps_its_best_error(tmp_path: Path, folder: Path) -> None:
    """Numbers of NumPy's are plain data; training code leaves them beside the weights."""
    torch.manual_seed(1)
    state = MCNN().state_dict()
    content = {"state_dict": state, "best": np.float64(90.86), "epoch": np.int64(7)}
    torch.save(content, tmp_path / "kept.pth")
    with pytest.raises(UserError) as caught:
        import_model(tmp_path / "kept.pth")
    # It could be read; that this layout of names is not a published one is another matter.
    assert caught.value.code == "weights-foreign"


def test_weights_can_be_read_by_whoever_may_read_files_of_ours(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    path = save_mcnn(tmp_path / "x.safetensors")
    assert path.stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_weights_that_may_not_be_read_are_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_words: object, **_more: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UserError, match="permission denied") as caught:
        file_hash(tmp_path / "x.safetensors")
    assert caught.value.code == "path-unreadable"


def test_a_folder_named_like_weights_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "x.safetensors").mkdir()
    with pytest.raises(UserError) as caught:
        file_hash(tmp_path / "x.safetensors")
    assert caught.value.code == "path-unreadable"
    with pytest.raises(UserError) as missing:
        file_hash(tmp_path / "y.safetensors")
    assert missing.value.code == "path-missing"
