"""Plain weights go into a network with batch norms without changing what it computes."""

from __future__ import annotations

import torch

from models.mcnn import MCNN
from trainer.calibrate import insert_identity


def test_inserted_norms_change_nothing_and_fold_back() -> None:
    torch.manual_seed(0)
    plain = MCNN().eval()
    network = MCNN(batch_norm=True)
    network.load_state_dict(plain.state_dict(), strict=False)
    pictures = [torch.randn(4, 3, 64, 64) for _ in range(3)]
    norms = [m for m in network.modules() if isinstance(m, torch.nn.BatchNorm2d)]
    insert_identity(network, norms, pictures)
    assert network.training
    network.eval()
    assert torch.allclose(network(pictures[0]), plain(pictures[0]), atol=1e-5)
    folded = network.fold()
    assert torch.allclose(folded(pictures[0]), plain(pictures[0]), atol=1e-5)
    # With the statistics of the very pictures, training mode computes the same too.
    network.train()
    joined = torch.cat(pictures)
    assert torch.allclose(network(joined), plain(joined), atol=1e-3)
