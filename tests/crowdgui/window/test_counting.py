"""The count on the screen is the count of the picture on the screen, by the model named there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from crowdgui.sources import Source
from crowdgui.window.counting import jobs
from crowdgui.window.counting.entries import Entry
from crowdgui.window.counting.session import Failed, Picture, Session
from crowdgui.window.desk import ModelChoice, ModelList
from crowdgui.window.main_window import MainWindow
from models import catalogue
from models.errors import UserError
from models.overlay import draw_overlay

Grey = Callable[..., str]
Wait = Callable[[MainWindow], None]


@pytest.fixture
def real_model(home: Path) -> str:
    """A small network with random weights, for the real way from file to count."""
    import torch

    from models.header import Header
    from models.mcnn import MCNN
    from models.networks import count_parameters
    from models.weights import save_weights

    torch.manual_seed(5)
    network = MCNN()
    with torch.no_grad():
        network.fuse.bias.fill_(0.2)
    header = Header("mcnn", 4, 4, MCNN.margin, count_parameters(network))
    save_weights(home / "models" / "mcnn.safetensors", network.state_dict(), header)
    return "mcnn"


def test_count_is_the_sum_of_the_density(
    real_model: str,
    new_window: Callable[..., MainWindow],
    wait_idle: Wait,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (203, 318, 3), np.uint8)
    Image.fromarray(noise).save(tmp_path / "noise.png")
    window = new_window()
    window.open_words([str(tmp_path / "noise.png")])
    wait_idle(window)
    prediction = window.page.session.prediction
    assert prediction is not None
    assert prediction.model == real_model
    total = float(prediction.density.sum(dtype=np.float64))
    assert total > 10
    assert window.page.facts.count.text() == f"{total:,.0f}"
    assert window.page.facts.count.toolTip() == f"{total:,.1f}"
    window.actions_["copy"].trigger()
    assert QGuiApplication.clipboard().text() == f"{total:.1f}"
    # Neither the zoom nor the switch of the map may touch it.
    for name in ("zoom-in", "zoom-in", "density", "actual", "fit"):
        window.actions_[name].trigger()
    window.resize(700, 500)
    qtbot.wait(50)
    assert window.page.facts.count.text() == f"{total:,.0f}"


def test_broken_picture_leaves_the_last_good_one(
    window: MainWindow, grey: Grey, wait_idle: Wait, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    window.open_words([grey(10), str(broken), grey(30)])
    wait_idle(window)
    picture = window.page.session.picture
    window.actions_["next"].trigger()
    wait_idle(window)
    page = window.page
    assert page.session.picture is picture
    assert page.facts.count.text() == "10"
    assert page.facts.values["picture"].text().replace("\u200b", "") == "grey10.png"
    assert window.windowTitle() == "grey10.png — crowdgui"
    assert [bar.notice.severity for bar in window.notices.bars()] == ["error"]
    assert "broken.png is not a picture" in window.notices.bars()[0].notice.text()
    # Counted by another model is what is on the screen, not what the list stands on.
    page.choose_model("beta")
    wait_idle(window)
    counts = [{"alpha": 10, "beta": 1010}, {}, {}]
    assert [entry.counts for entry in page.session.entries] == counts
    page.choose_model("alpha")
    wait_idle(window)
    # The broken one is no wall: the next step leads past it.
    window.actions_["next"].trigger()
    wait_idle(window)
    assert page.facts.count.text() == "30"


def test_model_switch_counts_the_picture_on_the_screen_again(
    window: MainWindow, wait_idle: Wait
) -> None:
    reads: list[int] = []

    def read() -> np.ndarray:
        reads.append(1)
        return np.full((80, 80, 3), 12, np.uint8)

    window.page.choose(window.page.session.add([Entry(Source("a.png", read))]))
    wait_idle(window)
    assert window.page.facts.count.text() == "12"
    window.page.controls.models.setCurrentIndex(1)
    window.page.controls.models.activated.emit(1)
    wait_idle(window)
    assert window.page.facts.count.text() == "1,012"
    assert window.page.facts.values["model"].text() == "beta (2.0 MB)"
    assert window.settings.model == "beta"
    assert len(reads) == 1


def test_stale_result_is_dropped(
    window: MainWindow, fakes: dict, grey: Grey, wait_idle: Wait, qtbot: QtBot
) -> None:
    alpha = fakes["alpha"]
    alpha.gate.clear()
    window.open_words([grey(10), grey(20), grey(30)])
    qtbot.waitUntil(alpha.begun.is_set)
    shown: list[str] = []
    window.page.changed.connect(lambda: shown.append(window.page.facts.count.text()))
    window.page.choose(1)
    window.page.choose(2)
    alpha.gate.set()
    wait_idle(window)
    assert window.page.facts.count.text() == "30"
    assert "10" not in shown
    # What waited while another came was never counted.
    assert alpha.seen == [10.0, 30.0]
    assert [entry.counts for entry in window.page.session.entries] == [{}, {}, {"alpha": 30.0}]


def test_what_was_read_late_is_not_taken_for_the_picture_chosen_since() -> None:
    """A second click may come while the first one's picture is on its way between the threads."""
    session, pixels = Session(), np.zeros((8, 8, 3), np.uint8)
    session.set_models(ModelList((ModelChoice("alpha"),), "alpha"), "")
    entries = [Entry(Source(name, lambda: pixels)) for name in ("a.png", "b.png")]
    session.current = session.add(entries)
    first = session.request_current()
    session.current = 1
    second = session.request_current()
    assert first is not None
    assert second is not None
    assert not session.accept_picture(Picture(first.ticket, pixels, ()))
    assert not session.accept_failure(Failed(first.ticket, "read", ValueError()))
    assert session.picture is None
    assert session.busy
    assert [entry.problem for entry in entries] == [None, None]
    assert session.accept_picture(Picture(second.ticket, pixels, ()))
    assert session.shown is entries[1]


