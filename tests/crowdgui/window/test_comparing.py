"""Models side by side: each with its own result, as it comes, zoomed and moved in step."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crowdgui.window.comparing.page import TRUTH, ComparingPage
from crowdgui.window.comparing.panel import error_text
from crowdgui.window.comparing.tasks import Maps, compare
from crowdgui.window.desk import ModelChoice, ModelList
from crowdgui.window.engines import EngineChoice
from crowdgui.window.main_window import MainWindow
from crowdgui.window.model_picker import ModelPicker
from crowdgui.window.roles import by_role, first_choice, role_of
from models.errors import UserError
from models.grid import Grid
from models.header import Header
from models.prediction import Prediction

Grey = Callable[..., str]
Wait = Callable[[MainWindow], None]


def page_of(window: MainWindow) -> ComparingPage:
    window.show_page("compare")
    page = window.pages["compare"]
    assert isinstance(page, ComparingPage)
    return page


@pytest.fixture
def wait_compared(qtbot: QtBot, wait_idle: Wait) -> Wait:
    def wait(window: MainWindow) -> None:
        wait_idle(window)
        page = page_of(window)
        qtbot.waitUntil(
            lambda: page._work is None and set(page.results) >= set(page.picker.names())
        )

    return wait


def counts(page: ComparingPage) -> dict[str, str]:
    return {name: panel.count.text() for name, panel in page.panels.items()}


def test_without_a_picture_it_says_what_to_do(
    window: MainWindow, qtbot: QtBot, wait_compared: Wait
) -> None:
    page = page_of(window)
    assert page.hint.isVisible()
    qtbot.mouseClick(page.hint.button, Qt.MouseButton.LeftButton)
    wait_compared(window)
    assert not page.hint.isVisible()
    # The demo scene's truth is known: its heads are a panel of their own.
    assert list(page.panels) == ["alpha", "beta", TRUTH]
    truth = window.page.session.picture
    assert truth is not None
    assert page.panels[TRUTH].count.text() == f"{truth.truth:,}"


def test_every_model_shows_its_own_result(
    window: MainWindow, grey: Grey, wait_compared: Wait
) -> None:
    path = Path(grey(20))
    path.with_suffix(".json").write_text(json.dumps([[5, 5]] * 25))
    window.open_words([str(path)])
    wait_compared(window)
    page = page_of(window)
    assert counts(page) == {"alpha": "20", "beta": "1,020", TRUTH: "25"}
    heads = {name: len(panel.view._heads._points) for name, panel in page.panels.items()}
    assert heads == {"alpha": 0, "beta": 0, TRUTH: 25}
    assert page.panels["alpha"].error.text() == "−5 (−20 %)"
    assert page.panels["beta"].error.text() == "+995 (+3,980 %)"
    assert page.panels["beta"].facts.text() == "12 ms  ·  2.0 MB  ·  fake fp32"
    assert page.name.text() == "grey20.png"
    assert page.name.minimumSizeHint().width() == 0
    assert page.name.width() > 100


def test_the_fast_do_not_wait_for_the_slow(
    window: MainWindow, fakes: dict, grey: Grey, wait_idle: Wait, qtbot: QtBot
) -> None:
    window.open_words([grey(20)])
    wait_idle(window)
    fakes["beta"].gate.clear()
    page = page_of(window)
    qtbot.waitUntil(lambda: page.panels["alpha"].count.text() == "20")
    assert page.panels["beta"].count.text() == "…"
    assert window.works.isVisible()
    window.works.cancel_button.click()
    fakes["beta"].gate.set()
    qtbot.waitUntil(lambda: not window.works.isVisible())
    assert counts(page)["alpha"] == "20"


def test_next_picture_is_compared_and_the_old_results_go(
    window: MainWindow, fakes: dict, grey: Grey, wait_compared: Wait, qtbot: QtBot
) -> None:
    window.open_words([grey(20), grey(30)])
    wait_compared(window)
    page = page_of(window)
    qtbot.waitUntil(lambda: page.scale.text() != "")
    fakes["alpha"].gate.clear()
    window.actions_["next"].trigger()
    qtbot.waitUntil(lambda: page.name.text() == "grey30.png")
    assert page.scale.text() == ""
    fakes["alpha"].gate.set()
    wait_compared(window)
    assert counts(page) == {"alpha": "30", "beta": "1,030"}


def test_nothing_of_an_earlier_picture_is_shown_after_all_were_unticked(
    window: MainWindow, fakes: dict, grey: Grey, wait_idle: Wait, wait_compared: Wait, qtbot: QtBot
) -> None:
    window.open_words([grey(20), grey(30)])
    wait_idle(window)
    beta = fakes["beta"]
    beta.gate.clear()
    page = page_of(window)
    qtbot.waitUntil(beta.begun.is_set)
    ticks = page.picker.menu().actions()
    for tick in ticks:
        tick.trigger()
    window.actions_["next"].trigger()
    wait_idle(window)
    beta.gate.set()
    qtbot.waitUntil(lambda: page._work is None)
    ticks[1].trigger()
    wait_compared(window)
    assert counts(page) == {"beta": "1,030"}


def test_a_ticked_model_stays_so_by_another_name(window: MainWindow, wait_idle: Wait) -> None:
    wait_idle(window)
    picker, desk = page_of(window).picker, window.desk
    picker.menu().actions()[0].trigger()
    desk.model_renamed.emit("beta", "north")
    desk.models = ModelList((ModelChoice("alpha"), ModelChoice("north")), "alpha")
    desk.models_changed.emit()
    assert picker.names() == ["north"]


@pytest.mark.parametrize("changed", ["file", "engine"])
def test_a_model_that_is_another_by_now_is_compared_anew(
    window: MainWindow, fakes: dict, grey: Grey, wait_compared: Wait, changed: str
) -> None:
    window.open_words([grey(20)])
    wait_compared(window)
    assert fakes["beta"].seen == [20]
    desk = window.desk
    if changed == "file":
        alpha, beta = desk.models.choices
        desk.models = ModelList((alpha, replace(beta, stamp=(1, 1))), "alpha")
        desk.models_changed.emit()
    else:
        desk.use_engine(EngineChoice("cpu", "bf16"))
    wait_compared(window)
    assert fakes["beta"].seen == [20, 20]


def test_zoom_and_pan_are_in_step(window: MainWindow, grey: Grey, wait_compared: Wait) -> None:
    window.open_words([grey(20, size=(1600, 1200))])
    wait_compared(window)
    first, second = (panel.view for panel in page_of(window).panels.values())
    window.actions_["zoom-in"].trigger()
    window.actions_["zoom-in"].trigger()
    assert second.zoom() == pytest.approx(first.zoom())
    second.horizontalScrollBar().setValue(second.horizontalScrollBar().value() + 37)
    second.verticalScrollBar().setValue(second.verticalScrollBar().value() - 21)
    assert first.horizontalScrollBar().value() == second.horizontalScrollBar().value()
    assert first.verticalScrollBar().value() == second.verticalScrollBar().value()
    second.zoom_by(1.5)
    assert first.zoom() == pytest.approx(second.zoom())
    window.actions_["fit"].trigger()
    assert first.is_fitting()
    assert second.is_fitting()


def test_a_model_that_fails_says_why_and_stops_no_other(
    window: MainWindow, fakes: dict, grey: Grey, wait_compared: Wait
) -> None:
    fakes["alpha"].error = UserError("model-none")
    window.open_words([grey(20)])
    wait_compared(window)
    page = page_of(window)
    assert page.panels["alpha"].count.text() == "–"
    assert "No model is installed" in page.panels["alpha"].facts.text()
    assert page.panels["beta"].count.text() == "1,020"


def test_what_failed_for_a_moment_is_tried_again_by_who_returns(
    window: MainWindow, fakes: dict, grey: Grey, wait_compared: Wait
) -> None:
    fakes["alpha"].error = MemoryError("a moment ago")
    window.open_words([grey(20)])
    wait_compared(window)
    page = page_of(window)
    assert page.panels["alpha"].facts.text() == "Something went wrong (MemoryError)."
    (bar,) = window.notices.bars()
    assert "a moment ago" in bar.notice.details
    fakes["alpha"].error = None
    window.show_page("count")
    wait_compared(window)
    assert counts(page) == {"alpha": "20", "beta": "1,020"}


def test_models_are_ticked_and_unticked(
    window: MainWindow, grey: Grey, wait_compared: Wait
) -> None:
    window.open_words([grey(20)])
    wait_compared(window)
    page = page_of(window)
    alpha = page.picker.menu().actions()[0]
    alpha.trigger()
    wait_compared(window)
    assert counts(page) == {"beta": "1,020"}
    alpha.trigger()
    wait_compared(window)
    assert counts(page) == {"alpha": "20", "beta": "1,020"}


def test_no_more_models_are_ticked_than_can_be_compared(
    window: MainWindow, wait_idle: Wait
) -> None:
    wait_idle(window)
    picker = ModelPicker(window.desk, 1)
    alpha, beta = picker.menu().actions()
    assert (alpha.isEnabled(), beta.isEnabled()) == (True, False)
    alpha.trigger()
    assert (alpha.isEnabled(), beta.isEnabled()) == (True, True)
    beta.trigger()
    assert (alpha.isEnabled(), beta.isEnabled()) == (False, True)
    assert picker.names() == ["beta"]


def test_equal_colours_are_equal_densities() -> None:
    """Two models of different strides: half the density is drawn alike in both."""

    class Flat:
        def __init__(self, people: float, cells: int) -> None:
            self.people, self.cells = people, cells

        def predict(self, _picture: np.ndarray) -> Prediction:
            density = np.full((self.cells,) * 2, self.people / self.cells**2, np.float32)
            grid = Grid((64, 64), (64 / self.cells,) * 2)
            return Prediction(self.people, density, 0.1, "x", "fake", "fp32", grid)

    class Both:
        def get(self, name: str, _engine: EngineChoice) -> Flat:
            return {"sparse": Flat(100, 16), "dense": Flat(200, 8)}[name]

    pixels, engine = np.zeros((64, 64, 3), np.uint8), EngineChoice()
    steps = list(compare(pixels, ["sparse", "dense"], {}, engine, Both()))  # type: ignore[arg-type]
    maps = steps[-1]
    assert isinstance(maps, Maps)
    assert maps.most == pytest.approx(200 / 64**2)
    assert maps.images["dense"].pixelIndex(3, 3) == 255
    assert maps.images["sparse"].pixelIndex(3, 3) == pytest.approx(180, abs=1)


def choice(name: str, network: str = "mcnn", **trained_on: object) -> ModelChoice:
    header = Header(network, 4, 4, 36, 1, trained_on=dict(trained_on))
    return ModelChoice(name, 1, None, header)


def test_roles_and_their_order() -> None:
    models = [
        choice("kd", teacher=["abc"], alpha=0.1), choice("mcnn", teacher=[], alpha=0.0),
        choice("big", "m-sfanet"), choice("middle", "assistant"), choice("mcnn-general"),
        choice("small-kd", "compact", teacher=["abc"], alpha=0.5),
    ]  # fmt: skip
    assert [role_of(model) for model in models] == [
        "distilled", "student", "teacher", "assistant", "student", "distilled",
    ]  # fmt: skip
    assert [model.name for model in by_role(models)] == [
        "big", "middle", "mcnn", "mcnn-general", "kd", "small-kd",
    ]  # fmt: skip
    assert first_choice(models, 4) == ["big", "middle", "mcnn", "kd"]
    assert first_choice(models, 5) == ["big", "middle", "mcnn", "kd", "small-kd"]
    assert first_choice(models, 6) == ["big", "middle", "mcnn", "mcnn-general", "kd", "small-kd"]
    assert first_choice([], 4) == []


@pytest.mark.parametrize(
    ("count", "truth", "text"),
    [
        (90.4, 100, "−10 (−10 %)"),
        (100, 0, "+100"),
        (120, 100, "+20 (+20 %)"),
        (99.7, 100, "0 (0 %)"),
        (99.4, 100, "−1 (−1 %)"),
        (0.3, 0, "0"),
    ],
)
def test_errors_are_said_in_people_and_per_cent(count: float, truth: int, text: str) -> None:
    assert error_text(count, truth) == text


def test_a_folder_that_goes_while_comparing_loses_nothing(
    window: MainWindow, grey: Grey, wait_compared: Wait, tmp_path: Path
) -> None:
    (tmp_path / "album").mkdir()
    path = grey(20, "album/one.png")
    window.open_words([path])
    wait_compared(window)
    shutil.rmtree(tmp_path / "album")
    page_of(window).picker.chosen.emit()
    wait_compared(window)
    assert counts(page_of(window)) == {"alpha": "20", "beta": "1,020"}


def test_models_can_be_ticked_again_after_all_were_unticked(
    window: MainWindow, grey: Grey, wait_compared: Wait
) -> None:
    window.open_words([grey(20)])
    wait_compared(window)
    page = page_of(window)
    ticks = page.picker.menu().actions()
    for tick in ticks:
        tick.trigger()
    assert not page.panels
    assert page.picker.isVisible()
    ticks[0].trigger()
    wait_compared(window)
    assert counts(page) == {"alpha": "20"}
