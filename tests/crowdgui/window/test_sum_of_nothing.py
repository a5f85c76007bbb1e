"""While nothing is counted, no sum of it is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from crowdgui.window.main_window import MainWindow

Grey = Callable[..., str]


def says(window: MainWindow, text: str) -> bool:
    return window.page.list.summary.text() == text


@pytest.mark.parametrize(
    ("greys", "en", "ko"),
    [
        ((10, 20, 30), "3 pictures, none counted yet", "사진 3장, 아직 센 것 없음"),
        ((10,), "1 picture, not counted yet", "사진 1장, 아직 세지 않음"),
    ],
)
def test_a_folder_of_which_nothing_is_counted_has_no_people(
    fakes: dict[str, Any],
    window: MainWindow,
    grey: Grey,
    qtbot: QtBot,
    greys: tuple[int, ...],
    en: str,
    ko: str,
) -> None:
    fakes["alpha"].gate.clear()
    window.open_words([grey(value) for value in greys])
    try:
        qtbot.waitUntil(lambda: says(window, en))
        window.actions_["language-ko"].trigger()
        qtbot.waitUntil(lambda: says(window, ko))
    finally:
        fakes["alpha"].gate.set()


def test_the_demo_scene_alone_has_no_sum(window: MainWindow, qtbot: QtBot) -> None:
    window.show_demo()
    qtbot.waitUntil(lambda: len(window.page.session.entries) == 1)
    window.page.list._settle()
    assert says(window, "")
