"""How good a run's best weights are on the pictures that they were validated on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from crowdgui.window.training.tasks import FEWEST_TO_VALIDATE, teacher_figures
from models.header import read_header

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Quality:
    """The MAE on so many pictures, and the teacher's on the same where that was measured."""

    mae: float
    pictures: int
    teacher_mae: float | None = None

    @property
    def is_fit(self) -> bool:
        """Whether it may count in place of another model unless somebody says no."""
        is_worse = self.teacher_mae is not None and self.mae > self.teacher_mae
        return self.pictures >= FEWEST_TO_VALIDATE and not is_worse

    def text(self) -> str:
        """Return the line for a person who is to decide."""
        if self.pictures == 1:
            said = translate("Quality", "Validation MAE {mae} on 1 picture")
        else:
            said = translate("Quality", "Validation MAE {mae} on {number} pictures")
        said = said.format(mae=f"{self.mae:,.1f}", number=f"{self.pictures:,}")
        if self.teacher_mae is None:
            return f"{said}."
        taught = translate("Quality", "{validation}; its teacher has {mae} there.")
        return taught.format(validation=said, mae=f"{self.teacher_mae:,.1f}")


def read_quality(run: Path, weights: Path) -> Quality | None:
    """Return what is known of a run's weights, None where they do not tell.

    Raises UserError as read_header does.
    """
    figures = read_header(weights).figures
    try:
        mae, pictures = float(figures["mae"]), int(figures["n"])
    except (KeyError, TypeError, ValueError):
        return None
    teacher = teacher_figures(run)
    # On other pictures another error says nothing.
    comparable = teacher is not None and teacher[1] == pictures
    return Quality(mae, pictures, teacher[0] if teacher and comparable else None)
