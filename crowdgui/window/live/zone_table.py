"""The zones of a source in a table: people, people per square metre, level."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
)

from crowdgui.window.language import Translated
from crowdgui.window.live.levels import level_colour, level_line, level_name
from crowdgui.window.live.words import NOTHING

if TYPE_CHECKING:
    from crowdgui.live.levels import ZoneReading

ROW_PX = 28
# Narrower than elsewhere: four columns beside the picture.
STYLE = "QTableView::item { padding: 2px 4px; } QHeaderView::section { padding: 5px 5px; }"
MOST_ROWS = 7
# In a narrower one the density would leave no room for the names; the picture shows it too.
ALL_COLUMNS_PX = 340


class ZoneTable(Translated, QTableWidget):
    """A row a zone; as high as its rows need, up to some."""

    def __init__(self) -> None:
        super().__init__(0, 4)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setShowGrid(False)
        self.setStyleSheet(STYLE)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hide()
        self.retranslate()

    def show_readings(self, readings: Sequence[ZoneReading]) -> None:
        """Draw the zones as they are now."""
        if self.rowCount() != len(readings):
            self._make_rows(len(readings))
        known = any(reading.per_m2 is not None for reading in readings)
        self.setColumnHidden(2, not known or self.viewport().width() < ALL_COLUMNS_PX)
        for row, reading in enumerate(readings):
            self._show_row(row, reading)

    def _show_row(self, row: int, reading: ZoneReading) -> None:
        word = "" if reading.level is None else reading.level.word
        per_m2 = NOTHING if reading.per_m2 is None else f"{reading.per_m2:.2f}"
        level = level_name(word) or NOTHING
        texts = (reading.zone.name, people_text(reading), per_m2, level)
        for column, text in enumerate(texts):
            item = self.item(row, column)
            if item is None:
                continue
            if item.text() != text:
                item.setText(text)
                if column == 0:
                    item.setToolTip(text)
            if column == 0 and item.data(Qt.ItemDataRole.UserRole) != word:
                item.setData(Qt.ItemDataRole.UserRole, word)
                item.setIcon(_mark(word))

    def _make_rows(self, number: int) -> None:
        self.setRowCount(number)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for row in range(number):
            for column in range(4):
                item = QTableWidgetItem()
                if column in (1, 2):
                    item.setTextAlignment(right)
                self.setItem(row, column, item)
        self.setVisible(number > 0)
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + ROW_PX * min(max(number, 1), MOST_ROWS) + 2)

    def retranslate(self) -> None:
        self.setHorizontalHeaderLabels(
            [self.tr("Zone"), self.tr("People"), self.tr("per m²"), self.tr("Level")]
        )
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for column in (1, 2):
            self.model().setHeaderData(
                column, Qt.Orientation.Horizontal, right, Qt.ItemDataRole.TextAlignmentRole
            )
        self.setAccessibleName(self.tr("Zones"))


def people_text(reading: ZoneReading) -> str:
    """Return a zone's count, and of how many where it is known how many are too many."""
    full = reading.zone.persons_at_capacity
    return f"{reading.count:,.1f}" if full is None else f"{reading.count:,.0f} / {full:,.0f}"


def _mark(word: str) -> QIcon:
    """Return a small square outlined as the zone is on the picture."""
    pixmap = QPixmap(32, 32)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    fill = QColor(level_colour(word))
    fill.setAlphaF(0.35)
    line, width = level_line(word)
    painter.setPen(QPen(level_colour(word), width * 1.6, line))
    painter.setBrush(fill)
    painter.drawRect(5, 5, 22, 22)
    painter.end()
    return QIcon(pixmap)
