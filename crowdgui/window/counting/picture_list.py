"""The list of opened pictures, each with its count once it has one."""

from __future__ import annotations

from html import escape
from pathlib import Path

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from crowdgui.window.counting.session import Entry, Session
from crowdgui.window.language import say
from crowdgui.window.theme import current_scheme
from models.errors import UserError

translate = QCoreApplication.translate
COUNT_ROLE = Qt.ItemDataRole.UserRole
PROBLEM_ROLE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


def entry_name(entry: Entry) -> str:
    """Return what a source is called on the screen."""
    if entry.is_demo:
        return translate("PictureList", "Demo scene")
    return Path(entry.source.path).name


class PictureListModel(QAbstractListModel):
    """The session's entries for a view; holds nothing itself."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows = 0

    def render_session(self) -> None:
        """Tell the view what may have changed."""
        rows = len(self._session.entries)
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0), self.index(rows - 1))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._rows

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self._session.entries[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry_name(entry)
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
        return None

    def _count_text(self, entry: Entry) -> str:
        if entry.problem is not None:
            return translate("PictureList", "failed")
        # A count by another model would not belong beside those of this one.
        count = entry.counts.get(self._session.model)
        return "" if count is None else f"{count:,.0f}"


class PictureDelegate(QStyledItemDelegate):
    """Draws the name at the left, cut in its middle if need be, and the count at the right."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        option.state &= ~QStyle.StateFlag.State_HasFocus  # the selection is mark enough
        widget = option.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        colour = option.palette.color(role)
        count = str(index.data(COUNT_ROLE))
        inside = option.rect.adjusted(12, 0, -12, 0)
        width = option.fontMetrics.horizontalAdvance(count)
        right = QRect(inside.right() - width, inside.top(), width + 1, inside.height())
        left = inside.adjusted(0, 0, -width - 12, 0)
        elide = Qt.TextElideMode.ElideMiddle
        name = option.fontMetrics.elidedText(text, elide, left.width())
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.save()
        painter.setPen(colour)
        painter.drawText(left, middle | Qt.AlignmentFlag.AlignLeft, name)
        if index.data(PROBLEM_ROLE) and not selected:
            painter.setPen(QColor(current_scheme().error))
        painter.drawText(right, middle | Qt.AlignmentFlag.AlignRight, count)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, option.fontMetrics.height() + 16)


class PictureList(QListView):
    """Lets a person choose among the opened pictures; hidden while there is but one."""

    chosen = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._list = PictureListModel(session, self)
        self.setModel(self._list)
        self.setItemDelegate(PictureDelegate(self))
        self.setUniformItemSizes(True)
        self.setMinimumWidth(160)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._row_changed)
        self.retranslate()

    def render_session(self) -> None:
        """Draw the session's entries and stand on the current one."""
        self.setVisible(len(self._session.entries) > 1)
        selection = self.selectionModel()
        # What the session says is no choice of a person: nothing is to be asked for again.
        selection.blockSignals(True)
        self._list.render_session()
        if self.currentIndex().row() != self._session.current:
            self.setCurrentIndex(self._list.index(self._session.current))
        selection.blockSignals(False)
        self.viewport().update()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Opened pictures"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.viewport().update()
        super().changeEvent(event)

    def _row_changed(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid() and now.row() != self._session.current:
            self.chosen.emit(now.row())
