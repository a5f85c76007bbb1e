"""Make a shipped model from a weights file: weights, engine files and card.

    python packaging/ship.py runs/mcnn/best.safetensors mcnn --data DIR/part_A

The figures on the card are measured anew from the very file that is shipped.
"""

import argparse
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from crops import plain_crops
from norms import renewed
from quantise import make_engine_files
from torch import Tensor

from models.catalogue import SHIPPED_FOLDER, find_model
from models.header import Header, read_header
from models.loading import open_predictor
from models.networks import make_network
from models.precision import ROUNDED
from models.weights import load_state, save_weights
from trainer.datasets import recognise
from trainer.evaluate import evaluate, summarise
from trainer.origin import trunk_of
from trainer.rounding import round_weights
from trainer.shipping import is_half

ROUNDING_CROPS = 32

CARD = """# {name}

| | |
|---|---|
| network | {network}, {parameters:,} parameters, output stride {stride} |
| file | {size:,} bytes ({stored}) |
| began with | {trunk} |
| trained on | {data} |
| taught by | {taught} |
| epochs, seed, recipe | {epochs}, {seed}, `trainer/recipes/{recipe}.toml` |
| selected by | {selected_by} |
| validation | {figures} |
| licence | {licence} |

{history}The ground truth is the data set's own head points. Nothing was trained on validation
pictures; they chose the epoch, and between recipes. The figures are measured from this file in
fp32, pictures as the program counts them{scale}.

The training pictures show crowds of {fewest:,} to {most:,} people on streets and squares. Elsewhere
(few people, textures that look like heads, pictures from straight above) expect larger errors,
and measure on your own pictures before you rely on it. Training data are for research use, and
so are these weights.
"""


# Files of first weights: where they come from.
TRUNKS = {
    "": "random weights",
    "mobilenet_v1_imagenet_to_pw12": "trunk: MobileNetV1 as trained on ImageNet (Google's Keras"
    " release, Apache-2.0)",
    "vgg19_conv1_1_to_conv3_4": "first three groups: VGG19's, trained on ImageNet (torchvision) and"
    " fine-tuned by a public ProtoPNet project that states no licence",
}
CUT = """Its trunk was cut from a wide compact network's by `packaging/slim.py`, and followed that
one's maps on its training pictures and on others of ImageNet (fast.ai's imagenette) before.

"""
HISTORY = """Trained in legs, each from the weights of the one before; the recipe, and what it was
trained on, are those of the last leg; the epochs of all legs are in the sum.

"""


def measure(weights: Path, parts: list[Path]) -> list[dict[str, object]]:
    predictor = open_predictor(find_model(str(weights)), engine="torch")
    results: list[dict[str, object]] = []
    for part in parts:
        summary = summarise(list(evaluate(predictor, recognise(part).examples("val"))))
        results.append(
            {
                "data": part.name,
                "mae": round(summary.mae, 2),
                "rmse": round(summary.rmse, 2),
                "n": summary.n,
            }
        )
    return results


def own_parts(words: argparse.Namespace, header: Header) -> list[Path]:
    """Return the data sets that the model was trained on: measured is all that was named."""
    return [part for part in words.data if part.name in header.trained_on["data"]]


def rounded(state: dict[str, Tensor], header: Header, data: list[Path]) -> dict[str, Tensor]:
    """Return weights that bf16 leaves as they are; training pictures show what rounding does."""
    network = make_network(header.network, header.options)
    network.load_state_dict(state, strict=False)
    sets = [recognise(part) for part in data]
    round_weights(network.eval(), plain_crops(sets, ROUNDING_CROPS, header))
    return network.state_dict()


def mean_of(files: list[Path]) -> dict[str, Tensor]:
    """Return the mean of the weights of one network's legs.

    Wortsman et al., Model soups, ICML 2022 (arXiv 2203.05482).
    """
    states = [load_state(file) for file in files]
    return {
        name: torch.stack([state[name].float() for state in states]).mean(0) for name in states[0]
    }


