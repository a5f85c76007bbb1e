"""What a run trained is installed knowing how good it is, and counts only if that is wanted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crowdgui.window.counting import jobs
from crowdgui.window.desk import ModelChoice, ModelList
from crowdgui.window.main_window import MainWindow
from crowdgui.window.training import tasks
from crowdgui.window.training.page import TrainingPage
from crowdgui.window.training.quality import Quality, read_quality
from crowdgui.window.training.use_dialog import UseDialog
from models.weights import save_weights
from small_models import mcnn_header, random_mcnn
from trainer.config import make_config
from trainer.events import append_event, make_event
from trainer.runs import TEACHER_FILE, begin_run


def save_best(run: Path, **figures: object) -> Path:
    network = random_mcnn()
    header = mcnn_header(network, figures=figures)
    save_weights(run / "best.safetensors", network.state_dict(), header)
    return run / "best.safetensors"


def measure(run: Path, mae: float, n: float) -> None:
    (run / TEACHER_FILE).write_text(json.dumps({"teacher": "beta", "mae": mae, "n": n}))


@pytest.fixture
def run(page: TrainingPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A finished run on the screen, and no engine file made of what it trained."""
    monkeypatch.setattr(tasks, "export", lambda *_files: iter(()))
    config = make_config({"network": "mcnn", "data": ["/nowhere"], "epochs": 4, "alpha": 0.0})
    folder = begin_run(config, page.session.root / "old")
    for event in (
        make_event("started", epochs=4, pictures=8),
        make_event("validated", epoch=4, mae=969.93, rmse=969.93, best=True, preview=None),
        make_event("finished"),
    ):
        append_event(folder / "events.jsonl", event)
    page.show_run(folder)
    page.session.list_runs()
    qtbot.waitUntil(lambda: page.session.row is not None)
    return folder


def asked(page: TrainingPage, qtbot: QtBot) -> UseDialog:
    page.run_actions.ask_to_use()
    qtbot.waitUntil(lambda: bool(page.findChildren(UseDialog)))
    (dialog,) = page.findChildren(UseDialog)
    return dialog


def said(window: MainWindow) -> list[str]:
    return [bar.notice.text() for bar in window.notices.bars()]


@pytest.mark.parametrize(
    ("quality", "text", "is_fit"),
    [
        (Quality(969.9, 1, 22.0),
         "Validation MAE 969.9 on 1 picture; its teacher has 22.0 there.", False),
        (Quality(20.0, 4, 22.0),
         "Validation MAE 20.0 on 4 pictures; its teacher has 22.0 there.", False),
        (Quality(20.0, 5, 22.0),
         "Validation MAE 20.0 on 5 pictures; its teacher has 22.0 there.", True),
        (Quality(1024.0, 30, 22.0),
         "Validation MAE 1,024.0 on 30 pictures; its teacher has 22.0 there.", False),
        (Quality(96.3, 30), "Validation MAE 96.3 on 30 pictures.", True),
    ],
)  # fmt: skip
def test_a_bad_model_is_no_model_to_count_with(quality: Quality, text: str, is_fit: bool) -> None:
    assert (quality.text(), quality.is_fit) == (text, is_fit)


def test_a_teacher_is_compared_on_the_same_pictures_alone(tmp_path: Path) -> None:
    weights = save_best(tmp_path, mae=96.3, n=30)
    assert read_quality(tmp_path, weights) == Quality(96.3, 30)
    measure(tmp_path, 22.0, 30.0)
    assert read_quality(tmp_path, weights) == Quality(96.3, 30, 22.0)
    measure(tmp_path, 22.0, 12.0)
    assert read_quality(tmp_path, weights) == Quality(96.3, 30)
    assert read_quality(tmp_path, save_best(tmp_path)) is None


def test_a_model_is_installed_and_the_one_of_before_counts_on(
    page: TrainingPage, window: MainWindow, run: Path, home: Path, qtbot: QtBot
) -> None:
    save_best(run, mae=969.93, n=1)
    measure(run, 22.0, 1.0)
    dialog = asked(page, qtbot)
    assert "969.9 on 1 picture; its teacher has 22.0" in dialog.quality.text()
    assert not dialog.counts.isChecked()
    dialog.name.setText("  ")
    assert not dialog.install_button.isEnabled()
    # A name that is listed: nothing but the answer keeps it from counting.
    dialog.name.setText("beta")
    with qtbot.waitSignal(window.desk.models_changed):
        dialog.install_button.click()
    assert said(window) == ["beta is installed."]
    assert (home / "models" / "beta.safetensors").exists()
    assert window.page.session.model == "alpha"


def test_a_model_counts_from_now_on_and_the_one_of_before_is_a_press_away(
    page: TrainingPage,
    window: MainWindow,
    run: Path,
    grey: Callable[..., str],
    wait_idle: Callable[[MainWindow], None],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    window.open_words([grey(value) for value in (10, 20)])
    wait_idle(window)
    window.actions_["count-all"].trigger()
    qtbot.waitUntil(lambda: window.page.all.work is None)
    window.show_page("train")
    choices = tuple(ModelChoice(name, 1) for name in ("alpha", "beta"))
    monkeypatch.setattr(jobs, "list_models", lambda: ModelList(choices, "alpha"))
    save_best(run, mae=20.0, n=5)
    dialog = asked(page, qtbot)
    assert dialog.counts.isChecked()
    # A name by which a fake predictor counts.
    dialog.name.setText("beta")
    dialog.install_button.click()
    qtbot.waitUntil(lambda: window.settings.model == "beta")
    assert said(window) == ["beta is used from now on; 2 counts are out of date."]
    (bar,) = window.notices.bars()
    assert bar.action_button.text() == "Back to alpha"
    wait_idle(window)
    bar.action_button.click()
    assert window.settings.model == window.page.session.model == "alpha"
    assert said(window) == []
    wait_idle(window)
    assert [entry.count_of("alpha") for entry in window.page.session.entries] == [10, 20]
