"""What a person sets for counting: the model, and how the density map is drawn."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QPointF, QRectF, QSignalBlocker, QSize, Qt, Signal
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

from crowdgui.window.counting.facts import data_size
from crowdgui.window.counting.session import Session
from crowdgui.window.desk import ModelChoice
from crowdgui.window.language import Translated, say
from crowdgui.window.settings import Settings
from crowdgui.window.theme import current_scheme
from crowdgui.window.viewing.local_density import SIDE
from crowdgui.window.wheel import leave_wheel

# As in models.overlay, which needs OpenCV and is not to be loaded before the window is open.
COLOUR_MAPS = ("inferno", "viridis", "cividis", "turbo")


class Legend(QWidget):
    """The colours of the density map, and how many people their ends stand for."""

    def __init__(self) -> None:
        super().__init__()
        self._most: float | None = None
        self._colours: list[QColor] = []
        self._colour_map = ""

    def set_most(self, most: float | None, colour_map: str) -> None:
        """Show what full colour stands for; None where there is no map."""
        self._most = most
        if most is not None and self._colour_map != colour_map:
            # Not before there is a map: the colours need OpenCV, which the worker has loaded then.
            from models.overlay import colour_table

            table = colour_table(colour_map)[::15]
            self._colours = [QColor(*map(int, colour)) for colour in table]
            self._colour_map = colour_map
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
        # The colours follow the square root: half way along stands a quarter.
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, f"{self._most / 4:.1f}")
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, f"≥ {self._most:.1f}")
        unit = self.tr("people in {side} × {side} px").format(side=SIDE)
        painter.drawText(below.translated(QPointF(0, line)), Qt.AlignmentFlag.AlignRight, unit)


class ControlPanel(Translated, QWidget):
    """The model picker, the density map's switch and its opacity."""

    model_chosen = Signal(str)
    density_switched = Signal(bool)
    opacity_chosen = Signal(int)
    colour_map_chosen = Signal(str)

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session, self._settings = session, settings
        self._listed: tuple[ModelChoice, ...] | None = None
        self.model_label = QLabel()
        self.models = QComboBox()
        self.models.setModel(QStandardItemModel(self.models))
        self.model_label.setBuddy(self.models)
        self.density = QCheckBox()
        self.opacity_label = QLabel()
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.opacity.setRange(0, 100)
        self.opacity_label.setBuddy(self.opacity)
        self.opacity_value = QLabel()
        self.colours_label = QLabel()
        self.colours = QComboBox()
        self.colours.addItems(list(COLOUR_MAPS))
        self.colours_label.setBuddy(self.colours)
        # As wide as the panel, not as their longest entry: the panel would be cut off.
        for box in (self.models, self.colours):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
        for part in (self.models, self.opacity, self.colours):
            leave_wheel(part)
        self.legend = Legend()
        self._lay_out()
        self.models.activated.connect(self._model_activated)
        self.density.toggled.connect(self.density_switched)
        self.opacity.valueChanged.connect(self.opacity_chosen)
        self.colours.activated.connect(lambda row: self.colour_map_chosen.emit(COLOUR_MAPS[row]))
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
        grid.addWidget(self.colours_label, 1, 0)
        grid.addWidget(self.colours, 1, 1, 1, 2)
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
        self.colours.setCurrentIndex(COLOUR_MAPS.index(self._colour_map()))
        for widget in (
            self.opacity, self.opacity_label, self.opacity_value, self.colours, self.colours_label
        ):  # fmt: skip
            widget.setEnabled(settings.overlay)
        most = self._people_at_full_colour() if settings.overlay else None
        self.legend.set_most(most, self._colour_map())

    def _colour_map(self) -> str:
        chosen = self._settings.colour_map
        return chosen if chosen in COLOUR_MAPS else COLOUR_MAPS[0]

    def _people_at_full_colour(self) -> float | None:
        """Return the people in a square of the hover's size where the colour is full."""
        result = self._session.result
        if result is None:
            return None
        return result.full_scale * SIDE**2

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
        return f"{choice.name}, {data_size(choice.size)}"

    def retranslate(self) -> None:
        self.model_label.setText(self.tr("&Model"))
        self.models.setAccessibleName(self.tr("Model"))
        self.models.setPlaceholderText(self.tr("No model"))
        self.models.setToolTip(self.tr("The model that counts"))
        self.density.setText(self.tr("Density map"))
        self.density.setToolTip(self.tr("Show where the people are"))
        self.opacity_label.setText(self.tr("O&pacity"))
        self.opacity.setAccessibleName(self.tr("Opacity of the density map"))
        self.colours_label.setText(self.tr("&Colours"))
        self.colours.setAccessibleName(self.tr("Colours of the density map"))
        names = (
            self.tr("Inferno"), self.tr("Viridis"), self.tr("Cividis"),
            self.tr("Rainbow (not for the colour-blind)"),
        )  # fmt: skip
        for row, name in enumerate(names):
            self.colours.setItemText(row, name)
        self._fill_models()
        self.render_session()

    def _model_activated(self, row: int) -> None:
        name = self.models.itemData(row)
        if name != self._session.model:
            self.model_chosen.emit(name)
