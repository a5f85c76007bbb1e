"""A sweep of alpha: how it is begun, table 2 as it fills in, and MAE against alpha."""

from __future__ import annotations

from statistics import fmean

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from crowdgui.window.language import Translated
from crowdgui.window.training.plots import COLOURS, CurvePlot
from crowdgui.window.training.reach import Values
from crowdgui.window.training.sweep_tasks import SweepFacts
from trainer.sweep import compared

ALPHAS = "0, 0.1, 0.3, 0.5, 0.7"


class AlphaPlot(Translated, CurvePlot):
    """Validation MAE against alpha: a dot a run, a line through the means of shared seeds."""

    def __init__(self) -> None:
        super().__init__()
        self._runs = pg.ScatterPlotItem(size=8, brush=COLOURS[1], pen=None)
        self.retranslate()

    def marks(self) -> list[pg.GraphicsObject]:
        return [self._runs]

    def levels(self) -> Values:
        return np.asarray(self._runs.getData()[1], float)

    def across(self) -> str:
        return "α ="

    def show_sweep(self, facts: SweepFacts | None) -> None:
        results = facts.results if facts else []
        self._runs.setData([r.run.alpha for r in results], [r.mae for r in results])
        # Seeds that not all have are shown and not joined: one may be harder than another.
        maes = compared(facts.settings, results) if facts else {}
        means = {alpha: fmean(maes[alpha]) for alpha in sorted(maes)}
        self.show_curve(
            "mae", np.array(list(means)), np.array(list(means.values())), COLOURS[0], symbol="o"
        )

    def retranslate(self) -> None:
        self.title.setText(self.tr("Validation MAE against α"))
        self.name_curve("mae", self.tr("mean of the seeds that every α has"))
        self.describe(self.tr("Validation MAE against α"), "α")


