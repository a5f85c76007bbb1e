"""A small drawing of the learning rate over the whole training."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from crowdgui.window.language import Translated
from crowdgui.window.theme import current_scheme
from trainer.config import Config
from trainer.schedule import learning_rate_factor

SAMPLES = 240
PER_EPOCH = 20


class RateCurve(Translated, QWidget):
    """Draws the schedule of a config; `done` of it (0 to 1) is over."""

    def __init__(self) -> None:
        super().__init__()
        self._factors: list[float] = []
        self._config: Config | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def sizeHint(self) -> QSize:
        return QSize(200, 64)

    def show_config(self, config: Config | None) -> None:
        self._config = config
        total = config.epochs * PER_EPOCH if config else 0
        places = [round(place * (total - 1) / (SAMPLES - 1)) for place in range(SAMPLES)]
        self._factors = (
            [learning_rate_factor(config, place, PER_EPOCH) for place in places] if config else []
        )
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        scheme = current_scheme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = self.fontMetrics().height()
        area = QRectF(0.5, 0.5, self.width() - 1, self.height() - line - 3)
        painter.setPen(QColor(scheme.border))
        painter.setBrush(QColor(scheme.base))
        painter.drawRoundedRect(area, 4, 4)
        if self._config is None:
            return
        inner = area.adjusted(5, 6, -5, -5)
        step = inner.width() / (SAMPLES - 1)
        curve = QPolygonF([
            QPointF(inner.left() + place * step, inner.bottom() - factor * inner.height())
            for place, factor in enumerate(self._factors)
        ])  # fmt: skip
        painter.setPen(QPen(QColor(scheme.accent), 1.4))
        painter.drawPolyline(curve)
        painter.setPen(QColor(scheme.muted))
        below = QRectF(0, self.height() - line, self.width(), line)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, f"{self._config.lr:g}")
        text = self.tr("{number} epochs").format(number=f"{self._config.epochs:,}")
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, text)

    def retranslate(self) -> None:
        self.setToolTip(self.tr("The learning rate over the whole training"))
        self.setAccessibleName(self.toolTip())
        self.update()
