"""A question before something is lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def ask(
    parent: QWidget,
    title: str,
    text: str,
    *,
    yes: str,
    then: Callable[[], object],
    no: str = "",
    detail: str = "",
) -> None:
    """Ask, and call `then` when the answer is `yes`; the window stays at work meanwhile.

    Return, Escape and closing the box answer `no` ("Cancel" when it is not given).
    """
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(title)
    box.setText(text)
    box.setInformativeText(detail)
    go = box.addButton(yes, QMessageBox.ButtonRole.DestructiveRole)
    stay = (
        box.addButton(no, QMessageBox.ButtonRole.RejectRole) if no
        else box.addButton(QMessageBox.StandardButton.Cancel)
    )  # fmt: skip
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    go.clicked.connect(then)
    box.open()
