"""All runs, a row each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from crowdgui.durations import clock
from crowdgui.window.language import say
from crowdgui.window.rows_view import Index, RowsModel, RowsView
from models.errors import QT_TRANSLATE_NOOP
from trainer.run_list import RunRow

translate = QCoreApplication.translate
HEADERS = (
    QT_TRANSLATE_NOOP("Runs", "Run"),
    QT_TRANSLATE_NOOP("Runs", "State"),
    QT_TRANSLATE_NOOP("Runs", "Student"),
    QT_TRANSLATE_NOOP("Runs", "Teacher"),
    "α",
    QT_TRANSLATE_NOOP("Runs", "Best MAE"),
    QT_TRANSLATE_NOOP("Runs", "Epochs"),
    QT_TRANSLATE_NOOP("Runs", "Date"),
    QT_TRANSLATE_NOOP("Runs", "Length"),
)
STATES = {
    "running": QT_TRANSLATE_NOOP("Runs", "training"),
    "finished": QT_TRANSLATE_NOOP("Runs", "finished"),
    "stopped": QT_TRANSLATE_NOOP("Runs", "stopped"),
    "failed": QT_TRANSLATE_NOOP("Runs", "failed"),
    "cut off": QT_TRANSLATE_NOOP("Runs", "cut off"),
    "newer": QT_TRANSLATE_NOOP("Runs", "made by a newer version"),
    "damaged": QT_TRANSLATE_NOOP("Runs", "damaged"),
}
NOTHING = "–"
NUMBERS = (4, 5, 6, 8)
# Narrower than elsewhere: nine columns beside the form, on a small screen too.
STYLE = "QTableView::item { padding: 2px 4px; } QHeaderView::section { padding: 5px 6px; }"


class RunTableModel(RowsModel[RunRow]):
    """The rows for a view; sorted by a click on a heading."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__("Runs", HEADERS, NUMBERS, parent)
        self._sorting: tuple[int, Qt.SortOrder] = (7, Qt.SortOrder.DescendingOrder)

    def show_rows(self, rows: list[RunRow]) -> None:
        """Draw rows; as long as they are the same runs, the selection stays."""
        ordered = self._ordered(rows)
        if ordered == list(self.rows):
            # The list comes every few seconds; all columns would be measured anew.
            return
        same = [row.folder for row in ordered] == [row.folder for row in self.rows]
        (self.update_rows if same else self.replace_rows)(ordered)

    def place_of(self, folder: Path | None) -> int | None:
        return next((n for n, row in enumerate(self.rows) if row.folder == folder), None)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sorting = (column, order)
        self.layoutAboutToBeChanged.emit()
        before = [self.rows[i.row()].folder for i in self.persistentIndexList()]
        old = self.persistentIndexList()
        self.rows = self._ordered(self.rows)
        places = [self.place_of(folder) for folder in before]
        new = [self.index(p, i.column()) for p, i in zip(places, old, strict=True) if p is not None]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def _ordered(self, rows: Sequence[RunRow]) -> list[RunRow]:
        column, order = self._sorting
        backwards = order == Qt.SortOrder.DescendingOrder
        return sorted(rows, key=lambda row: _key(row, column), reverse=backwards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.ToolTipRole:
            row = self.rows[index.row()]
            return say(row.problem) if row.problem is not None else row.message or str(row.folder)
        return super().data(index, role)

    def texts(self, row: RunRow) -> list[str]:
        """Return a run's row as a person reads it."""
        config = row.config
        mae = NOTHING if row.best_mae is None else f"{row.best_mae:,.1f}"
        epochs = f"{row.epochs:,} / {config.epochs:,}" if config else NOTHING
        return [
            row.name, translate("Runs", STATES[row.state]), config.network if config else NOTHING,
            _teachers(config.teacher) if config else NOTHING,
            f"{config.alpha:g}" if config else NOTHING, mae, epochs,
            datetime.fromtimestamp(row.began).strftime("%Y-%m-%d %H:%M"),
            clock(row.seconds),
        ]  # fmt: skip


class RunTable(RowsView):
    """The table, the newest first; several runs can be chosen.

    Not by `activated`: on some desktops a single click is that, and on macOS Enter is not.
    """

    opened = Signal(QModelIndex)  # by a double click or by Enter

    def __init__(self, model: RunTableModel) -> None:
        super().__init__(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(50)
        # Of many runs only what is seen is measured.
        header.setResizeContentsPrecision(0)
        header.setStretchLastSection(True)
        self.setStyleSheet(STYLE)
        header.setSortIndicator(7, Qt.SortOrder.DescendingOrder)
        self.setSortingEnabled(True)
        self.doubleClicked.connect(self.opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if entered and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())

    def what(self) -> str:
        return translate("Runs", "All runs")


def _teachers(names: str) -> str:
    """Return teachers as a person reads them: of a file its name and that of its folder."""
    return ", ".join("/".join(Path(name).parts[-2:]) for name in names.split(",")) or NOTHING


def _key(row: RunRow, column: int) -> tuple[float, str]:
    """Return what a column is sorted by: its number, else its text."""
    config = row.config
    far = float("inf")
    numbers = {
        4: config.alpha if config else far,
        5: far if row.best_mae is None else row.best_mae,
        6: row.epochs, 7: row.began, 8: row.seconds,
    }  # fmt: skip
    texts = {
        0: row.name, 1: row.state, 2: config.network if config else "",
        3: config.teacher if config else "",
    }  # fmt: skip
    return float(numbers.get(column, 0)), texts.get(column, row.name)
