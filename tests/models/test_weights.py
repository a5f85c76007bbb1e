"""Weights files, their headers, the catalogue, and checkpoints of other projects."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from models import catalogue
from models.catalogue import (
    best_teacher,
    default_teacher,
    find_model,
    installed,
    remove_model,
    split_names,
)
from models.engine_cache import engine_file
from models.errors import SENTENCES, UserError
from models.files import file_hash
from models.header import FORMAT, METADATA_KEY, Header, ScaleRule, read_header, to_metadata
from models.importing import import_model
from models.mcnn import MCNN
from models.networks import make_network
from models.weights import load_network, save_weights
from small_disk import full_disk, needs_limits
from small_models import mcnn_header, random_mcnn, save_assistant, save_mcnn


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


def test_a_removed_model_leaves_no_engine_file_in_the_cache(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    kept, other = (
        engine_file(save_mcnn(folder / f"{name}.safetensors", seed))
        for seed, name in enumerate(("mine", "other"))
    )
    kept.parent.mkdir(parents=True)
    for file in (kept, other):
        file.write_text("an engine file")
    remove_model("mine")
    assert list(kept.parent.iterdir()) == [other]
    assert "damaged" not in caplog.text


def test_endings_in_large_letters(tmp_path: Path, folder: Path) -> None:
    path = save_mcnn(tmp_path / "A, B.SAFETENSORS")
    (tmp_path / "M.ONNX").touch()
    (tmp_path / "N.PTH").touch()
    assert find_model(str(path)).weights == path
    assert find_model(str(tmp_path / "M.ONNX")).onnx == tmp_path / "M.ONNX"
    assert split_names(str(path)) == [str(path)]
    with pytest.raises(UserError) as caught:
        find_model(str(tmp_path / "N.PTH"))
    assert caught.value.code == "weights-no-header"
    # By such a name it could not be found.
    with pytest.raises(UserError) as named:
        import_model(path, "x.ONNX")
    assert named.value.code == "model-name"


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
        {"mean": (10**400, 0, 0)},
        {"figures": {"mae": 10**400}},
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


def test_import_of_own_weights(tmp_path: Path, folder: Path) -> None:
    path = save_mcnn(tmp_path / "a.safetensors")
    assert read_header(import_model(path, "b")) == read_header(path)


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


@pytest.mark.parametrize("channels", [-1, 0, 2, 10**9, 2**70, 1.0, 1.5, "3", None, [1]])
def test_channels_that_no_picture_has_are_refused(tmp_path: Path, channels: object) -> None:
    header = mcnn_header(MCNN(), options={"in_channels": channels})
    path = tmp_path / "a.safetensors"
    save_weights(path, MCNN().state_dict(), header)
    with pytest.raises(UserError, match=f"is 1 or 3, not {re.escape(repr(channels))}") as caught:
        load_network(path)
    assert "\n" not in str(caught.value)


def test_every_sentence_says_what_and_ends_well() -> None:
    for code, sentence in SENTENCES.items():
        # A command to copy has no full stop behind it.
        assert sentence.endswith((".", "}", '"')), code
        assert "{" in sentence or code in ("model-none", "norms-apart", "not-fitted"), code


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
    with pytest.raises(UserError, match="Permission denied") as caught:
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
