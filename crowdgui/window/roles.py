"""What a model is in the study: a teacher, a student, a distilled student; its licence in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from crowdgui.window.desk import ModelChoice
from models.errors import QT_TRANSLATE_NOOP

TEACHER, ASSISTANT, DISTILLED, STUDENT = "teacher", "assistant", "distilled", "student"
_BY_NETWORK = {"m-sfanet": TEACHER, "assistant": ASSISTANT}
_ORDER = (TEACHER, ASSISTANT, STUDENT, DISTILLED)


def role_of(model: ModelChoice) -> str:
    """Return a model's role by its network and by what its header says of its training."""
    if model.header is None:
        return STUDENT
    if model.header.network in _BY_NETWORK:
        return _BY_NETWORK[model.header.network]
    trained_on = model.header.trained_on
    return DISTILLED if trained_on.get("teacher") and trained_on.get("alpha") else STUDENT


def licence_text(licence: str) -> str:
    """Return what a header says of its licence; what the trainer writes there is translated."""
    ours = QT_TRANSLATE_NOOP("Card", "research use only")
    return QCoreApplication.translate("Card", ours) if licence == ours else licence


def by_role(models: list[ModelChoice]) -> list[ModelChoice]:
    """Return models as the study shows them: teacher, student, distilled student."""
    return sorted(models, key=lambda model: (_ORDER.index(role_of(model)), model.name))


def first_choice(models: list[ModelChoice], most: int) -> list[str]:
    """Return the names to begin with, in the study's order.

    One of each role, then distilled students, which are made to be used, then others.
    """
    ordered = by_role(models)
    one_each = {role_of(model): model.name for model in reversed(ordered)}
    chosen = set(one_each.values())
    for model in sorted(ordered, key=lambda model: role_of(model) != DISTILLED):
        if len(chosen) >= most:
            break
        chosen.add(model.name)
    return [model.name for model in ordered if model.name in chosen][:most]
