"""A compact network made slim: fewer channels in its first layers, which follow the wide one's.

Of the channels that a pointwise layer reads those go first that it misses least (backward
elimination), and its weights are fitted anew to what it said before, by least squares: He et al.,
ICCV 2017 (arXiv 1707.06168). A pair that the slim layout lacks is left to the next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import torch
from torch import Tensor, nn

from models.compact import SLIM, Compact
from models.mobilenet import MobileNetTrunk

# Every so many cells of a map are enough: at the input's stride 2, 4 and 8.
STEPS = {2: 37, 4: 11, 8: 3}
# A block that nothing was fitted for begins as a small change.
FIRST_SHARE = 0.3
# What of the trunk follows; its first filters stay as ImageNet made them.
FOLLOWING = ("dw1", "pw1", "dw2", "pw2", "dw3", "pw3")
RATE, LONGEST = 1e-3, 1.0
# How much the maps at stride 4 weigh beside those at stride 8, and the head's view of these.
HALVED_WEIGHT = 0.3


@torch.no_grad()
def slim(wide: Compact, batches: Sequence[Tensor]) -> Compact:
    """Return a slim network that begins near a wide one, both without batch norms.

    `batches` (B, 3, H, W) are training pictures, normalised. What is new is drawn by torch's
    generator, which the caller seeds.
    """
    network = Compact(slim=True)
    _cut_start(network.trunk, wide.trunk, batches)
    _refit_second(network.trunk, wide.trunk, batches)
    _bridge_pair(network.trunk, wide.trunk, batches)
    state = {n: t for n, t in wide.state_dict().items() if not n.startswith("trunk.")}
    network.load_state_dict(state, strict=False)
    for block in list(network.context)[len(wide.context) :]:
        block.get_submodule("1.conv").get_parameter("weight").mul_(FIRST_SHARE)
    return network


def _cut_start(new: MobileNetTrunk, old: MobileNetTrunk, batches: Sequence[Tensor]) -> None:
    """Choose the channels of the first convolution and of the first pair."""
    first, second = _Fit(), _Fit()
    for x in batches:
        started = old.layer("dw1", old.layer("conv1", x, 2))
        first.add(started, old.get_submodule("pw1")(started), STEPS[2])
        halved = old.layer("dw2", old.layer("pw1", started), 2)
        second.add(halved, old.get_submodule("pw2")(halved), STEPS[4])
    kept, passed = first.best(SLIM.first), second.best(SLIM.pairs[0][0])
    for name in ("conv1", "dw1"):
        _take(new.get_submodule(name), old.get_submodule(name), kept)
    weights, biases = first.solve(kept)
    _set(new.get_submodule("pw1"), weights[passed], biases[passed])
    _take(new.get_submodule("dw2"), old.get_submodule("dw2"), passed)


def _refit_second(new: MobileNetTrunk, old: MobileNetTrunk, batches: Sequence[Tensor]) -> None:
    """Let the second pair say what it said from what the first one says now."""
    fit = _Fit()
    for x in batches:
        fit.add(_halved(new, x), old.get_submodule("pw2")(_halved(old, x)), STEPS[4])
    _set(new.get_submodule("pw2"), *fit.solve())


def _bridge_pair(new: MobileNetTrunk, old: MobileNetTrunk, batches: Sequence[Tensor]) -> None:
    """Let the last pair do the work of the one that is gone, by filters drawn by chance."""
    filters = new.get_submodule("dw3")
    nn.init.normal_(filters.get_parameter("weight"), 0.0, 0.15)[:, :, 1, 1] += 0.5
    nn.init.zeros_(filters.get_parameter("bias"))
    fit = _Fit()
    for x in batches:
        quarter = old.layer("pw3", old.layer("dw3", old.layer("pw2", _halved(old, x))))
        wanted = old.get_submodule("pw4")(old.layer("dw4", quarter, 2))
        fit.add(new.layer("dw3", new.layer("pw2", _halved(new, x)), 2), wanted, STEPS[8])
    _set(new.get_submodule("pw3"), *fit.solve())


def follow(
    network: Compact, wide: Compact, batches: Iterable[Tensor], steps: int
) -> Iterator[tuple[int, float]]:
    """Let a slim network's trunk follow the wide one's maps; yields each step and what it missed.

    Both are without batch norms, `batches` (B, 3, H, W) pictures of any kind, normalised, at least
    `steps` of them. What is missed is the mean part of the variance.
    """
    for model in (network, wide):
        model.eval().requires_grad_(False)
    moving = [p for name in FOLLOWING for p in network.trunk.get_submodule(name).parameters()]
    for parameter in moving:
        parameter.requires_grad_(True)
    optimizer = torch.optim.AdamW(moving, lr=RATE, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps, RATE / 100)
    for step, x in zip(range(1, steps + 1), batches, strict=False):
        with torch.autocast("cpu", torch.bfloat16):
            with torch.no_grad():
                wanted = _maps(wide, wide, x)
            got = _maps(network, wide, x)
        missed = [
            (mine.float() - theirs.float()).square().mean() / theirs.float().var()
            for mine, theirs in zip(got, wanted, strict=True)
        ]
        optimizer.zero_grad()
        (HALVED_WEIGHT * missed[0] + missed[1] + missed[2]).backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(moving, LONGEST)
        optimizer.step()
        schedule.step()
        yield step, float(missed[1].detach())


def _maps(network: Compact, wide: Compact, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Return the second pair's map, the trunk's last, and what the wide one's head makes of it."""
    halved = network.trunk.layer("pw2", _halved(network.trunk, x))
    last = halved
    for n, (_, stride) in list(enumerate(network.trunk.pairs, start=1))[2:]:
        last = network.trunk.layer(f"pw{n}", network.trunk.layer(f"dw{n}", last, stride))
    return halved, last, wide.reduce(last)


