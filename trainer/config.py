"""Everything a training depends on: read from a recipe, written into the run folder."""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, Field, asdict, dataclass, field, fields
from importlib import resources
from pathlib import Path
from typing import Any, Literal, get_args

from models.errors import UserError
from models.header import read_header
from models.loading import MOST_THREADS
from models.reasons import Reason, one_of

# Of the run folder's config; a folder of a higher version was made by a newer program.
VERSION = 1
# Of decoded pictures and teachers' maps that a training keeps in memory.
CACHE_BYTES = 3_000_000_000
# Networks whose output is never negative.
POSITIVE = ("assistant", "compact")
# Networks with features at stride 8 and 16, as a borrowed head reads them.
DEEP = ("assistant", "m-sfanet")
# What only some networks heed, and why the others do not.
HEEDED_BY = {
    "attention_weight": (("m-sfanet",), "no-attention"),
    "trunk_lr": (("assistant", "compact", "m-sfanet"), "no-trunk"),
    "borrow_weight": (DEEP, "no-deep"),
}
# The stride of what a borrowed head counts.
HEAD_STRIDE = 8
# What only a teacher can give, beside alpha.
TEACHERS_PART = (
    "teacher", "trust", "teacher_block_weight", "feature_weight", "borrow_weight", "unlabelled",
)  # fmt: skip
# Any of these is in the loss: a teacher is needed.
TAUGHT = ("alpha", "teacher_block_weight", "feature_weight", "borrow_weight", "unlabelled")
LISTS = ("data", "frozen", "negatives", "unlabelled")

Target = Literal["points", "gaussian", "adaptive"]
Loss = Literal["mse", "poisson"]
BlockLoss = Literal["absolute", "poisson"]
FeatureLoss = Literal["cosine", "squared"]
Schedule = Literal["warm-restarts", "cosine", "one-cycle"]
Precision = Literal["fp32", "bf16", "fp16"]
Refit = Literal["", "absolute", "relative"]
AT_LEAST_1, NOT_NEGATIVE = Reason("use-least", least=1), Reason("use-or-more", least=0)
# The size at which a network takes pictures: first weights bring their own.
BROUGHT = ("shrink", "min_side", "multiple")
# What torch takes, and what a model's file may say.
MOST_SEEDS, MOST_SIDE, MOST_MULTIPLE = 2**63, 4096, 256
ABOVE_0, BELOW_1 = Reason("use-above", low=0), Reason("use-below", low=0, high=1)


