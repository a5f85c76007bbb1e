"""The list of opened pictures, each with its count once it has one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from crowdgui.window.background import Background
from crowdgui.window.counting.list_model import (
    COUNT,
    NAME,
    PROBLEM_ROLE,
    THUMBNAIL_ROLE,
    PictureListModel,
)
from crowdgui.window.counting.session import Session
from crowdgui.window.counting.thumbnails import HEIGHT, WIDTH, Thumbnails
from crowdgui.window.language import Translated
from crowdgui.window.rows_view import Index
from crowdgui.window.theme import current_scheme

# While counts come in, rows change their places and the sum is told at most this often.
SETTLE_MS = 300


class PictureDelegate(QStyledItemDelegate):
    """Draws a small picture, the name, cut in its middle if need be, and the count at the right."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        option.state &= ~QStyle.StateFlag.State_HasFocus  # the selection is mark enough
        widget = option.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        painter.save()
        painter.setPen(option.palette.color(role))
        middle = Qt.AlignmentFlag.AlignVCenter
        if index.column() == NAME:
            place = QRect(option.rect.left() + 8, 0, WIDTH, HEIGHT)
            place.moveTop(option.rect.center().y() - HEIGHT // 2)
            self._paint_thumbnail(painter, place, index.data(THUMBNAIL_ROLE))
            inside = option.rect.adjusted(8 + WIDTH + 8, 0, -4, 0)
            name = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideMiddle, inside.width())
            painter.drawText(inside, middle | Qt.AlignmentFlag.AlignLeft, name)
        else:
            if index.data(PROBLEM_ROLE) and not selected:
                painter.setPen(QColor(current_scheme().error))
            inside = option.rect.adjusted(2, 0, -12, 0)
            painter.drawText(inside, middle | Qt.AlignmentFlag.AlignRight, text)
        painter.restore()

    def _paint_thumbnail(self, painter: QPainter, place: QRect, small: QPixmap | None) -> None:
        if small is None:
            empty = QColor(current_scheme().muted)
            empty.setAlphaF(0.15)
            painter.fillRect(place, empty)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(place, small)

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(60, max(option.fontMetrics.height() + 14, HEIGHT + 6))


