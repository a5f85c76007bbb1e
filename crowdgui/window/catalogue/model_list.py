"""The installed models as rows; a name that a person gave can be edited."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QAbstractItemView

from crowdgui.window.catalogue.card import figures_text
from crowdgui.window.counting.facts import data_size
from crowdgui.window.desk import Desk, ModelChoice
from crowdgui.window.model_picker import role_name
from crowdgui.window.roles import role_of
from crowdgui.window.rows_view import EvenRowsView, Index, RowsModel
from crowdgui.window.theme import current_scheme, make_icon
from models.errors import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate
HEADERS = (
    QT_TRANSLATE_NOOP("Models", "Model"),
    QT_TRANSLATE_NOOP("Models", "Role"),
    # By these one chooses: a small window has room for them.
    QT_TRANSLATE_NOOP("Models", "MAE / RMSE"),
    QT_TRANSLATE_NOOP("Models", "Parameters"),
    QT_TRANSLATE_NOOP("Models", "File size"),
)


class ModelTableModel(RowsModel[ModelChoice]):
    """The desk's models for a view."""

    renamed = Signal(str, str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__("Models", HEADERS, (2, 3, 4), parent)
        self._desk = desk

    def render_models(self) -> None:
        self.replace_rows(self._desk.models.choices if self._desk.models else ())

    def default(self) -> str:
        """Return the name of the model that counts when nobody chooses."""
        names = [choice.name for choice in self._desk.usable_models()]
        fallback = self._desk.models.default if self._desk.models else ""
        wanted = self._desk.settings.model
        return wanted if wanted in names else fallback

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.column() == 0 and not self.rows[index.row()].shipped:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        choice = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.EditRole:
                return choice.name
            case Qt.ItemDataRole.DecorationRole if index.column() == 0:
                icon = "default" if choice.name == self.default() else "models"
                scheme = current_scheme()
                colour = scheme.accent if icon == "default" else scheme.muted
                return make_icon(icon, colour)
            case Qt.ItemDataRole.FontRole if choice.name == self.default():
                font = QFont()
                font.setBold(True)
                return font
            case Qt.ItemDataRole.ForegroundRole if choice.problem is not None:
                return QColor(current_scheme().error)
        return super().data(index, role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        name, wanted = self.rows[index.row()].name, str(value).strip()
        if role == Qt.ItemDataRole.EditRole and wanted and wanted != name:
            self.renamed.emit(name, wanted)
        return False

    def texts(self, row: ModelChoice) -> tuple[str, ...]:
        if row.problem is not None or row.header is None:
            return (row.name, "–", translate("Models", "cannot be used"), "–", "–")
        return (
            row.name, role_name(role_of(row)), figures_text(row), f"{row.header.parameters:,}",
            data_size(row.size),
        )  # fmt: skip


class ModelTable(EvenRowsView):
    """The rows; F2 or a double click edits a name."""

    def __init__(self, model: ModelTableModel) -> None:
        super().__init__(model)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)

    def what(self) -> str:
        return translate("Models", "Installed models")
