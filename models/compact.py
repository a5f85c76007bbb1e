"""The compact student: MobileNetV1's first pairs and a head that looks far, in MCNN's bytes."""

from __future__ import annotations

import copy
from dataclasses import dataclass

import torch.nn.functional as F
from torch import Tensor, nn

from models.folding import fold_norms
from models.mobilenet import FIRST, PAIRS, MobileNetTrunk

WIDTH = 104
REFINED = 48


@dataclass(frozen=True)
class Layout:
    """Channels of the trunk's first layer, its pairs, and the dilations of the blocks at stride 16.

    `margin` is how many pixels beyond its own a cell sees.
    """

    first: int
    pairs: tuple[tuple[int, int], ...]
    dilations: tuple[int, ...]
    margin: int


WIDE = Layout(FIRST, PAIRS[:4], (2, 4), 144)
# The first layers' maps are the largest and cost the most time: they have half the channels, and
# stride 4 a pair less. What that frees goes where maps are small.
SLIM = Layout(16, ((32, 1), (128, 2), (256, 2)), (2, 4, 1, 2), 192)


class Compact(nn.Module):
    """A counter of 133,121 parameters and 2.8 GMAC at 1024x768; output stride 8.

    Input (B, 3, H, W) in -1..1 with H and W multiples of 16, output (B, 1, H/8, W/8), never
    negative. It trains with `batch_norm`; `fold()` then gives the plain network that is shipped.
    `slim` is its faster layout, of 132,657 parameters and 1.4 GMAC.
    """

    stride = 8
    pad_to = 16

    def __init__(self, batch_norm: bool = False, slim: bool = False) -> None:
        super().__init__()
        self.batch_norm = batch_norm
        self.slim = slim
        layout = SLIM if slim else WIDE
        self.margin = layout.margin
        taps = (len(layout.pairs),)
        self.trunk = MobileNetTrunk(taps, batch_norm, True, layout.first, layout.pairs)
        self.reduce = self._layer(nn.Conv2d(256, WIDTH, 1))
        self.down = self._separable(WIDTH, WIDTH, stride=2)
        self.context = nn.ModuleList(
            self._separable(WIDTH, WIDTH, dilation=dilation) for dilation in layout.dilations
        )
        self.refine = self._separable(WIDTH, REFINED)
        self.head = nn.Conv2d(REFINED, 1, 1)

    def forward(self, x: Tensor) -> Tensor:
        (x,) = self.trunk(x)
        near = self.reduce(x)
        far = self.down(near)
        for block in self.context:
            far = far + block(far)
        far = F.interpolate(far, scale_factor=2, mode="bilinear", align_corners=False)
        return F.softplus(self.head(self.refine(near + far)))

    def fold(self) -> Compact:
        """Return the same function without batch normalisation, in eval mode."""
        folded = copy.deepcopy(self).eval()
        fold_norms(folded, 3)
        plain = Compact(batch_norm=False, slim=self.slim)
        plain.load_state_dict(folded.state_dict())
        return plain.eval()

    def _layer(self, conv: nn.Conv2d) -> nn.Sequential:
        layer = nn.Sequential()
        layer.add_module("conv", conv)
        if self.batch_norm:
            layer.add_module("conv_bn", nn.BatchNorm2d(conv.out_channels))
        layer.add_module("relu", nn.ReLU())
        return layer

    def _separable(
        self, channels: int, width: int, stride: int = 1, dilation: int = 1
    ) -> nn.Sequential:
        """A depthwise 3x3 convolution and a pointwise one, each with its norm and ReLU."""
        depthwise = nn.Conv2d(
            channels, channels, 3, stride, padding=dilation, dilation=dilation, groups=channels
        )
        return nn.Sequential(self._layer(depthwise), self._layer(nn.Conv2d(channels, width, 1)))