class PictureTree(QTreeView):
    """The rows; tells which one a person goes to."""

    insisted = Signal()  # on the row that is current already: by a click or by Enter
    dismissed = Signal()  # the current row: by Delete

    def __init__(self, model: PictureListModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(PictureDelegate(self))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(56)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(COUNT, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(COUNT, 84)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSectionsMovable(False)
        self.setSortingEnabled(True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        before = self.currentIndex().row()
        super().mousePressEvent(event)
        at = self.indexAt(event.position().toPoint()).row()
        if event.button() == Qt.MouseButton.LeftButton and at == before >= 0:
            self.insisted.emit()

    def event(self, event: QEvent) -> bool:
        # Delete means regions elsewhere, and the picture here.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Delete)
        ):
            event.accept()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Delete):
            self.dismissed.emit()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.insisted.emit()


class PictureList(Translated, QWidget):
    """Lets a person choose among the opened pictures."""

    chosen = Signal(int)  # an index in the session

    def __init__(self, session: Session, lane: Background) -> None:
        super().__init__()
        self._session = session
        self.thumbnails = Thumbnails(lane, self)
        self.rows = PictureListModel(session, self.thumbnails, self)
        self.tree = PictureTree(self.rows)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.summary = QLabel()
        self.summary.setProperty("role", "muted")
        self.summary.setContentsMargins(12, 6, 12, 8)
        self.summary.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        field = QVBoxLayout()
        field.setContentsMargins(10, 8, 10, 8)
        field.addWidget(self.search)
        layout.addLayout(field)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.summary)
        # A name such as IMG_1234.jpg is read whole.
        self.setMinimumWidth(250)
        self._rendering = False
        self._settle_timer = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle_timer.timeout.connect(self._settle)
        self.thumbnails.came.connect(self.tree.viewport().update)
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self._go_to_found)
        self.tree.selectionModel().currentChanged.connect(self._row_changed)
        self.tree.insisted.connect(self._ask_again)
        self.retranslate()

    def sizeHint(self) -> QSize:
        return QSize(280, 400)

    def go_first(self) -> None:
        self._go(0)

    def go_last(self) -> None:
        self._go(self.rows.rowCount() - 1)

    def _go(self, row: int) -> None:
        self.tree.setCurrentIndex(self.rows.index(row, NAME))

    @Slot()
    def _go_to_found(self) -> None:
        """Show what was found, unless it is what is shown; the arrow keys go on from there."""
        if self.rows.row_of(self._session.current) < 0:
            self._go(0)
        self.tree.setFocus()

    @Slot()
    def _ask_again(self) -> None:
        """Ask for the current picture once more where it was given up or could not be counted."""
        if self._session.lacks_current():
            self.chosen.emit(self._session.current)

    def render_session(self) -> None:
        """Draw the session's entries and stand on the current one."""
        # What the session says is no choice of a person: nothing is to be asked for again.
        self._rendering = True
        self.rows.render_session()
        row = self.rows.row_of(self._session.current)
        if row != self.tree.currentIndex().row():
            self.tree.setCurrentIndex(self.rows.index(row, NAME))
        self._rendering = False
        self.render_counts()

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """Leave the first row that is seen where it is, whatever comes above it meanwhile."""
        top = self.tree.indexAt(QPoint(0, 0)).row()
        entry = self._session.entries[self.rows.entry_at(top)] if top >= 0 else None
        yield
        place = None if entry is None else self._session.find(entry.source.path)
        if place is not None:
            index = self.rows.index(self.rows.row_of(place), NAME)
            self.tree.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtTop)

    def render_counts(self) -> None:
        """Draw new counts; the sum and the places of the rows follow a little later."""
        self.tree.viewport().update()
        if not self._settle_timer.isActive():
            self._settle_timer.start()

    @Slot()
    def _settle(self) -> None:
        if self.rows.is_sorted_by_count():
            self._rendering = True
            self.rows.rearrange()
            self._rendering = False
        self.summary.setText(self._summary())

    def _summary(self) -> str:
        """Say how many people there are in a person's own pictures, as far as they are counted."""
        own = [entry for entry in self._session.entries if not entry.is_demo]
        if not own:
            return ""
        found = [entry.count_of(self._session.model) for entry in own]
        counts = [count for count in found if count is not None]
        text = self._sum(counts, len(own))
        without = self.tr("without the demo scene")
        return f"{text} · {without}" if len(own) < len(self._session.entries) else text

    def _sum(self, counts: list[float], pictures: int) -> str:
        if not counts and pictures == 1:
            return self.tr("1 picture, not counted yet")
        if not counts:
            text = self.tr("{all} pictures, none counted yet")
        elif len(counts) == pictures:
            text = self.tr("{counted} of {all} counted · {people} people in all")
        else:
            text = self.tr("{counted} of {all} counted: {people} people in these")
        people = f"{sum(counts):,.0f}"
        return text.format(counted=f"{len(counts):,}", all=f"{pictures:,}", people=people)

    def retranslate(self) -> None:
        self.tree.setAccessibleName(self.tr("Opened pictures"))
        self.search.setPlaceholderText(self.tr("Find by name"))
        self.search.setAccessibleName(self.tr("Find by name"))
        self.rows.headerDataChanged.emit(Qt.Orientation.Horizontal, NAME, COUNT)
        self._settle()

    @Slot(str)
    def _filter(self, text: str) -> None:
        self._rendering = True
        self.rows.set_filter(text)
        self._rendering = False
        self.render_session()

    def _row_changed(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid() and not self._rendering:
            entry = self.rows.entry_at(now.row())
            if entry != self._session.current:
                self.chosen.emit(entry)
