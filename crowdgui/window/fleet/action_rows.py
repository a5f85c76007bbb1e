"""The actions of the fleet page, a row each."""

from __future__ import annotations

from crowdgui.window.action_rows import ActionRow
from models.errors import QT_TRANSLATE_NOOP

FLEET = ("fleet",)

FLEET_ROWS = (
    ActionRow(
        "fleet-connect",
        QT_TRANSLATE_NOOP("Actions", "&Connect to the broker"),
        QT_TRANSLATE_NOOP("Actions", "Listen to the watchers of the broker"),
        (), "connect", "fleet.connect_broker", opens="fleet",
    ),
    ActionRow(
        "fleet-disconnect",
        QT_TRANSLATE_NOOP("Actions", "&Disconnect"),
        QT_TRANSLATE_NOOP("Actions", "End the connection to the broker"),
        (), "disconnect", "fleet.disconnect_broker", pages=FLEET,
    ),
)  # fmt: skip
