"""How a training went is told by its name, on whatever page a person is meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from crowdgui.window.main_window import MainWindow
from crowdgui.window.training.page import TrainingPage
from crowdgui.window.training.phases import Ending
from models.errors import UserError
from trainer.config import make_config
from trainer.events import make_event
from trainer.history import History

RUN = Path("/runs/mcnn-1")


@pytest.fixture
def trained(page: TrainingPage) -> TrainingPage:
    """The page with a run on the screen that was validated."""
    history = History(make_config({"network": "mcnn", "data": ["/data"], "epochs": 4}))
    history.add(make_event("validated", epoch=4, mae=96.31, rmse=100.0, best=True))
    page.session.run, page.session.history = RUN, history
    return page


def test_a_training_that_ends_is_told_of_on_other_pages_until_it_is_seen(
    trained: TrainingPage, window: MainWindow
) -> None:
    window.show_page("count")
    trained.session.ended.emit(Ending(RUN, "finished"))
    (bar,) = window.notices.bars()
    assert bar.notice.text() == "The training mcnn-1 has finished (validation MAE 96.3)."
    assert bar.action_button.text() == "Show"
    bar.action_button.click()
    assert window.front == "train"
    assert window.notices.bars() == []


def test_who_watches_a_training_end_need_not_go_anywhere(
    trained: TrainingPage, window: MainWindow
) -> None:
    trained.session.ended.emit(Ending(RUN, "finished"))
    (bar,) = window.notices.bars()
    assert "has finished (validation MAE 96.3)" in bar.notice.text()
    assert bar.notice.action is None


def test_a_sweep_has_finished_with_no_error_of_its_own(
    trained: TrainingPage, window: MainWindow
) -> None:
    trained.session.ended.emit(Ending(Path("/runs/sweep-1"), "finished"))
    assert window.notices.bars()[0].notice.text() == "The training sweep-1 has finished."


@pytest.mark.parametrize("sweep", [None, Path("/runs/sweep-1")])
def test_a_warning_begins_with_the_name_of_its_training(
    trained: TrainingPage, window: MainWindow, sweep: Path | None
) -> None:
    trained.session.sweep = sweep
    trained.session.warned.emit(UserError("not-fitted"))
    text = window.notices.bars()[0].notice.text()
    assert text.startswith(f"{(sweep or RUN).name}: The last layer was not fitted")
