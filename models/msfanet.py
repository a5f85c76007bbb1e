"""M-SFANet, the teacher: VGG16-BN encoder, CAN and ASPP context, attention and density decoders.

Thanasutives et al., ICPR 2020, arXiv 2003.05586. Parameter names are those of the public
checkpoints, "assp" included.
"""

from __future__ import annotations

from functools import reduce
from itertools import accumulate

import torch
import torch.nn.functional as F
from torch import Tensor, nn

# Its sigmoid is 1e-13, which can still be squared.
LEAST_CONTRAST = -30.0
VGG16_GROUPS = ((64, 64), (128, 128), (256, 256, 256), (512, 512, 512), (512, 512, 512))


class MSFANet(nn.Module):
    """The teacher network; output stride 2, 22,904,390 parameters.

    Input (B, 3, H, W) with H and W multiples of 16. Returns the density (B, 1, H/2, W/2) and the
    attention of the same shape, in 0..1. The density is linear as published (it can go below
    zero); `output` "softplus" keeps it above zero, as likelihoods of counts need it.
    """

    stride = 2
    pad_to = 16
    # It pools over the whole picture, so tiles are an approximation at any overlap.
    margin = 128

    def __init__(self, output: str = "linear") -> None:
        super().__init__()
        if output not in ("linear", "softplus"):
            raise TypeError(f"output is linear or softplus, not {output!r}")
        self.output = output
        self.vgg = Encoder()
        self.spm = Context()
        self.amp = Decoder()
        self.dmp = Decoder()
        self.conv_att = ConvBlock(32, 1, 1)
        self.conv_out = ConvBlock(32, 1, 1)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        conv2, conv3, conv4, conv5 = self.vgg(x)
        can, aspp = self.spm(conv4, conv5)
        attention = torch.sigmoid(self.conv_att.linear(self.amp(conv2, conv3, can, aspp)))
        features = self.dmp(conv2, conv3, can, aspp)
        # The density head is a bare convolution: its batch norm exists in the checkpoints only.
        density: Tensor = self.conv_out.conv(attention * features)
        if self.output == "softplus":
            density = F.softplus(density)
        return density, attention


