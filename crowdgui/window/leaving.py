"""Questions before counts that took long are lost: closing all pictures, or the program."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox

from crowdgui.window.background import Work
from crowdgui.window.counting.entries import unexported

if TYPE_CHECKING:
    from crowdgui.window.main_window import MainWindow

# Nobody is asked about so few pictures, by however many models they were counted.
FEW = 20
LONG_S = 60.0


class Leaving(QObject):
    """Asks, and closes what a person wants closed all the same."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._answered = False

    def clear(self) -> None:
        """Close all pictures."""
        losses, clear = self._pictures(), self._window.page.clear
        if losses:
            self._ask(losses, clear)
        else:
            clear()

    def may_close(self) -> bool:
        """Whether the window may close now; else a person is asked, and it closes if wanted."""
        window = self._window
        if window.ending:
            return True
        losses = [*self._pictures(), *self._evaluation()]
        if losses and not self._answered:
            self._ask(losses, self.close)
            return False
        return "train" not in window.pages or window.training.closing.may_close(self.close)

    def close(self) -> None:
        """Close without asking about counts again: a training may be asked about, too."""
        self._answered = True
        self._window.close()
        self._answered = False

    def _pictures(self) -> list[str]:
        """Say what would be lost with the pictures."""
        page, losses = self._window.page, list[str]()
        if len(page.session.entries) <= FEW:
            return losses
        if _is_long(page.all.work):
            losses.append(self.tr("Counting all pictures is not finished."))
        counts = unexported(page.session.entries)
        if _took_long([outcome.seconds for _model, outcome in counts]):
            models = ", ".join(sorted({model for model, _outcome in counts}))
            losses.append(
                self.tr("{number} counts by {models} are not exported.").format(
                    number=f"{len(counts):,}", models=models
                )
            )
        return losses

    def _evaluation(self) -> list[str]:
        """Say what would be lost of an evaluation."""
        if "evaluate" not in self._window.pages:
            return []
        work, results = self._window.evaluating.work, self._window.evaluating.results
        if results is None or results.total <= FEW:
            return []
        if _is_long(work):
            return [self.tr("The evaluation is not finished.")]
        if _took_long(results.unexported()):
            return [self.tr("The evaluation is not exported.")]
        return []

    def _ask(self, losses: list[str], close: Callable[[], object]) -> None:
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Close"))
        box.setText("\n".join(losses))
        box.setInformativeText(self.tr("What is lost would have to be counted anew."))
        lose = box.addButton(self.tr("Close all the same"), QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(self.tr("Keep open"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        lose.clicked.connect(close)
        box.open()


def _is_long(work: Work | None) -> bool:
    return work is not None and not work.is_cancelled() and work.total > FEW


def _took_long(seconds: list[float]) -> bool:
    return len(seconds) > FEW and sum(seconds) > LONG_S
