"""The regions of the picture on the screen, each with the people in it."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from crowdgui.window.elided_label import ElidedLabel
from crowdgui.window.language import Translated
from crowdgui.window.viewing.regions import COLOURS, Region

MOST_SHOWN = 12


class RegionList(Translated, QWidget):
    """A row a region: its colour, its name, its count; hidden where there is none.

    Of very many the last are only counted.
    """

    def __init__(self) -> None:
        super().__init__()
        self.title = QLabel()
        self.title.setProperty("role", "muted")
        self.rows: list[tuple[QLabel, ElidedLabel, QLabel]] = []
        self.rest = QLabel()
        self.rest.setProperty("role", "muted")
        self._left_out = 0
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.title)
        layout.addLayout(self._grid)
        layout.addWidget(self.rest)
        self.hide()
        self.retranslate()

    def set_regions(self, regions: list[Region], counts: list[float | None]) -> None:
        """Show the first regions with their counts; None where there is no count yet."""
        self.setVisible(bool(regions))
        shown = regions[:MOST_SHOWN]
        while len(self.rows) < len(shown):
            self._add_row()
        for row, (swatch, name, count) in enumerate(self.rows):
            there = row < len(shown)
            for label in (swatch, name, count):
                label.setVisible(there)
            if there:
                value = counts[row]
                name.setText(shown[row].name)
                count.setText("–" if value is None else f"{value:,.1f}")
        self._left_out = len(regions) - len(shown)
        self._say_rest()

    def _add_row(self) -> None:
        row = len(self.rows)
        swatch, name, count = QLabel(), ElidedLabel(), QLabel()
        pixmap = QPixmap(12, 12)
        pixmap.fill(QColor(COLOURS[row % len(COLOURS)]))
        swatch.setPixmap(pixmap)
        swatch.setProperty("role", "swatch")
        swatch.setFixedSize(14, 14)
        font = count.font()
        font.setBold(True)
        count.setFont(font)
        for column, label in enumerate((swatch, name, count)):
            self._grid.addWidget(label, row, column)
        self.rows.append((swatch, name, count))

    def _say_rest(self) -> None:
        self.rest.setVisible(self._left_out > 0)
        self.rest.setText(self.tr("and {number} more").format(number=f"{self._left_out:,}"))

    def retranslate(self) -> None:
        self.title.setText(self.tr("People in the regions"))
        self._say_rest()