@dataclass(frozen=True)
class Config:
    """One training. Lengths are pixels, rates are per step, `t0` counts epochs,
    `validate_every` epochs, `save_every` and `log_every` steps.

    `teacher` names models, separated by commas, whose maps are averaged. `trust` weighs the
    teacher's part of each picture by how well the teacher counts it. `negatives` are folders of
    pictures without people, of which `negative_pictures` are used. `unlabelled` are folders of
    pictures where only the teacher speaks. `feature_weight` lets the student's features follow
    those of the (first) teacher, and `borrow_weight` has that teacher's own head count by them.
    `muon_lr` is the rate at which weights of convolutions move by orthogonal steps; 0 leaves them
    to AdamW, as all others. `loss_stride` is the side of the cells that the loss compares;
    0 takes the network's own. `shrink` is the part of a picture's size that the network sees,
    which no `min_side` then raises; sides of whole pictures are rounded to a `multiple` that is not
    0. `init` brings its own of the three where nothing is said. `refit` fits MCNN's last layer to
    the counts of whole training pictures after the last epoch, by their absolute or relative
    errors. `fixed_norms` lets batch norms keep the statistics of `init`. `limit` is of each kind of
    pictures: annotated, unlabelled, without people, rendered.
    """

    network: str
    data: tuple[str, ...]
    options: dict[str, Any] = field(default_factory=dict)
    recipe: str = ""
    init: str = ""
    trunk: str = ""
    frozen: tuple[str, ...] = ()
    fixed_norms: bool = False
    limit: int = 0
    scenes: int = 0
    negatives: tuple[str, ...] = ()
    negative_pictures: int = 0

    epochs: int = 300
    batch: int = 8
    crops: int = 1
    crop: int = 256
    scale_low: float = 0.75
    scale_high: float = 1.5
    min_side: int = 384
    multiple: int = 0
    shrink: float = 1.0
    scramble: float = 0.0
    speckle: float = 0.0
    native: float = 0.0
    degrade: float = 0.0

    target: Target = "gaussian"
    sigma: float = 4.0
    loss: Loss = "mse"
    density_factor: float = 100.0
    loss_stride: int = 0
    block_weight: float = 0.0
    block_loss: BlockLoss = "absolute"
    zip_weight: float = 0.0
    attention_weight: float = 0.0

    alpha: float = 0.0
    teacher: str = ""
    trust: bool = False
    teacher_block_weight: float = 0.0
    feature_weight: float = 0.0
    feature_loss: FeatureLoss = "cosine"
    borrow_weight: float = 0.0
    unlabelled: tuple[str, ...] = ()

    lr: float = 1e-3
    trunk_lr: float = 0.0
    muon_lr: float = 0.0
    weight_decay: float = 1e-4
    schedule: Schedule = "warm-restarts"
    t0: int = 50
    t_mult: int = 2
    lr_min: float = 1e-6
    warm_up: float = 0.05
    clip: float = 5.0
    ema: float = 0.998
    refit: Refit = ""

    precision: Precision = "bf16"
    device: str = "auto"
    threads: int = 0
    seed: int = 0
    validate_every: int = 5
    save_every: int = 100
    log_every: int = 10

    def __post_init__(self) -> None:
        self._check_kinds()
        self._check_ranges()
        self._check_options()
        self._check_together()

    def _check_kinds(self) -> None:
        for item in fields(self):
            value = getattr(self, item.name)
            if not _is_kind(value, item):
                raise _wrong_kind(item.name, value)

    def _check_ranges(self) -> None:
        checks: tuple[tuple[str, bool, Reason], ...] = (
            ("epochs", self.epochs >= 1, AT_LEAST_1),
            ("alpha", 0 <= self.alpha <= 1, Reason("use-alpha")),
            ("batch", self.batch >= 1, AT_LEAST_1),
            ("crops", self.crops >= 1, AT_LEAST_1),
            ("validate_every", self.validate_every >= 1, AT_LEAST_1),
            ("save_every", self.save_every >= 1, AT_LEAST_1),
            ("log_every", self.log_every >= 1, AT_LEAST_1),
            ("seed", 0 <= self.seed < MOST_SEEDS, Reason("use-below", low=0, high=MOST_SEEDS)),
            ("limit", self.limit >= 0, Reason("use-all-or-more")),
            ("threads", 0 <= self.threads <= MOST_THREADS,
             Reason("use-between", low=0, high=MOST_THREADS)),
            ("min_side", 0 <= self.min_side <= MOST_SIDE,
             Reason("use-between", low=0, high=MOST_SIDE)),
            # A picture is resampled once: shrunk by averages, or raised.
            ("min_side", self.shrink == 1 or self.min_side == 0, one_of(0)),
            ("multiple", 0 <= self.multiple <= MOST_MULTIPLE,
             Reason("use-between", low=0, high=MOST_MULTIPLE)),
            ("shrink", 0.1 <= self.shrink <= 1, Reason("use-between", low=0.1, high=1)),
            ("scenes", self.scenes >= 0, NOT_NEGATIVE),
            ("sigma", self.sigma >= 0.5, Reason("use-least", least=0.5)),
            ("clip", self.clip > 0, ABOVE_0),
            ("warm_up", 0 <= self.warm_up < 1, BELOW_1),
            ("weight_decay", self.weight_decay >= 0, NOT_NEGATIVE),
            ("block_weight", self.block_weight >= 0, NOT_NEGATIVE),
            ("zip_weight", self.zip_weight >= 0, NOT_NEGATIVE),
            ("attention_weight", self.attention_weight >= 0, NOT_NEGATIVE),
            ("teacher_block_weight", self.teacher_block_weight >= 0, NOT_NEGATIVE),
            ("feature_weight", self.feature_weight >= 0, NOT_NEGATIVE),
            ("borrow_weight", self.borrow_weight >= 0, NOT_NEGATIVE),
            ("loss_stride", self.loss_stride in (0, 2, 4, 8, 16), one_of(0, 2, 4, 8, 16)),
            ("loss_stride", not self.borrow_weight or self.loss_stride == HEAD_STRIDE,
             one_of(HEAD_STRIDE)),
            ("density_factor", self.density_factor > 0, ABOVE_0),
            ("crop", self.crop >= 64 and self.crop % 64 == 0, Reason("use-multiple", base=64)),
            ("scale_low", 0 < self.scale_low <= self.scale_high,
             Reason("use-up-to", low=0, high="scale_high")),
            ("scramble", 0 <= self.scramble < 1, BELOW_1),
            ("speckle", 0 <= self.speckle <= 1, Reason("use-between", low=0, high=1)),
            ("native", 0 <= self.native <= 1, Reason("use-between", low=0, high=1)),
            ("degrade", 0 <= self.degrade <= 1, Reason("use-between", low=0, high=1)),
            ("lr", self.lr > 0, ABOVE_0),
            ("trunk_lr", self.trunk_lr >= 0, NOT_NEGATIVE),
            ("muon_lr", self.muon_lr >= 0, NOT_NEGATIVE),
            ("lr_min", 0 <= self.lr_min <= self.lr, Reason("use-between", low=0, high="lr")),
            ("t0", self.t0 >= 1, AT_LEAST_1),
            ("t_mult", self.t_mult >= 1, AT_LEAST_1),
            ("ema", 0 <= self.ema < 1, BELOW_1),
            ("target", self.target in get_args(Target), one_of(*get_args(Target))),
            ("loss", self.loss in get_args(Loss), one_of(*get_args(Loss))),
            ("block_loss", self.block_loss in get_args(BlockLoss), one_of(*get_args(BlockLoss))),
            ("feature_loss", self.feature_loss in get_args(FeatureLoss),
             one_of(*get_args(FeatureLoss))),
            ("schedule", self.schedule in get_args(Schedule), one_of(*get_args(Schedule))),
            ("refit", self.refit in get_args(Refit), one_of(*get_args(Refit)[1:])),
            ("precision", self.precision in get_args(Precision), one_of(*get_args(Precision))),
        )  # fmt: skip
        for name, holds, reason in checks:
            if not holds:
                value = getattr(self, name)
                raise UserError("setting-invalid", name=name, value=value, reason=reason)

    def _check_options(self) -> None:
        for name, values in (
            ("in_channels", (3,)), ("batch_norm", (False, True)), ("slim", (False, True)),
        ):  # fmt: skip
            value = self.options.get(name, values[0])
            if value not in values:
                reason = one_of(*map(json.dumps, values))
                raise UserError("setting-invalid", name=name, value=value, reason=reason)

    def _check_together(self) -> None:
        """Raise UserError for what does not go with the network, or lacks a teacher."""
        positive = is_positive(self.network, self.options)
        blocks = bool(self.block_weight or self.teacher_block_weight)
        for name, needed in (
            ("loss", self.loss == "poisson"),
            ("block_loss", self.block_loss == "poisson" and blocks),
            ("zip_weight", self.zip_weight > 0),
        ):
            if needed and not positive:
                value, reason = getattr(self, name), Reason("falls-below-zero")
                raise UserError("setting-invalid", name=name, value=value, reason=reason)
        persons = self.options.get("output") == "softplus" and self.density_factor == 1
        if self.refit and not (self.network == "mcnn" and persons):
            reason = Reason("no-refit")
            raise UserError("setting-invalid", name="refit", value=self.refit, reason=reason)
        for name, (networks, code) in HEEDED_BY.items():
            value = getattr(self, name)
            if value and self.network not in networks:
                reason = Reason(code, network=self.network)
                raise UserError("setting-invalid", name=name, value=value, reason=reason)
        if self.alpha and not self.teacher:
            raise UserError("teacher-missing", alpha=self.alpha)
        for name in TAUGHT:
            if getattr(self, name) and not self.teacher:
                raise UserError("teacher-needed", name=name)

    def at_most(self, pictures: int) -> int:
        """Return how many of a number of pictures `limit` leaves."""
        return min(pictures, self.limit) if self.limit else pictures

    @property
    def engine_precision(self) -> str:
        """How whole pictures are counted meanwhile: the engine has no fp16."""
        return "bf16" if self.precision == "bf16" else "fp32"

    @property
    def needs_teacher(self) -> bool:
        """Whether any part of the loss looks at a teacher."""
        return any(getattr(self, name) for name in TAUGHT)

    @property
    def needs_guide(self) -> bool:
        """Whether features are compared with the first teacher's, or read by its head."""
        return bool(self.feature_weight or self.borrow_weight)

    @property
    def used_teacher(self) -> str:
        """The teachers as `teacher` names them, empty where no part of the loss looks at them."""
        return self.teacher if self.needs_teacher else ""