class SweepView(Translated, QWidget):
    """Begins sweeps and shows one."""

    start_wanted = Signal()
    continue_wanted = Signal()
    sweep_chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.facts: SweepFacts | None = None
        self._at_work = False
        self.intro, self.state = QLabel(), QLabel()
        self.intro.setWordWrap(True)
        self.intro.setProperty("role", "muted")
        self.alphas = QLineEdit(ALPHAS)
        self.alphas.setCursorPosition(0)
        self.seeds, self.other_seeds = QSpinBox(), QSpinBox()
        for box in (self.seeds, self.other_seeds):
            box.setRange(1, 20)
        self.seeds.valueChanged.connect(self.other_seeds.setMaximum)
        self.labels = [QLabel(), QLabel(), QLabel(), QLabel()]
        self.start_button, self.continue_button = QPushButton(), QPushButton()
        self.start_button.setProperty("role", "second")
        self.continue_button.setProperty("role", "second")
        self.sweeps = QComboBox()
        self.sweeps.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.table = QTableWidget(0, 7)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.note = QLabel()
        self.note.setProperty("role", "muted")
        self.plot = AlphaPlot()
        self._lay_out()
        self.start_button.clicked.connect(self.start_wanted)
        self.continue_button.clicked.connect(self.continue_wanted)
        self.sweeps.activated.connect(self.sweep_chosen)
        self.retranslate()
        self.show_sweep(None)

    def _lay_out(self) -> None:
        values, begin = QHBoxLayout(), QHBoxLayout()
        for row in (values, begin):
            row.setSpacing(8)
        self.labels[0].setBuddy(self.alphas)
        values.addWidget(self.labels[0])
        values.addWidget(self.alphas, 1)
        for label, box in zip(self.labels[1:3], (self.seeds, self.other_seeds), strict=True):
            label.setBuddy(box)
            begin.addWidget(label)
            begin.addWidget(box)
        begin.addWidget(self.start_button)
        begin.addStretch()
        shown = QHBoxLayout()
        shown.setSpacing(8)
        self.labels[3].setBuddy(self.sweeps)
        shown.addWidget(self.labels[3])
        shown.addWidget(self.sweeps)
        shown.addWidget(self.state, 1)
        shown.addWidget(self.continue_button)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.table)
        splitter.addWidget(self.plot)
        # A few rows need no half of a large screen.
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 3)
        splitter.setSizes([230, 260])
        self.results = splitter
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 8)
        column.setSpacing(8)
        column.addWidget(self.intro)
        column.addLayout(values)
        column.addLayout(begin)
        column.addLayout(shown)
        column.addWidget(self.note)
        column.addWidget(splitter, 1)
        column.addStretch()

    def show_names(self, names: list[str]) -> None:
        """List the sweeps that there are, the newest first; one that is new is shown."""
        known = [self.sweeps.itemText(row) for row in range(self.sweeps.count())]
        if known == names:
            return
        new = (name for name in names if name not in known)
        chosen = next(new, self.sweeps.currentText())
        self.sweeps.clear()
        self.sweeps.addItems(names)
        self.sweeps.setCurrentIndex(max(self.sweeps.findText(chosen), 0) if names else -1)

    def show_sweep(self, facts: SweepFacts | None) -> None:
        """Draw table 2 and its plot."""
        self.facts = facts
        rows = facts.rows if facts else []
        self.table.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                self.table.setItem(number, column, item)
        self.plot.show_sweep(facts)
        # Without a sweep there is nothing to choose, and the axes would be made up.
        for part in (self.labels[3], self.sweeps):
            part.setVisible(self.sweeps.count() > 0)
        self.note.setVisible(facts is not None)
        self.results.setVisible(facts is not None)
        self._say_state()

    def set_working(self, sweeping: bool, training: bool, reason: str) -> None:
        """Say whether a sweep is at work, or why none can be begun now."""
        self._at_work = sweeping
        self.start_button.setEnabled(not training and not reason)
        self.start_button.setToolTip(reason or self.tr("Train a student for each α and seed"))
        done = self.facts is not None and len(self.facts.results) >= self.facts.settings.total
        self.continue_button.setVisible(self.facts is not None and not training and not done)
        self._say_state()

    def _say_state(self) -> None:
        facts = self.facts
        if facts is None:
            self.state.setText("")
            return
        text = self.tr("{done} of {total} runs are finished").format(
            done=len(facts.results), total=facts.settings.total
        )
        # Not within an f-string, where lupdate sees no text.
        training = self.tr("training")
        self.state.setText(f"{text}; {training}" if self._at_work else text)

    def retranslate(self) -> None:
        self.intro.setText(
            self.tr(
                "Trains the same student at several α with the settings at the left: one seed for"
                " every α first, then more seeds for α 0 and the best other. The errors are of the"
                " validation pictures; the study's are of its test pictures."
            )
        )
        for label, text in zip(
            self.labels,
            (self.tr("α &values"), self.tr("Seed&s"), self.tr("Seeds of &others"),
             self.tr("Shown s&weep")),
            strict=True,
        ):  # fmt: skip
            label.setText(text)
        boxes = (self.alphas, self.seeds, self.other_seeds, self.sweeps)
        for label, box in zip(self.labels, boxes, strict=True):
            box.setAccessibleName(label.text().replace("&", ""))
        self.seeds.setToolTip(self.tr("Of α 0 and of the best other α"))
        self.other_seeds.setToolTip(self.tr("Of every further α"))
        self.start_button.setText(self.tr("Start the s&weep"))
        self.continue_button.setText(self.tr("&Continue"))
        self.continue_button.setToolTip(self.tr("Do the runs that are not finished"))
        self.table.setHorizontalHeaderLabels([
            "α", self.tr("MAE, first seeds"), "MAE", "RMSE", self.tr("Seeds"),
            self.tr("Study: test MAE"), self.tr("Study: test RMSE"),
        ])  # fmt: skip
        self.table.setAccessibleName(self.tr("Table 2: errors by α"))
        self.note.setText(
            self.tr("³ The number of the paper of 2016, no student trained alike as a control.")
        )
        self._say_state()
