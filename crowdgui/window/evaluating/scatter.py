"""Counted against true, a point a picture; a click on one opens it."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QToolTip, QVBoxLayout, QWidget

from crowdgui.window.evaluating.tasks import One, Results
from crowdgui.window.language import Translated
from crowdgui.window.plotting import make_plot
from crowdgui.window.theme import current_scheme

# Told apart by the colour-blind (after Okabe and Ito), and by their shapes.
COLOURS = ("#56b4e9", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#8c8cff")
SYMBOLS = ("o", "s", "t", "d", "+", "x")
CLICK_PX = 12.0


class Scatter(Translated, QWidget):
    """A scatter plot of one or more models' counts; the line is where they would be right."""

    opened = Signal(object)  # the path of the picture that was clicked

    def __init__(self) -> None:
        super().__init__()
        self.plot = make_plot()
        self._line = pg.InfiniteLine(angle=45)
        self.plot.addItem(self._line, ignoreBounds=True)
        self._legend = self.plot.addLegend(offset=(12, 8))
        self._points: dict[str, pg.ScatterPlotItem] = {}
        self._results: Results | None = None
        self._shown: list[One] = []
        self._whole = True
        self._near: One | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.plot)
        self.plot.plotItem.vb.sigRangeChangedManually.connect(self._turned)
        self.plot.scene().sigMouseClicked.connect(self._clicked)
        self.plot.scene().sigMouseMoved.connect(self._moved)
        self.recolour()
        self.retranslate()

    def show_results(self, results: Results | None, models: list[str]) -> None:
        """Draw the rows of some models; one has a place in the legend from its first row on."""
        if results is not self._results:
            self._begin_anew(results)
        self._shown = []
        ones = results.ones if results is not None else {}
        for number, name in enumerate(ones):
            rows = [one for one in ones[name] if one.row] if name in models else []
            self._draw(number, name, rows)
            self._shown += rows
        if self._whole:
            self.fit()

    def _begin_anew(self, results: Results | None) -> None:
        self._results, self._whole = results, True
        for points in self._points.values():
            self.plot.removeItem(points)
        self._points.clear()

    def _draw(self, number: int, name: str, rows: list[One]) -> None:
        """Draw a model's points; where it has none now, they are kept for when it is seen again."""
        if not rows:
            if name in self._points:
                self.plot.removeItem(self._points[name])
            return
        if name not in self._points:
            self._points[name] = _points(number, name)
        points = self._points[name]
        if points not in self.plot.plotItem.items:
            self.plot.addItem(points)
        if len(points.data) != len(rows):
            counted = [one.row for one in rows if one.row is not None]
            points.setData(
                np.array([row.truth for row in counted], float),
                np.array([row.count for row in counted], float),
            )

    def fit(self) -> None:
        """Show all points, both axes alike."""
        seen = [one.data for one in self._points.values() if one in self.plot.plotItem.items]
        most = max((float(data[axis].max()) for data in seen for axis in "xy"), default=1.0)
        most = most * 1.05 + 1
        self.plot.setRange(xRange=(0, most), yRange=(0, most), padding=0.02)

    @Slot()
    def _turned(self) -> None:
        """A person looks at a part: it stays, whatever comes."""
        self._whole = False

    def place_of(self, one: One) -> QPointF:
        """Return where a row's point stands in the plot's viewport."""
        assert one.row is not None
        at = self.plot.plotItem.vb.mapViewToScene(QPointF(one.row.truth, one.row.count))
        return QPointF(self.plot.mapFromScene(at))

    def _nearest(self, scene: QPointF) -> One | None:
        """Return the row whose point is at a place of the scene."""
        box = self.plot.plotItem.vb
        if not self._shown or not box.sceneBoundingRect().contains(scene):
            return None
        corner = box.mapSceneToView(scene)
        across, down = box.viewPixelSize()
        rows = [one.row for one in self._shown if one.row is not None]
        x = (np.array([row.truth for row in rows]) - corner.x()) / across
        y = (np.array([row.count for row in rows]) - corner.y()) / down
        far = np.hypot(x, y)
        best = int(far.argmin())
        return self._shown[best] if far[best] <= CLICK_PX else None

    @Slot(object)
    def _clicked(self, event: object) -> None:
        if event.double():  # type: ignore[attr-defined]
            self._whole = True
            self.fit()
        elif event.button() == Qt.MouseButton.LeftButton:  # type: ignore[attr-defined]
            one = self._nearest(event.scenePos())  # type: ignore[attr-defined]
            if one is not None:
                self.opened.emit(one.path)

    @Slot(object)
    def _moved(self, scene: QPointF) -> None:
        """Say which picture is under the cursor."""
        one = self._nearest(scene)
        if one is self._near:
            return
        self._near = one
        viewport = self.plot.viewport()
        viewport.setCursor(Qt.CursorShape.PointingHandCursor if one else Qt.CursorShape.ArrowCursor)
        if one is None or one.row is None:
            QToolTip.hideText()
            return
        text = self.tr("{name}: {count} counted, {truth} true ({model})").format(
            name=one.row.name, count=f"{one.row.count:,.0f}", truth=f"{one.row.truth:,}",
            model=one.model,
        )  # fmt: skip
        at = viewport.mapToGlobal(self.plot.mapFromScene(scene))
        QToolTip.showText(at, text, viewport)

    def recolour(self) -> None:
        scheme = current_scheme()
        self.plot.setBackground(scheme.base)
        for side in ("bottom", "left"):
            axis = self.plot.getAxis(side)
            axis.setPen(scheme.border)
            axis.setTextPen(scheme.text)
        self._line.setPen(pg.mkPen(scheme.muted, width=1, style=Qt.PenStyle.DashLine))
        self._legend.setLabelTextColor(scheme.text)
        for _sample, label in self._legend.items:
            label.setText(label.text, color=scheme.text)

    def retranslate(self) -> None:
        self.plot.setLabel("bottom", self.tr("True count"))
        self.plot.setLabel("left", self.tr("Counted"))
        for part in (self.plot, self.plot.viewport()):
            part.setAccessibleName(self.tr("Counted against true, a point a picture"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_legend"):
            self.recolour()
        super().changeEvent(event)


def _points(number: int, name: str) -> pg.ScatterPlotItem:
    """Make the points of a model, told from the others' by colour and shape."""
    colour = QColor(COLOURS[number % len(COLOURS)])
    edge = pg.mkPen(colour, width=1)
    colour.setAlpha(170)
    symbol = SYMBOLS[number % len(SYMBOLS)]
    return pg.ScatterPlotItem(size=9, brush=colour, pen=edge, symbol=symbol, name=name)
