"""The window's part of the self-test."""

from __future__ import annotations

from importlib import import_module

from PySide6.QtCore import QEventLoop, QTimer

from crowdgui.window.language import install_language
from crowdgui.window.main_window import MainWindow
from crowdgui.window.pages import PAGES
from crowdgui.window.settings import Settings
from crowdgui.window.start import make_application
from crowdgui.window.theme import apply_theme

LIMIT_MS = 120_000


def count_in_window() -> str:
    """Open the window in Korean, wait for the demo scene's count, and return what was shown.

    Nothing of the person's settings is read. Raises RuntimeError when no count appears.
    """
    for row in PAGES:
        # All that they need, though only one is opened.
        import_module(row.module)
    app = make_application()
    settings = Settings()
    install_language(app, "ko")
    apply_theme(app, "light")
    window = MainWindow(settings, "ko")
    window.show()
    loop = QEventLoop()
    window.page.changed.connect(lambda: loop.quit() if window.page.session.result else None)
    QTimer.singleShot(LIMIT_MS, loop.quit)
    window.open_words(["demo:"])
    loop.exec()
    result = window.page.session.prediction
    title = window.actions_["open"].text()
    # Not closed: that would write the settings of the person at this machine.
    window.hide()
    window.page.close_page()
    window.desk.close()
    if result is None:
        raise RuntimeError(f"no count within {LIMIT_MS // 1000} s")
    if not any("가" <= letter <= "힣" for letter in title):
        raise RuntimeError(f"not in Korean: {title}")
    return f"opened offscreen in Korean, {result.count:.1f} people by {result.model}"