class ConvBlock(nn.Module):
    """Convolution with bias and same padding, batch norm, ReLU."""

    def __init__(self, in_channels: int, out_channels: int, kernel: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(in_channels, out_channels, kernel, padding=kernel // 2)
        self.bn = nn.BatchNorm2d(out_channels)

    def linear(self, x: Tensor) -> Tensor:
        out: Tensor = self.bn(self.conv(x))
        return out

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(self.linear(x))


class Encoder(nn.Module):
    """VGG16-BN without its last pooling; gives conv2_2, conv3_3, conv4_3 and conv5_3."""

    def __init__(self) -> None:
        super().__init__()
        channels = 3
        for group, widths in enumerate(VGG16_GROUPS, start=1):
            for layer, width in enumerate(widths, start=1):
                self.add_module(f"conv{group}_{layer}", ConvBlock(channels, width, 3))
                channels = width

    def group(self, number: int, x: Tensor) -> Tensor:
        for layer in range(1, len(VGG16_GROUPS[number - 1]) + 1):
            x = self.get_submodule(f"conv{number}_{layer}")(x)
        return x

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        conv2 = self.group(2, F.max_pool2d(self.group(1, x), 2))
        conv3 = self.group(3, F.max_pool2d(conv2, 2))
        conv4 = self.group(4, F.max_pool2d(conv3, 2))
        conv5 = self.group(5, F.max_pool2d(conv4, 2))
        return conv2, conv3, conv4, conv5


class Context(nn.Module):
    """CAN on conv4_3 (stride 8) and ASPP on conv5_3 (stride 16)."""

    def __init__(self) -> None:
        super().__init__()
        self.assp = ASPP(512, 256)
        self.can = CAN(512, 512)

    def forward(self, conv4: Tensor, conv5: Tensor) -> tuple[Tensor, Tensor]:
        return self.can(conv4), self.assp(conv5)


class CAN(nn.Module):
    """Context-aware features: averages over 1, 2, 3 and 6 cells, weighted by their contrast.

    Liu et al., CVPR 2019.
    """

    def __init__(self, channels: int, out_channels: int) -> None:
        super().__init__()
        self.scales = nn.ModuleList(
            nn.Sequential(CellMeans(size), nn.Conv2d(channels, channels, 1, bias=False))
            for size in (1, 2, 3, 6)
        )
        self.bottleneck = nn.Conv2d(channels * 2, out_channels, 1)
        self.weight_net = nn.Conv2d(channels, channels, 1)
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.normal_(module.weight, std=0.01)
                if module.bias is not None:
                    nn.init.zeros_(module.bias)

    def forward(self, x: Tensor) -> Tensor:
        # The weight of x - mean: as it is linear, x needs it once, and the mean while it is small.
        weighed = self.weight_net(x)
        means, weights = [], []
        for scale in self.scales:
            cells = scale(x)
            contrast = weighed - _enlarged(F.conv2d(cells, self.weight_net.weight), x)
            if contrast.dtype == torch.float16:
                # It has no number as small as the weights can be.
                contrast = contrast.float()
            means.append(_enlarged(cells, x))
            # Below this every weight could be 0: 0/0 is not a number, nor is its gradient.
            weights.append(torch.sigmoid(contrast.clamp_min(LEAST_CONTRAST)))
        context = _sum([weight * mean for weight, mean in zip(weights, means, strict=True)])
        context = context / _sum(weights)
        return F.relu(self.bottleneck(torch.cat([context, x], dim=1)))


class CellMeans(nn.Module):
    """Means over `size` x `size` cells: nn.AdaptiveAvgPool2d, also for ONNX and Apple's GPU.

    ONNX knows that pooling for fixed pictures only, and torch on Apple's GPU only for sides that
    `size` divides, so there it is written as two products with matrices that are computed from
    the picture's height and width: the same means exactly.
    """

    def __init__(self, size: int) -> None:
        super().__init__()
        self.size = size

    def forward(self, x: Tensor) -> Tensor:
        if not torch.onnx.is_in_onnx_export() and x.device.type != "mps":
            return F.adaptive_avg_pool2d(x, self.size)
        rows, columns = self._shares(x, 2), self._shares(x, 3)
        means: Tensor = rows @ x @ columns.transpose(0, 1)
        return means

    def _shares(self, x: Tensor, axis: int) -> Tensor:
        """Return the share of each row (or column) in each cell's mean: (size, length)."""
        # As a tensor, so that the traced graph computes it anew for every picture.
        length = torch._shape_as_tensor(x)[axis]
        cells = torch.arange(self.size)
        start = torch.div(cells * length, self.size, rounding_mode="floor")[:, None]
        stop = torch.div((cells + 1) * length - 1, self.size, rounding_mode="floor")[:, None] + 1
        places = torch.arange(length)[None]  # type: ignore[call-overload]
        inside = ((places >= start) & (places < stop)).to(x.dtype)
        shares: Tensor = inside / (stop - start).to(x.dtype)
        return shares.to(x.device)


class AtrousBlock(nn.Module):
    """Dilated convolution without bias, batch norm, ReLU."""

    def __init__(self, in_channels: int, out_channels: int, kernel: int, dilation: int) -> None:
        super().__init__()
        padding = 0 if kernel == 1 else dilation
        self.atrous_conv = nn.Conv2d(
            in_channels, out_channels, kernel, padding=padding, dilation=dilation, bias=False
        )
        self.bn = nn.BatchNorm2d(out_channels)

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(self.bn(self.atrous_conv(x)))


class ASPP(nn.Module):
    """Atrous spatial pyramid pooling with dilations 6, 12, 18 and a global average.

    Chen et al., DeepLab v3, arXiv 1706.05587.
    """

    def __init__(self, in_channels: int, out_channels: int) -> None:
        super().__init__()
        self.aspp1 = AtrousBlock(in_channels, out_channels, 1, 1)
        self.aspp2 = AtrousBlock(in_channels, out_channels, 3, 6)
        self.aspp3 = AtrousBlock(in_channels, out_channels, 3, 12)
        self.aspp4 = AtrousBlock(in_channels, out_channels, 3, 18)
        self.global_avg_pool = nn.Sequential(
            nn.AdaptiveAvgPool2d(1),
            nn.Conv2d(in_channels, out_channels, 1, bias=False),
            nn.BatchNorm2d(out_channels),
            nn.ReLU(),
        )
        self.conv1 = nn.Conv2d(out_channels * 5, out_channels, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(out_channels)
        self.dropout = nn.Dropout(0.5)
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight)
        # A crop of 256 pixels has 16 cells here, so that training never or rarely reaches the outer
        # taps of these: as chance made them they would only disturb whole pictures.
        for far in (self.aspp3, self.aspp4):
            weight = far.atrous_conv.get_parameter("weight").data
            centre = weight[:, :, 1, 1].clone()
            weight.zero_()[:, :, 1, 1] = centre

    def forward(self, x: Tensor) -> Tensor:
        # One crop alone has one value a channel here, and no variance to learn from. A norm that
        # several processes join has theirs too, and they wait for it.
        norm = self.global_avg_pool[2]
        learning = norm.training
        norm.train(learning and (len(x) > 1 or isinstance(norm, nn.SyncBatchNorm)))
        pooled = self.global_avg_pool(x).expand(-1, -1, x.shape[-2], x.shape[-1])
        norm.train(learning)
        branches = [self.aspp1(x), self.aspp2(x), self.aspp3(x), self.aspp4(x), pooled]
        out: Tensor = self.dropout(F.relu(self.bn1(self.conv1(torch.cat(branches, dim=1)))))
        return out


class JoinedBlock(nn.Module):
    """1x1 convolution of maps put one behind the other, each enlarged; batch norm, ReLU."""

    def __init__(self, widths: tuple[int, ...], out_channels: int) -> None:
        super().__init__()
        self.conv = JoinedConv(widths, out_channels)
        self.bn = nn.BatchNorm2d(out_channels)

    def forward(self, *parts: tuple[Tensor, int]) -> Tensor:
        return F.relu(self.bn(self.conv(parts)))


class JoinedConv(nn.Conv2d):
    """1x1 convolution of maps of some widths, each enlarged by a factor, one behind the other.

    The convolution mixes channels and enlarging mixes places, so their order is free: each map
    meets its columns of the kernel while it is small, and nothing large is joined.
    """

    def __init__(self, widths: tuple[int, ...], out_channels: int) -> None:
        super().__init__(sum(widths), out_channels, 1)
        self.widths = widths

    def forward(self, parts: tuple[tuple[Tensor, int], ...]) -> Tensor:  # type: ignore[override]
        shares: list[Tensor] = []
        for (part, factor), width, stop in zip(
            parts, self.widths, accumulate(self.widths), strict=True
        ):
            # Once is enough for the bias: enlarging leaves a constant as it is.
            bias = None if shares else self.bias
            share = F.conv2d(part, self.weight[:, stop - width : stop], bias)
            shares.append(_up(share, factor))
        return _sum(shares)


class Decoder(nn.Module):
    """One of the two equal decoders: context and encoder taps to 32 channels at stride 2."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = JoinedBlock((256, 512), 256)
        self.conv2 = ConvBlock(256, 256, 3)
        self.conv3 = JoinedBlock((256, 256, 256), 128)
        self.conv4 = ConvBlock(128, 128, 3)
        self.conv5 = JoinedBlock((128, 128), 64)
        self.conv6 = ConvBlock(64, 64, 3)
        self.conv7 = ConvBlock(64, 32, 3)

    def forward(self, conv2: Tensor, conv3: Tensor, can: Tensor, aspp: Tensor) -> Tensor:
        x = self.conv2(self.conv1((aspp, 2), (can, 1)))
        x = self.conv4(self.conv3((x, 2), (conv3, 1), (aspp, 4)))
        x = self.conv6(self.conv5((x, 2), (conv2, 1)))
        out: Tensor = self.conv7(x)
        return out


def _enlarged(cells: Tensor, like: Tensor) -> Tensor:
    return F.interpolate(cells, size=like.shape[-2:], mode="bilinear", align_corners=False)


def _sum(maps: list[Tensor]) -> Tensor:
    return reduce(torch.add, maps)


def _up(x: Tensor, factor: int) -> Tensor:
    if factor == 1:
        return x
    return F.interpolate(x, scale_factor=factor, mode="bilinear", align_corners=True)
