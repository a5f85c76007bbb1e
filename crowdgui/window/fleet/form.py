"""Which broker: its address, the password, the certificate authority, and the button."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from crowdgui.window import dialogs
from crowdgui.window.desk import Desk
from crowdgui.window.fleet.address import is_harmless, split_password, wants_password

translate = QCoreApplication.translate

# A share of the widest a field becomes.
FIELD_PX = 240


class BrokerForm(QWidget):
    """What a person types; the settings keep the address and the CA file, never the password."""

    connect_wanted = Signal()
    disconnect_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._open = False
        self.address_label, self.address = QLabel(), QLineEdit(desk.settings.broker)
        self.password_label, self.password = QLabel(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.authority_label, self.authority = QLabel(), QLineEdit(desk.settings.broker_ca)
        self.browse, self.button = QPushButton("…"), QPushButton()
        self.browse.setProperty("role", "small")
        self.button.setProperty("role", "primary")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 14, 6)
        row.setSpacing(8)
        for label, field, share in (
            (self.address_label, self.address, 3), (self.password_label, self.password, 1),
            (self.authority_label, self.authority, 2),
        ):  # fmt: skip
            label.setBuddy(field)
            row.addWidget(label)
            row.addWidget(field, share)
            # On a wide screen an address is not as wide as the window.
            field.setMaximumWidth(share * FIELD_PX)
            field.returnPressed.connect(self.connect_wanted)
        row.addWidget(self.browse)
        row.addSpacing(6)
        row.addWidget(self.button)
        row.addStretch()
        self.address.textChanged.connect(self._show_fields)
        self.browse.clicked.connect(self._ask_for_authority)
        self.button.clicked.connect(self._press)
        self._show_fields()
        self.retranslate()

    def take(self) -> tuple[str, str, Path | None]:
        """Return address, password and CA file; a password in the address moves to its field."""
        address, password = split_password(self.address.text())
        if password:
            self.address.setText(address)
            self.password.setText(password)
        settings = self._desk.settings
        settings.broker_ca = self.authority.text().strip()
        if is_harmless(address):
            settings.broker = address
        secure = address.startswith("mqtts:") and settings.broker_ca
        typed = self.password.text() if wants_password(address) else ""
        return address, typed, Path(settings.broker_ca) if secure else None

    def show_open(self, is_open: bool) -> None:
        """Let the button connect, or disconnect; what is typed holds for the next connection."""
        self._open = is_open
        self.button.setProperty("role", "second" if is_open else "primary")
        # A style sheet looks at a property anew only when it is told to.
        self.button.style().unpolish(self.button)
        self.button.style().polish(self.button)
        for field in (self.address, self.password, self.authority):
            field.setReadOnly(is_open)
        self.browse.setEnabled(not is_open)
        self._say_button()

    @Slot()
    def _press(self) -> None:
        (self.disconnect_wanted if self._open else self.connect_wanted).emit()

    @Slot()
    def _show_fields(self) -> None:
        address = self.address.text().strip()
        has_user = wants_password(address) or bool(split_password(address)[1])
        self.password_label.setVisible(has_user)
        self.password.setVisible(has_user)
        is_secure = address.startswith("mqtts:")
        for part in (self.authority_label, self.authority, self.browse):
            part.setVisible(is_secure)

    @Slot()
    def _ask_for_authority(self) -> None:
        title = translate("Fleet", "Choose the certificate authority's file")
        filters = [
            translate("Fleet", "Certificates (*.pem *.crt *.cer)"),
            translate("Fleet", "All files (*)"),
        ]
        folder = str(Path(self.authority.text()).parent) if self.authority.text() else ""
        use = self.authority.setText
        dialogs.ask_for_files(self, title, folder, filters, lambda files: use(files[0]), one=True)

    def _say_button(self) -> None:
        connect, disconnect = translate("Fleet", "Connect"), translate("Fleet", "Disconnect")
        self.button.setText(disconnect if self._open else connect)

    def retranslate(self) -> None:
        self.address_label.setText(translate("Fleet", "&Broker"))
        self.address.setPlaceholderText("mqtt://HOST/TOPIC, mqtts://USER@HOST")
        self.address.setAccessibleName(translate("Fleet", "Address of the broker"))
        self.password_label.setText(translate("Fleet", "Pass&word"))
        self.password.setAccessibleName(translate("Fleet", "Password"))
        self.password.setPlaceholderText(translate("Fleet", "from the keyring"))
        self.authority_label.setText(translate("Fleet", "Certificate a&uthority"))
        self.authority.setAccessibleName(translate("Fleet", "File of the certificate authority"))
        self.authority.setPlaceholderText(translate("Fleet", "as the system's"))
        self.browse.setAccessibleName(translate("Fleet", "Choose the certificate authority's file"))
        self._say_button()
