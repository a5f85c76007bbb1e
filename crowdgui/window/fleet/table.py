"""The watchers as rows: those that need a look first, each with the course of its count."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QObject, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QColor,
    QFont,
    QIcon,
    QKeySequence,
    QPainter,
    QPen,
    QPixmap,
    QPolygonF,
)
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from crowdgui.live.fleet import Watched
from crowdgui.window.live.levels import level_colour, level_name
from crowdgui.window.rows_view import Index, RowsModel, RowsView
from crowdgui.window.theme import current_scheme
from models.errors import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate
HEADERS = (
    QT_TRANSLATE_NOOP("Fleet", "State"),
    QT_TRANSLATE_NOOP("Fleet", "Watcher"),
    QT_TRANSLATE_NOOP("Fleet", "Source"),
    QT_TRANSLATE_NOOP("Fleet", "Count"),
    QT_TRANSLATE_NOOP("Fleet", "Level"),
    QT_TRANSLATE_NOOP("Fleet", "Last counts"),
    QT_TRANSLATE_NOOP("Fleet", "Last message"),
    QT_TRANSLATE_NOOP("Fleet", "Model"),
)
STATE, WATCHER, SOURCE, COUNT, LEVEL, COURSE, AGE, MODEL = range(8)
# From the worst: what needs a person stands first.
STATES = {
    "offline": QT_TRANSLATE_NOOP("Fleet", "offline"),
    "stalled": QT_TRANSLATE_NOOP("Fleet", "no picture"),
    "live": QT_TRANSLATE_NOOP("Fleet", "live"),
    "ended": QT_TRANSLATE_NOOP("Fleet", "ended"),
}
RECENT_ROLE = Qt.ItemDataRole.UserRole
WELL = ("live", "ended")
OFFLINE_TINT = 0.14


def state_of(watched: Watched) -> str:
    """Return offline, stalled, live or ended."""
    if not watched.online:
        return "offline"
    return watched.state if watched.state in WELL else "stalled"


def in_order(watchers: Sequence[Watched]) -> list[Watched]:
    """Return the offline first, then those without a picture, then the others; by name each."""
    ranks = list(STATES)
    return sorted(watchers, key=lambda one: (ranks.index(state_of(one)), one.watcher, one.source))


def age_text(seconds: float) -> str:
    """Return how long ago something was, as exactly as a person wants to know."""
    if math.isinf(seconds):
        return "–"
    if seconds < 60:
        return translate("Fleet", "{seconds} s ago").format(seconds=int(seconds))
    minutes = int(seconds // 60)
    if minutes < 60:
        return translate("Fleet", "{minutes} min ago").format(minutes=minutes)
    text = translate("Fleet", "{hours} h {minutes} min ago")
    return text.format(hours=minutes // 60, minutes=minutes % 60)


class FleetModel(RowsModel[Watched]):
    """What was heard of each source, for a view."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__("Fleet", HEADERS, (COUNT, AGE), parent)

    def show(self, watchers: Sequence[Watched]) -> None:
        """Take what is known now; rows that stay where they are keep their selection."""
        rows = in_order(watchers)
        same = [_key(row) for row in rows] == [_key(row) for row in self.rows]
        (self.update_rows if same else self.replace_rows)(rows)

    def row_of(self, key: tuple[str, str]) -> int:
        """Return the row of a watcher's source, -1 where there is none."""
        return next((number for number, row in enumerate(self.rows) if _key(row) == key), -1)

    def key_at(self, row: int) -> tuple[str, str]:
        return _key(self.rows[row])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, column, roles = self.rows[index.row()], index.column(), Qt.ItemDataRole
        state = state_of(row)
        if role == RECENT_ROLE:
            return row.recent
        if role == roles.DecorationRole and column == LEVEL and row.level is not None:
            return _swatch(row.level)
        ill = state not in WELL
        stands_out = column == COUNT or state == "offline" or (column == STATE and ill)
        if role == roles.FontRole and stands_out:
            font = QFont()
            font.setBold(True)
            return font
        if role == roles.ForegroundRole and column in (STATE, AGE) and ill:
            scheme = current_scheme()
            return QColor(scheme.error if state == "offline" else scheme.warning)
        if role == roles.BackgroundRole and state == "offline":
            tint = QColor(current_scheme().error)
            tint.setAlphaF(OFFLINE_TINT)
            return tint
        if role == roles.ToolTipRole:
            # A long address is cut off in its cell.
            return row.source if column == SOURCE else _zones_text(row) or None
        if role == roles.AccessibleTextRole and column == COURSE:
            return _course_text(row)
        return super().data(index, role)

    def texts(self, row: Watched) -> tuple[str, ...]:
        """Return a watcher's row as a person reads it; its course is drawn."""
        count = "–" if row.count is None else f"{row.count:,.1f}"
        level = level_name(row.level) if row.level is not None else "–"
        return (
            translate("Fleet", STATES[state_of(row)]), row.watcher, row.source or "–", count,
            level, "", age_text(row.age_s), row.model or "–",
        )  # fmt: skip


