"""Several processes that train one network together, as torchrun starts them."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel

from models.errors import UserError
from models.msfanet import MSFANet

T = TypeVar("T")
ORDERS = (None, "pause", "resume", "stop", "parent-gone")
# The others wait while the first validates; on a CPU that takes minutes.
PATIENCE = datetime.timedelta(hours=2)
# What torchrun says beside WORLD_SIZE, and what the processes find each other by.
TOLD = ("RANK", "MASTER_ADDR", "MASTER_PORT")


@dataclass(frozen=True)
class Ranks:
    """Which of how many processes this is; alone unless torchrun says otherwise."""

    rank: int = 0
    world: int = 1

    @property
    def first(self) -> bool:
        return self.rank == 0

    @property
    def alone(self) -> bool:
        return self.world == 1

    def wrap(self, learner: nn.Module, device: str) -> nn.Module:
        """Return the module whose gradients are averaged over all processes.

        On graphics cards its batch norms see the crops of all; torch has none that do on CPUs.
        """
        if self.alone:
            return learner
        ids = None
        if device.startswith("cuda"):
            ids = [torch.device(device)]
            learner = nn.SyncBatchNorm.convert_sync_batchnorm(learner)  # type: ignore[no-untyped-call]
        # M-SFANet has a batch norm that nothing uses.
        unused = any(isinstance(module, MSFANet) for module in learner.modules())
        return DistributedDataParallel(learner, device_ids=ids, find_unused_parameters=unused)

    def norms_apart(self, network: nn.Module) -> bool:
        """Whether batch norms that learn see only the crops of their own process."""
        norms = [module for module in network.modules() if isinstance(module, nn.BatchNorm2d)]
        return not self.alone and any(norm.training for norm in norms)

    def tell(self, thing: T) -> T:
        """Return the first process's `thing` in all of them."""
        if self.alone:
            return thing
        carried = [thing]
        dist.broadcast_object_list(carried, src=0)
        return carried[0]

    def tell_order(self, order: str | None, device: str) -> str | None:
        """Return the first process's order in all of them; cheap enough for every step."""
        if self.alone:
            return order
        code = torch.tensor(ORDERS.index(order), device=device)
        dist.broadcast(code, src=0)
        return ORDERS[int(code)]

    def mean(self, values: list[float], device: str) -> list[float]:
        """Return the means of some numbers over all processes."""
        if self.alone:
            return values
        sums = torch.tensor(values, device=device, dtype=torch.float32)
        dist.all_reduce(sums)
        found: list[float] = (sums / self.world).tolist()
        return found

    @contextmanager
    def first_goes_ahead(self) -> Iterator[None]:
        """Let the first process do something that the others then find done."""
        if not self.alone and not self.first:
            dist.barrier()
        yield
        if not self.alone and self.first:
            dist.barrier()


def join() -> Ranks:
    """Join the processes that torchrun started, if it did.

    They talk by gloo about what lies in main memory, and by NCCL about what lies on graphics cards.
    Raises UserError setting-invalid where WORLD_SIZE is not torchrun's.
    """
    world = _world()
    if world == 1:
        return Ranks()
    if not dist.is_initialized():
        backend = "gloo"
        if torch.cuda.is_available():
            backend = "cpu:gloo,cuda:nccl"
        dist.init_process_group(backend, timeout=PATIENCE)
    return Ranks(dist.get_rank(), world)


def _world() -> int:
    """Return how many processes torchrun started; raises UserError setting-invalid."""
    world = os.environ.get("WORLD_SIZE") or "1"
    if world != "1" and not (world.isdecimal() and all(map(os.environ.get, TOLD))):
        reason = "torchrun's RANK and MASTER_ADDR are missing; unset it, or start with torchrun"
        raise UserError("setting-invalid", name="WORLD_SIZE", value=world, reason=reason)
    return int(world)


def leave() -> None:
    """Part from the other processes in order, if there are any."""
    if dist.is_available() and dist.is_initialized():
        dist.destroy_process_group()


def device_of(device: str, ranks: Ranks) -> str:
    """Return the device of this process: the cards are dealt out by local rank.

    Raises UserError device-unavailable where there are fewer cards than processes.
    """
    if ranks.alone or device != "cuda":
        return device
    own = f"cuda:{os.environ.get('LOCAL_RANK', '0')}"
    cards = [f"cuda:{number}" for number in range(torch.cuda.device_count())]
    if own not in cards:
        raise UserError("device-unavailable", device=own, devices=", ".join(cards))
    # Also where torch takes the current one.
    torch.cuda.set_device(own)
    return own
