"""Questions before something is lost: closing while training, deleting a run."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from crowdgui.window.question import ask

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

        def stop_then_close() -> None:
            if session.at_work:
                self._then = close
                session.stop()
            else:
                close()

        ask(
            self._page,
            self.tr("A training is at work"),
            self.tr("Stop the training and close?"),
            detail=self.tr(
                "What it has learnt is kept, and it can be continued at the next start."
            ),
            yes=self.tr("Stop and close"),
            no=self.tr("Go on training"),
            then=stop_then_close,
        )
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
        ask(
            self._page,
            title,
            text,
            detail=self.tr(
                "All it has learned is deleted; this cannot be undone. Stop would keep it."
            ),
            yes=self.tr("Delete"),
            no=self.tr("Go on training"),
            then=session.discard,
        )

    def ask_to_delete(self, names: list[str], delete: Callable[[], object]) -> None:
        """Ask once before runs are deleted."""
        text = (
            self.tr("Delete the run {name}?").format(name=names[0]) if len(names) == 1
            else self.tr("Delete {number} runs?").format(number=len(names))
        )  # fmt: skip
        ask(
            self._page,
            self.tr("Delete runs"),
            text,
            detail=self.tr("Their weights and curves are deleted from the disk."),
            yes=self.tr("Delete"),
            then=delete,
        )
