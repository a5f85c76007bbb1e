"""What M-SFANet's pooled parts do where one rule does not fit all."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from models.msfanet import ASPP, CAN, CellMeans, JoinedConv


class Joined(nn.SyncBatchNorm):
    """Says whether it would wait for the other processes."""

    def forward(self, x: Tensor) -> Tensor:
        self.waits = self.training
        return x


@pytest.mark.parametrize("crops", [1, 2])
def test_every_process_enters_a_joined_norm_or_none(crops: int) -> None:
    aspp = ASPP(8, 4)
    aspp.global_avg_pool[2] = Joined(4)
    aspp(torch.randn(crops, 8, 4, 4))
    assert aspp.global_avg_pool[2].waits
    aspp.eval()(torch.randn(crops, 8, 4, 4))
    assert not aspp.global_avg_pool[2].waits


def test_one_crop_alone_has_no_variance_to_learn_from() -> None:
    aspp = ASPP(8, 4)
    norm = aspp.global_avg_pool[2]
    for crops, seen in ((1, 0), (2, 1)):
        aspp(torch.randn(crops, 8, 4, 4))
        assert norm.num_batches_tracked == seen
        assert norm.training


@pytest.mark.parametrize("size", [1, 2, 3, 6])
@pytest.mark.parametrize("sides", [(6, 12), (8, 11), (5, 3), (1, 1)])
def test_cell_means_by_matrices_are_those_of_the_pooling(
    size: int, sides: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    x = torch.randn(2, 3, *sides, dtype=torch.float64)
    pooled = CellMeans(size)(x)
    assert torch.equal(pooled, nn.AdaptiveAvgPool2d(size)(x))
    monkeypatch.setattr(torch.onnx, "is_in_onnx_export", lambda: True)
    assert torch.allclose(CellMeans(size)(x), pooled)
    # On any device the matrices lie where the picture does.
    assert CellMeans(size)._shares(x.to("meta"), 2).device.type == "meta"


@pytest.mark.parametrize("kind", [torch.float16, torch.bfloat16])
def test_extreme_contrasts_give_numbers_in_half_precision(kind: torch.dtype) -> None:
    torch.manual_seed(0)
    can = CAN(8, 4)
    nn.init.constant_(can.weight_net.get_parameter("bias"), -300.0)
    x = torch.randn(2, 8, 12, 12)
    with torch.autocast("cpu", kind):
        found = can(x)
    assert found.isfinite().all()
    found.float().sum().backward()
    gradient = can.weight_net.weight.grad
    assert gradient is not None
    assert gradient.isfinite().all()


def test_maps_convolved_while_they_are_small_are_those_enlarged_and_joined_before() -> None:
    conv = JoinedConv((3, 4), 5).double()
    small = torch.randn(2, 3, 2, 3, dtype=torch.float64)
    large = torch.randn(2, 4, 8, 12, dtype=torch.float64)
    enlarged = nn.UpsamplingBilinear2d(scale_factor=4)(small)
    wanted = nn.functional.conv2d(torch.cat([enlarged, large], dim=1), conv.weight, conv.bias)
    assert torch.allclose(conv(((small, 4), (large, 1))), wanted)
