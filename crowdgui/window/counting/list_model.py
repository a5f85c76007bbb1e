"""The opened pictures as rows: filtered by name, sorted by name or count."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import (
    QCoreApplication,
    QMimeData,
    QModelIndex,
    QObject,
    Qt,
)

from crowdgui.window.clipboard import file_data
from crowdgui.window.counting.entries import PASTED, Entry
from crowdgui.window.counting.session import Session
from crowdgui.window.counting.thumbnails import Thumbnails
from crowdgui.window.language import say
from crowdgui.window.rows_view import Index, RowsModel
from models.errors import QT_TRANSLATE_NOOP, UserError

translate = QCoreApplication.translate
COUNT_ROLE = Qt.ItemDataRole.UserRole
PROBLEM_ROLE = Qt.ItemDataRole.UserRole + 1
THUMBNAIL_ROLE = Qt.ItemDataRole.UserRole + 2
NAME, COUNT = 0, 1
Flag = Qt.ItemFlag
NO_FLAGS = Flag.NoItemFlags
ROW_FLAGS = Flag.ItemIsSelectable | Flag.ItemIsEnabled | Flag.ItemNeverHasChildren
FILE_FLAGS = ROW_FLAGS | Flag.ItemIsDragEnabled
HEADERS = (
    QT_TRANSLATE_NOOP("PictureList", "Picture"),
    QT_TRANSLATE_NOOP("PictureList", "Count"),
)


def entry_name(entry: Entry) -> str:
    """Return what a source is called on the screen."""
    if entry.is_demo:
        return translate("PictureList", "Demo scene")
    if entry.source.path.startswith(PASTED):
        number = entry.source.path.removeprefix(PASTED)
        return translate("PictureList", "Pasted picture {number}").format(number=number)
    return entry.file_name


class PictureListModel(RowsModel[int]):
    """The session's entries for a view. It keeps nothing but which are shown, in which order."""

    def __init__(self, session: Session, thumbnails: Thumbnails, parent: QObject) -> None:
        super().__init__("PictureList", HEADERS, (COUNT,), parent)
        self._session, self._thumbnails = session, thumbnails
        self._row_of: dict[int, int] = {}
        self._known = 0
        self._filter = ""
        self._sorted: tuple[int, Qt.SortOrder] | None = None

    def entry_at(self, row: int) -> int:
        """Return the index in the session of what a row shows."""
        return self.rows[row]

    def row_of(self, entry: int) -> int:
        """Return the row that shows an entry of the session, -1 where it is filtered out."""
        return self._row_of.get(entry, -1)

    def neighbour(self, entry: int, by: int) -> int | None:
        """Return the entry that many rows further, as a person sees them."""
        row = self._row_of.get(entry)
        if row is None:
            return self.rows[0] if self.rows else None
        return self.rows[row + by] if 0 <= row + by < len(self.rows) else None

    def after_closing(self, entry: int) -> int | None:
        """Return the entry to go to when this one is closed; None where it is the only one.

        The next row, else the one before; where all other rows are filtered out, one of those.
        """
        beside = [self.neighbour(entry, 1), self.neighbour(entry, -1), entry + 1, entry - 1]
        others = set(range(len(self._session.entries))) - {entry}
        return next((place for place in beside if place in others), None)

    def set_filter(self, text: str) -> None:
        """Show only what has this text in its name."""
        self._filter = text.strip().casefold()
        self.rearrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 goes back to the order of opening."""
        self._sorted = (column, order) if column >= 0 else None
        self.rearrange()

    def is_sorted_by_count(self) -> bool:
        return self._sorted is not None and self._sorted[0] == COUNT

    def rearrange(self) -> None:
        """Filter and sort anew; views keep their place."""
        entries = self._session.entries
        rows = list(range(len(entries)))
        if self._filter:
            rows = [row for row in rows if self._filter in entry_name(entries[row]).casefold()]
        if self._sorted is not None:
            column, order = self._sorted
            reverse = order == Qt.SortOrder.DescendingOrder
            if column == COUNT:
                rows.sort(key=lambda row: self._count_key(entries[row], reverse), reverse=reverse)
            else:
                rows.sort(key=lambda row: entries[row].sort_key, reverse=reverse)
        if rows == self.rows and self._known == len(entries):
            return
        if len(rows) != len(self.rows) or self._known != len(entries):
            # What came may stand before others, whose numbers are new then.
            self.beginResetModel()
            self._take(rows)
            self.endResetModel()
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        kept = [(index, self.rows[index.row()]) for index in before]
        self._take(rows)
        for index, entry in kept:
            row = self._row_of.get(entry, -1)
            new = self.index(row, index.column()) if row >= 0 else QModelIndex()
            self.changePersistentIndex(index, new)
        self.layoutChanged.emit()

    def _take(self, rows: list[int]) -> None:
        self.rows = rows
        self._row_of = {entry: row for row, entry in enumerate(rows)}
        self._known = len(self._session.entries)

    def _count_key(self, entry: Entry, reverse: bool) -> float:
        """What has no count yet stands last, whichever way the others are sorted."""
        outcome = entry.results.get(self._session.model)
        if outcome is None or entry.problem is not None:
            return -math.inf if reverse else math.inf
        return outcome.count

    def render_session(self) -> None:
        """Follow the session; rows that are seen are drawn anew by their view."""
        if self._known != len(self._session.entries):
            self.rearrange()

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.ToolTipRole:
            return translate("PictureList", "Click to sort; a third click goes back")
        return super().headerData(section, orientation, role)

    def texts(self, row: int) -> tuple[str, str]:
        entry = self._session.entries[row]
        return entry_name(entry), self._count_text(entry)

    def flags(self, index: Index) -> Flag:
        """Let files be dragged to other programs."""
        # A view asks this of every row at once, whenever there are more.
        if not index.isValid():
            return NO_FLAGS
        return FILE_FLAGS if self._session.entries[self.rows[index.row()]].is_file else ROW_FLAGS

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        rows = sorted({index.row() for index in indexes})
        return file_data([self._session.entries[self.rows[row]].source.path for row in rows])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self._session.entries[self.rows[index.row()]]
        match role:
            case Qt.ItemDataRole.ToolTipRole:
                problem = entry.problem
                text = say(problem) if isinstance(problem, UserError) else entry.source.path
                return f"<qt>{escape(text)}</qt>"
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{entry_name(entry)} {self._count_text(entry)}"
            case _ if role == COUNT_ROLE:
                return self._count_text(entry)
            case _ if role == PROBLEM_ROLE:
                return entry.problem is not None
            case _ if role == THUMBNAIL_ROLE:
                return self._thumbnails.of(entry)
        return super().data(index, role)

    def _count_text(self, entry: Entry) -> str:
        if entry.problem is not None:
            return translate("PictureList", "failed")
        # A count by another model would not belong beside those of this one.
        outcome = entry.results.get(self._session.model)
        return "" if outcome is None else f"{outcome.count:,.0f}"
