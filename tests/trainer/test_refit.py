"""The last layer is fitted to whole pictures and nothing else is touched."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from models.engines.torch_engine import TorchEngine
from models.errors import UserError
from models.header import Header, read_header
from models.mcnn import MCNN
from models.predictor import Predictor
from small_data import make_part
from small_models import mcnn_header
from trainer import refit
from trainer.config import make_config
from trainer.datasets import Example, recognise
from trainer.distill import distill
from trainer.refit import refit_last_layer

FACTS = {
    "network": "mcnn", "options": {"batch_norm": True, "output": "softplus"},
    "density_factor": 1.0, "target": "points", "loss": "poisson", "batch": 2, "crop": 64,
    "min_side": 0, "precision": "fp32", "validate_every": 1, "threads": 1,
}  # fmt: skip


def test_counts_of_whole_pictures_come_nearer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    torch.manual_seed(0)
    network = MCNN(output="softplus").eval()
    rng = np.random.default_rng(0)
    examples = []
    for n in range(4):
        path = tmp_path / f"{n}.png"
        Image.fromarray(rng.integers(0, 256, (64, 96, 3), dtype=np.uint8)).save(path)
        examples.append(Example(path.stem, path, rng.random((50, 2)).astype(np.float32) * 60))
    header = mcnn_header(network)
    predictor = Predictor(TorchEngine(network), header, "m")
    pictures = [np.asarray(Image.open(example.picture)) for example in examples]

    def error() -> float:
        return float(np.mean([abs(predictor.predict(p).count - 50) for p in pictures]))

    columns = {k: v.clone() for k, v in network.state_dict().items() if "fuse" not in k}
    before = error()
    assert not refit_last_layer(network, header, examples, relative=True)
    # So few pictures fix nothing, and no card may say so.
    assert error() == before
    monkeypatch.setattr(refit, "FEWEST", 2)
    assert refit_last_layer(network, header, examples, relative=True)
    assert error() < before / 2
    after = network.state_dict()
    assert all(torch.equal(after[name], tensor) for name, tensor in columns.items())


def test_a_training_fits_it_after_its_last_epoch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fitted = []

    def fit(network: MCNN, _header: Header, examples: list[Example], *, relative: bool) -> bool:
        fitted.append((len(examples), relative))
        torch.nn.init.zeros_(network.fuse.weight)
        torch.nn.init.constant_(network.fuse.get_parameter("bias"), -20.0)
        return True

    monkeypatch.setattr("trainer.validation.refit_last_layer", fit)
    data = make_part(tmp_path / "part_A", [f"IMG_{n}" for n in (1, 2, 3, 4, 9)])
    facts = {**FACTS, "data": [str(data)], "epochs": 2, "refit": "relative"}
    events = list(distill(make_config(facts), tmp_path / "run"))
    assert fitted == [(len(recognise(data).examples("train")), True)]
    first, plain, last = [event for event in events if event["event"] == "validated"]
    assert [event["fitted"] for event in (first, plain, last)] == [False, False, True]
    # A fit may be no gain: the last epoch is measured without it too.
    assert (plain["epoch"], last["epoch"]) == (2, 2)
    # Who counts nobody errs by all.
    people = np.mean([len(example.points) for example in recognise(data).examples("val")])
    assert last["mae"] == pytest.approx(people, abs=0.01) != first["mae"]
    trained_on = read_header(tmp_path / "run" / "best.safetensors").trained_on
    assert trained_on.get("refit") == ("relative" if last["best"] else None)


def test_what_is_kept_of_pictures_is_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And heads outside a picture are nobody in it."""
    network = MCNN(output="softplus").eval()
    path = tmp_path / "a.png"
    Image.fromarray(np.zeros((64, 96, 3), np.uint8)).save(path)
    heads = np.array([[3, 4], [200, 10], [-1, 5]], np.float32)
    examples = [Example(str(n), path, heads) for n in range(40)]
    given: list[tuple[int, float]] = []

    def fit(_fuse: object, features: list[torch.Tensor], counts: torch.Tensor, *_: object) -> None:
        given.append((len(features), float(counts.sum())))

    monkeypatch.setattr(refit, "_fit", fit)
    assert refit_last_layer(network, mcnn_header(network), examples)
    monkeypatch.setattr(refit, "MOST_BYTES", 35 * 60 * (64 // 4) * (96 // 4))
    assert refit_last_layer(network, mcnn_header(network), examples)
    assert given == [(40, 40.0), (35, 35.0)]


def test_pictures_that_are_counted_in_tiles_take_no_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    network, heads = MCNN(output="softplus").eval(), np.array([[3, 4]], np.float32)
    examples = []
    for number in range(44):
        # Every fourth is too large to be counted whole.
        size = (1300, 64) if number % 4 == 0 else (96, 64)
        path = tmp_path / f"{number}.png"
        Image.new("RGB", size).save(path)
        examples.append(Example(path.stem, path, heads))
    monkeypatch.setattr("models.predictor.WHOLE_PIXELS", 200 * 200)
    monkeypatch.setattr(refit, "MOST_BYTES", 33 * 60 * (96 // 4) * (64 // 4))
    given: list[list[torch.Size]] = []
    monkeypatch.setattr(
        refit, "_fit", lambda _fuse, features, *_: given.append([f.shape for f in features])
    )
    assert refit_last_layer(network, mcnn_header(network), examples)
    assert given == [[torch.Size((30, 24 * 16))] * 33]


def test_only_what_has_such_a_layer_is_fitted() -> None:
    for facts in (
        {"network": "compact", "options": {"output": "softplus"}},
        {"network": "mcnn", "options": {}},
        {"network": "mcnn", "options": {"output": "softplus"}, "density_factor": 100.0},
    ):
        with pytest.raises(UserError, match="has a layer to fit"):
            make_config({"data": [], "density_factor": 1.0, "refit": "absolute", **facts})


def test_a_card_does_not_tell_of_a_fit_that_was_not_made(tmp_path: Path) -> None:
    data = make_part(tmp_path / "part_A", [f"IMG_{n}" for n in (1, 2, 3, 4)])
    facts = {**FACTS, "data": [str(data)], "epochs": 1, "refit": "absolute"}
    events = list(distill(make_config(facts), tmp_path / "run"))
    assert [e["code"] for e in events if e["event"] == "warning"] == ["not-fitted"]
    assert "refit" not in read_header(tmp_path / "run" / "best.safetensors").trained_on
