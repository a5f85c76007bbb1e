"""Settings to begin with, for the window: the study, a quick try, one's own camera."""

from __future__ import annotations

from typing import Any

from models.catalogue import find_model
from models.errors import UserError
from trainer.config import Config, is_positive

STUDY, QUICK, CAMERA, OWN = "study", "quick", "camera", "own"
PRESETS = (QUICK, STUDY, CAMERA)
CAMERA_START = "compact-kd-general"

# What a person sets; everything else follows from it in `config_facts`.
_COMMON: dict[str, Any] = {
    "network": "mcnn", "alpha": 0.1, "batch": 8, "crops": 1, "crop": 256,
    "schedule": "warm-restarts", "t0": 50, "t_mult": 2, "target": "points",
    "loss": "poisson", "block_weight": 0.02, "muon_lr": 0.0,
    "trust": False, "teacher_block_weight": 0.0, "feature_weight": 0.0, "validate_every": 5,
    "min_side": 384,
}  # fmt: skip
_FACTS: dict[str, dict[str, Any]] = {
    # The founding paper's loss and schedule; three restarts: 50, 100 and 200 epochs.
    STUDY: {
        "lr": 1e-3, "epochs": 350, "target": "gaussian", "loss": "mse", "block_weight": 0.0,
    },
    QUICK: {
        "lr": 2e-3, "muon_lr": 0.02, "epochs": 14, "t0": 2, "crop": 128, "validate_every": 1,
        "min_side": 0,
    },
    CAMERA: {
        "network": "compact", "lr": 3e-4, "epochs": 60, "t0": 20, "alpha": 0.3, "trust": True,
        "validate_every": 2,
    },
}  # fmt: skip


def preset(name: str) -> dict[str, Any]:
    """Return what a preset sets."""
    return {**_COMMON, **_FACTS[name], "preset": name}


def preset_of(config: Config) -> str:
    """Return the preset that a run began with, OWN where something was changed by hand."""
    name = config.recipe
    if name not in PRESETS:
        return OWN
    kept = all(
        getattr(config, item) == value for item, value in {**_COMMON, **_FACTS[name]}.items()
    )
    return name if kept else OWN


def config_facts(chosen: dict[str, Any]) -> dict[str, Any]:
    """Return a config's facts from what a person chose.

    How a network ends and how its map is scaled follow from the loss: counts in blocks and the
    Poisson loss need an output above zero in persons, squared errors want a larger one. MCNN has
    no trunk to fill, and first weights have filled theirs.
    """
    facts = dict(chosen)
    name = facts.pop("preset", OWN)
    network, poisson = str(facts["network"]), facts["loss"] == "poisson"
    options: dict[str, Any] = {}
    if network in ("mcnn", "compact"):
        options["batch_norm"] = True
    if network == "m-sfanet" or (network == "mcnn" and poisson):
        options["output"] = "softplus"
    facts |= {
        "options": options,
        "density_factor": 1.0 if is_positive(network, options) else 100.0,
        "recipe": name,
        "save_every": 20,
        "log_every": 1,
    }
    if network == "mcnn" or facts.get("init"):
        facts["trunk"] = ""
    if network == "mcnn":
        facts["refit"] = "absolute" if poisson else ""
    if not facts.get("negatives"):
        facts["negative_pictures"] = 0
    return facts


def camera_start() -> str:
    """Return the shipped weights that one's own camera begins with, "" where they are not there."""
    try:
        return str(find_model(CAMERA_START).weights or "")
    except UserError:
        return ""
