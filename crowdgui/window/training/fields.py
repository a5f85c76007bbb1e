"""What a person sets of a training, a row each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from models.errors import QT_TRANSLATE_NOOP

Kind = Literal["whole", "number", "rate", "choice", "flag", "folders", "file"]


@dataclass(frozen=True)
class FieldRow:
    """A setting of `trainer.config.Config`; `choices` are the values of a choice, with texts.

    `lowest` is shown in place of the lowest number.
    """

    name: str
    label: str
    tip: str
    kind: Kind
    low: float = 0
    high: float = 0
    step: float = 1
    choices: tuple[tuple[str, str], ...] = ()
    lowest: str = ""


def _weight(name: str, label: str, tip: str) -> FieldRow:
    """Return the row of a part's weight in the loss; 0 leaves it out."""
    return FieldRow(name, label, tip, "number", 0, 100, 0.05)


NETWORKS = (
    ("mcnn", "MCNN"),
    ("compact", "Compact"),
    ("assistant", QT_TRANSLATE_NOOP("Training", "Assistant")),
    ("m-sfanet", "M-SFANet"),
)
SCHEDULES = (
    ("warm-restarts", QT_TRANSLATE_NOOP("Training", "warm restarts")),
    ("cosine", QT_TRANSLATE_NOOP("Training", "cosine")),
    ("one-cycle", QT_TRANSLATE_NOOP("Training", "one cycle")),
)
LOSSES = (
    ("mse", QT_TRANSLATE_NOOP("Training", "squared error")),
    ("poisson", QT_TRANSLATE_NOOP("Training", "Poisson")),
)
TARGETS = (
    ("points", QT_TRANSLATE_NOOP("Training", "points")),
    ("gaussian", QT_TRANSLATE_NOOP("Training", "Gaussian")),
    ("adaptive", QT_TRANSLATE_NOOP("Training", "adaptive Gaussian")),
)
DEVICES = (
    ("auto", QT_TRANSLATE_NOOP("Training", "automatic")),
    ("cpu", QT_TRANSLATE_NOOP("Training", "processor (CPU)")),
    ("cuda", QT_TRANSLATE_NOOP("Training", "graphics card (CUDA)")),
    ("mps", QT_TRANSLATE_NOOP("Training", "graphics chip (MPS)")),
)
PRECISIONS = (("bf16", "bf16"), ("fp32", "fp32"), ("fp16", "fp16"))

LEARNING = (
    FieldRow("lr", QT_TRANSLATE_NOOP("Training", "Learning &rate"),
             QT_TRANSLATE_NOOP("Training", "The highest learning rate of the schedule"),
             "rate", 1e-6, 1.0),
    FieldRow("muon_lr", QT_TRANSLATE_NOOP("Training", "Ker&nel rate"),
             QT_TRANSLATE_NOOP("Training",
                               "Of convolutions' weights, which then move by orthogonal steps"
                               " (Muon): quick where little is learnt yet; 0 leaves them to AdamW"),
             "rate", 0.0, 1.0),
    FieldRow("epochs", QT_TRANSLATE_NOOP("Training", "&Epochs"),
             QT_TRANSLATE_NOOP("Training", "How often every picture is seen"), "whole", 1, 10_000),
    FieldRow("batch", QT_TRANSLATE_NOOP("Training", "&Batch"),
             QT_TRANSLATE_NOOP("Training", "Crops a step; more need more memory"), "whole", 1, 256),
    FieldRow("crop", QT_TRANSLATE_NOOP("Training", "&Crop, px"),
             QT_TRANSLATE_NOOP("Training", "Side of the squares cut out of the pictures"),
             "whole", 64, 1024, 64),
    FieldRow("schedule", QT_TRANSLATE_NOOP("Training", "Sche&dule"),
             QT_TRANSLATE_NOOP("Training", "How the learning rate changes during the training"),
             "choice", choices=SCHEDULES),
    FieldRow("t0", QT_TRANSLATE_NOOP("Training", "&T₀, epochs"),
             QT_TRANSLATE_NOOP("Training", "Epochs up to the first warm restart"),
             "whole", 1, 9999),
    FieldRow("t_mult", QT_TRANSLATE_NOOP("Training", "T_&mult"),
             QT_TRANSLATE_NOOP("Training", "How much longer each part is than the one before"),
             "whole", 1, 10),
)  # fmt: skip

