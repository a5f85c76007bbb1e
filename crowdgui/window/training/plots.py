"""Plots of the trainer tab: thin lines that stay fast, colours of the theme, values on hover."""

from __future__ import annotations

import html
from collections.abc import Collection
from pathlib import Path

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QBuffer, QByteArray, QEvent, QPointF, QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QImage, QImageWriter, QPaintDevice, QPainter, QShowEvent
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from crowdgui.window.plotting import make_plot
from crowdgui.window.theme import current_scheme
from crowdgui.window.training.reach import Reach, Values
from models.errors import UserError
from models.reasons import Reason

# Told apart by the colour-blind (after Okabe and Ito), in light and dark.
COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9")
EXPORT_WIDTH = 1600
TURN_MS = 40


class CurvePlot(QWidget):
    """Named curves over a common x; what lies under the cursor is said above the plot."""

    # Plots that come to sight together are made, and drawn, one after another.
    TURN = 0

    def __init__(self) -> None:
        super().__init__()
        self.title, self.values = QLabel(), QLabel()
        self.title.setProperty("role", "panel-title")
        self.values.setTextFormat(Qt.TextFormat.RichText)
        self.values.setProperty("role", "muted")
        # Many names must not make the window wider.
        self.values.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.lines: dict[str, pg.PlotDataItem] = {}
        self._plot: pg.PlotWidget | None = None
        self._bare: pg.PlotWidget | None = None
        self._reach: Reach | None = None
        self._logarithmic = False
        self._cursor = pg.InfiniteLine(angle=90)
        self._cursor.hide()
        self._name = self._bottom = ""
        self._names: dict[str, str] = {}
        self._colours: dict[str, str] = {}
        self._shown: dict[str, tuple[Values, Values]] = {}
        self._at: float | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 6, 8, 4)
        self._column.setSpacing(2)
        self._column.addWidget(self.title)
        self._column.addWidget(self.values)

    @property
    def plot(self) -> pg.PlotWidget:
        """The plot itself, made when it is first wanted: all of a page at once take too long."""
        if self._plot is None:
            self._plot = self._bare or self._make_plot()
            self._plot.addItem(self._cursor, ignoreBounds=True)
            for item in (*self.marks(), *self.lines.values()):
                self._plot.addItem(item)
            self._column.addWidget(self._plot, 1)
            self._plot.scene().sigMouseMoved.connect(self._moved)
            self._plot.scene().sigMouseClicked.connect(self._clicked)
            self._reach = Reach(self._plot, self._shown.values, self.levels)
            self._reach.logarithmic = self._logarithmic
            self._reach.fit()
            self.describe(self._name, self._bottom)
            self.recolour()
        return self._plot

    def is_in_hand(self) -> bool:
        """Whether the keyboard is at the plot; one that is not made yet is not made for that."""
        return self._plot is not None and self._plot.hasFocus()

    def _make_plot(self) -> pg.PlotWidget:
        plot = make_plot()
        # Of the plot, which sets every curve that it takes in as it is set itself.
        plot.setDownsampling(auto=True, mode="peak")
        plot.setClipToView(True)
        plot.setMouseEnabled(x=True, y=False)
        for side in ("bottom", "left"):
            plot.getAxis(side).enableAutoSIPrefix(False)
        return plot

    def marks(self) -> list[pg.GraphicsObject]:
        """Return what else is in the plot than curves."""
        return []

    def levels(self) -> Values:
        """Return heights beside those of the curves that are always in sight."""
        return np.empty(0)

    def across(self) -> str:
        """Return what the x axis counts, for the line of values."""
        return self.tr("epoch")

    def describe(self, name: str, bottom: str) -> None:
        """Name the plot for who cannot see it, and what its x axis shows."""
        self._name, self._bottom = name, bottom
        self.title.setToolTip(
            self.tr("The wheel shows a part of a plot, a double click all of it.")
        )
        if self._plot is not None:
            self._plot.setLabel("bottom", bottom)
            for part in (self._plot, self._plot.viewport()):
                part.setAccessibleName(name)

    def showEvent(self, event: QShowEvent) -> None:
        QTimer.singleShot(self.TURN * TURN_MS, self, self._appear)
        super().showEvent(event)

    def _appear(self) -> None:
        """Make the plot, and put it into the window in a turn of its own."""
        if self._plot is None and self._bare is None:
            self._bare = self._make_plot()
            QTimer.singleShot(0, self, self._appear)
        else:
            assert self.plot is not None

    def show_curve(
        self, key: str, x: Values, y: Values, colour: str, *, symbol: str | None = None
    ) -> None:  # fmt: skip
        """Draw a curve; an empty one vanishes."""
        line = self.lines.get(key)
        if line is None:
            line = pg.PlotDataItem(symbolSize=5, symbolPen=None)
            self.lines[key] = line
            if self._plot is not None:
                self._plot.addItem(line)
        self._shown[key] = (x, y)
        if self._colours.get(key) != colour:
            self._colours[key] = colour
            _colour_line(line, colour)
        # Where two are alike, the first is seen.
        line.setZValue(-list(self.lines).index(key))
        line.setData(x, y, symbol=symbol)
        self.fit()
        self._say()

    def keep_curves(self, keys: Collection[str]) -> None:
        """Take away every curve but these."""
        for key in [key for key in self.lines if key not in keys]:
            line = self.lines.pop(key)
            if self._plot is not None:
                self._plot.removeItem(line)
            for facts in (self._shown, self._names, self._colours):
                facts.pop(key, None)
        self.fit()
        self._say()

    def name_curve(self, key: str, name: str) -> None:
        """Give a curve a name for the line of values."""
        self._names[key] = name
        self._say()

    def colour_of(self, key: str) -> str:
        return self._colours[key]

    def fit(self) -> None:
        """Have the axes reach over what is drawn now."""
        if self._reach is not None:
            self._reach.fit()

    def set_logarithmic(self, on: bool) -> None:
        """Draw heights by their logarithm; for curves above 0."""
        self._logarithmic = on
        self.plot.setLogMode(x=False, y=on)
        assert self._reach is not None
        self._reach.logarithmic = on
        self._reach.fit()

    def drawn(self, path: Path) -> bytes:
        """Return the plot as it is seen, as what a file of this name is to hold: .png or .svg."""
        size, content = self.plot.viewport().size(), QBuffer()
        content.open(QBuffer.OpenModeFlag.WriteOnly)
        suffix = path.suffix.lower()
        if suffix == ".svg":
            drawing = QSvgGenerator()
            drawing.setTitle(self.title.text())
            drawing.setOutputDevice(content)
            drawing.setSize(size)
            drawing.setViewBox(QRectF(0, 0, size.width(), size.height()))
            self._draw(drawing, size)
            return bytes(content.data().data())
        picture = QImage(size * (EXPORT_WIDTH / size.width()), QImage.Format.Format_RGB32)
        picture.fill(QColor(current_scheme().base))
        self._draw(picture, picture.size())
        if not QImageWriter(content, QByteArray(suffix[1:].encode())).write(picture):
            raise UserError("path-unwritable", path=path, reason=Reason("no-picture"))
        return bytes(content.data().data())

    def _draw(self, device: QPaintDevice, size: QSize) -> None:
        """Paint title and names of the curves, and the plot below."""
        painter = QPainter(device)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(*(size.width() / self.plot.viewport().width(),) * 2)
        left, head = 8, painter.fontMetrics().height() + 8
        for text, colour in self._legend():
            painter.setPen(QColor(colour))
            painter.drawText(left, head - 9, text)
            left += painter.fontMetrics().horizontalAdvance(text) + 16
        room = self.plot.viewport().rect()
        target = QRectF(0, head, room.width(), room.height() - head)
        self.plot.render(painter, target, room, Qt.AspectRatioMode.IgnoreAspectRatio)
        painter.end()

    def _legend(self) -> list[tuple[str, str]]:
        shown = [key for key in self._names if len(self._shown.get(key, ((), ()))[0])]
        names = [(f"● {self._names[key]}", _legible(self.colour_of(key))) for key in shown]
        return [(self.title.text(), current_scheme().text), *names]

    # What is under the cursor

    @Slot(object)
    def _moved(self, scene: QPointF) -> None:
        box = self.plot.plotItem.vb
        inside = box.sceneBoundingRect().contains(scene)
        self._at = box.mapSceneToView(scene).x() if inside and self._shown else None
        self._cursor.setVisible(self._at is not None)
        if self._at is not None:
            self._cursor.setPos(self._at)
        self._say()

    @Slot(object)
    def _clicked(self, event: object) -> None:
        if event.double() and self._reach is not None:  # type: ignore[attr-defined]
            self._reach.see_all()

    def leaveEvent(self, event: QEvent) -> None:
        self._at = None
        self._cursor.hide()
        self._say()
        super().leaveEvent(event)

    def _say(self) -> None:
        """Say every curve's value at the cursor, or its last one."""
        parts = []
        for key, name in self._names.items():
            x, y = self._shown.get(key, (np.empty(0), np.empty(0)))
            if not len(x):
                continue
            place = len(x) - 1 if self._at is None else _nearest(x, self._at)
            colour = _legible(self.colour_of(key))
            said = f"{html.escape(name)} {_figure(y[place])}"
            parts.append(f'<span style="color:{colour}">●</span> {said}')
        at = f"{self.across()} {self._at:.2f}&nbsp;&nbsp; " if self._at is not None else ""
        self.values.setText(at + "&nbsp;&nbsp; ".join(parts))
        self.values.setVisible(bool(parts))

    def recolour(self) -> None:
        scheme, plot = current_scheme(), self.plot
        plot.setBackground(scheme.base)
        for side in ("bottom", "left"):
            axis = plot.getAxis(side)
            axis.setPen(scheme.border)
            axis.setTextPen(scheme.muted)
        for key, line in self.lines.items():
            _colour_line(line, self._colours[key])
        self._cursor.setPen(pg.mkPen(scheme.muted, width=1, style=Qt.PenStyle.DotLine))
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and getattr(self, "_plot", None) is not None:
            self.recolour()
        super().changeEvent(event)


