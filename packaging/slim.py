"""Make a slim compact network from a wide one.

    python packaging/slim.py compact-kd slim.safetensors --data DIR/part_A --pictures IMAGENET
    crowdgui distill --student compact --recipe compact-kd-slim --init slim.safetensors ...

The first of the two writes what the second begins with; nobody has measured it.
"""

import argparse
from dataclasses import replace
from pathlib import Path

import torch
from crops import mixed_crops, plain_crops

from models.catalogue import find_model
from models.compact import Compact
from models.header import Header
from models.networks import count_parameters
from models.pictures import PICTURE_SUFFIXES
from models.weights import load_network, save_weights
from trainer.datasets import recognise
from trainer.slim import follow, slim

CROPS, BATCH = 256, 8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", help="a shipped model or a weights file")
    parser.add_argument("target", type=Path)
    parser.add_argument("--data", action="append", required=True, help="it was trained on")
    parser.add_argument("--pictures", type=Path, help="a folder of others to follow on, and within")
    parser.add_argument("--steps", type=int, default=4000, help="of following the wide network")
    words = parser.parse_args()
    wide, header = load_network(find_model(words.model).weights)
    if not isinstance(wide, Compact) or wide.slim:
        parser.error(f"{words.model} is no wide compact network")
    sets = [recognise(Path(data)) for data in words.data]
    torch.manual_seed(0)
    network = slim(wide.eval(), plain_crops(sets, CROPS, header).split(BATCH))
    within = sorted(words.pictures.rglob("*")) if words.pictures else []
    others = [path for path in within if path.suffix.lower() in PICTURE_SUFFIXES]
    crops = mixed_crops(sets, others, BATCH, header)
    for step, missed in follow(network, wide, crops, words.steps):
        if step % 100 == 0:
            print(f"{step} of {words.steps}: {missed:.3f} of the variance missed", flush=True)
    save_weights(words.target, network.state_dict(), slim_header(header, network))


def slim_header(header: Header, network: Compact) -> Header:
    """Return a header without figures: nobody has measured what is cut."""
    return replace(
        header, options={"slim": True}, margin=network.margin,
        parameters=count_parameters(network), figures={},
    )  # fmt: skip


if __name__ == "__main__":
    main()
