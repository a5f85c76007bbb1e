"""That a picture is being opened or counted, in the status bar, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from crowdgui.window.language import Translated


class BusyBar(Translated, QWidget):
    """Hidden while nothing is asked for."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._opening = False
        self.text, self.cancel_button = QLabel(), QPushButton()
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setFixedSize(80, 8)
        self.progress.setTextVisible(False)
        self.cancel_button.setProperty("role", "small")
        self.cancel_button.clicked.connect(self.cancelled)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for part in (self.text, self.progress, self.cancel_button):
            row.addWidget(part)
        self.retranslate()
        self.hide()

    def show_state(self, *, opening: bool, busy: bool) -> None:
        self._opening = opening
        self.retranslate()
        self.setVisible(opening or busy)

    def retranslate(self) -> None:
        text = self.tr("Opening…") if self._opening else self.tr("Counting…")
        self.text.setText(text)
        self.progress.setAccessibleName(text)
        self.cancel_button.setText(self.tr("Cancel"))
        self.cancel_button.setToolTip(self.tr("Do not wait for this (Esc)"))
