"""Make a slim compact network from a wide one; training goes on from it with `--init`.

python packaging/slim.py compact-kd slim.safetensors --data DIR/part_A
crowdgui distill --student compact --recipe compact-kd-slim --init slim.safetensors ...
"""

import argparse
from dataclasses import replace
from pathlib import Path

import torch
from crops import plain_crops

from models.catalogue import find_model
from models.compact import Compact
from models.header import Header
from models.networks import count_parameters
from models.weights import load_network, save_weights
from trainer.datasets import recognise
from trainer.slim import slim

CROPS, BATCH = 256, 8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", help="a shipped model or a weights file")
    parser.add_argument("target", type=Path)
    parser.add_argument("--data", action="append", required=True, help="it was trained on")
    words = parser.parse_args()
    wide, header = load_network(find_model(words.model).weights)
    if not isinstance(wide, Compact) or wide.slim:
        parser.error(f"{words.model} is no wide compact network")
    crops = plain_crops([recognise(Path(data)) for data in words.data], CROPS, header)
    torch.manual_seed(0)
    network = slim(wide.eval(), crops.split(BATCH))
    save_weights(words.target, network.state_dict(), slim_header(header, network))


def slim_header(header: Header, network: Compact) -> Header:
    """Return a header without figures: nobody has measured what is cut."""
    return replace(
        header, options={"slim": True}, margin=network.margin,
        parameters=count_parameters(network), figures={},
    )  # fmt: skip


if __name__ == "__main__":
    main()
