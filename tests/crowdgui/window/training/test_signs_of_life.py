"""What the window says while nothing is trained yet, and what a training goes on in spite of."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from pytestqt.qtbot import QtBot

from crowdgui.window.main_window import MainWindow
from crowdgui.window.training.page import TrainingPage
from crowdgui.window.training.phases import phase_of_child
from small_trainings import TINY, WAIT
from trainer.config import Config, make_config
from trainer.events import append_event, make_event
from trainer.history import Story
from trainer.runs import begin_run, occupied

SCENES = make_event("preparing", what="scenes", done=7, of=480)
STARTED = make_event("started", epochs=4, pictures=300)
STEP = make_event("step", epoch=1, step=1, loss=1.0, loss_truth=1.0, loss_teacher=0.0, lr=1e-3)


def tiny(data: Path, **facts: object) -> Config:
    kept = {name: value for name, value in TINY.items() if name != "preset"}
    return make_config({**kept, "data": [str(data)], **facts})


def test_a_training_starts_until_its_first_step() -> None:
    told = Story()
    phases = []
    for event in (
        SCENES, STARTED, make_event("preparing", done=1, of=9), make_event("paused"),
        make_event("resumed"), STEP, make_event("validating", done=1, of=9), STARTED,
        make_event("validating", done=1, of=9),
    ):  # fmt: skip
        told.add(event)
        phases.append((phase_of_child("", told), phase_of_child("pause", told)))
    assert phases == [
        ("starting", "pausing"), ("starting", "pausing"), ("starting", "pausing"),
        ("paused", "paused"),
        ("starting", "pausing"), ("running", "pausing"), ("running", "pausing"),
        ("starting", "pausing"), ("running", "pausing"),
    ]  # fmt: skip


def test_it_is_told_how_far_scenes_maps_and_a_validation_are(
    page: TrainingPage, data: Path, qtbot: QtBot
) -> None:
    folder = begin_run(tiny(data), page.session.root / "other")
    log, figures = folder / "events.jsonl", page.live.figures
    append_event(log, SCENES)
    with occupied(folder):
        page.session.list_runs()
        page.show_run(folder)
        qtbot.waitUntil(lambda: "Drawing scenes: 7 of 480" in figures.text(), timeout=WAIT)
        append_event(log, STARTED)
        append_event(log, make_event("preparing", done=3, of=300))
        qtbot.waitUntil(lambda: "pictures: 3 of 300" in figures.text(), timeout=WAIT)
        append_event(log, STEP)
        qtbot.waitUntil(lambda: "of 300" not in figures.text(), timeout=WAIT)
        append_event(log, make_event("validating", done=2, of=43))
        qtbot.waitUntil(lambda: "Validating: 2 of 43" in figures.text(), timeout=WAIT)
    page.session.list_runs()
    qtbot.waitUntil(lambda: "Validating" not in figures.text(), timeout=WAIT)


def test_what_a_training_goes_on_in_spite_of_is_said_once(
    page: TrainingPage, window: MainWindow, data: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "empty").mkdir()
    Image.new("RGB", (80, 80)).save(tmp_path / "empty" / "a.png")
    few = {"negatives": [str(tmp_path / "empty")], "negative_pictures": 9, "epochs": 1}
    folder = begin_run(tiny(data, **few), page.session.root / "few")
    caution = make_event("warning", message="said by an earlier version")
    for event in (STARTED, caution):
        append_event(folder / "events.jsonl", event)
    page.continue_folder(folder)
    qtbot.waitUntil(lambda: page.session.phase == "finished", timeout=WAIT)
    told = [bar.notice for bar in window.notices.bars() if bar.notice.severity == "warning"]
    assert ["hold 1 to train on" in notice.text() for notice in told] == [True]
    # Of a run that is only looked at, nothing new is to be said.
    page.show_run(folder)
    qtbot.waitUntil(lambda: page.session.history is not None, timeout=WAIT)
    assert len(window.notices.bars()) == len(told) + 1
