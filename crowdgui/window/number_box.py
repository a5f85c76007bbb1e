"""A box for a number with decimals."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox


class NumberBox(QDoubleSpinBox):
    """Takes a comma for a point, as half of the world writes it; Qt's own reads 12,5 as 125.

    It shows no more decimals than a number has.
    """

    def __init__(self, decimals: int = 6) -> None:
        super().__init__(decimals=decimals)
        self.setLocale(QLocale.c())

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        state, text, place = super().validate(text.replace(",", "."), place)
        return state, text, place

    def valueFromText(self, text: str) -> float:
        return super().valueFromText(text.replace(",", "."))

    def textFromValue(self, value: float) -> str:
        text = f"{value:.{self.decimals()}f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