class CourseDelegate(QStyledItemDelegate):
    """Draws the last counts as a line from 0 to their highest, the last one as a dot."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        recent = index.data(RECENT_ROLE)
        if not recent:
            return
        scheme = current_scheme()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        room = QRectF(option.rect).adjusted(10, 6, -14, -6)
        most = max(max(recent), 1e-6)
        step = room.width() / max(len(recent) - 1, 1)
        # A single count stands at the right, where the newest always is.
        left = room.right() - step * (len(recent) - 1)
        points = [
            QPointF(left + number * step, room.bottom() - count / most * room.height())
            for number, count in enumerate(recent)
        ]
        colour = QColor(scheme.on_accent if selected else scheme.accent)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 1.4))
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(colour)
        painter.drawEllipse(points[-1], 2.2, 2.2)
        painter.restore()


class FleetTable(RowsView):
    """The table; the chosen row stays chosen wherever it moves to.

    A watcher that is offline for good can be forgotten: by a right click, or the Delete key.
    """

    forget_wanted = Signal(str)  # the watcher's name

    def __init__(self, model: FleetModel) -> None:
        self.forget = QAction(enabled=False)
        super().__init__(model)
        self.forget.setShortcut(QKeySequence.StandardKey.Delete)
        self.forget.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.forget.triggered.connect(self._forget_chosen)
        self.addAction(self.forget)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.selectionModel().selectionChanged.connect(self._look)
        self._model = model
        self._chosen: tuple[str, str] | None = None
        self.setItemDelegateForColumn(COURSE, CourseDelegate(self))
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 22)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(70)
        # Of a large fleet only what is seen is measured, each second.
        header.setResizeContentsPrecision(0)
        for column in (SOURCE, COURSE):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def what(self) -> str:
        return translate("Fleet", "Watchers of the broker")

    def show_watchers(self, watchers: Sequence[Watched]) -> None:
        """Draw them; the chosen one stays chosen where it moves to."""
        chosen = self.selectionModel().selectedRows()
        if chosen:
            self._chosen = self._model.key_at(chosen[0].row())
        height = self.verticalScrollBar().value()
        self._model.show(watchers)
        row = self._model.row_of(self._chosen) if self._chosen else -1
        if row >= 0 and not self.selectionModel().isRowSelected(row):
            self.selectRow(row)
            # Choosing scrolls to the row, away from what the person looks at.
            self.verticalScrollBar().setValue(height)
        self._look()

    def retranslate(self) -> None:
        super().retranslate()
        self.forget.setText(translate("Fleet", "&Forget this watcher"))

    def _chosen_row(self) -> Watched | None:
        chosen = self.selectionModel().selectedRows()
        return self._model.rows[chosen[0].row()] if chosen else None

    @Slot()
    def _look(self) -> None:
        row = self._chosen_row()
        self.forget.setEnabled(row is not None and not row.online)

    @Slot()
    def _forget_chosen(self) -> None:
        if (row := self._chosen_row()) is not None:
            self._chosen = None
            self.forget_wanted.emit(row.watcher)


@lru_cache
def _swatch(level: str) -> QIcon:
    """Return a level's colour; in a chosen row, too, where Qt would tint it."""
    pixmap = QPixmap(16, 16)
    pixmap.fill(level_colour(level))
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)
    return icon


def _key(row: Watched) -> tuple[str, str]:
    return row.watcher, row.source


def _zones_text(row: Watched) -> str:
    """Return the zones with their counts, a line each."""
    lines = []
    for name, (count, level) in row.zones.items():
        level_text = f" ({level_name(level)})" if level else ""
        lines.append(f"{name}: {count:,.1f}{level_text}")
    return "\n".join(lines)


def _course_text(row: Watched) -> str:
    if not row.recent:
        return ""
    text = translate("Fleet", "from {least} to {most}")
    return text.format(least=f"{min(row.recent):,.1f}", most=f"{max(row.recent):,.1f}")
