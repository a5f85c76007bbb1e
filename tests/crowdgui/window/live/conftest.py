"""The window with its live page to the front."""

from __future__ import annotations

import pytest

from crowdgui.window.main_window import MainWindow


@pytest.fixture
def live(window: MainWindow) -> MainWindow:
    window.show_page("live")
    return window
