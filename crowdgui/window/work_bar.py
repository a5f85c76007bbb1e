"""The works in the background, in the status bar: what, how far, and a way to stop them."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from crowdgui.window.background import Background, Work
from crowdgui.window.language import Translated


class WorkBar(Translated, QWidget):
    """Shows the first work that is to be seen; hidden while there is none."""

    def __init__(self, lanes: list[Background]) -> None:
        super().__init__()
        self._lanes = lanes
        self.text = QLabel()
        self.progress = QProgressBar()
        self.progress.setFixedSize(150, 8)
        self.progress.setTextVisible(False)
        self.cancel_button = QPushButton()
        self.cancel_button.setProperty("role", "small")
        self.cancel_button.clicked.connect(self.cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for part in (self.text, self.progress, self.cancel_button):
            row.addWidget(part)
        for lane in lanes:
            lane.changed.connect(self.render_works)
        self.retranslate()

    def works(self) -> list[Work]:
        return [work for lane in self._lanes for work in lane.works if not work.quiet]

    @Slot()
    def cancel(self) -> None:
        """Stop the work that is shown."""
        for work in self.works()[:1]:
            work.cancel()
        self.render_works()

    @Slot()
    def render_works(self) -> None:
        works = self.works()
        self.setVisible(bool(works))
        if not works:
            return
        work = works[0]
        title = self.tr("Stopping…") if work.is_cancelled() else work.title()
        if work.total and not work.is_cancelled():
            title = f"{title}  {work.done:,} / {work.total:,}"
        if len(works) > 1:
            title = self.tr("{title}, {number} more waiting").format(
                title=title, number=len(works) - 1
            )
        self.text.setText(title)
        self.progress.setRange(0, work.total)
        self.progress.setValue(work.done)
        self.progress.setAccessibleName(title)
        self.cancel_button.setEnabled(not work.is_cancelled())

    def retranslate(self) -> None:
        self.cancel_button.setText(self.tr("Cancel"))
        self.cancel_button.setToolTip(self.tr("Stop this work; what is done is kept (Esc)"))
        self.render_works()
