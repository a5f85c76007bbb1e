"""The window's title is that of the page in front, and of what it shows."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from crowdgui.window.main_window import MainWindow
from crowdgui.window.states import title
from crowdgui.window.training.page import TrainingPage

Grey = Callable[..., str]
Wait = Callable[[MainWindow], None]


def test_every_page_has_a_title_of_its_own(window: MainWindow, grey: Grey, wait_idle: Wait) -> None:
    window.open_words([grey(10)])
    wait_idle(window)
    titles = []
    for page in ("count", "compare", "evaluate", "models", "train", "live", "fleet"):
        window.show_page(page)
        titles.append(window.windowTitle().removesuffix(" — crowdgui"))
    assert titles == [
        "grey10.png", "Compare: grey10.png", "Evaluate", "Models", "Train", "Live", "Fleet",
    ]  # fmt: skip
    wait_idle(window)


def test_the_title_names_the_source_that_is_large(window: MainWindow) -> None:
    window.show_page("live")
    window.live.hub.known.give("camera:0", "Hall")
    for name, shown in (("/videos/platform.mp4", "platform.mp4"), ("camera:0", "Hall")):
        window.live.source = SimpleNamespace(name=name)
        assert title(window) == f"Live: {shown} — crowdgui"
    window.live.source = None


def test_how_far_a_training_is_stands_before_any_page(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.show_page("train")
    monkeypatch.setattr(TrainingPage, "title_prefix", "33 % trained")
    window.show_page("models")
    assert window.windowTitle() == "33 % trained — Models — crowdgui"
    window.choose_language("ko")
    qtbot.waitUntil(lambda: "모델" in window.windowTitle())
