"""Which opened models are kept, and for how long."""

from __future__ import annotations

import pytest

from crowdgui.window import engines
from crowdgui.window.counting import jobs
from crowdgui.window.engines import MOST_OPEN, EngineChoice, Predictors

CPU, CUDA = EngineChoice("cpu"), EngineChoice("cuda")


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A list that gets the name of each model that is loaded; all are listed."""
    names = list[str]()

    def load(name: str, engine: EngineChoice) -> object:
        names.append(name)
        return f"{name} on {engine.device}"

    monkeypatch.setattr(jobs, "load_predictor", load)
    monkeypatch.setattr(engines, "file_stamp", lambda name: (name, 1, 1))
    return names


def test_models_of_another_engine_are_let_go(loaded: list[str]) -> None:
    predictors = Predictors()
    for name in ("a", "b", "c"):
        predictors.get(name, CUDA)
    assert predictors.get("a", CPU) == "a on cpu"
    assert [one.predictor for one in predictors._opened.values()] == ["a on cpu"]
    assert loaded == ["a", "b", "c", "a"]


def test_the_models_used_last_are_kept(loaded: list[str]) -> None:
    predictors = Predictors()
    for name in "abcadefga":
        predictors.get(name, CPU)
        assert len(predictors._opened) <= MOST_OPEN
    assert list(predictors._opened) == ["c", "d", "e", "f", "g", "a"]
    assert loaded == ["a", "b", "c", "d", "e", "f", "g"]
