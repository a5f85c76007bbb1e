"""Calling a source by a name of one's own."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QWidget

from crowdgui.live.credentials import without_password
from crowdgui.window.live.words import short_name


class NameDialog(QInputDialog):
    """Asks for a source's name; `textValueSelected` gives it, empty for its address alone."""

    def __init__(self, given: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Name the source"))
        address = short_name(without_password(name)).replace("&", "&&")
        self.setLabelText(self.tr("Name of {address}:").format(address=address))
        self.setTextValue(given)
        self.resize(420, self.sizeHint().height())
