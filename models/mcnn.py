"""MCNN: three columns of different receptive field, fused by a 1x1 convolution."""

from __future__ import annotations

from typing import Literal, get_args

import torch
import torch.nn.functional as F
from torch import Tensor, nn

Output = Literal["linear", "relu", "softplus"]

# kernel and output channels of each column's four convolutions (Zhang et al., CVPR 2016, fig. 2)
LARGE = ((9, 16), (7, 32), (7, 16), (7, 8))
MEDIUM = ((7, 20), (5, 40), (5, 20), (5, 10))
SMALL = ((5, 24), (3, 48), (3, 24), (3, 12))


class MCNN(nn.Module):
    """Multi-column network of Zhang et al. (CVPR 2016); output stride 4.

    Input (B, in_channels, H, W) of 1 or 3 channels, output (B, 1, H/4, W/4), linear unless `output`
    says relu (as in the public grey weights) or softplus.
    With `batch_norm` it trains faster; `fold()` then gives the plain network of 133,705
    parameters that is shipped.
    """

    stride = 4
    pad_to = 4
    # Half of the large column's 72 px field, rounded up to the stride: tiles overlap by this.
    margin = 40

    def __init__(
        self, in_channels: int = 3, batch_norm: bool = False, output: Output = "linear"
    ) -> None:
        super().__init__()
        # Before anything is made of it: a file may ask for any number, and for what is none.
        if not isinstance(in_channels, int) or in_channels not in (1, 3):
            raise TypeError(f"in_channels is 1 or 3, not {in_channels!r}")
        if output not in get_args(Output):
            raise TypeError(f"output is linear, relu or softplus, not {output!r}")
        self.in_channels = in_channels
        self.output = output
        self.large = _column(in_channels, LARGE, batch_norm)
        self.medium = _column(in_channels, MEDIUM, batch_norm)
        self.small = _column(in_channels, SMALL, batch_norm)
        self.fuse = nn.Conv2d(30, 1, 1)

    def forward(self, x: Tensor) -> Tensor:
        columns = torch.cat([self.large(x), self.medium(x), self.small(x)], dim=1)
        density: Tensor = self.fuse(columns)
        if self.output == "softplus":
            return F.softplus(density)
        return torch.relu(density) if self.output == "relu" else density

    def fold(self) -> MCNN:
        """Return the same function without batch normalisation, in eval mode."""
        plain = MCNN(self.in_channels, batch_norm=False, output=self.output)
        plain.fuse.load_state_dict(self.fuse.state_dict())
        for name in ("large", "medium", "small"):
            source: nn.Sequential = getattr(self, name)
            target: nn.Sequential = getattr(plain, name)
            for n in range(1, 5):
                _fold_layer(source, target, n)
        return plain.eval()

    @torch.no_grad()
    def keep_foldable(self) -> None:
        """Keep batch-norm scales positive: only then do they commute with the max pooling."""
        for module in self.modules():
            if isinstance(module, nn.BatchNorm2d | nn.SyncBatchNorm):
                module.weight.clamp_(min=1e-3)


def _column(
    in_channels: int, layers: tuple[tuple[int, int], ...], batch_norm: bool
) -> nn.Sequential:
    column = nn.Sequential()
    for n, (kernel, channels) in enumerate(layers, start=1):
        column.add_module(f"conv{n}", nn.Conv2d(in_channels, channels, kernel, padding=kernel // 2))
        if n <= 2:
            # Before the activation, which changes nothing and leaves it a quarter of the work.
            column.add_module(f"pool{n}", nn.MaxPool2d(2))
        if batch_norm and n >= 2:
            # Not on the first layer: its maps are large, and it would double a step's time.
            column.add_module(f"bn{n}", nn.BatchNorm2d(channels))
        column.add_module(f"relu{n}", nn.ReLU())
        in_channels = channels
    return column


@torch.no_grad()
def _fold_layer(source: nn.Sequential, target: nn.Sequential, n: int) -> None:
    weight, bias = (target.get_parameter(f"conv{n}.{part}") for part in ("weight", "bias"))
    weight.copy_(source.get_parameter(f"conv{n}.weight"))
    bias.copy_(source.get_parameter(f"conv{n}.bias"))
    if not hasattr(source, f"bn{n}"):
        return
    bn = source.get_submodule(f"bn{n}")
    assert isinstance(bn, nn.BatchNorm2d)
    if (bn.weight <= 0).any():
        raise ValueError("a batch-norm scale is not positive, so it cannot be folded past pooling")
    deviation = torch.sqrt(bn.get_buffer("running_var") + bn.eps)
    scale = bn.weight / deviation
    weight.mul_(scale[:, None, None, None])
    bias.sub_(bn.get_buffer("running_mean")).mul_(scale).add_(bn.bias)