def is_positive(network: str, options: Mapping[str, Any]) -> bool:
    """Return whether a network's output is never below zero."""
    return network in POSITIVE or options.get("output") == "softplus"


def without_teacher(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return a config's facts without the teacher's part: those of the control."""
    return {name: value for name, value in facts.items() if name not in TEACHERS_PART}


def make_config(facts: Mapping[str, Any]) -> Config:
    """Build a config from what is said and what `init` brings; raises UserError setting-invalid."""
    return _built(_with_brought(facts) if facts.get("init") else facts)


def _built(facts: Mapping[str, Any]) -> Config:
    known = {item.name for item in fields(Config)}
    for name in facts:
        if name not in known:
            reason = Reason("no-setting")
            raise UserError("setting-invalid", name=name, value=facts[name], reason=reason)
    lists = {name: _as_tuple(name, facts.get(name, ())) for name in LISTS}
    return Config(**{**facts, **lists})


def _with_brought(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Add what the weights of `init` bring, where nothing is said of it."""
    try:
        header = read_header(Path(str(facts["init"])))
    except UserError:
        # The training says what is wrong with them when it begins.
        return dict(facts)
    rule, options = header.scale_rule, facts.get("options", {})
    brought = {**{name: getattr(rule, name) for name in BROUGHT}, **facts}
    if header.network == facts.get("network") and header.options.get("slim"):
        # What is no dict is refused later.
        brought["options"] = {"slim": True, **options} if isinstance(options, dict) else options
    return brought


def _as_tuple(name: str, value: Any) -> tuple[str, ...]:
    # A text is a sequence too: of its letters.
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise _wrong_kind(name, value)
    return tuple(value)


def _kinds(item: Field[Any]) -> tuple[type, ...]:
    if item.default is not MISSING:
        return (int, float) if isinstance(item.default, float) else (type(item.default),)
    return ({"network": str, "options": dict}.get(item.name, tuple),)


def _is_kind(value: object, item: Field[Any]) -> bool:
    if isinstance(value, float) and not math.isfinite(value):
        # A gradient alone may be as long as it is.
        return item.name == "clip"
    kinds = _kinds(item)
    # To Python, true is a number as well.
    return isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))


