"""A font of the program's own where the system has none for Korean."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

# Noto Sans KR, cut down by packaging/font.py; its licence lies beside it.
FONT = Path(__file__).parent / "fonts" / "crowdgui-hangul.otf"
BARE_POINTS = 10


def complete_fonts(app: QApplication) -> str:
    """Load the program's font where no other can show Hangul; returns its family, or nothing.

    On a system without any font everything is written in it. Windows and macOS have such fonts.
    """
    if sys.platform != "linux" or QFontDatabase.families(QFontDatabase.WritingSystem.Korean):
        return ""
    bare = not QFontDatabase.families()
    number = QFontDatabase.addApplicationFont(str(FONT))
    family = next(iter(QFontDatabase.applicationFontFamilies(number)), "")
    if family and bare:
        app.setFont(QFont(family, BARE_POINTS))
    elif family:
        # Where the first font has no letter, the next is asked.
        font = app.font()
        font.setFamilies([font.family(), family])
        app.setFont(font)
    return family