def test_result_of_a_model_left_meanwhile_is_dropped(
    window: MainWindow, fakes: dict, grey: Grey, wait_idle: Wait, qtbot: QtBot
) -> None:
    alpha = fakes["alpha"]
    alpha.gate.clear()
    window.open_words([grey(10)])
    qtbot.waitUntil(alpha.begun.is_set)
    window.page.choose_model("beta")
    shown: list[str] = []
    window.page.changed.connect(lambda: shown.append(window.page.facts.count.text()))
    alpha.gate.set()
    wait_idle(window)
    assert window.page.facts.count.text() == "1,010"
    assert "10" not in shown


def test_new_picture_never_stands_beside_the_old_count(
    window: MainWindow, fakes: dict, grey: Grey, wait_idle: Wait, qtbot: QtBot
) -> None:
    window.open_words([grey(10), grey(20)])
    wait_idle(window)
    first = window.page.session.picture
    fakes["alpha"].gate.clear()
    window.page.step(1)
    qtbot.waitUntil(lambda: window.page.session.picture is not first)
    assert window.page.facts.count.text() == "…"
    assert window.page.facts.time.text() == "…"
    assert window.page.view._density.pixmap().isNull()
    assert window.busy.isVisible()
    fakes["alpha"].gate.set()
    wait_idle(window)
    assert not window.busy.isVisible()


def test_old_result_is_faint_while_a_new_one_is_made(
    window: MainWindow, fakes: dict, grey: Grey, wait_idle: Wait, qtbot: QtBot
) -> None:
    window.open_words([grey(10)])
    wait_idle(window)
    assert window.page.view._picture.opacity() == 1
    fakes["beta"].gate.clear()
    window.page.choose_model("beta")
    qtbot.waitUntil(lambda: window.page.view._picture.opacity() < 0.5)
    assert window.page.facts._dim.isEnabled()
    # It is still said to be of the model that made it.
    assert window.page.facts.values["model"].text() == "alpha (1.0 MB)"
    fakes["beta"].gate.set()
    wait_idle(window)
    assert window.page.view._picture.opacity() == 1
    assert not window.page.facts._dim.isEnabled()