def _wrong_kind(name: str, value: Any) -> UserError:
    return UserError("setting-invalid", name=name, value=value, reason=Reason("wrong-kind"))


def read_recipe(name: str) -> dict[str, Any]:
    """Read a recipe that came with the program by its name, or any .toml file by its path.

    Raises UserError recipe-unknown or setting-invalid.
    """
    shipped = resources.files("trainer") / "recipes"
    names = sorted(item.name.removesuffix(".toml") for item in shipped.iterdir()
                   if item.name.endswith(".toml"))  # fmt: skip
    try:
        if name in names:
            text = (shipped / f"{name}.toml").read_text("utf-8")
        elif name.endswith(".toml"):
            text = Path(name).read_text("utf-8")
        else:
            raise UserError("recipe-unknown", name=name, names=", ".join(names))
        return tomllib.loads(text)
    except OSError as error:
        raise UserError("recipe-unknown", name=name, names=", ".join(names)) from error
    except UnicodeDecodeError as error:
        reason = Reason("no-text")
        raise UserError("setting-invalid", name="recipe", value=name, reason=reason) from error
    except tomllib.TOMLDecodeError as error:
        raise UserError("setting-invalid", name="recipe", value=name, reason=error) from error


def config_to_json(config: Config) -> str:
    return json.dumps({"v": VERSION, **asdict(config)}, indent=1)


def config_from_json(text: str, folder: Path) -> Config:
    """Return the config of a run folder; ValueError when damaged, UserError run-newer."""
    facts = json.loads(text)
    if not isinstance(facts, dict) or "network" not in facts:
        raise ValueError("no config")
    if int(facts.pop("v", VERSION)) > VERSION:
        raise UserError("run-newer", path=folder)
    # Earlier versions took these from networks that do not heed them.
    for name, (networks, _) in HEEDED_BY.items():
        if facts["network"] not in networks:
            facts.pop(name, None)
    # A run keeps what its `init` brought when it began.
    return _built(facts)
