"""Opens the window: everything that must happen once, in its order."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    # There, torch's libraries must be loaded before Qt's, or they fail (WinError 1114).
    import contextlib

    with contextlib.suppress(ImportError):
        import torch  # noqa: F401

import os
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from crowdgui.log_file import start_log
from crowdgui.window.collector import Collector
from crowdgui.window.crashes import Crashes, FatalNet
from crowdgui.window.ending import Ending
from crowdgui.window.fonts import complete_fonts
from crowdgui.window.language import choose_language, install_language
from crowdgui.window.main_window import MainWindow
from crowdgui.window.notifications import Notice
from crowdgui.window.region_keeper import RegionKeeper
from crowdgui.window.settings import load_settings, settings_file
from crowdgui.window.settings_keeper import SettingsKeeper
from crowdgui.window.single import enter, server_name
from crowdgui.window.theme import ICONS, apply_theme
from models.errors import QT_TRANSLATE_NOOP
from models.files import is_there


def open_window(sources: list[str], language: str) -> int:
    """Show the window with these sources and run until it is closed; returns the exit code.

    `language` is "en", "ko" or "" for the one chosen before, else the system's. Where a window
    is open already, that one opens the sources.
    """
    app = make_application()
    doorkeeper = enter(sources, server_name(settings_file()))
    if doorkeeper is None:
        return 0
    log_handler = start_log()
    crashes, net = Crashes(), FatalNet()
    crashes.install()
    complete_fonts(app)
    window = make_window(app, language)
    crashes.happened.connect(window.notices.complain)
    doorkeeper.words_came.connect(lambda words: come_to_front(window, words))
    if (place := unwritable(settings_file())) is not None:
        tell_of_forgetting(window, place)
    if net.left_report is not None:
        tell_of_sudden_end(window, net.left_report)
    ending = Ending()
    ending.wanted.connect(window.end)
    window.show()
    QTimer.singleShot(0, window, lambda: window.open_words(sources))
    if sources in ([], ["demo:"]) and not window.settings.toured:
        QTimer.singleShot(0, window, window.help.show_tour)
    code = app.exec()
    ending.close()
    doorkeeper.close()
    if window.still_counting:
        window.page.counter.finish_saves()
    crashes.uninstall()
    net.close()
    log_handler.close()
    if window.still_counting:
        # A network that cannot be interrupted must not keep a program without a window alive.
        os._exit(code)
    return code


def make_application() -> QApplication:
    """Make the one QApplication with its name and icon, and its collector of garbage."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(["crowdgui"])
        Collector(app)
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
    SettingsKeeper(window.desk, settings_file())
    RegionKeeper(window, settings_file().with_name("regions.json"))
    if aside is not None:
        tell_of_damaged_settings(window, aside)
    return window


def tell_of_damaged_settings(window: MainWindow, aside: Path) -> None:
    """Say that the settings could not be read, and where the old file lies now."""
    text = QT_TRANSLATE_NOOP(
        "Start",
        "The settings could not be read, so everything is as at the first start. "
        "The old file is {path}.",
    )
    window.notices.warn(lambda: QCoreApplication.translate("Start", text).format(path=aside))


def come_to_front(window: MainWindow, words: list[str]) -> None:
    """Open what another start wanted to have opened, and be seen."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    window.open_words(words)


def unwritable(file: Path) -> Path | None:
    """Return the folder that keeps this file from being written, or None."""
    place = next(folder for folder in file.parents if is_there(folder))
    return None if os.access(place, os.W_OK | os.X_OK) else place


def tell_of_forgetting(window: MainWindow, place: Path) -> None:
    """Say that nothing outlasts this window, before a person counts on it."""
    text = QT_TRANSLATE_NOOP(
        "Start", "{path} cannot be written, so no settings are kept until the next start."
    )
    window.notices.warn(lambda: QCoreApplication.translate("Start", text).format(path=place))


def tell_of_sudden_end(window: MainWindow, report: Path) -> None:
    """Say that the program was ended by the system the last time; the report can be copied."""
    text = QT_TRANSLATE_NOOP(
        "Start", "The program ended suddenly the last time. A report of it is {path}."
    )
    window.notices.show_notice(
        Notice(
            "warning",
            lambda: QCoreApplication.translate("Start", text).format(path=report),
            report.read_text("utf-8", "replace"),
        )
    )
