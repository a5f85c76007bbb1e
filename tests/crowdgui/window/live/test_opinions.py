"""What a second model says of the first, on the live page."""

from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from crowdgui.live import second_opinion
from crowdgui.live.second_opinion import Opinion
from crowdgui.window.counting import jobs
from crowdgui.window.desk import ModelChoice, ModelList
from crowdgui.window.engines import EngineChoice
from crowdgui.window.main_window import MainWindow
from live_pages import LIMIT_MS, add, live_threads


def test_second_opinion_says_how_far_the_count_is_off(live: MainWindow, qtbot: QtBot) -> None:
    add(live, qtbot, "demo:")
    page = live.live
    page.opinions.choose("beta", 0)
    qtbot.waitUntil(live.actions_["live-opinion"].isEnabled, timeout=LIMIT_MS)
    live.actions_["live-opinion"].trigger()
    qtbot.waitUntil(lambda: bool(page.opinions.of("demo:")), timeout=LIMIT_MS)
    opinion = page.opinions.of("demo:")[0]
    assert (opinion.first_model, opinion.second_model) == ("alpha", "beta")
    assert opinion.second - opinion.first == pytest.approx(1000, abs=1)
    qtbot.waitUntil(lambda: "beta counted" in page.settings_panel.said.text(), timeout=LIMIT_MS)
    qtbot.waitUntil(page.timeline.drift_plot.isVisible, timeout=LIMIT_MS)
    # Another model, or other pauses, keep what was said before.
    page.opinions.choose("beta", 30)
    assert page.opinions.of("demo:")[0] == opinion


def test_second_opinions_follow_the_engine_and_the_models(
    live: MainWindow, qtbot: QtBot, fakes: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[tuple[str, str]] = []

    def load(name: str, engine: EngineChoice) -> object:
        loaded.append((name, engine.precision))
        return fakes[name]

    def ask() -> Opinion:
        before = len(opinions.of("demo:"))
        opinions.ask()
        qtbot.waitUntil(lambda: len(opinions.of("demo:")) > before, timeout=LIMIT_MS)
        return opinions.of("demo:")[-1]

    opinions, desk = live.live.opinions, live.desk
    add(live, qtbot, "demo:")
    opinions.choose("beta", 0)
    monkeypatch.setattr(jobs, "load_predictor", load)
    assert ask().second_model == "beta"
    live.settings.precision = "int8"
    desk.engine_changed.emit()
    assert ask().second_model == "beta"
    # What is listed anew is the same: nothing is loaded again.
    desk.models_changed.emit()
    ask()
    assert [of for of in loaded if of[0] == "beta"] == [("beta", "auto"), ("beta", "int8")]
    # Its file has been replaced.
    desk.models = ModelList((ModelChoice("alpha"), ModelChoice("beta", stamp=(7, 7))), "alpha")
    desk.models_changed.emit()
    ask()
    assert loaded.count(("beta", "int8")) == 2
    desk.models = ModelList((ModelChoice("alpha"),), "alpha")
    desk.models_changed.emit()
    assert ask().second_model == "alpha"


def test_a_second_model_stays_chosen_by_another_name(
    live: MainWindow, qtbot: QtBot, fakes: dict[str, Any]
) -> None:
    add(live, qtbot, "demo:")
    opinions, desk = live.live.opinions, live.desk
    opinions.choose("beta", 30)
    desk.model_renamed.emit("beta", "north")
    fakes["north"] = fakes["beta"]
    desk.models = ModelList((ModelChoice("alpha"), ModelChoice("north")), "alpha")
    desk.models_changed.emit()
    assert opinions.model == live.settings.live["second"] == "north"
    opinions.ask()
    qtbot.waitUntil(lambda: bool(opinions.of("demo:")), timeout=LIMIT_MS)


def test_second_opinions_at_hand_are_waited_for_at_the_end(
    live: MainWindow, qtbot: QtBot, fakes: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second_opinion, "JOIN_S", 0.1)
    add(live, qtbot, "demo:")
    opinions, beta, heard = live.live.opinions, fakes["beta"], list[int]()
    beta.gate.clear()
    opinions.choose("beta", 0)
    opinions.ask()
    qtbot.waitUntil(beta.begun.is_set, timeout=LIMIT_MS)
    # Another one is chosen while this one counts.
    opinions.choose("alpha", 0)
    opinions.changed.connect(lambda: heard.append(1))
    live.close()
    assert live.still_counting
    beta.gate.set()
    qtbot.waitUntil(lambda: "second opinion" not in live_threads(), timeout=LIMIT_MS)
    assert heard == []
