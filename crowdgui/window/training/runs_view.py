"""The runs: the table, and the curves of those that are chosen on one plot."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QItemSelection, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crowdgui.window.background import Work
from crowdgui.window.elided_label import ElidedLabel
from crowdgui.window.hint import Hint
from crowdgui.window.language import Translated
from crowdgui.window.training.paced import Paced
from crowdgui.window.training.plots import COLOURS, CurvePlot
from crowdgui.window.training.run_table import RunTable, RunTableModel
from crowdgui.window.training.session import TrainingSession
from trainer import run_list
from trainer.events import Event
from trainer.follow import Follower
from trainer.history import History, smoothed
from trainer.run_list import RunRow
from trainer.runs import LOG_FILE

MOST_CURVES = 6
SMOOTH = 30
MEASURES = ("mae", "rmse", "loss")


@dataclass(eq=False)
class Followed:
    """A chosen run and its curves so far."""

    follower: Follower
    history: History
    reading: bool = False


class RunsPlot(Translated, CurvePlot):
    """A curve a run."""

    def __init__(self) -> None:
        super().__init__()
        self.measure = QComboBox()
        self.measure.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for name in MEASURES:
            self.measure.addItem("", name)
        row = QHBoxLayout()
        row.addWidget(self.title)
        row.addStretch()
        row.addWidget(self.measure)
        self._column.insertLayout(0, row)
        self.retranslate()

    def show_runs(self, found: list[tuple[str, History]]) -> None:
        """Draw the chosen measure of some runs."""
        self.keep_curves([name for name, _history in found])
        measure = str(self.measure.currentData())
        for number, (name, history) in enumerate(found):
            if measure == "loss":
                x, y = history.column("epoch"), smoothed(history.column("loss"), SMOOTH)
            else:
                x = np.array([score.epoch for score in history.scores], float)
                y = np.array([getattr(score, measure) for score in history.scores], float)
            symbol = None if measure == "loss" else "o"
            self.show_curve(name, x, y, COLOURS[number % len(COLOURS)], symbol=symbol)
            self.name_curve(name, name)

    def retranslate(self) -> None:
        self.title.setText(self.tr("Curves of the chosen runs"))
        texts = (self.tr("validation MAE"), self.tr("validation RMSE"), self.tr("loss, smoothed"))
        for place, text in enumerate(texts):
            self.measure.setItemText(place, text)
        self.measure.setAccessibleName(self.tr("What is drawn"))
        self.describe(self.tr("Curves of the chosen runs"), self.tr("Epoch"))


class RunsView(Translated, QWidget):
    """The table of all runs and their curves."""

    chosen = Signal()
    opened = Signal(object)  # the run to be shown
    own_wanted = Signal()  # the program's own runs

    def __init__(self, session: TrainingSession) -> None:
        super().__init__()
        self._session = session
        self._followed: dict[Path, Followed] = {}
        self.rows = RunTableModel(self)
        self.table = RunTable(self.rows)
        self.plot = RunsPlot()
        self.root, self.own_button = ElidedLabel(), QPushButton()
        self.own_button.setProperty("role", "small")
        self.own_button.clicked.connect(self.own_wanted)
        self.hint = Hint("table")
        self.hint.button.hide()
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.table)
        splitter.addWidget(self.plot)
        # A few rows need no half of a large screen.
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 3)
        splitter.setSizes([240, 300])
        self.stack = QStackedWidget()
        self.stack.addWidget(self.hint)
        self.stack.addWidget(splitter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._root_row())
        column.addWidget(self.stack, 1)
        self.table.selectionModel().selectionChanged.connect(self._chosen)
        self.table.opened.connect(self._open)
        self.plot.measure.activated.connect(self._draw)
        session.listed.connect(self.render_rows)
        session.changed.connect(self._say_root)
        self.retranslate()

    def _root_row(self) -> QWidget:
        """Return what says that the runs are those of another folder."""
        self.root_row = QWidget()
        row = QHBoxLayout(self.root_row)
        row.setContentsMargins(14, 8, 14, 8)
        row.addWidget(self.root, 1)
        row.addWidget(self.own_button)
        return self.root_row

    def selected(self) -> list[RunRow]:
        """Return the chosen runs in the order of the table."""
        places = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.rows.rows[place] for place in places]

    @Slot()
    def render_rows(self) -> None:
        folders = [row.folder for row in self.selected()]
        place, height = self.table.currentIndex().row(), self.table.verticalScrollBar().value()
        current = self.rows.rows[place].folder if place >= 0 else None
        self.rows.show_rows(self._session.rows)
        self.stack.setCurrentIndex(1 if self.rows.rows else 0)
        if folders and not self.selected():
            self.select(folders)
        elif self.rows.rows and not self.selected():
            self.table.selectRow(0)
        if current is not None and not self.table.currentIndex().isValid():
            self._go_back(current, height)
        self._follow()

    def _go_back(self, folder: Path, height: int) -> None:
        """Have the arrows go on from the run where they were, and scroll to what was seen."""
        place, selection = self.rows.place_of(folder), self.table.selectionModel()
        if place is not None:
            index = self.rows.index(place, 0)
            selection.setCurrentIndex(index, selection.SelectionFlag.NoUpdate)
            self.table.verticalScrollBar().setValue(height)

    def select(self, folders: list[Path]) -> None:
        selection, wanted, found = self.table.selectionModel(), set(folders), QItemSelection()
        for place, row in enumerate(self.rows.rows):
            if row.folder in wanted:
                index = self.rows.index(place, 0)
                found.select(index, index)
        flags = selection.SelectionFlag
        # At once: with each call its curves are drawn.
        selection.select(found, flags.ClearAndSelect | flags.Rows)

    @Slot()
    def _chosen(self) -> None:
        self._follow()
        self.chosen.emit()

    def _follow(self) -> None:
        """Read what is new of the chosen runs."""
        wanted = [row for row in self.selected() if row.config is not None][:MOST_CURVES]
        self._followed = {f: one for f, one in self._followed.items()
                          if f in [row.folder for row in wanted]}  # fmt: skip
        for row in wanted:
            assert row.config is not None
            one = self._followed.setdefault(
                row.folder, Followed(Follower(row.folder / LOG_FILE), History(row.config))
            )
            if not one.reading:
                self._read(one)
        self._draw()

    def _read(self, one: Followed) -> None:
        one.reading = True
        paced = Paced(one.follower)

        def came(events: list[Event]) -> None:
            paced.taken()
            one.history.add_all(events)

        def done(_error: Exception | None) -> None:
            one.reading = False
            if one in self._followed.values():
                self._draw()

        steps = lambda _work: paced.pieces()  # noqa: E731
        self._session.lane.start(Work(lambda: "", steps, came, done, quiet=True))

    @Slot()
    def _draw(self) -> None:
        names = {row.folder: row.name for row in self._session.rows}
        found = [(names.get(f, f.name), one.history) for f, one in self._followed.items()]
        self.plot.show_runs(found)

    @Slot(object)
    def _open(self, index: object) -> None:
        self.opened.emit(self.rows.rows[index.row()].folder)  # type: ignore[attr-defined]

    @Slot()
    def _say_root(self) -> None:
        root = self._session.root
        self.root_row.setVisible(root != run_list.runs_folder())
        self.root.setText(self.tr("Runs of {path}").format(path=root))
        self.own_button.setEnabled(not self._session.at_work)

    def retranslate(self) -> None:
        self.own_button.setText(self.tr("Runs of this program"))
        self._say_root()
        self.hint.say(
            self.tr("No runs yet"), self.tr("Every training is listed here and can be compared."),
            "",
        )  # fmt: skip
