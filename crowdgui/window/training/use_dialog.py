"""Naming what a run trained: how good it is, and whether it is to count from now on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from crowdgui.window.training.quality import Quality

WIDTH = 460


class UseDialog(QDialog):
    """`chosen` gives the name, and whether to count with it."""

    chosen = Signal(str, bool)

    def __init__(self, parent: QWidget, name: str, quality: Quality | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Use this model"))
        label = QLabel(self.tr("&Name of the model, as the counting page will show it:"))
        self.name = QLineEdit(name)
        self.name.selectAll()
        label.setBuddy(self.name)
        self.quality = QLabel(quality.text() if quality is not None else "")
        self.quality.setWordWrap(True)
        self.quality.setVisible(quality is not None)
        self.counts = QCheckBox(self.tr("&Count with it from now on"))
        self.counts.setChecked(quality is not None and quality.is_fit)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.install_button = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.install_button.setText(self.tr("&Install"))
        column = QVBoxLayout(self)
        column.setSpacing(12)
        for part in (label, self.name, self.quality, self.counts, self.buttons):
            column.addWidget(part)
        self.resize(WIDTH, self.sizeHint().height())
        self.name.textChanged.connect(self._look)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def accept(self) -> None:
        self.chosen.emit(self.name.text().strip(), self.counts.isChecked())
        super().accept()

    @Slot()
    def _look(self) -> None:
        self.install_button.setEnabled(bool(self.name.text().strip()))