class LevelLine:
    """A dashed level across a plot with its name: the teacher, the plain student."""

    def __init__(self, colour: str, place: float) -> None:
        # The name stands within the plot: right of its place in the left half, else left of it.
        side = round(place)
        self.item = pg.InfiniteLine(
            angle=0, pen=pg.mkPen(colour, width=1, style=Qt.PenStyle.DashLine), label="",
            # Below a line in the upper half, above one in the lower.
            labelOpts={"position": place, "color": colour, "anchors": [(side, 0), (side, 1)]},
        )  # fmt: skip
        self.item.hide()

    def show(self, value: float | None, text: str) -> None:
        self.item.setVisible(value is not None)
        if value is not None:
            self.item.setPos(value)
            self.item.label.setFormat(text)


def star(size: int = 17) -> pg.ScatterPlotItem:
    """Return the mark of the best point."""
    return pg.ScatterPlotItem(
        symbol="star", size=size, brush=QColor("#f2b01e"), pen=pg.mkPen("#7a5500", width=1)
    )


def _nearest(x: Values, at: float) -> int:
    place = int(np.searchsorted(x, at))
    if place > 0 and (place == len(x) or at - x[place - 1] < x[place] - at):
        place -= 1
    return place


def _figure(value: float) -> str:
    return f"{value:.4g}" if 0.01 <= abs(value) < 10_000 or value == 0 else f"{value:.2e}"


def _colour_line(line: pg.PlotDataItem, colour: str) -> None:
    line.setPen(pg.mkPen(_legible(colour), width=1))
    line.setSymbolBrush(_legible(colour))


def _legible(colour: str) -> str:
    """Return a colour that is seen on the theme's ground."""
    given = QColor(colour)
    return given.lighter(140).name() if current_scheme().dark else given.name()
