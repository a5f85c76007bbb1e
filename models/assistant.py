"""The assistant: an ImageNet MobileNetV1 trunk with dilated context, the middle size.

A teacher assistant in the sense of Mirzadeh et al., arXiv 1902.03393.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from models.mobilenet import MobileNetTrunk


class Assistant(nn.Module):
    """The middle-sized counter; output stride 8, 2,179,969 parameters.

    Input (B, 3, H, W) with H and W multiples of 16, output (B, 1, H/8, W/8), never negative.
    """

    stride = 8
    pad_to = 16
    # Tiles overlap by this, about half its receptive field of 459 px. That reaches 237 px to the
    # right (TensorFlow's padding), where the last 13 weigh nothing that can be measured.
    margin = 224

    def __init__(self) -> None:
        super().__init__()
        self.trunk = MobileNetTrunk((5, 11))
        self.reduce = _conv_block(512, 128, 1)
        self.context = nn.ModuleList(_conv_block(128, 64, 3, dilation) for dilation in (1, 3, 6))
        self.merge = _conv_block(192, 128, 1)
        self.tap = _conv_block(256, 128, 1)
        self.refine = nn.Sequential(_conv_block(128, 128, 3), _conv_block(128, 64, 3))
        self.head = nn.Conv2d(64, 1, 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.read(*self.trunk(x))

    def read(self, tap: Tensor, deep: Tensor) -> Tensor:
        """Return the density that the head sees in features of stride 8 and 16."""
        deep = self.reduce(deep)
        deep = self.merge(torch.cat([branch(deep) for branch in self.context], dim=1))
        deep = F.interpolate(deep, scale_factor=2, mode="bilinear", align_corners=False)
        return F.softplus(self.head(self.refine(deep + self.tap(tap))))


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
