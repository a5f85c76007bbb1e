"""The fleet page: a broker's address, and every watcher that it knows of."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from crowdgui.window.desk import Desk
from crowdgui.window.fleet.alerts import AlertList
from crowdgui.window.fleet.connection import FleetConnection
from crowdgui.window.fleet.form import BrokerForm
from crowdgui.window.fleet.table import FleetModel, FleetTable
from crowdgui.window.hint import Hint
from crowdgui.window.language import Translated, say


class FleetPage(Translated, QWidget):
    """Connects when a person asks for it, and shows what the watchers say."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.connection = FleetConnection(desk, self)
        self.form = BrokerForm(desk)
        self.hint = Hint("fleet")
        self.status = QLabel()
        self.status.setTextFormat(Qt.TextFormat.PlainText)
        self.status.setWordWrap(True)
        self.status.setContentsMargins(14, 0, 14, 8)
        self.model = FleetModel(self)
        self.table = FleetTable(self.model)
        self.alerts = AlertList()
        self._state = ""
        self._lay_out()
        self.form.connect_wanted.connect(self.connect_broker)
        self.form.disconnect_wanted.connect(self.disconnect_broker)
        self.hint.button.clicked.connect(self.connect_broker)
        self.connection.changed.connect(self.render_fleet)
        self.table.forget_wanted.connect(self.connection.forget)
        self.retranslate()

    def _lay_out(self) -> None:
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.table)
        splitter.addWidget(self.alerts)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.hint)
        self.stack.addWidget(splitter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.form)
        layout.addWidget(self.status)
        layout.addWidget(self.stack, 1)

    def action_states(self) -> dict[str, bool]:
        """Return which of this page's actions can be used."""
        is_open = self.connection.state != "off"
        return {"fleet-connect": not is_open, "fleet-disconnect": is_open}

    # What a person asks for

    @Slot()
    def connect_broker(self) -> None:
        """Connect to what is typed; where nothing is, wait for it to be typed."""
        if self.connection.state != "off":
            # Enter in a field that can only be read now.
            return
        address, password, authority = self.form.take()
        if not address:
            self.form.address.setFocus()
            return
        self.connection.open(address, password, authority)
        # The live log may be sent to the same broker.
        self._desk.broker_changed.emit()

    @Slot()
    def disconnect_broker(self) -> None:
        self.connection.close()

    def close_page(self) -> bool:
        """Let the broker go; whether that was done in time."""
        return self.connection.finish()

    # What is drawn

    @Slot()
    def render_fleet(self) -> None:
        """Draw everything that is known now."""
        state, watchers = self.connection.state, self.connection.watchers()
        self.table.show_watchers(watchers)
        self.alerts.show_alerts(self.connection.alerts())
        self.status.setText(self.sentence())
        self.status.setProperty("role", "warning" if state == "away" else "muted")
        self.status.setVisible(state != "off")
        self.stack.setCurrentIndex(1 if watchers else 0)
        self._say_hint()
        if state != self._state:
            self._state = state
            self.form.show_open(state != "off")
            self.status.style().unpolish(self.status)
            self.status.style().polish(self.status)
            self.changed.emit()

    def sentence(self) -> str:
        """Return how the connection is, in one sentence."""
        connection, address = self.connection, self.connection.address
        problem = connection.problem
        if connection.state == "away" and problem is not None:
            if problem.code == "broker-away":
                # Its own sentence is for who sends; here nothing is kept.
                return self.tr("The broker {address} cannot be reached. It is tried again.").format(
                    address=address
                )
            return say(problem)
        if connection.state == "connecting":
            return self.tr("Connecting to {address}…").format(address=address)
        rows = self.model.rows
        offline = sum(not row.online for row in rows)
        if not rows:
            return self.tr("Connected to {address}.").format(address=address)
        text = self.tr("Connected to {address}. Sources: {sources}, offline: {offline}.")
        return text.format(address=address, sources=f"{len(rows):,}", offline=f"{offline:,}")

    def _say_hint(self) -> None:
        waiting = self.connection.state != "off"
        self.hint.button.setVisible(not waiting)
        if waiting and self.connection.state != "connected":
            self.hint.say(
                self.tr("The broker has not answered yet"),
                self.tr("The watchers appear as soon as it does."),
                "",
            )
        elif waiting:
            self.hint.say(
                self.tr("No watcher has said anything yet"),
                self.tr("A watcher is begun with: crowdgui watch SOURCE --mqtt {address}").format(
                    address=self.connection.address
                ),
                "",
            )
        else:
            self.hint.say(
                self.tr("See every watcher at one glance"),
                self.tr("Give the address of the broker that “crowdgui watch --mqtt” sends to."
                        " Counts alone come from there, never pictures."),
                self.tr("Connect"),
            )  # fmt: skip

    def retranslate(self) -> None:
        self.form.retranslate()
        self.alerts.retranslate()
        self.render_fleet()
