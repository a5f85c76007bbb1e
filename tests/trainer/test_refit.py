"""The last layer is fitted to whole pictures and nothing else is touched."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from PIL import Image

from models.engines.torch_engine import TorchEngine
from models.mcnn import MCNN
from models.predictor import Predictor
from small_models import mcnn_header
from trainer.datasets import Example
from trainer.refit import refit_last_layer


def test_counts_of_whole_pictures_come_nearer(tmp_path: Path) -> None:
    torch.manual_seed(0)
    network = MCNN(output="softplus").eval()
    rng = np.random.default_rng(0)
    examples = []
    for n in range(4):
        path = tmp_path / f"{n}.png"
        Image.fromarray(rng.integers(0, 256, (64, 96, 3), dtype=np.uint8)).save(path)
        examples.append(Example(path.stem, path, rng.random((50, 2)).astype(np.float32) * 60))
    header = mcnn_header(network)
    predictor = Predictor(TorchEngine(network), header, "m")
    pictures = [np.asarray(Image.open(example.picture)) for example in examples]

    def error() -> float:
        return float(np.mean([abs(predictor.predict(p).count - 50) for p in pictures]))

    columns = {k: v.clone() for k, v in network.state_dict().items() if "fuse" not in k}
    before = error()
    refit_last_layer(network, header, examples, relative=True)
    assert error() < before / 2
    after = network.state_dict()
    assert all(torch.equal(after[name], tensor) for name, tensor in columns.items())
