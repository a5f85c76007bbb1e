"""The zones editor in a window of its own, with Save and Cancel."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from crowdgui.live.zones import Zone
from crowdgui.window.language import Translated
from crowdgui.window.live.zones_editor import ZonesEditor

SHARE_OF_SCREEN = 0.8


class ZonesDialog(Translated, QDialog):
    """Lets a person draw the zones of a source; `saved` carries them when they are wanted.

    Who hears it keeps them in `file`, which is only named here.
    """

    saved = Signal(object)

    def __init__(
        self,
        source: str,
        picture: NDArray[np.uint8],
        zones: Sequence[Zone],
        file: Path,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._source, self._file = source, file
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.editor = ZonesEditor(picture, zones)
        self.note = QLabel()
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.save_button, self.cancel_button = QPushButton(), QPushButton()
        self.save_button.setProperty("role", "primary")
        self.cancel_button.setProperty("role", "second")
        for button in (self.save_button, self.cancel_button):
            # Enter closes a polygon, and nothing else.
            button.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 10, 14, 10)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.cancel_button)
        foot.addSpacing(8)
        foot.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.editor, 1)
        column.addLayout(foot)
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.reject)
        self.editor.altered.connect(self._render_button)
        screen = QGuiApplication.primaryScreen()
        if screen is not None:
            self.resize(screen.availableSize() * SHARE_OF_SCREEN)
        self.retranslate()

    @Slot()
    def save(self) -> None:
        """Give the zones away and close; while one cannot be used, the editor says why."""
        if self.editor.drafts.problem() is None:
            self.saved.emit(self.editor.drafts.zones())
            self.discard()

    @Slot()
    def reject(self) -> None:
        """Close; what was drawn and not saved is asked about."""
        if not self.editor.drafts.altered:
            self.discard()
            return
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(self.tr("Save the zones?"))
        buttons = QMessageBox.StandardButton
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        box.button(buttons.Save).clicked.connect(self.save)
        box.button(buttons.Discard).clicked.connect(self.discard)
        box.open()

    @Slot()
    def discard(self) -> None:
        """Close without saving."""
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape ends the drawing first."""
        if event.key() == Qt.Key.Key_Escape and self.editor.is_drawing():
            self.editor.view.set_tool("pan")
        else:
            super().keyPressEvent(event)

    @Slot()
    def _render_button(self) -> None:
        self.save_button.setEnabled(self.editor.drafts.problem() is None)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Zones of {source}").format(source=self._source))
        text = self.tr("Kept in {path}, which “crowdgui watch --zones” reads too.")
        self.note.setText(text.format(path=self._file))
        self.save_button.setText(self.tr("Save"))
        self.cancel_button.setText(self.tr("Cancel"))
