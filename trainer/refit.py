"""MCNN's last layer fitted anew to the counts of whole pictures.

Crops teach where people are; a picture's count is the sum of thousands of cells, and small biases
of the cells add up. The 31 numbers of the fusing layer are few enough to be fitted to whole
training pictures without learning them by heart.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from models.engines.torch_engine import channels_last
from models.header import Header
from models.mcnn import MCNN
from models.pictures import picture_size, read_picture
from models.predictor import Predictor
from trainer.datasets import Example, spread
from trainer.density import inside

# Pictures that are taken, spread over all there are, and fewer than which fix nothing.
MOST, FEWEST = 300, 32
# What is kept of them at most, so that a fit takes no more memory than the training did.
MOST_BYTES = 1_000_000_000


class _Features:
    """An engine that keeps what goes into the last layer: (30, h, w) in half precision."""

    name = precision = "features"
    takes_bytes = False

    def __init__(self, network: MCNN) -> None:
        channels_last(network.eval())
        self.network = network
        self.kept = torch.empty(0)

    @torch.inference_mode()
    def run(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        x = torch.from_numpy(batch).contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16):
            columns = [self.network.large(x), self.network.medium(x), self.network.small(x)]
        self.kept = torch.cat(columns, 1)[0].half().flatten(1).clone()
        return np.zeros((batch.shape[2] // 4, batch.shape[3] // 4), np.float32)


def refit_last_layer(
    network: nn.Module,
    header: Header,
    examples: Sequence[Example],
    *,
    relative: bool = False,
    steps: int = 400,
) -> bool:
    """Fit `network.fuse` to the counts of whole pictures by their absolute or relative error.

    The network is an MCNN that ends in softplus and counts in persons; `header` says how it takes
    pictures. Those that are counted in tiles are left out; fewer than FEWEST leave it as it is.
    Returns whether it was fitted.
    """
    assert isinstance(network, MCNN)
    assert network.output == "softplus"
    assert header.density_factor == 1
    engine = _Features(network)
    reader = Predictor(engine, header, "refit")
    features, counts = [], []
    for example in _chosen(examples, reader):
        picture = read_picture(example.picture)
        reader.predict(picture)
        features.append(engine.kept)
        counts.append(float(len(inside(example.heads, picture.shape[1], picture.shape[0]))))
    if len(features) < FEWEST:
        return False
    true = torch.tensor(counts)
    scales = true.clamp_min(20) / 4 if relative else torch.full_like(true, 100)
    _fit(network.fuse, features, true, scales, steps)
    return True


def _chosen(examples: Sequence[Example], reader: Predictor) -> list[Example]:
    """Return those that are counted whole, spread evenly, as many as there is room for.

    That is said by the largest of them: of such there may be more than FEWEST in any case.
    """
    seen = [reader.seen(*picture_size(example.picture)) for example in examples]
    whole = [example for example, tiles in zip(examples, seen, strict=True) if len(tiles) == 1]
    cells = [tiles[0][0] * tiles[0][1] / 16 for tiles in seen if len(tiles) == 1]
    room = int(MOST_BYTES // (2 * 30 * max(cells, default=1)))
    return spread(whole, min(MOST, room))


def _fit(
    fuse: nn.Conv2d, features: Sequence[Tensor], counts: Tensor, scales: Tensor, steps: int
) -> None:
    start = fuse.weight.detach().flatten().clone()
    weight = start.clone().requires_grad_()
    bias = fuse.get_parameter("bias").detach().clone().requires_grad_()
    optimizer = torch.optim.Adam([weight, bias], lr=3e-3)
    rng = np.random.default_rng(0)
    for step in range(steps):
        for group in optimizer.param_groups:
            group["lr"] = 3e-3 * (1 - step / steps)
        chosen = rng.choice(len(features), min(32, len(features)), replace=False)
        errors = [(_count(features[i], weight, bias) - counts[i]) / scales[i] for i in chosen]
        # A pull to where it was: the map must stay a map of people, not only sum up right.
        loss = torch.stack(errors).abs().mean() + (weight - start).square().sum()
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    with torch.no_grad():
        fuse.weight.copy_(weight.view_as(fuse.weight))
        fuse.get_parameter("bias").copy_(bias)


def _count(features: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    return nn.functional.softplus(weight @ features.float() + bias).sum()
