"""Make the int8 files of shipped models, and say what they cost.

    python packaging/quantise.py mcnn assistant --data DIR/part_A [--data DIR/part_B]

The ranges come from training pictures of the data sets; the table compares the precisions over the
validation pictures of each (`--compare`: this alone). Run it again whenever weights change.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crowdgui.commands.export import CALIBRATION
from models.catalogue import INT8_SUFFIX, SHIPPED_FOLDER, Model, find_model
from models.export import export_int8, export_onnx
from models.loading import open_predictor
from models.pictures import read_picture
from models.precision import PRECISIONS
from trainer.datasets import recognise, spread
from trainer.evaluate import evaluate, summarise


def shipped(name: str) -> Model:
    """Return the shipped model of a name, which a model of one's own may hide in the program."""
    return find_model(str(SHIPPED_FOLDER / f"{name}.safetensors"))


def make_engine_files(name: str, data: list[Path]) -> None:
    """Write a shipped model's ONNX files, fp32 and int8, beside its weights."""
    pictures: list[NDArray[np.uint8]] = []
    for folder in data:
        examples = recognise(folder).examples("train")
        chosen = spread(examples, max(CALIBRATION // len(data), 1))
        pictures += [read_picture(example.picture) for example in chosen]
    weights = shipped(name).file
    export_onnx(weights, weights.with_suffix(".onnx"), pictures[:2])
    export_int8(weights, weights.with_suffix(INT8_SUFFIX), pictures, pictures[:2])


def compare(name: str, data: Path) -> Iterator[str]:
    """Yield the lines of a table: MAE of each precision, and its change against fp32."""
    examples = recognise(data).examples("val")
    exact = None
    for precision in PRECISIONS:
        predictor = open_predictor(shipped(name), precision=precision, engine="openvino")
        mae = summarise(list(evaluate(predictor, examples))).mae
        exact = exact or mae
        data_name, used = f"{data.name} ({len(examples)})", predictor.engine.precision
        yield f"| {name} | {data_name} | {used} | {mae:.2f} | {mae / exact - 1:+.2%} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="+")
    parser.add_argument("--data", type=Path, action="append", required=True)
    parser.add_argument("--compare", action="store_true", help="only the table, of files there are")
    words = parser.parse_args()
    if not words.compare:
        for name in words.names:
            make_engine_files(name, words.data)
    print("| model | validation pictures | precision | MAE | change |\n|---|---|---|---|---|")
    for name in words.names:
        for data in words.data:
            for line in compare(name, data):
                print(line, flush=True)


if __name__ == "__main__":
    main()
