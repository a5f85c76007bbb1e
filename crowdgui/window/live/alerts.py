"""What is said when a zone becomes too full, and when that ends."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from crowdgui.window.live.levels import level_name
from crowdgui.window.notifications import Notifications
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


def tell_alert(alert: Alert, notices: Notifications, *, sound: bool) -> None:
    """Say an alert or its end; one message a zone: who was away sees what came last, and when."""
    log.info("alert %s: %s in %s", "raised" if alert.raised else "ended", alert.zone, alert.source)
    if alert.raised and sound:
        QApplication.beep()
    sentence = RAISED if alert.raised else ENDED if alert.watched else UNWATCHED

    def text() -> str:
        return translate("Hub", sentence).format(
            zone=alert.zone, source=alert.source, level=level_name(alert.level),
            count=f"{alert.count:,.0f}", time=_time_of(alert),
        )  # fmt: skip

    notices.warn(text, (alert.source, alert.zone), lasts=alert.raised)


def _time_of(alert: Alert) -> str:
    """Return when it was, with the date where that is not today's."""
    then = time.localtime(alert.time)
    today = then[:3] == time.localtime()[:3]
    return time.strftime("%H:%M" if today else "%Y-%m-%d %H:%M", then)
