"""A run's own words say what it is at: no clock does, for it may be set back meanwhile."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crowdgui.window.main_window import MainWindow
from crowdgui.window.training.beginnings import old_folder
from crowdgui.window.training.page import TrainingPage
from crowdgui.window.training.phases import ending_of, phase_of_child
from small_trainings import WAIT, begin, end, kinds
from trainer.events import append_event, make_event
from trainer.history import Story

HOUR_S = 3600.0


def test_a_clock_that_is_set_back_does_no_harm(
    page: TrainingPage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = time.time
    # Seen from the child, whose clock is the real one, the window's is set back after the launch.
    monkeypatch.setattr(time, "time", lambda: real() + HOUR_S)
    run = begin(page, qtbot)
    assert page.session.phase == "running"
    assert page.action_states()["train-pause"]
    end(page, qtbot)
    page.continue_run()
    assert page.session.phase == "starting"
    qtbot.waitUntil(lambda: page.session.phase == "running", timeout=WAIT)
    assert kinds(run).count("started") == 2
    end(page, qtbot)
    assert page.session.phase == "stopped"
    assert not any("cut off" in bar.notice.text() for bar in window.notices.bars())


def test_what_was_told_before_is_not_the_childs(tmp_path: Path) -> None:
    sweep = tmp_path / "sweep"
    logs = [sweep / f"alpha-{alpha}" / "seed-0" / "events.jsonl" for alpha in (0, 1)]
    for number, log in enumerate(logs):
        log.parent.mkdir(parents=True)
        for _ in range(number + 1):
            append_event(log, make_event("started", epochs=4, pictures=8))
    with logs[1].open("a") as file:
        # Of a process that was killed.
        file.write('{"event": "st')
    (begun,) = old_folder(sweep)
    assert begun.folder == sweep
    assert begun.told == {logs[0].parent: 1, logs[1].parent: 2}
    (begun,) = old_folder(logs[1].parent)
    assert begun.told == {logs[1].parent: 2}


def test_a_child_that_ended_is_not_cut_off(tmp_path: Path) -> None:
    told = Story()
    assert phase_of_child("", told) == "starting"
    told.add({**make_event("started", epochs=1, pictures=8), "time": 1.0})
    told.add({**make_event("finished"), "time": 2.0})
    assert ending_of(tmp_path, "", told, "", 0).phase == "finished"
    assert ending_of(tmp_path, "", Story(), "", 0).phase == "cut off"


@pytest.mark.parametrize("last", ["stopped", "finished"])
def test_a_run_that_could_not_go_on_did_not_end_as_before(last: str, tmp_path: Path) -> None:
    told = Story()
    told.add({**make_event("started", epochs=1, pictures=8), "time": 1.0})
    told.add({**make_event(last), "time": 2.0})
    said = "Reading the data ...\ncrowdgui: runs/a is busy.\n"
    ending = ending_of(tmp_path, "", told, said, 1)
    assert (ending.phase, str(ending.problem)) == ("cut off", "runs/a is busy.")
    stopped = "Stopped. Continue with: crowdgui train --resume a\n"
    assert ending_of(tmp_path, "", told, stopped, 1).phase == last