def _halved(trunk: MobileNetTrunk, x: Tensor) -> Tensor:
    """Return what the second pointwise layer reads, at stride 4."""
    return trunk.layer("dw2", trunk.layer("pw1", trunk.layer("dw1", trunk.layer("conv1", x, 2))), 2)


class _Fit:
    """A pointwise layer by least squares, (B, C, H, W) to (B, D, H, W), gathered by batches."""

    def __init__(self) -> None:
        self._gram = torch.zeros(1, 1, dtype=torch.float64)
        self._product = torch.zeros(1, 1, dtype=torch.float64)

    def add(self, given: Tensor, wanted: Tensor, step: int) -> None:
        rows, targets = _rows(given, step), _rows(wanted, step)
        rows = torch.cat([rows, torch.ones(len(rows), 1, dtype=torch.float64)], 1)
        self._gram = self._gram + rows.T @ rows
        self._product = self._product + rows.T @ targets

    def best(self, number: int) -> list[int]:
        """Return the channels that are left when those that are missed least have gone."""
        kept = list(range(len(self._gram) - 1))
        while len(kept) > number:
            without = {channel: [other for other in kept if other != channel] for channel in kept}
            kept = without[max(kept, key=lambda channel: self._told(without[channel]))]
        return kept

    def solve(self, channels: Sequence[int] | None = None) -> tuple[Tensor, Tensor]:
        """Return weights (D, C) and biases (D,) for these channels, or all."""
        solution = self._solution(channels)
        return solution[:-1].T.float(), solution[-1].float()

    def _told(self, channels: Sequence[int]) -> float:
        """How much of what is wanted these channels tell, up to a constant."""
        product = self._product[[*channels, -1]]
        return float((self._solution(channels) * product).sum())

    def _solution(self, channels: Sequence[int] | None) -> Tensor:
        every = range(len(self._gram) - 1)
        chosen = [*(every if channels is None else channels), len(self._gram) - 1]
        gram = self._gram[chosen][:, chosen]
        # Channels that are alike, or always 0, must not blow up.
        ridge = 1e-6 * self._gram.diagonal()[:-1].mean() * torch.eye(len(chosen))
        solution: Tensor = torch.linalg.solve(gram + ridge, self._product[chosen])
        return solution


def _rows(x: Tensor, step: int) -> Tensor:
    return x.permute(0, 2, 3, 1).flatten(0, 2)[::step].double()


def _take(target: nn.Module, source: nn.Module, channels: Sequence[int]) -> None:
    for name in ("weight", "bias"):
        target.get_parameter(name).copy_(source.get_parameter(name)[list(channels)])


def _set(target: nn.Module, weights: Tensor, biases: Tensor) -> None:
    target.get_parameter("weight").copy_(weights[..., None, None])
    target.get_parameter("bias").copy_(biases)
