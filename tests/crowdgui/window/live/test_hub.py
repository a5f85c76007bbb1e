"""Which model counts the sources of the live page."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from crowdgui.window.counting import jobs
from crowdgui.window.desk import ModelChoice, ModelList
from crowdgui.window.main_window import MainWindow
from live_pages import LIMIT_MS, wait_for_count
from models.errors import UserError


@pytest.fixture
def go_on() -> Iterator[threading.Event]:
    event = threading.Event()
    yield event
    event.set()


@pytest.mark.parametrize("found", [True, False])
def test_a_model_that_is_renamed_while_it_is_loaded_counts(
    live: MainWindow, qtbot: QtBot, fakes: dict[str, Any], monkeypatch: pytest.MonkeyPatch,
    go_on: threading.Event, found: bool,
) -> None:  # fmt: skip
    begun = threading.Event()

    def load(name: str, _engine: object) -> object:
        if name == "alpha":
            begun.set()
            assert go_on.wait(60)
            if not found:
                raise UserError("model-unknown", name="alpha", names="north")
        return fakes["alpha"]

    monkeypatch.setattr(jobs, "load_predictor", load)
    live.live.open_words(["demo:"])
    qtbot.waitUntil(begun.is_set, timeout=LIMIT_MS)
    live.desk.model_renamed.emit("alpha", "north")
    live.desk.models = ModelList((ModelChoice("north"), ModelChoice("beta")), "north")
    live.desk.models_changed.emit()
    go_on.set()
    wait_for_count(live, qtbot)
    assert live.live.hub.model == "north"
    assert live.notices.bars() == []
