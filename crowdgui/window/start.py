"""Opens the window: everything that must happen once, in its order."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    # There, torch's libraries must be loaded before Qt's, or they fail (WinError 1114).
    import contextlib

    with contextlib.suppress(ImportError):
        import torch  # noqa: F401

import os
import signal

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from crowdgui.window.crashes import Crashes, start_log
from crowdgui.window.language import choose_language, install_language
from crowdgui.window.main_window import MainWindow
from crowdgui.window.settings import load_settings, settings_file
from crowdgui.window.theme import ICONS, apply_theme


def open_window(sources: list[str], language: str) -> int:
    """Show the window with these sources and run until it is closed; returns the exit code.

    `language` is "en", "ko" or "" for the one chosen before, else the system's.
    """
    app = make_application()
    log_handler = start_log()
    crashes = Crashes()
    crashes.install()
    window = make_window(app, language)
    crashes.happened.connect(window.notices.complain)
    # Ctrl-C in the terminal ends the program; Qt's loop would never let Python see it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    window.show()
    QTimer.singleShot(0, window, lambda: window.open_words(sources))
    code = app.exec()
    if window.still_counting:
        window.page.counter.finish_saves()
    crashes.uninstall()
    log_handler.close()
    if window.still_counting:
        # A network that cannot be interrupted must not keep a program without a window alive.
        os._exit(code)
    return code


def make_application() -> QApplication:
    """Make the one QApplication with its name and icon."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(["crowdgui"])
    app.setApplicationName("crowdgui")
    app.setDesktopFileName("crowdgui")
    app.setWindowIcon(QIcon(str(ICONS / "app.svg")))
    return app


def make_window(app: QApplication, language: str) -> MainWindow:
    """Make the window as it was left; settings that were damaged are told of, once."""
    settings, aside = load_settings(settings_file())
    code = choose_language(language, settings.language)
    install_language(app, code)
    apply_theme(app, settings.theme)
    window = MainWindow(settings, code)
    if aside is not None:
        window.tell_of_damaged_settings(aside)
    return window
