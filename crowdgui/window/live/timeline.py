"""The count of a source over the last minute to week, and how far a second opinion is off."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from crowdgui.live.clock import monotonic
from crowdgui.window.language import Translated
from crowdgui.window.plotting import make_plot
from crowdgui.window.theme import current_scheme

if TYPE_CHECKING:
    from crowdgui.live.second_opinion import Opinion
    from crowdgui.live.timeline import Timeline

SPANS = (60, 3600, 86_400, 604_800)
SECOND = "#e69f00"
AXIS_PX = 54
LEAST_PERCENT = 20.0
# In a low plot there is room for one mark above none and one below.
DRIFT_MARKS = (10, 20, 50, 100, 200, 500, 1000, 10_000)
EMPTY_PEOPLE = 10


class TimelinePlot(Translated, QWidget):
    """Draws a timeline: the mean of each moment, and lowest and highest where it has several."""

    span_chosen = Signal()

    def __init__(self, plot: pg.PlotWidget, drift_plot: pg.PlotWidget) -> None:
        super().__init__()
        self.title, self.summary = QLabel(), QLabel()
        self.title.setProperty("role", "panel-title")
        self.summary.setProperty("role", "muted")
        self.span = QComboBox()
        # Another language needs another width.
        self.span.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for seconds in SPANS:
            self.span.addItem("", seconds)
        self.span.activated.connect(lambda _row: self.span_chosen.emit())
        self.plot, self.drift_plot = plot, drift_plot
        self.drift_plot.setXLink(self.plot)
        self.drift_title = QLabel()
        self.drift_title.setProperty("role", "panel-title")
        self.low, self.high, self.mean = (pg.PlotDataItem(connect="finite") for _ in range(3))
        for line in (self.low, self.high, self.mean):
            self.plot.addItem(line)
        self.second = pg.ScatterPlotItem(symbol="d", size=9, brush=QColor(SECOND), pen=None)
        self.plot.addItem(self.second)
        self.drift = pg.PlotDataItem(symbol="d", symbolSize=7, symbolBrush=QColor(SECOND),
                                     symbolPen=None)  # fmt: skip
        self._none = pg.InfiniteLine(angle=0, pos=0)
        self.drift_plot.addItem(self.drift)
        self.drift_plot.addItem(self._none, ignoreBounds=True)
        self._lay_out()
        self.recolour()
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.title)
        head.addWidget(self.summary, 1)
        head.addWidget(self.span)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 6)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.plot, 3)
        column.addWidget(self.drift_title)
        column.addWidget(self.drift_plot, 2)
        self.plot.setMinimumHeight(72)
        self.drift_plot.setMinimumHeight(64)
        for part in (self.drift_plot, self.drift_title):
            part.hide()

    @property
    def seconds(self) -> int:
        """The span that is shown, in seconds."""
        return int(self.span.currentData())

    def show_series(self, timeline: Timeline | None, opinions: Sequence[Opinion]) -> None:
        """Draw the span that ends now; None draws an empty plot."""
        now = monotonic()
        wall = time.time() - now
        empty = np.empty(0)
        self.plot.setXRange(now + wall - self.seconds, now + wall, padding=0)
        if timeline is None:
            for line in (self.low, self.high, self.mean):
                line.setData(empty, empty)
            self.summary.clear()
        else:
            series = timeline.series(self.seconds, now)
            times = series.times + wall
            self.mean.setData(times, series.mean)
            several = bool(np.any(series.high > series.low))
            self.low.setData(times, series.low if several else np.full_like(times, np.nan))
            self.high.setData(times, series.high if several else np.full_like(times, np.nan))
            self._summarise(series.peak, series.average)
        self._show_opinions([o for o in opinions if o.time > now - self.seconds], wall)

    def _summarise(self, peak: float, average: float) -> None:
        if math.isnan(peak):
            self.summary.clear()
            # Whole people, where there are none yet.
            self.plot.setYRange(0, EMPTY_PEOPLE, padding=0)
            return
        self.plot.setYRange(0, max(peak * 1.1, 1.0), padding=0)
        text = self.tr("peak {peak}, mean {mean}")
        self.summary.setText(text.format(peak=f"{peak:,.1f}", mean=f"{average:,.1f}"))

    def _show_opinions(self, opinions: list[Opinion], wall: float) -> None:
        times = np.array([opinion.time + wall for opinion in opinions])
        self.second.setData(times, np.array([opinion.second for opinion in opinions]))
        percent = np.array([opinion.drift * 100 for opinion in opinions])
        self.drift.setData(times, percent)
        # None at all is always in sight, and a little of it does not look like much.
        # The marks at the ends are to be seen whole.
        most = float(np.abs(percent).max(initial=LEAST_PERCENT)) * 1.4
        self.drift_plot.setYRange(-most, most, padding=0)
        mark = max(step for step in DRIFT_MARKS if step <= 0.6 * most)
        marks = [(-mark, f"−{mark}"), (0, "0"), (mark, f"+{mark}")]
        self.drift_plot.getAxis("left").setTicks([marks])
        for part in (self.drift_plot, self.drift_title):
            part.setVisible(bool(opinions))

    def recolour(self) -> None:
        scheme = current_scheme()
        for plot in (self.plot, self.drift_plot):
            plot.setBackground(scheme.base)
            for side in ("bottom", "left"):
                plot.getAxis(side).setPen(scheme.border)
                plot.getAxis(side).setTextPen(scheme.muted)
        faint = QColor(scheme.accent)
        faint.setAlphaF(0.45)
        self.low.setPen(pg.mkPen(faint, width=1))
        self.high.setPen(pg.mkPen(faint, width=1))
        self.mean.setPen(pg.mkPen(scheme.accent, width=1))
        self.drift.setPen(pg.mkPen(SECOND, width=1))
        self._none.setPen(pg.mkPen(scheme.muted, width=1, style=Qt.PenStyle.DotLine))

    def retranslate(self) -> None:
        self.title.setText(self.tr("People over time"))
        self.drift_title.setText(self.tr("Error of the count, by the second opinion (%)"))
        texts = (
            self.tr("Last minute"), self.tr("Last hour"), self.tr("Last day"), self.tr("Last week"),
        )  # fmt: skip
        for row, text in enumerate(texts):
            self.span.setItemText(row, text)
        self.span.setAccessibleName(self.tr("Time span"))
        for plot, title in ((self.plot, self.title), (self.drift_plot, self.drift_title)):
            plot.setAccessibleName(title.text())
            plot.viewport().setAccessibleName(title.text())
        self.summary.clear()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_none"):
            self.recolour()
        super().changeEvent(event)


def clock_plot() -> pg.PlotWidget:
    """Return a plot with a clock below it; it is looked at, not moved."""
    plot = make_plot(axisItems={"bottom": pg.DateAxisItem()})
    plot.setMouseEnabled(x=False, y=False)
    plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    plot.setDownsampling(auto=True, mode="peak")
    plot.setClipToView(True)
    plot.getAxis("left").enableAutoSIPrefix(False)
    # The same for both plots, so that the same moment is at the same place.
    plot.getAxis("left").setWidth(AXIS_PX)
    return plot
