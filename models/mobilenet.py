"""The beginning of MobileNetV1, with the names of its ImageNet weights.

Howard et al., arXiv 1704.04861.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch.nn.functional as F
from torch import Tensor, nn

# Channels of the first convolution, and of the depthwise-separable pairs 1..11 with their strides.
FIRST = 32
PAIRS = (
    (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2),
    (512, 1), (512, 1), (512, 1), (512, 1), (512, 1),
)  # fmt: skip


class MobileNetTrunk(nn.Module):
    """MobileNetV1 to its last wanted pair; gives the outputs of the pairs in `taps`.

    Pair 4 and 5 have stride 8 and 256 channels, pair 11 stride 16 and 512. Expects pictures in
    -1..1. Layers are conv1, dw1, pw1, ..., by default without biases and as wide as published.
    """

    def __init__(
        self,
        taps: tuple[int, ...],
        batch_norm: bool = True,
        bias: bool = False,
        first: int = FIRST,
        pairs: Sequence[tuple[int, int]] = PAIRS,
    ) -> None:
        super().__init__()
        self.taps = taps
        self.batch_norm = batch_norm
        self.first = first
        self.pairs = pairs[: max(taps)]
        self._add("conv1", nn.Conv2d(3, first, 3, stride=2, bias=bias))
        channels = first
        for n, (width, stride) in enumerate(self.pairs, start=1):
            depthwise = nn.Conv2d(
                channels, channels, 3, stride=stride, padding=1 if stride == 1 else 0,
                groups=channels, bias=bias,
            )  # fmt: skip
            self._add(f"dw{n}", depthwise)
            self._add(f"pw{n}", nn.Conv2d(channels, width, 1, bias=bias))
            channels = width

    def forward(self, x: Tensor) -> list[Tensor]:
        x = self.layer("conv1", x, stride=2)
        found = []
        for n, (_, stride) in enumerate(self.pairs, start=1):
            x = self.layer(f"pw{n}", self.layer(f"dw{n}", x, stride))
            if n in self.taps:
                found.append(x)
        return found

    def _add(self, name: str, conv: nn.Conv2d) -> None:
        self.add_module(name, conv)
        if self.batch_norm:
            self.add_module(f"{name}_bn", nn.BatchNorm2d(conv.out_channels, eps=1e-3))

    def layer(self, name: str, x: Tensor, stride: int = 1) -> Tensor:
        """Pass x (B, C, H, W) through one layer, its padding, norm and ReLU6."""
        if stride == 2:
            # The ImageNet weights were trained with TensorFlow's padding: right and bottom only.
            x = F.pad(x, (0, 1, 0, 1))
        x = self.get_submodule(name)(x)
        if self.batch_norm:
            x = self.get_submodule(f"{name}_bn")(x)
        return F.relu6(x)