def test_a_mistake_of_ours_can_be_copied(
    window: MainWindow, fakes: dict, grey: Grey, wait_idle: Wait, qtbot: QtBot
) -> None:
    fakes["alpha"].error = RuntimeError("wires crossed")
    window.open_words([grey(10)])
    wait_idle(window)
    (bar,) = window.notices.bars()
    assert bar.details_button.isVisible()
    qtbot.mouseClick(bar.details_button, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert "Traceback" in copied
    assert "wires crossed" in copied
    assert window.page.facts.count.text() == "–"
    fakes["alpha"].error = None
    window.page.choose(0)
    wait_idle(window)
    assert window.page.facts.count.text() == "10"


def test_model_that_does_not_load_is_put_out_of_reach(
    window: MainWindow,
    fakes: dict,
    grey: Grey,
    wait_idle: Wait,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def load(name: str, _engine: object) -> object:
        if name == "beta":
            raise UserError("weights-damaged", path="beta", reason="torn")
        return fakes[name]

    monkeypatch.setattr(jobs, "load_predictor", load)
    window.open_words([grey(10)])
    wait_idle(window)
    window.page.choose_model("beta")
    wait_idle(window)
    models = window.page.controls.models
    assert models.currentText() == "alpha"
    assert window.page.facts.count.text() == "10"
    assert not models.model().item(1).isEnabled()
    assert "torn" in models.model().item(1).toolTip()
    assert "torn" in window.notices.bars()[0].notice.text()


def test_unreadable_model_is_listed_with_its_reason(
    real_model: str, home: Path, new_window: Callable[..., MainWindow], wait_idle: Wait
) -> None:
    (home / "models" / "torn.safetensors").write_bytes(b"abc")
    window = new_window()
    wait_idle(window)
    items = window.page.controls.models.model()
    assert [items.item(row).text() for row in range(items.rowCount())] == ["mcnn", "torn"]
    assert [items.item(row).isEnabled() for row in range(2)] == [True, False]
    assert "torn.safetensors" in items.item(1).toolTip()
    assert [bar.notice.severity for bar in window.notices.bars()] == ["warning"]
    assert window.page.session.model == real_model


def test_without_a_model_the_picture_is_shown_and_the_way_out_said(
    new_window: Callable[..., MainWindow], grey: Grey, wait_idle: Wait
) -> None:
    window = new_window()
    window.open_words([grey(10)])
    wait_idle(window)
    assert catalogue.installed() == []
    assert window.page.view.isVisible()
    assert window.page.facts.count.text() == "–"
    assert "crowdgui models import" in window.notices.bars()[0].notice.text()


def test_saved_picture_is_that_of_the_command_line(
    window: MainWindow, grey: Grey, wait_idle: Wait, tmp_path: Path, qtbot: QtBot
) -> None:
    window.open_words([grey(10)])
    wait_idle(window)
    target = tmp_path / "out" / "saved.png"
    window.files.save_overlay(target, *window.page.session.on_screen)
    qtbot.waitUntil(lambda: bool(window.notices.bars()))
    assert str(target) in window.notices.bars()[0].notice.text()
    session = window.page.session
    assert session.picture is not None
    assert session.prediction is not None
    density, grid = session.prediction.density, session.prediction.grid
    wanted = draw_overlay(session.picture.pixels, density, grid, 0.7)
    assert np.array_equal(np.asarray(Image.open(target)), wanted)


def test_place_that_cannot_be_written_is_said(
    window: MainWindow, grey: Grey, wait_idle: Wait, tmp_path: Path, qtbot: QtBot
) -> None:
    window.open_words([grey(10)])
    wait_idle(window)
    (tmp_path / "file").write_text("in the way")
    window.files.save_overlay(tmp_path / "file" / "saved.png", *window.page.session.on_screen)
    qtbot.waitUntil(lambda: bool(window.notices.bars()))
    assert "cannot be written" in window.notices.bars()[0].notice.text()
    assert window.page.facts.count.text() == "10"


def test_nothing_in_the_side_panel_is_cut_off(
    window: MainWindow, grey: Grey, wait_idle: Wait
) -> None:
    window.open_words([grey(10)])
    wait_idle(window)
    side = window.page.side
    inner, bar = side.widget(), side.verticalScrollBar()
    assert inner.minimumSizeHint().width() <= side.minimumWidth() - bar.sizeHint().width()


def test_how_maps_are_drawn_may_be_changed_on_another_page(
    window: MainWindow, grey: Grey, wait_idle: Wait
) -> None:
    window.open_words([grey(10)])
    wait_idle(window)
    assert window.page.controls.density.isChecked()
    window.show_page("live")
    window.settings.overlay = False
    window.show_page("count")
    assert not window.page.controls.density.isChecked()
