"""What a model's header tells of its training, in the window's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from models.errors import QT_TRANSLATE_NOOP
from models.header import Header

translate = QCoreApplication.translate

# What headers say of how an epoch was chosen; anything else is shown as it stands there.
SELECTIONS = (
    QT_TRANSLATE_NOOP("Card", "lowest validation MAE"),
    QT_TRANSLATE_NOOP("Card", "lowest validation MAE of each leg"),
    QT_TRANSLATE_NOOP("Card", "lowest validation MAE of each leg, on both sets together"),
    QT_TRANSLATE_NOOP("Card", "lowest MAE on both validation splits together"),
)


def training_facts(header: Header) -> list[tuple[str, str]]:
    """Return captions and values; nothing of what a header does not say."""
    trained, figures = header.trained_on, header.figures
    facts = [
        (translate("Card", "Trained on"), _pictures(trained)),
        (translate("Card", "Taught by"), _teachers(trained)),
        (translate("Card", "Epochs"), str(trained.get("epochs", ""))),
        (translate("Card", "Seed"), str(trained.get("seed", ""))),
        (translate("Card", "Recipe"), str(trained.get("recipe", ""))),
        (translate("Card", "Epoch chosen by"), _selection(figures)),
    ]
    return [(caption, value) for caption, value in facts if value]


def all_figures(header: Header) -> list[str]:
    """Return MAE and RMSE on every set that a header has them of, a line each."""
    text = translate("Card", "{mae:.1f} / {rmse:.1f} ({data} {split}, {n} pictures)")
    split = header.figures.get("split", "")
    try:
        return [text.format(**{**row, "split": split}) for row in header.figures["all"]]
    except (KeyError, TypeError, ValueError):
        return []


def remarks(header: Header, shipped: bool) -> list[str]:
    """Return what a person should know before relying on a model, a paragraph each."""
    trained, rule = header.trained_on, header.scale_rule
    found = []
    if trained.get("init"):
        found.append(translate(
            "Card",
            "Trained in legs, each from the weights of the one before: the recipe and the pictures"
            " are those of the last leg, the epochs are those of all.",
        ))  # fmt: skip
    if header.options.get("slim"):
        found.append(translate(
            "Card", "Half the arithmetic: its first layers were cut from a wide network's."
        ))  # fmt: skip
    if legs := trained.get("mean_of"):
        text = translate(
            "Card",
            "The weights are the mean of those of {legs} legs; which ones, was chosen on the"
            " validation pictures too.",
        )
        found.append(text.format(legs=legs))
    if trained.get("refit"):
        found.append(translate(
            "Card", "The last layer was fitted to the counts of whole training pictures afterwards."
        ))  # fmt: skip
    if trained.get("rounded"):
        found.append(translate(
            "Card",
            "Weights and biases are numbers of bf16: what computes in it counts the same.",
        ))  # fmt: skip
    if rule.shrink < 1:
        text = translate("Card", "The network sees pictures {percent} % as wide and high.")
        found.append(text.format(percent=round(100 * rule.shrink)))
    if rule.min_side:
        text = translate("Card", "Pictures whose short side is below {side} pixels are enlarged.")
        found.append(text.format(side=rule.min_side))
    if shipped:
        found += [
            translate(
                "Card",
                "The ground truth is the data sets' own head points. Nothing was trained on"
                " validation pictures; they chose the epoch, and between recipes. The errors are"
                " measured from this file in fp32.",
            ),
            translate(
                "Card",
                "The training pictures show crowds on streets and squares, of up to 3,138 people."
                " Elsewhere (few people, textures that look like heads, pictures from straight"
                " above) expect larger errors, and measure on your own pictures before you rely on"
                " it.",
            ),
        ]
    return found


def _pictures(trained: Mapping[str, Any]) -> str:
    parts = _names(trained.get("data"))
    more = (
        ("scenes", translate("Card", "{number} rendered scenes")),
        ("negatives", translate("Card", "{number} pictures without people")),
    )
    parts += [text.format(number=trained[name]) for name, text in more if trained.get(name)]
    if folders := _names(trained.get("unlabelled")):
        text = translate("Card", "{folders} without ground truth")
        parts.append(text.format(folders=", ".join(folders)))
    return ", ".join(parts)


def _teachers(trained: Mapping[str, Any]) -> str:
    if not trained:
        return ""
    if not trained.get("teacher"):
        return translate("Card", "nobody: ground truth alone")
    names = ", ".join(_names(trained.get("teachers"))) or translate("Card", "unknown")
    return f"{names}, α = {trained.get('alpha')}"


def _selection(figures: Mapping[str, Any]) -> str:
    rule = str(figures.get("selected_by", ""))
    return translate("Card", rule) if rule in SELECTIONS else rule


def _names(value: Any) -> list[str]:
    return [str(name) for name in value] if isinstance(value, list) else []
