"""What may stand beside the study's loss: features, zeros, attention; and how M-SFANet starts."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import nn

import trainer.distill
from models import catalogue
from models.assistant import Assistant
from models.errors import UserError
from models.header import IMAGENET_MEAN, IMAGENET_STD, read_metadata
from models.mcnn import MCNN
from models.msfanet import MSFANet
from models.networks import make_network
from models.weights import load_network, load_state, save_weights, write_tensors
from small_data import make_part
from small_models import mcnn_header, save_assistant
from trainer.checkpoint import State, load_checkpoint, save_checkpoint
from trainer.config import Config, make_config
from trainer.distill import distill
from trainer.learner import TAPS, Guide, Learner
from trainer.losses import attention_loss, feature_loss, zero_inflated_loss
from trainer.setup import (
    VGG19_LAYERS,
    make_header,
    make_optimizer,
    make_student,
    norms_to_insert,
    set_training,
)
from trainer.teacher import open_guide

ASSISTANT = make_config({"network": "assistant", "data": []})
TEACHER = make_config({"network": "m-sfanet", "data": [], "options": {"output": "softplus"}})


def test_zero_inflated_loss_is_the_mixtures_likelihood() -> None:
    density = torch.full((1, 1, 2, 4), 0.25)
    target = torch.zeros(1, 1, 2, 4)
    target[..., 0, 0] = 3
    logits = torch.tensor([[[[-1.0, 2.0]]]])
    found = zero_inflated_loss(density, target, logits, stride=8)
    by_hand = []
    for logit, true in ((-1.0, 3), (2.0, 0)):
        empty = 1 / (1 + math.exp(-logit))
        rate = 1.0 / (1 - empty)
        if true:
            by_hand.append(math.log(1 - empty) + true * math.log(rate) - rate)
        else:
            by_hand.append(math.log(empty + (1 - empty) * math.exp(-rate)))
    assert found.item() == pytest.approx(-sum(by_hand) / 2, rel=1e-5)


def test_attention_loss_asks_where_people_are() -> None:
    target = torch.tensor([[[[0.0, 0.5]]]])
    right, wrong = torch.tensor([[[[0.1, 0.9]]]]), torch.tensor([[[[0.9, 0.1]]]])
    assert attention_loss(right, target).item() == pytest.approx(-math.log(0.9), rel=1e-5)
    assert attention_loss(wrong, target) > attention_loss(right, target)


def test_feature_loss_looks_at_directions_on_the_coarser_grid() -> None:
    fine = torch.randn(2, 5, 8, 8)
    coarse = torch.nn.functional.avg_pool2d(fine, 2)
    assert feature_loss(fine, 3 * coarse) == pytest.approx(torch.zeros(2), abs=1e-5)
    assert feature_loss(fine, -coarse) == pytest.approx(torch.full((2,), 2.0), abs=1e-5)


def test_squared_feature_loss_also_sees_how_large_they_are() -> None:
    guide = torch.randn(2, 5, 8, 8)
    assert feature_loss(guide, guide, "squared").max() == 0
    far = feature_loss(torch.zeros_like(guide), guide, "squared").mean().item()
    # All of the guide's variance is missing.
    assert far == pytest.approx(1.0, abs=0.1)
    assert feature_loss(10 * guide, guide, "squared").min() > 10


def test_a_borrowed_head_counts_by_its_own_features_as_its_network_does() -> None:
    network = make_network("assistant")
    pictures = torch.randn(1, 3, 64, 64)
    for factor in (1.0, 100.0):
        header = replace(make_header(ASSISTANT, network), density_factor=factor)
        guide = Guide(network, header)
        features = guide.features(pictures, header)
        with torch.no_grad():
            # In persons, whatever units its network was trained in.
            assert torch.allclose(factor * guide.read(features), network(pictures), atol=1e-6)


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"network": "compact", "loss_stride": 8}, "borrow_weight"),
        ({"network": "m-sfanet", "loss_stride": 2}, "loss_stride"),
    ],
)
def test_a_head_is_not_lent_to_features_that_it_cannot_read(
    facts: dict[str, Any], name: str
) -> None:
    with pytest.raises(UserError) as caught:
        make_config({"data": [], "teacher": "assistant", "borrow_weight": 1.0, **facts})
    assert caught.value.facts["name"] == name


def test_only_an_assistant_lends_its_head() -> None:
    facts = {"network": "assistant", "data": [], "loss_stride": 8, "borrow_weight": 1.0}
    with pytest.raises(UserError, match="mcnn lends no head") as caught:
        open_guide(make_config({**facts, "teacher": "mcnn-kd"}), "cpu")
    assert caught.value.facts["name"] == "teacher"


def test_features_of_a_grey_teacher_are_not_followed(tmp_path: Path) -> None:
    weights, network = tmp_path / "grey.safetensors", MCNN(in_channels=1)
    grey = {"options": {"in_channels": 1}, "mean": (0.0,), "std": (1.0,)}
    save_weights(weights, network.state_dict(), mcnn_header(network, **grey))
    facts = {"network": "mcnn", "data": [], "feature_weight": 1.0, "teacher": str(weights)}
    with pytest.raises(UserError, match="sees no colours") as caught:
        open_guide(make_config(facts), "cpu")
    assert caught.value.facts["name"] == "teacher"


@pytest.mark.parametrize("kind", ["mcnn", "assistant", "compact", "m-sfanet"])
def test_taps_have_the_channels_they_say(kind: str) -> None:
    config = make_config({"network": kind, "data": []})
    network = make_network(kind)
    guide = Guide(network, make_header(config, network))
    features = guide.features(torch.randn(1, 3, 64, 64), guide.header)
    assert {role: f.shape[1] for role, f in features.items()} == guide.channels
    assert features.keys() == TAPS[kind].keys()


def test_a_guide_sees_the_crops_in_its_own_normalisation() -> None:
    network = make_network("assistant")
    guide = Guide(network, make_header(ASSISTANT, network))
    raw = torch.rand(1, 3, 64, 64) * 255
    mean, std = (torch.tensor(v).view(1, -1, 1, 1) for v in (IMAGENET_MEAN, IMAGENET_STD))
    theirs = make_header(TEACHER, make_network("m-sfanet"))
    found = guide.features((raw - mean) / std, theirs)
    own = guide.features((raw - 127.5) / 127.5, guide.header)
    for role in found:
        assert torch.allclose(found[role], own[role], atol=1e-3)


def test_a_learner_sums_into_larger_cells_and_keeps_the_count() -> None:
    network = make_network("m-sfanet", {"output": "softplus"}).eval()
    header = replace(make_header(TEACHER, network), density_factor=1.0)
    pictures = torch.randn(1, 3, 64, 64)
    with torch.no_grad():
        fine = Learner(network, header, 0, {}, zeros=False)(pictures).density
        coarse = Learner(network, header, 8, {}, zeros=False)(pictures)
    assert fine.shape == (1, 1, 32, 32)
    assert coarse.density.shape == coarse.attention.shape == (1, 1, 8, 8)
    assert coarse.density.sum() == pytest.approx(fine.sum().item(), rel=1e-5)


def test_train_only_layers_survive_a_checkpoint_and_stay_out_of_the_average(
    tmp_path: Path,
) -> None:
    def state() -> tuple[State, Learner]:
        network = make_student(ASSISTANT)
        header = make_header(ASSISTANT, network)
        learner = Learner(network, header, 0, {"middle": 7, "head": 3}, zeros=True)
        extras = learner.extras()
        return State(network, make_optimizer(network, ASSISTANT, extras), extras), learner

    first, learner = state()
    answer = learner(torch.randn(2, 3, 64, 64))
    assert answer.features["middle"].shape[1] == 7
    assert answer.zeros is not None
    assert not any(module._forward_pre_hooks for module in first.average.modules())
    (answer.density.sum() + answer.zeros.sum() + answer.features["head"].sum()).backward()
    first.optimizer.step()
    save_checkpoint(tmp_path / "last.safetensors", first)
    second, _ = state()
    load_checkpoint(tmp_path / "last.safetensors", second)
    for name, tensor in first.extras.state_dict().items():
        assert torch.equal(second.extras.state_dict()[name], tensor)
    moments, again = (state.optimizer.state_dict()["state"] for state in (first, second))
    assert moments.keys() == again.keys()
    assert all(torch.equal(moments[i]["exp_avg"], again[i]["exp_avg"]) for i in moments)


def test_chance_comes_back_to_the_card_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = make_student(ASSISTANT)
    state = State(network, make_optimizer(network, ASSISTANT, nn.ModuleDict()))
    path = tmp_path / "last.safetensors"
    save_checkpoint(path, state)
    chance = {"random.cuda": torch.zeros(16, dtype=torch.uint8)}
    write_tensors(path, load_file(path) | chance, read_metadata(path))
    given: list[object] = []
    monkeypatch.setattr(torch.cuda, "set_rng_state", lambda *words: given.extend(words[1:]))
    load_checkpoint(path, state, "cuda:1")
    assert given == ["cuda:1"]


def vgg19(path: Path) -> Path:
    network = MSFANet()
    state = {}
    for theirs, mine in VGG19_LAYERS.items():
        conv = network.vgg.get_submodule(mine).conv
        state[f"{theirs}.weight"] = torch.randn_like(conv.weight)
        state[f"{theirs}.bias"] = torch.randn_like(conv.bias)
    state["features.16.weight"] = torch.zeros(256, 256, 3, 3)
    save_file(state, path)
    return path


def test_m_sfanet_starts_from_vgg19(tmp_path: Path) -> None:
    trunk = vgg19(tmp_path / "vgg19.safetensors")
    config = replace(TEACHER, trunk=str(trunk))
    network = make_student(config)
    given = load_state(trunk)
    own = network.state_dict()
    assert torch.equal(own["vgg.conv3_3.conv.weight"], given["features.14.weight"])
    assert len(norms_to_insert(network, config)) == 7
    assert norms_to_insert(network, TEACHER) == []
    (tmp_path / "part.safetensors").write_bytes(b"")
    save_file({"features.0.weight": torch.zeros(64, 3, 3, 3)}, tmp_path / "part.safetensors")
    with pytest.raises(UserError, match="VGG19"):
        make_student(replace(TEACHER, trunk=str(tmp_path / "part.safetensors")))
    with pytest.raises(UserError, match="trunk"):
        make_student(make_config({"network": "mcnn", "data": [], "trunk": str(trunk)}))


def test_frozen_layers_stay_as_they_came() -> None:
    network = make_student(ASSISTANT)
    config = replace(ASSISTANT, frozen=("trunk.conv1", "trunk.dw1_"), trunk_lr=1e-3)
    assert isinstance(network, Assistant)
    learner = Learner(network, make_header(config, network), 0, {}, zeros=False)
    optimizer = make_optimizer(network, config, learner.extras())
    before = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    set_training(learner, network, config)
    learner(torch.randn(2, 3, 64, 64)).density.sum().backward()
    for group in optimizer.param_groups:
        group["lr"] = 0.1
    optimizer.step()
    changed = {n for n, t in network.state_dict().items() if not torch.equal(t, before[n])}
    assert not any(name.startswith(config.frozen) for name in changed)
    assert {"trunk.pw1.weight", "trunk.pw1_bn.running_mean", "head.weight"} <= changed


def test_fixed_norms_and_a_frozen_dropout_make_training_see_what_is_shipped() -> None:
    network = make_network("m-sfanet", TEACHER.options)
    pictures = torch.randn(1, 3, 64, 64)
    shipped = network.eval()(pictures)[0]
    before = {name: tensor.clone() for name, tensor in network.named_buffers()}
    config = replace(TEACHER, fixed_norms=True, frozen=("spm.assp.dropout",), init="a")
    set_training(network, network, config)
    assert torch.allclose(network(pictures)[0], shipped, rtol=1e-3, atol=1e-5)
    assert all(torch.equal(tensor, before[name]) for name, tensor in network.named_buffers())
    assert all(parameter.requires_grad for parameter in network.parameters())
    set_training(network, network, TEACHER)
    # One crop alone teaches the norm behind the global average nothing, and two do.
    for crops, learns in ((pictures, False), (torch.randn(2, 3, 64, 64), True)):
        mean = network.spm.assp.global_avg_pool[2].running_mean.clone()
        network(crops)
        moved = not torch.equal(network.spm.assp.global_avg_pool[2].running_mean, mean)
        assert moved == learns


def test_norms_without_statistics_are_not_fixed() -> None:
    with pytest.raises(UserError, match=r"fixed_norms cannot be True: .*--init"):
        make_student(replace(ASSISTANT, fixed_norms=True))


def test_a_frozen_layer_is_that_of_its_whole_name() -> None:
    for frozen, layers in (
        ("trunk.dw1", {"trunk.dw1", "trunk.dw1_bn"}),
        ("trunk.dw1_", {"trunk.dw1_bn"}),
        ("vgg.conv1_", {"vgg.conv1_1.conv", "vgg.conv1_1.bn", "vgg.conv1_2.conv",
                        "vgg.conv1_2.bn"}),
    ):  # fmt: skip
        config = replace(ASSISTANT if frozen.startswith("trunk") else TEACHER, frozen=(frozen,))
        network = make_network(config.network, config.options)
        make_optimizer(network, config, nn.ModuleDict())
        set_training(network, network, config)
        still = {n.rpartition(".")[0] for n, p in network.named_parameters() if not p.requires_grad}
        assert still == layers
        assert not any(network.get_submodule(layer).training for layer in layers)
        assert {n for n, m in network.named_modules() if not m.training and not list(m.children())
                } == layers  # fmt: skip


def test_layers_are_not_frozen_as_chance_made_them() -> None:
    config = replace(ASSISTANT, frozen=("trunk.conv1",), recipe="compact")
    with pytest.raises(UserError, match="--trunk") as caught:
        make_student(config)
    assert caught.value.code == "frozen-random"


def test_init_refuses_weights_that_take_other_numbers(tmp_path: Path) -> None:
    """As of the public grey MCNN, whose pictures are not normalised."""
    network, header = load_network(save_assistant(tmp_path / "a.safetensors"))
    weights = tmp_path / "b.safetensors"
    save_weights(weights, network.state_dict(), replace(header, mean=(0.0, 0.0, 0.0)))
    with pytest.raises(UserError, match="its mean is ") as caught:
        make_student(replace(ASSISTANT, init=str(weights), density_factor=1.0))
    assert caught.value.code == "init-differs"


def test_a_frozen_layer_must_be_there(tmp_path: Path) -> None:
    weights = save_assistant(tmp_path / "a.safetensors")
    config = replace(ASSISTANT, frozen=("trunk.conv_1",), init=str(weights), density_factor=1.0)
    with pytest.raises(UserError, match=r"frozen cannot be trunk\.conv_1: .*no such layer"):
        make_student(config)


@pytest.fixture
def everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """M-SFANet taught by an assistant with every term of the loss at once."""
    monkeypatch.setattr(catalogue, "SHIPPED_FOLDER", tmp_path / "shipped")
    network = make_network("assistant")
    path = catalogue.user_folder() / "assistant.safetensors"
    save_weights(path, network.state_dict(), make_header(ASSISTANT, network))
    part = make_part(tmp_path / "part_A", ["IMG_1", "IMG_2", "IMG_3", "IMG_4"])
    return make_config(
        {
            "network": "m-sfanet",
            "options": {"output": "softplus"},
            "data": [str(part)],
            "trunk": str(vgg19(tmp_path / "vgg19.safetensors")),
            "frozen": ["vgg.conv1_"],
            "teacher": "assistant",
            "alpha": 0.3,
            "loss": "poisson",
            "target": "points",
            "loss_stride": 8,
            "density_factor": 1.0,
            "block_weight": 1.0,
            "teacher_block_weight": 0.5,
            "zip_weight": 0.1,
            "attention_weight": 0.1,
            "feature_weight": 0.5,
            "feature_loss": "squared",
            "borrow_weight": 0.5,
            "muon_lr": 0.01,
            "epochs": 1,
            "batch": 2,
            "crop": 64,
            "min_side": 0,
            "precision": "fp32",
            "threads": 1,
            "log_every": 1,
        }
    )


def test_the_teacher_is_trained_and_stored_in_half(
    everything: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Only what is rounded to bf16 needs pictures that show what that does.
    monkeypatch.setattr(trainer.distill, "ROUNDING_BATCHES", -1)
    folder = tmp_path / "run"
    events = list(distill(everything, folder))
    assert events[-1]["event"] == "finished"
    best = folder / "best.safetensors"
    assert 45_000_000 < best.stat().st_size < 46_500_000
    network, header = load_network(best)
    assert header.parameters == 22_904_390
    assert header.options == {"output": "softplus"}
    assert header.trained_on["alpha"] == 0.3
    # The figures are those of the rounded weights: evaluating the file gives them again.
    assert header.figures["mae"] == pytest.approx(events[-1]["best_mae"], abs=0.01)
    assert network(torch.zeros(1, 3, 64, 64))[0].min() >= 0


def test_taps_that_a_crop_does_not_reach_change_no_whole_picture() -> None:
    network = MSFANet().eval()
    for far in (network.spm.assp.aspp3, network.spm.assp.aspp4):
        weight = far.atrous_conv.weight
        assert weight[:, :, 1, 1].abs().sum() > 0
        assert weight.abs().sum() == weight[:, :, 1, 1].abs().sum()
    # They learn as soon as they see something.
    taps = network.spm.assp.aspp3.atrous_conv
    taps(torch.randn(1, 512, 32, 32)).square().sum().backward()
    assert taps.weight.grad is not None
    assert taps.weight.grad[:, :, 0, 0].abs().sum() > 0


def test_fp16_is_scaled_and_continues(everything: Config, tmp_path: Path) -> None:
    config = replace(
        everything, network="assistant", trunk="", frozen=(), options={}, attention_weight=0.0,
        precision="fp16",
    )  # fmt: skip
    folder = tmp_path / "run"
    assert list(distill(config, folder))[-1]["event"] == "finished"
    events = list(distill(replace(config, epochs=2), folder))
    assert events[0]["resumed_from"] == {"epoch": 1, "step": 0}
    assert all(math.isfinite(e["loss"]) for e in events if e["event"] == "step")
