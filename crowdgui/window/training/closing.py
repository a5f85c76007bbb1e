"""Questions before something is lost: closing while training, deleting a run."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QMessageBox

if TYPE_CHECKING:
    from crowdgui.window.training.page import TrainingPage


class Closing(QObject):
    """Asks, and does what was answered."""

    def __init__(self, page: TrainingPage) -> None:
        super().__init__(page)
        self._page = page
        self._then: Callable[[], object] | None = None
        page.session.changed.connect(self._look)

    def may_close(self, close: Callable[[], object]) -> bool:
        """Whether the window may close now; else it is asked, and `close` called if wanted."""
        session = self._page.session
        if not session.at_work or self._then is not None:
            return True
        box = self._box(self.tr("A training is at work"), self.tr("Stop the training and close?"))
        box.setInformativeText(
            self.tr("What it has learnt is kept, and it can be continued at the next start.")
        )
        stop = box.addButton(self.tr("Stop and close"), QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton(self.tr("Go on training"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)

        def stop_then_close() -> None:
            if session.at_work:
                self._then = close
                session.stop()
            else:
                close()

        stop.clicked.connect(stop_then_close)
        box.open()
        return False

    def _look(self) -> None:
        if self._then is not None and not self._page.session.at_work:
            # The session has not finished telling of the end.
            QTimer.singleShot(0, self._page.window(), self._then)
            self._then = None

    def ask_to_discard(self) -> None:
        """Ask once, then end the training and delete it."""
        session = self._page.session
        if not session.at_work:
            return
        title, text = self.tr("Cancel the training"), self.tr("Delete this training?")
        if session.sweep is not None:
            text = self.tr("Delete this sweep with all its runs?")
        box = self._box(title, text)
        box.setInformativeText(
            self.tr("All it has learned is deleted; this cannot be undone. Stop would keep it.")
        )
        delete = box.addButton(self.tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(self.tr("Go on training"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        delete.clicked.connect(session.discard)
        box.open()

    def ask_to_delete(self, names: list[str], delete: Callable[[], object]) -> None:
        """Ask once before runs are deleted."""
        text = (
            self.tr("Delete the run {name}?").format(name=names[0]) if len(names) == 1
            else self.tr("Delete {number} runs?").format(number=len(names))
        )  # fmt: skip
        box = self._box(self.tr("Delete runs"), text)
        box.setInformativeText(self.tr("Their weights and curves are deleted from the disk."))
        yes = box.addButton(self.tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        no = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(no)
        yes.clicked.connect(delete)
        box.open()

    def _box(self, title: str, text: str) -> QMessageBox:
        box = QMessageBox(self._page)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(title)
        box.setText(text)
        return box
