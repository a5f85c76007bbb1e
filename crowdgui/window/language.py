"""The language of the window: chosen, installed, and switched without a restart."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QTranslator

from models.errors import SENTENCES, UserError
from models.reasons import REASONS, Reason

TRANSLATIONS = Path(__file__).parent / "translations"
LANGUAGES = ("en", "ko")

_installed: list[QTranslator] = []


def choose_language(asked: str, remembered: str) -> str:
    """Return the language to begin with: asked for now, chosen before, or the system's."""
    system = QLocale.system().name()[:2]
    return next(code for code in (asked, remembered, system, "en") if code in LANGUAGES)


def install_language(app: QCoreApplication, code: str) -> None:
    """Make `code` the language; every widget hears of it as QEvent.LanguageChange.

    English is the source text, so it needs no translator. Qt's own texts (file dialog, buttons)
    come from Qt's translation.
    """
    for translator in _installed:
        app.removeTranslator(translator)
        translator.deleteLater()
    _installed.clear()
    QLocale.setDefault(QLocale(code))
    if code == "en":
        return
    qt_folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    for path in (qt_folder / f"qtbase_{code}.qm", TRANSLATIONS / f"crowdgui_{code}.qm"):
        translator = QTranslator(app)
        _installed.append(translator)
        if translator.load(str(path)):
            app.installTranslator(translator)


def say(error: UserError) -> str:
    """Return the sentence of a UserError in the language of the window."""
    sentence = QCoreApplication.translate("UserError", SENTENCES[error.code])
    facts = {name: _say_reason(fact) if name == "reason" else fact
             for name, fact in error.facts.items()}  # fmt: skip
    return sentence.format(**facts)


def _say_reason(reason: object) -> str:
    """Return a reason in the language of the window, and what is not known there as it is."""
    if isinstance(reason, Reason):
        text = QCoreApplication.translate("Reason", REASONS[reason.code])
        return text.format(**reason.facts)
    return QCoreApplication.translate("Reason", str(reason))


class Translated:
    """Says its texts anew when the language changes; stands before Qt's class among the bases."""

    def retranslate(self) -> None:
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)  # type: ignore[misc]
