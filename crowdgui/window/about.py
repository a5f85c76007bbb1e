"""What the program is, of what it is made, and under which licences."""

from __future__ import annotations

import platform
from html import escape
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import QCoreApplication, Qt, qVersion
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from crowdgui.window.desk import Desk
from crowdgui.window.roles import licence_text
from crowdgui.window.theme import ICONS

translate = QCoreApplication.translate
PARTS = ("PySide6-Essentials", "numpy", "openvino", "torch", "opencv-python-headless", "pyqtgraph")


class AboutDialog(QDialog):
    """Versions, the licence of the code, and the licence of each installed model."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate("About", "About crowdgui"))
        icon = QLabel()
        icon.setPixmap(QIcon(str(ICONS / "app.svg")).pixmap(64, 64))
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.setHtml(about_text(desk))
        self.text.setAccessibleName(self.windowTitle())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.text, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 14)
        layout.addLayout(row, 1)
        layout.addWidget(buttons)
        self.resize(620, 620)


def about_text(desk: Desk) -> str:
    """Return the whole text as HTML."""
    parts = [f"<h2>crowdgui {version('crowdgui')}</h2>"]
    parts.append(_paragraph(translate(
        "About", "Counts people in pictures of crowds. No picture leaves this computer."
    )))  # fmt: skip
    parts.append(_paragraph(translate(
        "About", "A count is an estimate: look at the density map before you rely on it."
    )))  # fmt: skip
    parts.append(_heading(translate("About", "Licences")))
    parts.append(_paragraph(translate("About", "The code: MIT licence.")))
    parts.append(_paragraph(translate(
        "About",
        "Qt and PySide6 are used under the LGPL version 3; their libraries lie beside the program"
        " and may be replaced.",
    )))  # fmt: skip
    models = desk.usable_models()
    if models:
        parts.append(_paragraph(translate("About", "The weights:")))
        rows = [
            (model.name, licence_text(model.header.licence) if model.header else "")
            for model in models
        ]
        parts.append(_table(rows))
    parts.append(_heading(translate("About", "Versions")))
    rows = [("Python", platform.python_version()), ("Qt", qVersion())]
    rows += [(name, _version(name)) for name in PARTS]
    parts.append(_table(rows))
    return "".join(parts)


def _heading(text: str) -> str:
    return f"<h3>{escape(text)}</h3>"


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _table(rows: list[tuple[str, str]]) -> str:
    cells = [f"<tr><td>{escape(a)}&nbsp;&nbsp;</td><td>{escape(b)}</td></tr>" for a, b in rows]
    return f"<table cellspacing='0' cellpadding='1'>{''.join(cells)}</table>"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "–"
