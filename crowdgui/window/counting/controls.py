"""What a person sets for counting: the model, and how the density map is drawn."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QLocale, QPointF, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QLinearGradient,
    QPainter,
    QPaintEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from crowdgui.window.counting.local_density import SIDE
from crowdgui.window.counting.session import ModelChoice, Session
from crowdgui.window.language import say
from crowdgui.window.settings import Settings
from crowdgui.window.theme import current_scheme


class Legend(QWidget):
    """The colours of the density map, and how many people their ends stand for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most: float | None = None
        self._colours: list[QColor] = []

    def set_most(self, most: float | None) -> None:
        """Show what full colour stands for; None where there is no map."""
        self._most = most
        if most is not None and not self._colours:
            # Not before there is a map: the colours need OpenCV, which the worker has loaded then.
            from models.overlay import colour_table

            self._colours = [QColor(*map(int, colour)) for colour in colour_table()[::15]]
        self.setVisible(most is not None)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 14 + 2 * self.fontMetrics().height() + 6)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._most is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bar = QRectF(0.5, 0.5, self.width() - 1, 12)
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        for place, colour in enumerate(self._colours):
            gradient.setColorAt(place / (len(self._colours) - 1), colour)
        painter.setPen(QColor(current_scheme().border))
        painter.setBrush(gradient)
        painter.drawRoundedRect(bar, 3, 3)
        painter.setPen(QColor(current_scheme().muted))
        line = self.fontMetrics().height()
        below = QRectF(0, 16, self.width(), line)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, "0")
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, f"≥ {self._most:.1f}")
        unit = self.tr("people in {side} × {side} px").format(side=SIDE)
        painter.drawText(below.translated(QPointF(0, line)), Qt.AlignmentFlag.AlignRight, unit)


class ControlPanel(QWidget):
    """The model picker, the density map's switch and its opacity."""

    model_chosen = Signal(str)
    density_switched = Signal(bool)
    opacity_chosen = Signal(int)

    def __init__(self, session: Session, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._settings = session, settings
        self._listed: tuple[ModelChoice, ...] | None = None
        self.model_label = QLabel()
        self.models = QComboBox()
        self.models.setModel(QStandardItemModel(self.models))
        self.models.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.model_label.setBuddy(self.models)
        self.density = QCheckBox()
        self.opacity_label = QLabel()
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.opacity.setRange(0, 100)
        self.opacity_label.setBuddy(self.opacity)
        self.opacity_value = QLabel()
        self.legend = Legend()
        self._lay_out()
        self.models.activated.connect(self._model_activated)
        self.density.toggled.connect(self.density_switched)
        self.opacity.valueChanged.connect(self.opacity_chosen)
        self.retranslate()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.model_label)
        layout.addWidget(self.models)
        layout.addSpacing(14)
        layout.addWidget(self.density)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.addWidget(self.opacity_label, 0, 0)
        grid.addWidget(self.opacity, 0, 1)
        grid.addWidget(self.opacity_value, 0, 2)
        self.opacity_value.setMinimumWidth(self.fontMetrics().horizontalAdvance("100 %"))
        self.opacity_value.setAlignment(Qt.AlignmentFlag.AlignRight)
        layout.addLayout(grid)
        layout.addSpacing(2)
        layout.addWidget(self.legend)

    def render_session(self) -> None:
        """Draw the models and the settings."""
        session, settings = self._session, self._settings
        if session.models is not self._listed:
            self._listed = session.models
            self._fill_models()
        self.models.setCurrentIndex(self.models.findData(session.model))
        self.models.setEnabled(bool(session.models))
        with QSignalBlocker(self.density), QSignalBlocker(self.opacity):
            self.density.setChecked(settings.overlay)
            self.opacity.setValue(settings.opacity)
        self.opacity_value.setText(f"{settings.opacity} %")
        for widget in (self.opacity, self.opacity_label, self.opacity_value):
            widget.setEnabled(settings.overlay)
        self.legend.set_most(self._people_at_full_colour() if settings.overlay else None)

    def _people_at_full_colour(self) -> float | None:
        """Return the people in a square of the hover's size where the colour is full."""
        result = self._session.result
        if result is None:
            return None
        width, height = result.prediction.size
        cell = width * height / result.prediction.density.size
        return result.full_scale / cell * SIDE**2

    def _fill_models(self) -> None:
        items = self.models.model()
        assert isinstance(items, QStandardItemModel)
        items.clear()
        for choice in self._session.models or ():
            item = QStandardItem(choice.name)
            item.setData(choice.name, Qt.ItemDataRole.UserRole)
            item.setToolTip(f"<qt>{escape(self._model_tip(choice))}</qt>")
            item.setEnabled(choice.problem is None)
            items.appendRow(item)

    def _model_tip(self, choice: ModelChoice) -> str:
        if choice.problem is not None:
            return say(choice.problem)
        form = QLocale.DataSizeFormat.DataSizeSIFormat
        return f"{choice.name}, {QLocale().formattedDataSize(choice.size, 1, form)}"

    def retranslate(self) -> None:
        self.model_label.setText(self.tr("&Model"))
        self.models.setAccessibleName(self.tr("Model"))
        self.models.setPlaceholderText(self.tr("No model"))
        self.models.setToolTip(self.tr("The model that counts"))
        self.density.setText(self.tr("Density map"))
        self.density.setToolTip(self.tr("Show where the people are (D)"))
        self.opacity_label.setText(self.tr("O&pacity"))
        self.opacity.setAccessibleName(self.tr("Opacity of the density map"))
        self._fill_models()
        self.render_session()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _model_activated(self, row: int) -> None:
        name = self.models.itemData(row)
        if name != self._session.model:
            self.model_chosen.emit(name)
