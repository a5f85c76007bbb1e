"""Why something cannot be, as part of a UserError's sentence, in a form that can be translated."""

from __future__ import annotations

from typing import Self

from models.errors import QT_TRANSLATE_NOOP

# Why, for the {reason} of a sentence: the ones that are met most often.
REASONS: dict[str, str] = {
    "use-least": QT_TRANSLATE_NOOP("Reason", "use at least {least}"),
    "use-or-more": QT_TRANSLATE_NOOP("Reason", "use {least} or more"),
    "use-all-or-more": QT_TRANSLATE_NOOP("Reason", "use 0 (all) or more"),
    "use-above": QT_TRANSLATE_NOOP("Reason", "use above {low}"),
    "use-between": QT_TRANSLATE_NOOP("Reason", "use from {low} to {high}"),
    "use-below": QT_TRANSLATE_NOOP("Reason", "use from {low} to below {high}"),
    "use-up-to": QT_TRANSLATE_NOOP("Reason", "use above {low}, at most {high}"),
    "use-multiple": QT_TRANSLATE_NOOP("Reason", "use a multiple of {base}"),
    "use-one-of": QT_TRANSLATE_NOOP("Reason", "use one of {names}"),
    "use-alpha": QT_TRANSLATE_NOOP("Reason", "use 0 (truth alone) to 1 (teacher alone)"),
    "use-alphas": QT_TRANSLATE_NOOP("Reason", "use numbers from 0 to 1"),
    "use-list": QT_TRANSLATE_NOOP("Reason", "use numbers separated by commas, such as 0,0.1,0.3"),
    "use-seeds": QT_TRANSLATE_NOOP("Reason", "use 1 to {seeds}, the number of seeds"),
    "no-control": QT_TRANSLATE_NOOP("Reason", "0 is missing, the control without a teacher"),
    "no-setting": QT_TRANSLATE_NOOP("Reason", "there is no such setting"),
    "wrong-kind": QT_TRANSLATE_NOOP("Reason", "wrong kind of value"),
    "falls-below-zero": QT_TRANSLATE_NOOP(
        "Reason", "a linear output falls below zero; use output = softplus"
    ),
    "no-layer": QT_TRANSLATE_NOOP("Reason", "{network} has no such layer"),
    "all-frozen": QT_TRANSLATE_NOOP("Reason", "no layer of {network} is left to learn"),
    "no-statistics": QT_TRANSLATE_NOOP(
        "Reason", "batch norms have no statistics yet; give weights with --init"
    ),
    "no-state": QT_TRANSLATE_NOOP("Reason", "it holds no state of this training"),
    "no-trunk": QT_TRANSLATE_NOOP("Reason", "{network} has no trunk"),
    "no-attention": QT_TRANSLATE_NOOP("Reason", "{network} has no attention map"),
    "no-deep": QT_TRANSLATE_NOOP("Reason", "{network} has no features at stride 8 and 16"),
    "no-refit": QT_TRANSLATE_NOOP(
        "Reason", "only an MCNN that counts in persons and ends in softplus has a layer to fit"
    ),
    "has-people": QT_TRANSLATE_NOOP("Reason", "people are annotated in {name}"),
    "no-colours": QT_TRANSLATE_NOOP(
        "Reason", "{network} sees no colours, and its features cannot be followed"
    ),
    "no-head": QT_TRANSLATE_NOOP("Reason", "{network} lends no head; use an assistant"),
    "computes-in": QT_TRANSLATE_NOOP("Reason", "the {engine} engine computes in {names}"),
    "tensors-missing": QT_TRANSLATE_NOOP("Reason", "it lacks {name} and {number} more tensors"),
    "tensors-other": QT_TRANSLATE_NOOP(
        "Reason", "it has {name} and {number} more tensors of another network"
    ),
    "tensor-shape": QT_TRANSLATE_NOOP("Reason", "{name} is {there}, not {wanted}"),
    "no-numbers": QT_TRANSLATE_NOOP("Reason", "it holds values that are no numbers"),
    "counts-no-numbers": QT_TRANSLATE_NOOP("Reason", "its counts are no numbers"),
    "other-weights": QT_TRANSLATE_NOOP("Reason", "it was made from other weights than {name}"),
    "no-checkpoint": QT_TRANSLATE_NOOP("Reason", "no checkpoint of torch"),
    "file-missing": QT_TRANSLATE_NOOP("Reason", "there is no {name} in it"),
    "file-damaged": QT_TRANSLATE_NOOP("Reason", "its {name} is damaged"),
    "no-file": QT_TRANSLATE_NOOP("Reason", "it is no ordinary file"),
    "no-log": QT_TRANSLATE_NOOP("Reason", "it is no log of this program"),
    "no-picture": QT_TRANSLATE_NOOP("Reason", "no picture was written"),
    "jpeg-side": QT_TRANSLATE_NOOP(
        "Reason", "a JPEG has at most {most} pixels a side; save it as PNG"
    ),
    "no-text": QT_TRANSLATE_NOOP("Reason", "it is no UTF-8 text"),
    "newer": QT_TRANSLATE_NOOP("Reason", "a newer version wrote it"),
    "video-suffix": QT_TRANSLATE_NOOP("Reason", "a video ends in {names}"),
    "video-refused": QT_TRANSLATE_NOOP("Reason", "the video cannot be begun"),
    "video-cut": QT_TRANSLATE_NOOP("Reason", "the video could not be written to its end"),
    "taken": QT_TRANSLATE_NOOP("Reason", "another watcher of this name uses it"),
    "zone-names": QT_TRANSLATE_NOOP("Reason", "two zones have this name"),
    "zone-outside": QT_TRANSLATE_NOOP("Reason", "a point lies outside the picture"),
    "zone-flat": QT_TRANSLATE_NOOP("Reason", "it has no area"),
    "zone-name": QT_TRANSLATE_NOOP("Reason", "the name is empty or too long"),
    "zone-column": QT_TRANSLATE_NOOP("Reason", "a log has a column of this name"),
    "zone-break": QT_TRANSLATE_NOOP("Reason", "the name holds a line break"),
    "zone-capacity": QT_TRANSLATE_NOOP("Reason", "the capacity must be above 0"),
    "zone-area": QT_TRANSLATE_NOOP("Reason", "the area must be above 0"),
    "zone-limits": QT_TRANSLATE_NOOP("Reason", "its three limits must rise, above 0"),
    "zone-hysteresis": QT_TRANSLATE_NOOP("Reason", "hysteresis must be from 0 to 0.9"),
    "zone-hold": QT_TRANSLATE_NOOP("Reason", "the hold time must be 0 s or more"),
    "zone-alert": QT_TRANSLATE_NOOP("Reason", "alert_at must be 0 to 3"),
}
# What the system says of a file, and a broker of a password, in their own words.
SYSTEM_REASONS = (
    QT_TRANSLATE_NOOP("Reason", "Permission denied"),
    QT_TRANSLATE_NOOP("Reason", "Operation not permitted"),
    QT_TRANSLATE_NOOP("Reason", "No such file or directory"),
    QT_TRANSLATE_NOOP("Reason", "No space left on device"),
    QT_TRANSLATE_NOOP("Reason", "Disk quota exceeded"),
    QT_TRANSLATE_NOOP("Reason", "Read-only file system"),
    QT_TRANSLATE_NOOP("Reason", "Input/output error"),
    QT_TRANSLATE_NOOP("Reason", "Is a directory"),
    QT_TRANSLATE_NOOP("Reason", "Not a directory"),
    QT_TRANSLATE_NOOP("Reason", "File exists"),
    QT_TRANSLATE_NOOP("Reason", "File name too long"),
    QT_TRANSLATE_NOOP("Reason", "Device or resource busy"),
    QT_TRANSLATE_NOOP("Reason", "Bad user name or password"),
    QT_TRANSLATE_NOOP("Reason", "Not authorized"),
)


class Reason(str):
    """A reason of REASONS in English; what it is made of is kept for other languages."""

    code: str
    facts: dict[str, object]

    def __new__(cls, code: str, **facts: object) -> Self:
        self = super().__new__(cls, REASONS[code].format(**facts))
        self.code, self.facts = code, facts
        return self


def one_of(*names: object) -> Reason:
    return Reason("use-one-of", names=", ".join(map(str, names)))


def why(error: OSError) -> str:
    """Return what the system says of a file; libraries raise errors that have words alone."""
    return error.strerror or str(error)