def card(weights: Path, header: Header, parts: list[Path]) -> str:
    """Return the card of a model to ship; `parts` are the data sets that it was trained on."""
    trained = header.trained_on
    examples = [example for part in parts for example in recognise(part).examples("train")]
    crowds = [len(example.heads) for example in examples]
    seen = ", ".join(f"{data} (split train)" for data in trained["data"])
    if trained.get("scenes"):
        seen += f", {trained['scenes']} rendered scenes of other seeds than the demo's"
    if trained.get("negatives"):
        seen += f", {trained['negatives']} pictures without people (all or most of ImageNet's, by"
        seen += " fast.ai's imagenette)"
    for data in trained.get("unlabelled", ()):
        seen += f", {data}'s pictures (split train) without their truth"
    rule = header.scale_rule
    scales = [f"{rule.shrink:g} times as wide and high"] if rule.shrink < 1 else []
    scales += [f"short side raised to {rule.min_side} pixels at least"] if rule.min_side else []
    history = HISTORY if trained.get("init") else ""
    history += CUT if header.options.get("slim") else ""
    if trained.get("refit"):
        history += "The last layer (31 numbers) was then fitted to the counts of whole training\n"
        history += f"pictures by their {trained['refit']} error.\n\n"
    if legs := trained.get("mean_of"):
        history += f"The weights are the mean of those of {legs} legs, the last among\n"
        history += "them; which, was chosen on the validation pictures too.\n\n"
    if trained.get("statistics"):
        history += (
            "The statistics of its batch norms are then those of plain crops of its training\n"
        )
        history += "pictures, labelled and unlabelled.\n\n"
    if trained.get("rounded"):
        history += "Weights and biases are numbers of bf16, so that an engine that computes in\n"
        history += "it counts the same.\n\n"
    trunk = trunk_of(header)
    taught = "nobody: ground truth alone"
    if trained.get("teacher"):
        taught = f"{', '.join(trained['teachers'])}, α = {trained['alpha']:g}"
    lines = [
        f"MAE {r['mae']}, RMSE {r['rmse']} on {r['data']} val ({r['n']} pictures)"
        for r in header.figures["all"]
    ]
    return CARD.format(
        name=weights.stem,
        network=header.network,
        parameters=header.parameters,
        stride=header.stride,
        size=weights.stat().st_size,
        stored="fp16, biases and statistics fp32" if is_half(header) else "fp32",
        trunk=TRUNKS.get(trunk, trunk),
        taught=taught,
        data=seen,
        history=history,
        epochs=trained["epochs"],
        seed=trained["seed"],
        recipe=trained["recipe"],
        selected_by=header.figures["selected_by"],
        figures="; ".join(lines),
        licence=header.licence,
        scale=f" ({', '.join(scales)})" if scales else "",
        fewest=min(crowds),
        most=max(crowds),
    )


def finished(
    words: argparse.Namespace, weights: Path, state: dict[str, Tensor], header: Header
) -> tuple[Header, list[dict[str, object]], str]:
    """Return the header with the figures of weights that are written, these, and the card."""
    half = is_half(header)
    save_weights(weights, state, header, half)
    results = measure(weights, words.data)
    figures = {**header.figures, **results[0], "all": results, "data": [results[0]["data"]]}
    figures["selected_by"] = words.selected_by or figures["selected_by"]
    # What is measured here, and by a name that says the same on every machine.
    figures["precision"] = "fp32"
    recipe = words.recipe or words.name
    trained_on = {**header.trained_on, "recipe": recipe}
    header = replace(header, figures=figures, trained_on=trained_on)
    save_weights(weights, state, header, half)
    return header, results, card(weights, header, own_parts(words, header))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("name")
    parser.add_argument("--data", type=Path, action="append", required=True)
    parser.add_argument("--recipe", help="the recipe's name, if not the model's own")
    parser.add_argument("--selected-by", help="how the epoch was chosen, if not as the run says")
    parser.add_argument(
        "--mean-with", type=Path, action="append", default=[], help="average with these weights"
    )
    parser.add_argument(
        "--ranges", type=Path, action="append", help="int8: of these data sets, not its own"
    )
    parser.add_argument(
        "--statistics", type=Path, metavar="DATA",
        help="m-sfanet: batch norms anew, of its own pictures and some of this set",
    )  # fmt: skip
    parser.add_argument("--min-side", type=int, help="instead of the weights' own scale rule")
    words = parser.parse_args()
    header = read_header(words.weights)
    if not own_parts(words, header):
        trained = ", ".join(header.trained_on["data"])
        parser.error(f"--data names none of what these weights were trained on: {trained}")
    state = mean_of([words.weights, *words.mean_with])
    if words.mean_with:
        legs = 1 + len(words.mean_with)
        header = replace(header, trained_on={**header.trained_on, "mean_of": legs})
    if words.statistics:
        state = renewed(state, header, own_parts(words, header)[0], words.statistics)
        header = replace(header, trained_on={**header.trained_on, "statistics": True})
    if words.min_side is not None:
        rule = replace(header.scale_rule, min_side=words.min_side)
        header = replace(header, scale_rule=rule)
    target = SHIPPED_FOLDER / f"{words.name}.safetensors"
    half = is_half(header)
    if not half:
        state = rounded(state, header, own_parts(words, header))
        header = replace(header, trained_on={**header.trained_on, **ROUNDED})
    with TemporaryDirectory() as folder:
        header, results, text = finished(words, Path(folder) / target.name, state, header)
    # Until here all that is shipped is of the old weights; engine files can be made again.
    save_weights(target, state, header, half)
    target.with_suffix(".md").write_text(text, "utf-8")
    if not half:
        # The teacher's engine files are several times its weights; the program makes them itself.
        make_engine_files(words.name, words.ranges or own_parts(words, header))
    print(f"{target.name}: {results}")


if __name__ == "__main__":
    main()
