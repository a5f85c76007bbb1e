"""The beginning of MobileNetV1, with the names of its ImageNet weights.

Howard et al., arXiv 1704.04861.
"""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor, nn

# out channels and stride of the depthwise-separable pairs 1..11
PAIRS = (
    (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2),
    (512, 1), (512, 1), (512, 1), (512, 1), (512, 1),
)  # fmt: skip


class MobileNetTrunk(nn.Module):
    """MobileNetV1 to its last wanted pair; gives the outputs of the pairs in `taps`.

    Pair 4 and 5 have stride 8 and 256 channels, pair 11 stride 16 and 512. Expects pictures in
    -1..1. Layers are conv1, dw1, pw1, ..., by default without biases, as published.
    """

    def __init__(self, taps: tuple[int, ...], batch_norm: bool = True, bias: bool = False) -> None:
        super().__init__()
        self.taps = taps
        self.batch_norm = batch_norm
        self._add("conv1", nn.Conv2d(3, 32, 3, stride=2, bias=bias))
        channels = 32
        for n, (width, stride) in enumerate(PAIRS[: max(taps)], start=1):
            depthwise = nn.Conv2d(
                channels, channels, 3, stride=stride, padding=1 if stride == 1 else 0,
                groups=channels, bias=bias,
            )  # fmt: skip
            self._add(f"dw{n}", depthwise)
            self._add(f"pw{n}", nn.Conv2d(channels, width, 1, bias=bias))
            channels = width

    def forward(self, x: Tensor) -> list[Tensor]:
        x = self._layer("conv1", x, stride=2)
        found = []
        for n, (_, stride) in enumerate(PAIRS[: max(self.taps)], start=1):
            x = self._layer(f"pw{n}", self._layer(f"dw{n}", x, stride), 1)
            if n in self.taps:
                found.append(x)
        return found

    def _add(self, name: str, conv: nn.Conv2d) -> None:
        self.add_module(name, conv)
        if self.batch_norm:
            self.add_module(f"{name}_bn", nn.BatchNorm2d(conv.out_channels, eps=1e-3))

    def _layer(self, name: str, x: Tensor, stride: int) -> Tensor:
        if stride == 2:
            # The ImageNet weights were trained with TensorFlow's padding: right and bottom only.
            x = F.pad(x, (0, 1, 0, 1))
        x = self.get_submodule(name)(x)
        if self.batch_norm:
            x = self.get_submodule(f"{name}_bn")(x)
        return F.relu6(x)
