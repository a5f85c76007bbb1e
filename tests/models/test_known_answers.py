"""The networks give the answers that fix their structure: names, shapes, and exact numbers."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor, nn

from models.assistant import Assistant
from models.mcnn import MCNN
from models.msfanet import CAN, MSFANet
from models.networks import count_parameters


def filled(network: nn.Module) -> nn.Module:
    """Fill a network with sines, tensor by tensor in its own order."""
    state = network.double().state_dict()
    names = [name for name in state if not name.endswith("num_batches_tracked")]
    for i, name in enumerate(names):
        tensor = state[name]
        x = torch.sin(0.7 * torch.arange(tensor.numel(), dtype=torch.float64) + i)
        x = x.reshape(tensor.shape)
        layer = name.rsplit(".", 2)[-2]
        if tensor.dim() == 4:
            value = 0.5 * x / math.sqrt(tensor[0].numel())
        elif name.endswith("running_var"):
            value = 1 + 0.2 * x
        elif name.endswith(".weight") and ("bn" in layer or "global_avg_pool" in name):
            value = 1 + 0.1 * x
        else:
            value = 0.1 * x
        state[name] = value
    network.load_state_dict(state)
    return network.eval()


def test_picture() -> Tensor:
    y, x = torch.meshgrid(torch.arange(64.0), torch.arange(96.0), indexing="ij")
    planes = [torch.sin(0.11 * x.double() + 0.07 * y.double() + c) for c in range(3)]
    return torch.stack(planes)[None]


test_picture.__test__ = False  # type: ignore[attr-defined]


def test_mcnn_gives_the_known_answers() -> None:
    network = filled(MCNN())
    with torch.no_grad():
        density = network(test_picture())
    assert density.shape == (1, 1, 16, 24)
    assert density.sum().item() == pytest.approx(-8.54557991399249, abs=1e-9)
    assert density[0, 0, 0, 0].item() == pytest.approx(-0.0190178952439197, abs=1e-12)
    assert density[0, 0, 7, 10].item() == pytest.approx(-0.02258207478190332, abs=1e-12)
    assert density[0, 0, 15, 23].item() == pytest.approx(-0.033603303961101186, abs=1e-12)


def test_msfanet_gives_the_known_answers() -> None:
    network = filled(MSFANet())
    with torch.no_grad():
        density, attention = network(test_picture())
    assert density.shape == attention.shape == (1, 1, 32, 48)
    assert density.sum().item() == pytest.approx(-100.99810983319432, abs=1e-8)
    assert density[0, 0, 0, 0].item() == pytest.approx(-0.06220873117191872, abs=1e-12)
    assert density[0, 0, 15, 20].item() == pytest.approx(-0.06519832595653983, abs=1e-12)
    assert density[0, 0, 31, 47].item() == pytest.approx(-0.07476564899420675, abs=1e-12)
    assert attention.sum().item() == pytest.approx(743.5445566432504, abs=1e-8)
    assert attention[0, 0, 15, 20].item() == pytest.approx(0.48432676373922406, abs=1e-12)


def test_parameters_are_those_of_the_papers() -> None:
    assert count_parameters(MCNN()) == 133_705
    assert count_parameters(MCNN(in_channels=1)) == 127_953
    assert count_parameters(MSFANet()) == 22_904_390
    assert count_parameters(Assistant()) == 2_179_969


def test_msfanet_has_the_names_of_the_public_checkpoints() -> None:
    shapes = {name: tuple(tensor.shape) for name, tensor in MSFANet().state_dict().items()}
    assert len(shapes) == 247
    assert shapes["vgg.conv5_3.bn.running_var"] == (512,)
    assert shapes["spm.assp.aspp4.atrous_conv.weight"] == (256, 512, 3, 3)
    assert shapes["spm.assp.global_avg_pool.1.weight"] == (256, 512, 1, 1)
    assert shapes["spm.can.scales.3.1.weight"] == (512, 512, 1, 1)
    assert shapes["spm.can.weight_net.bias"] == (512,)
    assert shapes["amp.conv3.conv.weight"] == (128, 768, 1, 1)
    assert shapes["conv_out.bn.num_batches_tracked"] == ()


@pytest.mark.parametrize("contrast", [-1e4, -87.0, -86.0])
def test_can_survives_weights_that_all_underflow(contrast: float) -> None:
    can = CAN(4, 4)
    nn.init.zeros_(can.weight_net.weight)
    nn.init.constant_(can.weight_net.bias, contrast)
    for scale in can.scales:
        nn.init.constant_(scale[1].weight, 30.0)
    found = can(torch.ones(1, 4, 8, 8))
    assert torch.isfinite(found).all()
    found.sum().backward()
    assert all(torch.isfinite(weight.grad).all() for weight in can.parameters())


def test_folding_mcnn_changes_nothing_but_the_parameters() -> None:
    torch.manual_seed(0)
    network = MCNN(batch_norm=True)
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.weight, 0.5, 2.0)
            nn.init.normal_(module.bias)
            module.running_mean.normal_()  # type: ignore[union-attr]
            module.running_var.uniform_(0.5, 2.0)  # type: ignore[union-attr]
    picture = torch.randn(1, 3, 64, 96)
    folded = network.eval().fold()
    assert count_parameters(folded) == 133_705
    assert torch.allclose(network(picture), folded(picture), atol=1e-5)


def test_folding_refuses_a_scale_that_does_not_commute_with_pooling() -> None:
    network = MCNN(batch_norm=True)
    nn.init.constant_(network.large.get_submodule("bn2").weight, -1.0)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="not positive"):
        network.fold()
    network.keep_foldable()
    network.fold()


def test_assistant_gives_persons_above_zero_at_stride_8() -> None:
    density = Assistant().eval()(torch.randn(1, 3, 64, 96))
    assert density.shape == (1, 1, 8, 12)
    assert (density >= 0).all()