LOSS_OPTIONS = (
    FieldRow("loss", QT_TRANSLATE_NOOP("Training", "&Loss"),
             QT_TRANSLATE_NOOP("Training", "How a cell of the student's map is compared"),
             "choice", choices=LOSSES),
    FieldRow("target", QT_TRANSLATE_NOOP("Training", "Tar&get"),
             QT_TRANSLATE_NOOP("Training", "What a head becomes in the true density map"),
             "choice", choices=TARGETS),
    _weight("block_weight", QT_TRANSLATE_NOOP("Training", "Block count &weight"),
            QT_TRANSLATE_NOOP("Training", "Weight of the counts of blocks beside those of cells")),
    _weight("teacher_block_weight", QT_TRANSLATE_NOOP("Training", "Teacher's bloc&k weight"),
            QT_TRANSLATE_NOOP("Training", "Weight of the teacher's counts of blocks")),
    _weight("feature_weight", QT_TRANSLATE_NOOP("Training", "&Feature weight"),
            QT_TRANSLATE_NOOP("Training", "How much the student's features follow the teacher's")),
    FieldRow("trust", QT_TRANSLATE_NOOP("Training", "Tr&ust the teacher by its error"),
             QT_TRANSLATE_NOOP("Training", "Weigh the teacher by how well it counts each picture"),
             "flag"),
)  # fmt: skip

MACHINE = (
    FieldRow("device", QT_TRANSLATE_NOOP("Training", "De&vice"),
             QT_TRANSLATE_NOOP("Training", "What the training computes on"),
             "choice", choices=DEVICES),
    FieldRow("precision", QT_TRANSLATE_NOOP("Training", "&Precision"),
             QT_TRANSLATE_NOOP("Training", "bf16 is faster where the machine has it"),
             "choice", choices=PRECISIONS),
    FieldRow("threads", QT_TRANSLATE_NOOP("Training", "T&hreads"),
             QT_TRANSLATE_NOOP("Training", "Processor threads; 0 takes all"), "whole", 0, 256),
    FieldRow("seed", QT_TRANSLATE_NOOP("Training", "&Seed"),
             QT_TRANSLATE_NOOP("Training", "Of everything drawn by chance"), "whole", 0, 2**31 - 1),
    FieldRow("validate_every", QT_TRANSLATE_NOOP("Training", "&Validate every, epochs"),
             QT_TRANSLATE_NOOP("Training", "How often the error on unseen pictures is measured"),
             "whole", 1, 1000),
)  # fmt: skip

MORE = (
    FieldRow("unlabelled", QT_TRANSLATE_NOOP("Training", "Unlabelled folders"),
             QT_TRANSLATE_NOOP("Training", "Further pictures, on which the teacher alone speaks"),
             "folders"),
    FieldRow("negatives", QT_TRANSLATE_NOOP("Training", "Folders without people"),
             QT_TRANSLATE_NOOP("Training", "Pictures of nobody keep it from counting texture"),
             "folders"),
    FieldRow("negative_pictures", QT_TRANSLATE_NOOP("Training", "Pictures of these"),
             QT_TRANSLATE_NOOP("Training", "How many are taken, spread over the folders"),
             "whole", 1, 100_000),
    FieldRow("init", QT_TRANSLATE_NOOP("Training", "Start from weights"),
             QT_TRANSLATE_NOOP("Training", "Weights of the same student, to be trained on"),
             "file"),
    FieldRow("trunk", QT_TRANSLATE_NOOP("Training", "Weights of the trunk"),
             QT_TRANSLATE_NOOP("Training",
                               "ImageNet weights of the first layers; MCNN has no such part"),
             "file"),
    FieldRow("limit", QT_TRANSLATE_NOOP("Training", "Pictures at most"),
             QT_TRANSLATE_NOOP("Training", "Of each kind of pictures, to train and to validate on"),
             "whole", 0, 1_000_000, lowest=QT_TRANSLATE_NOOP("Training", "all")),
)  # fmt: skip
