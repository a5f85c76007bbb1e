"""What is said when a training has ended, in the window and outside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from crowdgui.window.language import say
from crowdgui.window.notifications import Action, Notice, Notifications
from crowdgui.window.theme import ICONS
from crowdgui.window.training.phases import Ending
from models.errors import UserError

if TYPE_CHECKING:
    from crowdgui.window.training.page import TrainingPage

translate = QCoreApplication.translate
TRAY_MS = 10_000


class Endings(QObject):
    """Tells of the trainings of a session, by name: they go on while other pages are in front."""

    def __init__(self, notices: Notifications, page: TrainingPage) -> None:
        super().__init__(page)
        self._notices, self._page, self._session = notices, page, page.session
        self._session.warned.connect(self.tell_of_warning)
        self._session.ended.connect(self.tell_of_ending)

    @Slot(object)
    def tell_of_warning(self, problem: Exception) -> None:
        """Say what a training goes on in spite of."""
        folder = self._session.sweep or self._session.run
        name = f"{folder.name}: " if folder is not None else ""
        self._notices.warn(
            lambda: name + (say(problem) if isinstance(problem, UserError) else str(problem))
        )

    @Slot(object)
    def tell_of_ending(self, ending: Ending) -> None:
        """Say how a training ended; one that was cut off can be continued from the message."""
        page, mae = self._page, self._best_mae(ending)

        def text() -> str:
            return ending_text(ending, mae)

        def go_on() -> None:
            if not page.continue_folder(ending.folder):
                self._notices.show_notice(notice)

        show: Action = (lambda: translate("Endings", "Show"), page.show_wanted.emit)
        continue_: Action = (lambda: translate("Endings", "Continue"), go_on)
        if ending.phase not in ("finished", "stopped"):
            notice = Notice("error", text, action=continue_)
        else:
            notice = Notice("info", text, action=None if page.isVisible() else show)
        self._notices.show_notice(notice)
        QApplication.alert(page.window())
        if not page.window().isActiveWindow():
            _tell_system(page, text())

    def _best_mae(self, ending: Ending) -> float | None:
        """Return the lowest MAE of a run; a sweep has as many as runs."""
        history = self._session.history
        if history is None or history.best is None or self._session.run != ending.folder:
            return None
        return history.best.mae


def ending_text(ending: Ending, mae: float | None = None) -> str:
    """Return the sentence for an ending in the language of the window."""
    name, problem = ending.folder.name, ending.problem
    if ending.phase == "finished":
        if mae is None:
            text = translate("Endings", "The training {name} has finished.")
        else:
            text = translate("Endings", "The training {name} has finished (validation MAE {mae}).")
        return text.format(name=name, mae=f"{mae or 0:,.1f}")
    if ending.phase == "stopped":
        text = translate("Endings", "The training {name} was stopped; it can be continued.")
        return text.format(name=name)
    if isinstance(problem, UserError):
        reason = say(problem)
    elif problem is not None:
        reason = str(problem)
    elif ending.code < 0:
        reason = translate("Endings", "Its process was killed (signal {number}).").format(
            number=-ending.code
        )
    else:
        reason = translate("Endings", "Its process ended with code {number}.").format(
            number=ending.code
        )
    return translate("Endings", "The training {name} was cut off. {reason}").format(
        name=name, reason=reason
    )


def _tell_system(widget: QWidget, text: str) -> None:
    """Show a message of the system, for who looks at another program."""
    if not QSystemTrayIcon.isSystemTrayAvailable():
        return
    tray = QSystemTrayIcon(QIcon(str(ICONS / "app.svg")), widget)
    tray.show()
    tray.showMessage("crowdgui", text)
    QTimer.singleShot(TRAY_MS, tray, tray.deleteLater)
