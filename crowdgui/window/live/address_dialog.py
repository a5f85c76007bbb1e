"""Naming a network stream: its password is typed unseen and goes into the system's keyring."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote, unquote

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from crowdgui.live.credentials import split_password

SCHEMES = ("rtsp", "rtsps", "http", "https")


class AddressDialog(QDialog):
    """`chosen` gives the whole address, with the password in it: it is not to be shown."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None, recent: Sequence[str] = ()) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Open a network stream"))
        # What was opened before, to choose from; what is typed is none of it, as it may be secret.
        self.box = QComboBox()
        self.box.setEditable(True)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.box.setCompleter(None)  # type: ignore[arg-type]
        self.box.addItems(recent)
        self.box.setCurrentIndex(-1)
        self.address, self.user, self.password = QLineEdit(), QLineEdit(), QLineEdit()
        self.box.setLineEdit(self.address)
        self.address.setPlaceholderText("rtsp://192.168.0.20:554/stream1")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.note = QLabel(
            self.tr(
                "RTSP or HTTP (MJPEG). The password goes into the system's keyring and is never"
                " shown, logged or saved. It may also be ${VARIABLE}, taken from the environment."
            )
        )
        self.note.setWordWrap(True)
        self.note.setProperty("role", "muted")
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Open"))
        form = QFormLayout()
        form.addRow(self.tr("&Address"), self.box)
        form.addRow(self.tr("&User"), self.user)
        form.addRow(self.tr("&Password"), self.password)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addLayout(form)
        column.addWidget(self.note)
        column.addWidget(self.buttons)
        self.resize(520, self.sizeHint().height())
        self.address.textChanged.connect(self._look)
        self.address.editingFinished.connect(self.hide_password)
        self.box.activated.connect(self._take_recent)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._look()

    def word(self) -> str:
        """Return the address as a word, with what was typed unseen."""
        address, user = self.address.text().strip(), self.user.text()
        scheme, mark, rest = address.partition("://")
        if not user or not mark:
            return address
        secret = ":" + _quoted(self.password.text()) if self.password.text() else ""
        return f"{scheme}://{_quoted(user)}{secret}@{rest}"

    @Slot()
    def hide_password(self) -> None:
        """Take user and password out of an address; a user of its own field stays."""
        pasted = self.address.text().strip()
        address, user, password = split_password(pasted) or _split_user(pasted)
        if not user and not password:
            return
        self.address.setText(address)
        if password or not self.user.text():
            self.user.setText(unquote(user))
        if password:
            self.password.setText(unquote(password))

    @Slot()
    def _take_recent(self) -> None:
        """Open what was chosen as it was opened then: with its user, or with none."""
        self.user.clear()
        self.password.clear()
        self.hide_password()

    def accept(self) -> None:
        self.hide_password()
        if self._usable():
            self.chosen.emit(self.word())
            super().accept()

    @Slot()
    def _look(self) -> None:
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(self._usable())

    def _usable(self) -> bool:
        scheme, mark, rest = self.address.text().strip().partition("://")
        return self.address.text().strip().startswith("${") or (
            bool(mark and rest) and scheme.lower() in SCHEMES
        )


def _split_user(address: str) -> tuple[str, str, str]:
    """Return an address that holds no password without its user, the user ("" for none), and ""."""
    found = re.match(r"(\w+://)([^:@/?#]+)@(.*)", address, re.DOTALL)
    return (address, "", "") if found is None else (found[1] + found[3], found[2], "")


def _quoted(text: str) -> str:
    """Return a user or password as it stands in an address; a variable stays as it is."""
    return text if re.fullmatch(r"\$\{\w+\}", text) else quote(text, safe="")
