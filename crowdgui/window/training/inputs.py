"""The inputs of the settings: rates in steps of 1, 2, 5, and alpha with what it means."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QSlider,
    QSpinBox,
    QWidget,
)

from crowdgui.window.language import Translated
from crowdgui.window.number_box import NumberBox
from crowdgui.window.training.fields import FieldRow
from crowdgui.window.training.path_box import PathBox
from crowdgui.window.wheel import leave_wheel

translate = QCoreApplication.translate
ALPHA_STEPS = 20


# Steps end here; where 0 may be put in, it comes next.
LEAST_RATE = 1e-6


class RateBox(QDoubleSpinBox):
    """A learning rate as people write it: 0.001, 5e-05."""

    def __init__(self) -> None:
        super().__init__()
        self.setDecimals(9)

    def textFromValue(self, value: float) -> str:
        return f"{value:g}"

    def valueFromText(self, text: str) -> float:
        try:
            return float(text.replace(",", "."))
        except ValueError:
            return self.value()

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            likely = set(text) <= set("0123456789.,e+-")
            state = QValidator.State.Intermediate if likely else QValidator.State.Invalid
            return state, text, place
        inside = self.minimum() <= value <= self.maximum()
        state = QValidator.State.Acceptable if inside else QValidator.State.Intermediate
        return state, text, place

    def stepBy(self, steps: int) -> None:
        """Go through 1, 2, 5, 10, …"""
        value = self.value()
        for _ in range(abs(steps)):
            value = _above(value) if steps > 0 else _below(value)
        # Where 0 is no rate, the range ends before it.
        self.setValue(value)


def _above(value: float) -> float:
    if value < LEAST_RATE:
        return LEAST_RATE
    return next(mark for mark in _marks(value) if mark > value * 1.0001)


def _below(value: float) -> float:
    if value <= LEAST_RATE:
        return 0.0
    return next(mark for mark in reversed(_marks(value)) if mark < value * 0.9999)


def _marks(value: float) -> list[float]:
    tens: float = 10.0 ** math.floor(math.log10(value) + 1e-9)
    return [tens * mark for mark in (0.5, 1, 2, 5, 10)]


Input = QSpinBox | QDoubleSpinBox | QComboBox | QCheckBox | PathBox


def make_input(row: FieldRow) -> Input:
    """Return the widget that a setting is put in with."""
    if row.kind == "flag":
        return QCheckBox()
    if row.kind in ("folders", "file"):
        return PathBox(folders=row.kind == "folders")
    if row.kind == "choice":
        combo = QComboBox()
        for value, _text in row.choices:
            combo.addItem("", value)
        box: Input = combo
    elif row.kind == "whole":
        whole = QSpinBox()
        whole.setRange(int(row.low), int(row.high))
        whole.setSingleStep(int(row.step))
        box = whole
    else:
        number = RateBox() if row.kind == "rate" else NumberBox()
        number.setRange(row.low, row.high)
        number.setSingleStep(row.step)
        box = number
    leave_wheel(box)
    box.setMinimumWidth(110)
    return box


def when_changed(box: Input, call: Callable[[], object]) -> None:
    """Have something called whenever what is put in changes."""
    if isinstance(box, QComboBox):
        box.currentIndexChanged.connect(call)
    elif isinstance(box, QCheckBox):
        box.toggled.connect(call)
    elif isinstance(box, PathBox):
        box.changed.connect(call)
    else:
        box.valueChanged.connect(call)


def value_of(box: Input) -> object:
    if isinstance(box, QCheckBox):
        return box.isChecked()
    if isinstance(box, QComboBox):
        return str(box.currentData())
    if isinstance(box, PathBox):
        return box.value()
    return float(box.value()) if isinstance(box, QDoubleSpinBox) else int(box.value())


def show_value(box: Input, value: object) -> None:
    """Put a value in; one of the wrong kind, or too low, is left out.

    One that is too high is lowered here: Python's own numbers may be larger than Qt can take.
    """
    if isinstance(box, PathBox):
        if box.takes(value):
            box.set_value(value if isinstance(value, str) else list(value))  # type: ignore[call-overload]
    elif isinstance(box, QCheckBox) and isinstance(value, bool):
        box.setChecked(value)
    elif isinstance(box, QComboBox) and isinstance(value, str):
        box.setCurrentIndex(max(box.findData(value), 0))
    elif isinstance(box, QDoubleSpinBox) and isinstance(value, int | float):
        box.setValue(float(min(value, box.maximum())))
    elif isinstance(box, QSpinBox) and isinstance(value, int) and value >= box.minimum():
        box.setValue(min(value, box.maximum()))


class AlphaSlider(Translated, QWidget):
    """The teacher's share of the loss, 0 to 1 in steps of 0.05, with what it means."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title, self.number, self.meaning = QLabel(), QLabel(), QLabel()
        self.left, self.right = QLabel(), QLabel()
        font = self.number.font()
        font.setBold(True)
        self.number.setFont(font)
        for label in (self.left, self.right, self.meaning):
            label.setProperty("role", "muted")
        self.meaning.setWordWrap(True)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, ALPHA_STEPS)
        self.slider.setPageStep(2)
        self.slider.setTickInterval(2)
        self.slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        leave_wheel(self.slider)
        self.title.setBuddy(self.slider)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        grid.addWidget(self.title, 0, 0)
        grid.addWidget(self.number, 0, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.slider, 1, 0, 1, 2)
        grid.addWidget(self.left, 2, 0)
        grid.addWidget(self.right, 2, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.meaning, 3, 0, 1, 2)
        self.slider.valueChanged.connect(self._moved)
        self.retranslate()

    def value(self) -> float:
        """Return what is set; 0 while there is no teacher."""
        return 0.0 if self._missing else self._alpha

    def set_value(self, alpha: float) -> None:
        """Set what a recipe or a run says, which may lie between the slider's steps."""
        alpha = min(max(alpha, 0.0), 1.0)
        self.slider.setValue(round(alpha * ALPHA_STEPS))
        if alpha != self._alpha:
            self._alpha = alpha
            self._say()
            self.changed.emit()

    @Slot(int)
    def _moved(self, step: int) -> None:
        self._alpha = round(step / ALPHA_STEPS, 2)
        self._say()
        self.changed.emit()

    def set_reasons(self, missing: str, locked: str) -> None:
        """Say why there is no teacher, which makes it 0, or why it cannot be changed now."""
        self._missing, self._locked = missing, locked
        self.slider.setEnabled(not (missing or locked))
        self.slider.setToolTip(locked or missing or self.tr("The teacher's share of the loss"))
        self._say()

    _missing = _locked = ""
    _alpha = 0.0

    def _say(self) -> None:
        alpha = self.value()
        self.number.setText(f"α = {alpha:.2f}" if alpha == round(alpha, 2) else f"α = {alpha:.4g}")
        self.slider.setAccessibleDescription(self.number.text())
        if self._locked or self._missing:
            text = self._locked or self._missing
        elif alpha == 0:
            text = self.tr("The density map follows the ground truth alone.")
        elif alpha == 1:
            text = self.tr("The density map follows the teacher alone.")
        else:
            text = self.tr(
                "{truth} % of the density map's error is the ground truth's, {teacher} % the"
                " teacher's."
            )
            text = text.format(truth=round(100 - 100 * alpha), teacher=round(100 * alpha))
        self.meaning.setText(text)

    def retranslate(self) -> None:
        self.title.setText(self.tr("&α, the teacher's share"))
        self.left.setText(self.tr("0 ground truth"))
        self.right.setText(self.tr("1 teacher"))
        self.slider.setAccessibleName(self.tr("α, the teacher's share of the loss"))
        self._say()
