"""A table whose rows are things: models, runs, results."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Slot,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from crowdgui.window.language import Translated

Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Things as rows of texts; numbers and their headings stand at the right.

    `headers` are translated in `context` as they are asked for; `numbers` are columns.
    """

    def __init__(
        self,
        context: str,
        headers: Sequence[str],
        numbers: Collection[int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows: Sequence[Row] = ()
        self._context, self._headers, self._numbers = context, headers, numbers

    @abstractmethod
    def texts(self, row: Row) -> Sequence[str]:
        """Return a row as a person reads it, a text a column."""

    def replace_rows(self, rows: Sequence[Row]) -> None:
        """Take other things; nothing stays chosen."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def update_rows(self, rows: Sequence[Row]) -> None:
        """Take what is known now of the same things; what is chosen stays so."""
        self.rows = rows
        if rows:
            last = self.index(len(rows) - 1, len(self._headers) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._headers)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return QCoreApplication.translate(self._context, self._headers[section])
        return self._side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.texts(self.rows[index.row()])[index.column()]
        return self._side(index.column()) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _side(self, column: int) -> Qt.AlignmentFlag:
        right = column in self._numbers
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


class RowsView(Translated, QTableView):
    """Shows a model's rows without a grid; rows are chosen whole, one at a time by default."""

    def __init__(self, model: QAbstractTableModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        # With Tab one leaves a table, and with the arrows one moves in it.
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 16)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.retranslate()

    @abstractmethod
    def what(self) -> str:
        """Return what the rows are, in the language of the moment, for a screen reader."""

    def retranslate(self) -> None:
        self.setAccessibleName(self.what())
        last = self.model().columnCount() - 1
        self.model().headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
        self.viewport().update()


class EvenRowsView(RowsView):
    """Few rows of few columns, which share the room that is left: no number is far from its name.

    The first column takes what cannot be divided. Where room is missing they scroll: a row whose
    name cannot be read says nothing.
    """

    def __init__(self, model: QAbstractTableModel) -> None:
        self._spare = 0
        super().__init__(model)
        model.modelReset.connect(self._share)
        model.dataChanged.connect(self._share)

    def sizeHintForColumn(self, column: int) -> int:
        return self._needed(column) + self._spare

    def _needed(self, column: int) -> int:
        content = super().sizeHintForColumn(column)
        return max(content, self.horizontalHeader().sectionSizeHint(column))

    @Slot()
    def _share(self) -> None:
        columns = self.model().columnCount()
        left = self.viewport().width() - sum(map(self._needed, range(columns)))
        self._spare = max(left // columns, 0)
        mode = QHeaderView.ResizeMode
        self.horizontalHeader().setSectionResizeMode(
            0, mode.Stretch if left >= 0 else mode.ResizeToContents
        )
        self.horizontalHeader().resizeSections()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()
