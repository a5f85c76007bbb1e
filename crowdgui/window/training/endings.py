"""What is said when a training has ended, in the window and outside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from crowdgui.window.language import say
from crowdgui.window.notifications import Notice, Notifications
from crowdgui.window.theme import ICONS
from crowdgui.window.training.phases import Ending
from models.errors import UserError

translate = QCoreApplication.translate
TRAY_MS = 10_000


def tell_of_ending(
    widget: QWidget, notices: Notifications, ending: Ending, continue_: Callable[[Path], bool]
) -> None:
    """Say how a training ended; one that was cut off can be continued from the message."""

    def text() -> str:
        return ending_text(ending)

    if ending.phase in ("finished", "stopped"):
        notices.show_notice(Notice("info", text))
    else:

        def go_on() -> None:
            if not continue_(ending.folder):
                notices.show_notice(notice)

        label = partial(translate, "Endings", "Continue")
        notice = Notice("error", text, action=(label, go_on))
        notices.show_notice(notice)
    QApplication.alert(widget.window())
    if not widget.window().isActiveWindow():
        _tell_system(widget, text())


def tell_of_warning(notices: Notifications, problem: Exception) -> None:
    """Say what a training goes on in spite of."""
    notices.warn(lambda: say(problem) if isinstance(problem, UserError) else str(problem))


def ending_text(ending: Ending) -> str:
    """Return the sentence for an ending in the language of the window."""
    name, problem = ending.folder.name, ending.problem
    if ending.phase == "finished":
        return translate("Endings", "The training {name} is finished.").format(name=name)
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
