"""What went wrong, as a sentence: a person's mistake or one of ours."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from crowdgui.window.language import say
from models.errors import UserError

translate = QCoreApplication.translate


def say_trouble(error: BaseException) -> str:
    """Return what a person can put right in its own words, and anything else as our mistake."""
    if isinstance(error, UserError):
        return say(error)
    text = translate("Notifications", "Something went wrong ({name}).")
    return text.format(name=type(error).__name__)
