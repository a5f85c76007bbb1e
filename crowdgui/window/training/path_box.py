"""Where folders or a file are put in: typed, or chosen in a dialog."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from crowdgui.window import dialogs
from crowdgui.window.language import Translated

SEPARATOR = ";"
WEIGHTS = "*.safetensors"


class PathBox(Translated, QWidget):
    """Several folders with SEPARATOR between them, or one file of weights."""

    changed = Signal()

    def __init__(self, *, folders: bool) -> None:
        super().__init__()
        self._folders = folders
        self.edit, self.button = QLineEdit(), QPushButton("…")
        self.button.setProperty("role", "small")
        self.edit.setClearButtonEnabled(True)
        self.setFocusProxy(self.edit)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.edit, 1)
        row.addWidget(self.button)
        self.edit.textChanged.connect(self.changed)
        self.button.clicked.connect(self._ask)
        self.retranslate()

    def value(self) -> list[str] | str:
        """Return the folders, or the file ("" for none)."""
        paths = [part.strip() for part in self.edit.text().split(SEPARATOR) if part.strip()]
        return paths if self._folders else self.edit.text().strip()

    def set_value(self, value: list[str] | str) -> None:
        self.edit.setText(value if isinstance(value, str) else SEPARATOR.join(value))

    def takes(self, value: object) -> bool:
        """Whether a value is of this box's kind."""
        if not self._folders:
            return isinstance(value, str)
        if not isinstance(value, list | tuple):
            return False
        return all(isinstance(part, str) for part in value)

    def _ask(self) -> None:
        found = self.value()
        last = (found[-1] if isinstance(found, list) else found) if found else ""
        title = self.accessibleName()
        if self._folders:
            dialogs.ask_for_folder(self, title, last, self._add)
        else:
            folder = str(Path(last).parent) if last else ""
            filters = [self.tr("Weights ({suffixes})").format(suffixes=WEIGHTS)]
            dialogs.ask_for_files(self, title, folder, filters, self._take, one=True)

    def _add(self, chosen: list[str]) -> None:
        found = self.value()
        assert isinstance(found, list)
        self.set_value([*found, *(path for path in chosen if path not in found)])

    def _take(self, chosen: list[str]) -> None:
        self.set_value(chosen[0])

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.edit.setAccessibleName(name)
        self.button.setAccessibleName(self.tr("Choose: {what}").format(what=name))

    def retranslate(self) -> None:
        self.edit.setPlaceholderText(self.tr("none"))
        self.setAccessibleName(self.accessibleName())
