"""What is said when a zone becomes too full, and when that ends."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from crowdgui.window.live.levels import level_name
from crowdgui.window.live.words import short_name, time_words
from crowdgui.window.notifications import Action, Notice, Notifications
from models.errors import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from crowdgui.live.levels import Alert

translate = QCoreApplication.translate
log = logging.getLogger("crowdgui")
# It stands for hours, while the crowd grows or goes.
RAISED = QT_TRANSLATE_NOOP("Hub", "{zone} ({source}) became {level} at {time} with {count} people.")
ENDED = QT_TRANSLATE_NOOP("Hub", "{zone} ({source}) was too full until {time}: {count} people now.")
# Its crowd may still be there.
UNWATCHED = QT_TRANSLATE_NOOP(
    "Hub", "{zone} ({source}) was too full, and is watched no more since {time}."
)


def tell_alert(
    alert: Alert,
    notices: Notifications,
    *,
    sound: bool,
    show: Action,
    called: Callable[[str], str] = short_name,
) -> None:
    """Say an alert or its end; one message a zone: who was away sees what came last, and when.

    With what stands, `show` lets a person see its source; `called` says what that is called.
    """
    log.info("alert %s: %s in %s", "raised" if alert.raised else "ended", alert.zone, alert.source)
    if alert.raised and sound:
        QApplication.beep()
    sentence = RAISED if alert.raised else ENDED if alert.watched else UNWATCHED

    def text() -> str:
        return translate("Hub", sentence).format(
            zone=alert.zone, source=called(alert.source), level=level_name(alert.level),
            count=f"{alert.count:,.0f}", time=time_words(alert.time),
        )  # fmt: skip

    subject, action = (alert.source, alert.zone), show if alert.raised else None
    notices.show_notice(Notice("warning", text, action=action, subject=subject, lasts=alert.raised))
