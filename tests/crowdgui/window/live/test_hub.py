"""Which model counts the sources of the live page, and which sources are counted."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from crowdgui.live.reader import State
from crowdgui.live.zones import Zone
from crowdgui.window.counting import jobs
from crowdgui.window.desk import ModelChoice, ModelList
from crowdgui.window.main_window import MainWindow
from live_pages import LIMIT_MS, add, wait_for_count
from models.errors import UserError

WHOLE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


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


def hold_loads(
    monkeypatch: pytest.MonkeyPatch, predictor: object, go_on: threading.Event
) -> list[str]:
    """Return a list that gets the name of each model whose loading begins; it waits for `go_on`."""
    loaded = list[str]()

    def load(name: str, _engine: object) -> object:
        loaded.append(name)
        assert go_on.wait(60)
        return predictor

    monkeypatch.setattr(jobs, "load_predictor", load)
    return loaded


def test_a_source_is_removed_while_a_model_is_loaded(
    live: MainWindow, qtbot: QtBot, fakes: dict[str, Any], monkeypatch: pytest.MonkeyPatch,
    go_on: threading.Event,
) -> None:  # fmt: skip
    add(live, qtbot, "demo:")
    hub, source = live.live.hub, live.live.source
    session = hub.session
    assert session is not None
    hub.save_zones(source, (Zone("Gate", WHOLE, capacity=1.0, hold_s=0.0),))
    qtbot.waitUntil(lambda: len(session.alerts_after(0)) == 1, timeout=LIMIT_MS)
    loads = hold_loads(monkeypatch, fakes["beta"], go_on)
    hub.choose_model("beta")
    qtbot.waitUntil(lambda: loads == ["beta"], timeout=LIMIT_MS)
    hub.remove(source)
    qtbot.waitUntil(lambda: len(session.alerts_after(0)) == 2, timeout=LIMIT_MS)
    assert source.reader.state is State.CLOSED
    assert not session.alerts_after(1)[0][1].raised
    assert session.sources == ()


def test_models_that_are_passed_are_not_loaded(
    live: MainWindow, qtbot: QtBot, fakes: dict[str, Any], monkeypatch: pytest.MonkeyPatch,
    go_on: threading.Event,
) -> None:  # fmt: skip
    add(live, qtbot, "demo:")
    loads = hold_loads(monkeypatch, fakes["beta"], go_on)
    for name in ("a", "b", "c", "beta"):
        live.live.hub.choose_model(name)
    go_on.set()
    source = live.live.source
    qtbot.waitUntil(lambda: source.latest.prediction.model == "beta", timeout=LIMIT_MS)
    # One may have begun already; the rest is passed.
    assert len(loads) <= 2
    assert loads[-1] == "beta"
