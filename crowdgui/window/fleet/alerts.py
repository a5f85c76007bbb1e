"""The last alerts of all watchers, the newest on top."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from crowdgui.live.fleet import FleetAlert
from crowdgui.window.live.levels import level_name
from crowdgui.window.theme import current_scheme

translate = QCoreApplication.translate
MOST_SHOWN = 100


class AlertList(QWidget):
    """A line an alert; hidden while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.list = QLabel(), QListWidget()
        self.title.setProperty("role", "panel-title")
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setSpacing(3)
        self._shown: list[FleetAlert] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        column.addWidget(self.title)
        column.addWidget(self.list, 1)
        self.hide()
        self.retranslate()

    def show_alerts(self, alerts: list[FleetAlert]) -> None:
        """Draw the last alerts, given oldest first, where they are others than before."""
        newest = alerts[::-1][:MOST_SHOWN]
        if newest == self._shown:
            return
        self._shown = newest
        self._draw()

    def _draw(self) -> None:
        self.list.clear()
        for alert in self._shown:
            item = QListWidgetItem(alert_text(alert))
            if alert.raised:
                item.setForeground(QColor(current_scheme().error))
            self.list.addItem(item)
        self.setVisible(bool(self._shown))

    def retranslate(self) -> None:
        self.title.setText(translate("Fleet", "Alerts"))
        self.list.setAccessibleName(translate("Fleet", "Alerts"))
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_shown"):
            self._draw()
        super().changeEvent(event)


def alert_text(alert: FleetAlert) -> str:
    """Return an alert as a line; the time is the watcher's."""
    if alert.raised:
        text = translate("Fleet", "{time}  {watcher}, {source}: {zone} is {level} ({count} people)")
    else:
        text = translate("Fleet", "{time}  {watcher}, {source}: alert ended, {zone} is {level}"
                                  " ({count} people)")  # fmt: skip
    return text.format(
        time=alert.time[:19].replace("T", " "), watcher=alert.watcher, source=alert.source,
        zone=alert.zone, level=level_name(alert.level), count=f"{alert.count:,.0f}",
    )  # fmt: skip
