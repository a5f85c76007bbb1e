"""The training page on tiny data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crowdgui.window.main_window import MainWindow
from crowdgui.window.training.page import TrainingPage
from small_data import make_part
from small_trainings import TINY
from trainer.run_list import is_busy


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return make_part(tmp_path / "part_A", ["IMG_1", "IMG_2", "IMG_3", "IMG_4"])


@pytest.fixture
def page(window: MainWindow, data: Path, qtbot: QtBot) -> Iterator[TrainingPage]:
    """The page with tiny data and settings; no child and no thread is left behind."""
    window.show_page("train")
    page = window.training
    qtbot.waitUntil(lambda: window.desk.models is not None)
    page.form.show_facts(TINY)
    page.open_data(data)
    qtbot.waitUntil(lambda: page.data is not None and page.data.problems is not None)
    qtbot.waitUntil(page.start_button.isEnabled)
    yield page
    page.close_page()
    assert page.session.lane.thread_.isFinished()
    assert not any(is_busy(folder) for folder in page.session.root.glob("mcnn-*"))
