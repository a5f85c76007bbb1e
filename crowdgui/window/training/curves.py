"""The three plots of a run: losses, learning rate, validation errors."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSlider

from crowdgui.window.language import Translated
from crowdgui.window.training.plots import COLOURS, CurvePlot, LevelLine, star
from crowdgui.window.training.reach import Values
from trainer.history import History, smoothed

WIDTHS = (1, 3, 10, 30, 100, 300, 1000)
LOSSES = ("loss", "loss_truth", "loss_teacher")


class LossPlot(Translated, CurvePlot):
    """Total, truth's and teacher's loss, linear or logarithmic, as they are or smoothed."""

    def __init__(self) -> None:
        super().__init__()
        self._history: History | None = None
        self.logarithmic = QCheckBox()
        self.smooth_label, self.smooth = QLabel(), QSlider(Qt.Orientation.Horizontal)
        self.smooth.setRange(0, len(WIDTHS) - 1)
        self.smooth.setPageStep(1)
        self.smooth.setFixedWidth(110)
        self.smooth_label.setBuddy(self.smooth)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.title)
        row.addStretch()
        for part in (self.smooth_label, self.smooth, self.logarithmic):
            row.addWidget(part)
        self._column.insertLayout(0, row)
        self.logarithmic.toggled.connect(self._switch)
        self.smooth.valueChanged.connect(self._smoothed)
        self.retranslate()

    def show_history(self, history: History | None) -> None:
        """Draw what has come; called at most twice a second."""
        self._history = history
        if history is None or not len(history):
            for number, key in enumerate(LOSSES):
                self.show_curve(key, np.empty(0), np.empty(0), COLOURS[number])
            return
        width = WIDTHS[self.smooth.value()]
        x = history.column("epoch")
        for number, key in enumerate(LOSSES):
            taught = key == "loss" or history.config.needs_teacher
            shown = x if taught or key == "loss_truth" else x[:0]
            values = smoothed(history.column(key), width)[: len(shown)]
            if self.logarithmic.isChecked():
                values = np.maximum(values, 1e-9)
            self.show_curve(key, shown, values, COLOURS[number])

    @Slot(bool)
    def _switch(self, on: bool) -> None:
        self.set_logarithmic(on)
        self.show_history(self._history)

    @Slot()
    def _smoothed(self) -> None:
        self._say_width()
        self.show_history(self._history)

    def _say_width(self) -> None:
        width = WIDTHS[self.smooth.value()]
        text = self.tr("mean of {number} steps").format(number=width)
        self.smooth.setToolTip(text if width > 1 else self.tr("every step as it was"))
        self.smooth.setAccessibleDescription(self.smooth.toolTip())

    def retranslate(self) -> None:
        self.title.setText(self.tr("Loss"))
        self.logarithmic.setText(self.tr("Lo&garithmic"))
        self.smooth_label.setText(self.tr("Smoot&hing"))
        self.smooth.setAccessibleName(self.tr("Smoothing"))
        self._say_width()
        names = (self.tr("total"), self.tr("truth"), self.tr("teacher"))
        for key, name in zip(LOSSES, names, strict=True):
            self.name_curve(key, name)
        self.describe(self.tr("Loss over the epochs"), self.tr("Epoch"))


class RatePlot(Translated, CurvePlot):
    """The learning rate with its restarts."""

    TURN = 2

    def __init__(self) -> None:
        super().__init__()
        self.retranslate()

    def show_history(self, history: History | None) -> None:
        empty = history is None or not len(history)
        x = np.empty(0) if empty or history is None else history.column("epoch")
        y = np.empty(0) if empty or history is None else history.column("lr")
        self.show_curve("lr", x, y, COLOURS[2])

    def retranslate(self) -> None:
        self.title.setText(self.tr("Learning rate"))
        self.name_curve("lr", self.tr("rate"))
        self.describe(self.tr("Learning rate over the epochs"), "")


class ScorePlot(Translated, CurvePlot):
    """Validation MAE and RMSE, a star on the best, levels of plain student and teacher."""

    TURN = 1

    def __init__(self) -> None:
        super().__init__()
        self._levels: tuple[float | None, float | None] = (None, None)
        self._star = star()
        self._star.setZValue(10)
        self._plain = LevelLine(COLOURS[4], 0.03)
        self._teacher = LevelLine(COLOURS[3], 0.97)
        self.retranslate()

    def marks(self) -> list[pg.GraphicsObject]:
        return [self._star, self._plain.item, self._teacher.item]

    def levels(self) -> Values:
        return np.array([level for level in self._levels if level is not None], float)

    def show_history(self, history: History | None) -> None:
        scores = history.scores if history else []
        x = np.array([score.epoch for score in scores], float)
        mae = np.array([score.mae for score in scores], float)
        rmse = np.array([score.rmse for score in scores], float)
        self.show_curve("mae", x, mae, COLOURS[0], symbol="o")
        self.show_curve("rmse", x, rmse, COLOURS[1], symbol="t")
        best = history.best if history else None
        self._star.setData([best.epoch] if best else [], [best.mae] if best else [])

    def show_levels(self, plain: float | None, teacher: float | None) -> None:
        """Draw the MAE of the best plain student and of the teacher, where they are known."""
        self._levels = (plain, teacher)
        self._plain.show(plain, self.tr("plain student {mae}").format(mae=f"{plain or 0:.1f}"))
        self._teacher.show(teacher, self.tr("teacher {mae}").format(mae=f"{teacher or 0:.1f}"))
        self.fit()

    def retranslate(self) -> None:
        self.title.setText(self.tr("Validation error"))
        self.name_curve("mae", "MAE")
        self.name_curve("rmse", "RMSE")
        self.show_levels(*self._levels)
        self.describe(self.tr("Validation MAE and RMSE over the epochs"), self.tr("Epoch"))
