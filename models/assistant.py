"""The assistant: an ImageNet MobileNetV1 trunk with dilated context, the middle size.

A teacher assistant in the sense of Mirzadeh et al., arXiv 1902.03393; trunk of Howard et al.,
arXiv 1704.04861.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

# out channels and stride of the depthwise-separable pairs 1..11
PAIRS = (
    (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2),
    (512, 1), (512, 1), (512, 1), (512, 1), (512, 1),
)  # fmt: skip
TAP_PAIR = 5


class Assistant(nn.Module):
    """The middle-sized counter; output stride 8, 2,179,969 parameters.

    Input (B, 3, H, W) with H and W multiples of 16, output (B, 1, H/8, W/8), never negative.
    """

    stride = 8
    pad_to = 16
    # Half its 443 px receptive field, rounded up: tiles overlap by this.
    margin = 224

    def __init__(self) -> None:
        super().__init__()
        self.trunk = MobileNetTrunk()
        self.reduce = _conv_block(512, 128, 1)
        self.context = nn.ModuleList(_conv_block(128, 64, 3, dilation) for dilation in (1, 3, 6))
        self.merge = _conv_block(192, 128, 1)
        self.tap = _conv_block(256, 128, 1)
        self.refine = nn.Sequential(_conv_block(128, 128, 3), _conv_block(128, 64, 3))
        self.head = nn.Conv2d(64, 1, 1)

    def forward(self, x: Tensor) -> Tensor:
        tap, deep = self.trunk(x)
        deep = self.reduce(deep)
        deep = self.merge(torch.cat([branch(deep) for branch in self.context], dim=1))
        deep = F.interpolate(deep, scale_factor=2, mode="bilinear", align_corners=False)
        return F.softplus(self.head(self.refine(deep + self.tap(tap))))


class MobileNetTrunk(nn.Module):
    """MobileNetV1 to its 11th pair; gives pair 5 (stride 8, 256) and pair 11 (stride 16, 512).

    Expects pictures in -1..1. Names are those of the ImageNet weights: conv1, dw1, pw1, ...
    """

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 3, stride=2, bias=False)
        self.conv1_bn = nn.BatchNorm2d(32, eps=1e-3)
        channels = 32
        for n, (width, stride) in enumerate(PAIRS, start=1):
            self.add_module(
                f"dw{n}",
                nn.Conv2d(
                    channels, channels, 3, stride=stride, padding=1 if stride == 1 else 0,
                    groups=channels, bias=False,
                ),
            )  # fmt: skip
            self.add_module(f"dw{n}_bn", nn.BatchNorm2d(channels, eps=1e-3))
            self.add_module(f"pw{n}", nn.Conv2d(channels, width, 1, bias=False))
            self.add_module(f"pw{n}_bn", nn.BatchNorm2d(width, eps=1e-3))
            channels = width

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        x = self._layer("conv1", x, stride=2)
        tap = x
        for n, (_, stride) in enumerate(PAIRS, start=1):
            x = self._layer(f"pw{n}", self._layer(f"dw{n}", x, stride), 1)
            if n == TAP_PAIR:
                tap = x
        return tap, x

    def _layer(self, name: str, x: Tensor, stride: int) -> Tensor:
        if stride == 2:
            # The ImageNet weights were trained with TensorFlow's padding: right and bottom only.
            x = F.pad(x, (0, 1, 0, 1))
        x = self.get_submodule(name)(x)
        return F.relu6(self.get_submodule(f"{name}_bn")(x))


def _conv_block(
    in_channels: int, out_channels: int, kernel: int, dilation: int = 1
) -> nn.Sequential:
    padding = dilation * (kernel // 2)
    return nn.Sequential(
        nn.Conv2d(
            in_channels, out_channels, kernel, padding=padding, dilation=dilation, bias=False
        ),
        nn.BatchNorm2d(out_channels),
        nn.ReLU(),
    )
