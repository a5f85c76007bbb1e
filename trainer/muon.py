"""AdamW that moves the weights of convolutions by orthogonal steps: Muon."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from torch.optim import AdamW

MOMENTUM = 0.95
# Of the quintic whose iteration brings every singular value near 1, and how often it is applied.
QUINTIC, ITERATIONS = (3.4445, -4.775, 2.0315), 5
# A step then has the root mean square that one of AdamW has.
LIKE_ADAM = 0.2


class Muon(AdamW):
    """AdamW, and Muon for groups that say `orthogonal`: their tensors are (out, ...) kernels.

    A kernel, seen as a matrix of `out` rows, moves along its momentum with all singular values
    made alike, so that directions which are rare in the gradients are learnt too. Jordan et al.,
    Muon, 2024; the scale of steps after Liu et al., arXiv 2502.16982, section 2.2. torch's own
    Muon takes matrices only.
    """

    @torch.no_grad()
    def step(self, closure: Callable[[], Any] | None = None) -> Any:
        for group in self.param_groups:
            if group.get("orthogonal"):
                for kernel in group["params"]:
                    if kernel.grad is not None:
                        self._move(kernel, kernel.grad, group["lr"], group["weight_decay"])
                        kernel.grad = None
        # AdamW passes by what has no gradient: a kernel has moved already.
        return super().step(closure)

    def _move(self, kernel: Tensor, gradient: Tensor, rate: float, decay: float) -> None:
        state = self.state[kernel]
        if not state:
            # AdamW, which reads the state of all, asks for the number of steps.
            state["step"] = torch.tensor(0.0)
            state["momentum"] = torch.zeros_like(kernel)
        state["step"] += 1
        momentum: Tensor = state["momentum"]
        momentum.lerp_(gradient, 1 - MOMENTUM)
        ahead = gradient.lerp(momentum, MOMENTUM).flatten(1)
        scale = LIKE_ADAM * max(ahead.shape) ** 0.5
        kernel.mul_(1 - rate * decay)
        kernel.add_(orthogonal(ahead).view_as(kernel), alpha=-rate * scale)


def orthogonal(matrix: Tensor) -> Tensor:
    """Return a matrix with the singular vectors of the given one and all its values about 1."""
    a, b, c = QUINTIC
    # bf16 suffices: the values only come near 1 in any case.
    x: Tensor = matrix.bfloat16()
    upright = x.shape[0] > x.shape[1]
    x = x.T if upright else x
    x = x / (x.norm() + 1e-7)
    for _ in range(ITERATIONS):
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    found: Tensor = (x.T if upright else x).to(matrix.dtype)
    return found
