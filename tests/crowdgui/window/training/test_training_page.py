"""The training page with a real child on tiny data: what it shows, and what it survives."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from crowdgui.window.counting import jobs
from crowdgui.window.desk import ModelChoice, ModelList
from crowdgui.window.main_window import MainWindow
from crowdgui.window.training.page import TrainingPage
from models.catalogue import find_model
from models.engines.openvino_engine import OpenVINOEngine
from models.loading import open_predictor
from models.weights import load_network, save_weights
from small_models import mcnn_header, random_mcnn
from small_trainings import TINY, WAIT, begin, end, kinds
from trainer.config import make_config
from trainer.events import append_event, make_event
from trainer.runs import begin_run


def test_data_is_looked_at(page: TrainingPage, data: Path) -> None:
    facts = page.data
    assert facts is not None
    assert (facts.layout, facts.people) == ("ShanghaiTech A", 1 + 2 + 3 + 4)
    assert (facts.splits["train"], facts.splits["val"]) == (3, 1)
    assert len(facts.thumbnails) == 3
    assert "10 people" in page.data_view.numbers.text()


def test_problems_are_listed_a_line_each(page: TrainingPage, data: Path, qtbot: QtBot) -> None:
    next(data.rglob("GT_IMG_1.mat")).unlink()
    page.open_data(data)
    qtbot.waitUntil(lambda: page.data is not None and page.data.obstacle is not None)
    assert page.data_view.problems.count() == 1
    assert "IMG_1" in page.data_view.problems.item(0).text()
    assert not page.start_button.isEnabled()
    assert "no annotation" in page.start_button.toolTip()


def test_train_pause_resume_stop_and_use(
    page: TrainingPage,
    window: MainWindow,
    qtbot: QtBot,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = begin(page, qtbot)
    assert "% trained" in window.windowTitle()
    drawn = page.live.loss
    qtbot.waitUntil(lambda: len(drawn._shown["loss"][0]) >= 4, timeout=WAIT)
    # What it began with is kept, and the reason can be read.
    assert not page.form.alpha.slider.isEnabled()
    assert "α" in page.form.alpha.slider.toolTip()
    assert "Locked" in page.form.alpha.slider.toolTip()
    qtbot.mouseClick(page.live.pause_button, Qt.MouseButton.LeftButton)
    assert page.session.phase in ("pausing", "paused")
    qtbot.waitUntil(lambda: page.session.phase == "paused", timeout=WAIT)
    assert page.live.state.text() == "Paused"
    steps = kinds(run).count("step")
    qtbot.wait(700)
    assert kinds(run).count("step") == steps
    qtbot.mouseClick(page.live.pause_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.session.phase == "running", timeout=WAIT)
    qtbot.waitUntil(lambda: kinds(run).count("step") > steps, timeout=WAIT)
    qtbot.mouseClick(page.live.stop_button, Qt.MouseButton.LeftButton)
    assert page.live.stop_button.text() == "Stopping…"
    qtbot.waitUntil(lambda: page.session.phase == "stopped", timeout=WAIT)
    assert kinds(run)[-1] == "stopped"
    load_network(run / "best.safetensors")
    assert page.form.alpha.slider.toolTip() != ""
    assert page.live.scores._star.getData()[0].size == 1
    qtbot.waitUntil(lambda: page.session.row is not None, timeout=WAIT)
    choices = [ModelChoice(name, 1) for name in ("alpha", "beta", "my-mcnn")]
    monkeypatch.setattr(jobs, "list_models", lambda: ModelList(tuple(choices), "alpha"))
    page.run_actions.using.install(run / "best.safetensors", "my-mcnn", counts=True)
    qtbot.waitUntil(lambda: window.settings.model == "my-mcnn", timeout=WAIT)
    load_network(home / "models" / "my-mcnn.safetensors")
    assert window.page.session.model == "my-mcnn"
    # The engine that counts fast takes it at once.
    predictor = open_predictor(find_model("my-mcnn"))
    assert isinstance(predictor.engine, OpenVINOEngine)


def test_killed_child_is_told_of_and_continued(
    page: TrainingPage, window: MainWindow, qtbot: QtBot
) -> None:
    run = begin(page, qtbot)
    assert page.session._child is not None
    os.kill(page.session._child.process.processId(), signal.SIGKILL)
    qtbot.waitUntil(lambda: bool(window.notices.bars()), timeout=WAIT)
    bar = window.notices.bars()[0]
    assert "cut off" in bar.notice.text()
    assert page.session.phase == "cut off"
    qtbot.waitUntil(lambda: page.session.row is not None, timeout=WAIT)
    assert page.live.continue_button.isVisibleTo(page.live)
    bar.action_button.click()
    qtbot.waitUntil(lambda: page.session.phase == "running", timeout=WAIT)
    assert page.session.run == run
    assert kinds(run).count("started") == 2
    end(page, qtbot)


def test_cancel_asks_and_deletes(page: TrainingPage, qtbot: QtBot) -> None:
    run = begin(page, qtbot)
    page.ask_to_discard()
    box = page.findChild(QMessageBox)
    assert box is not None
    assert box.defaultButton().text() == "Go on training"
    delete = next(b for b in box.findChildren(QPushButton) if b.text() == "Delete")
    delete.click()
    qtbot.waitUntil(lambda: not run.exists(), timeout=WAIT)
    qtbot.waitUntil(lambda: page.session.phase == "none", timeout=WAIT)


def test_what_is_to_be_deleted_is_deleted_though_the_window_closes(
    page: TrainingPage, window: MainWindow, qtbot: QtBot
) -> None:
    run = begin(page, qtbot)
    page.session.discard()
    assert page.session.phase == "discarding"
    window.ending = True
    window.close()
    assert not window.isVisible()
    assert not run.exists()


def test_a_training_that_is_still_being_made_is_stopped(
    page: TrainingPage, window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.mouseClick(page.start_button, Qt.MouseButton.LeftButton)
    assert page.session.phase == "starting"
    page.session.stop()
    qtbot.waitUntil(lambda: not page.session.at_work, timeout=WAIT)
    assert page.session.run is not None
    assert kinds(page.session.run)[-1:] != ["finished"]


def test_closing_while_training_asks(page: TrainingPage, window: MainWindow, qtbot: QtBot) -> None:
    run = begin(page, qtbot)
    window.close()
    assert window.isVisible()
    box = page.findChild(QMessageBox)
    assert box is not None
    stop = next(b for b in box.findChildren(QPushButton) if b.text() == "Stop and close")
    stop.click()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=WAIT)
    assert kinds(run)[-1] == "stopped"


def test_data_that_vanishes_is_named(
    page: TrainingPage, window: MainWindow, data: Path, qtbot: QtBot
) -> None:
    begin(page, qtbot)
    shutil.rmtree(data)
    qtbot.waitUntil(lambda: bool(window.notices.bars()), timeout=WAIT)
    text = window.notices.bars()[0].notice.text()
    assert "part_A" in text or "IMG_" in text
    assert not page.session.at_work
    assert page.session.run is not None
    load_network(page.session.run / "best.safetensors")


@pytest.mark.skipif(sys.platform != "linux", reason="limits of another process")
def test_full_disk_is_said(page: TrainingPage, window: MainWindow, qtbot: QtBot) -> None:
    import resource

    run = begin(page, qtbot)
    assert page.session._child is not None
    pid = page.session._child.process.processId()
    size = (run / "events.jsonl").stat().st_size
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size + 10, size + 10))
    qtbot.waitUntil(lambda: bool(window.notices.bars()), timeout=WAIT)
    assert "cannot be written" in window.notices.bars()[0].notice.text()
    load_network(run / "best.safetensors")


@pytest.mark.parametrize(
    ("teacher", "said"),
    [("nobody", "no model called nobody"), ("odd", "does not fit the network compact")],
)
def test_teacher_that_cannot_teach_is_said_in_the_window(
    page: TrainingPage, window: MainWindow, data: Path, qtbot: QtBot, teacher: str, said: str
) -> None:
    network = random_mcnn()
    # Where the child looks for a person's models. The header claims another network.
    models = Path(os.environ["XDG_DATA_HOME"]) / "crowdgui" / "models"
    header = replace(mcnn_header(network), network="compact")
    save_weights(models / "odd.safetensors", network.state_dict(), header)
    facts = {**TINY, "data": [str(data)], "alpha": 0.5, "teacher": teacher}
    facts.pop("preset")
    folder = begin_run(make_config(facts), page.session.root / "taught")
    page.continue_folder(folder)
    qtbot.waitUntil(lambda: bool(window.notices.bars()), timeout=WAIT)
    assert said in window.notices.bars()[0].notice.text()
    assert page.session.phase == "failed"


def test_newer_and_malformed_runs_do_no_harm(page: TrainingPage, qtbot: QtBot) -> None:
    config = make_config({"network": "mcnn", "data": ["/nowhere"], "epochs": 4})
    for name in ("new", "odd"):
        begin_run(config, page.session.root / name)
    facts = json.loads((page.session.root / "new" / "config.json").read_text())
    (page.session.root / "new" / "config.json").write_text(json.dumps({**facts, "v": 99}))
    log = page.session.root / "odd" / "events.jsonl"
    append_event(log, make_event("started", epochs=4, pictures=8))
    log.write_text(log.read_text() + '{"event": "step", "time": "x"}\n{{\n[]\n')
    page.tabs.setCurrentWidget(page.runs)
    page.session.list_runs()
    qtbot.waitUntil(lambda: len(page.session.rows) == 2, timeout=WAIT)
    states = {row.name: row.state for row in page.session.rows}
    assert states == {"new": "newer", "odd": "cut off"}
    newer = next(row for row in page.session.rows if row.state == "newer")
    page.runs.select([newer.folder])
    assert not page.action_states()["continue-run"]
    page.show_run(page.session.root / "odd")
    qtbot.waitUntil(lambda: page.session.phase == "cut off", timeout=WAIT)


def test_enter_opens_a_run(page: TrainingPage, qtbot: QtBot) -> None:
    config = make_config({"network": "mcnn", "data": ["/nowhere"], "epochs": 4})
    run = begin_run(config, page.session.root / "old")
    page.tabs.setCurrentWidget(page.runs)
    page.session.list_runs()
    qtbot.waitUntil(lambda: len(page.runs.selected()) == 1, timeout=WAIT)
    qtbot.keyClick(page.runs.table, Qt.Key.Key_Return)
    assert page.session.run == run
    assert page.tabs.currentWidget() is page.live


def test_run_of_another_process_is_watched(page: TrainingPage, data: Path, qtbot: QtBot) -> None:
    from PySide6.QtCore import QProcess

    facts = {key: value for key, value in TINY.items() if key != "preset"}
    folder = begin_run(make_config({**facts, "data": [str(data)]}), page.session.root / "other")
    other = QProcess()
    words = ["-m", "crowdgui", "train", "--resume", str(folder), "--follow-parent"]
    other.start(sys.executable, words)
    try:
        qtbot.waitUntil(lambda: (folder / "events.jsonl").exists(), timeout=WAIT)
        page.session.list_runs()
        page.show_run(folder)
        qtbot.waitUntil(lambda: page.session.phase == "elsewhere", timeout=WAIT)
        qtbot.waitUntil(
            lambda: page.session.history is not None and len(page.session.history) > 2,
            timeout=WAIT,
        )
        assert not page.live.pause_button.isEnabled()
    finally:
        other.closeWriteChannel()
        assert other.waitForFinished(30_000)


@pytest.mark.usefixtures("fakes")
@pytest.mark.parametrize(
    "last", [None, make_event("failed", message="no memory", code="memory-short", facts={})]
)
def test_run_that_was_cut_off_is_offered_at_the_start(
    home: Path,
    data: Path,
    new_window: Callable[..., MainWindow],
    qtbot: QtBot,
    last: dict[str, Any] | None,
) -> None:
    facts = {key: value for key, value in TINY.items() if key != "preset"}
    folder = begin_run(make_config({**facts, "data": [str(data)]}), home / "runs" / "mcnn-1")
    append_event(folder / "events.jsonl", make_event("started", epochs=4, pictures=3))
    if last is not None:
        append_event(folder / "events.jsonl", last)
    window = new_window()
    qtbot.waitUntil(lambda: bool(window.notices.bars()), timeout=WAIT)
    bar = window.notices.bars()[0]
    assert "mcnn-1 was cut off" in bar.notice.text()
    bar.action_button.click()
    page = window.training
    qtbot.waitUntil(lambda: page.session.phase == "running", timeout=WAIT)
    end(page, qtbot)
    window.close()
    again = new_window()
    qtbot.wait(600)
    assert again.notices.bars() == []


def test_a_hundred_thousand_events(page: TrainingPage, qtbot: QtBot) -> None:
    """The figure is printed (pytest -s); what is drawn is what a screen can show."""
    config = make_config({"network": "mcnn", "data": ["/nowhere"], "epochs": 1000, "batch": 8})
    folder = begin_run(config, page.session.root / "long")
    rng, lines = np.random.default_rng(0), [make_event("started", epochs=1000, pictures=800)]
    for number in range(100_000):
        loss = float(np.exp(-number / 30_000) + rng.random())
        facts = {"loss": loss, "loss_truth": loss, "loss_teacher": 0.0, "lr": 1e-3}
        place = {"epoch": number // 100 + 1, "step": number % 100 + 1}
        lines.append(make_event("step", **place, **facts))
    (folder / "events.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n")
    page.show_run(folder)
    session = page.session
    qtbot.waitUntil(
        lambda: session.history is not None and len(session.history) == 100_000, timeout=WAIT
    )
    took = []
    for place in (0, 3, 0, 3):
        page.live.loss.smooth.setValue(place)
        began = time.perf_counter()
        for plot in (page.live.loss, page.live.rate, page.live.scores):
            plot.show_history(session.history)
        page.live.repaint()
        page.live.grab()
        took.append((time.perf_counter() - began) * 1000)
    print(  # noqa: T201
        f"100,000 events: a redraw of the page takes {min(took):.0f} to {max(took):.0f} ms"
    )
    line = page.live.loss.lines["loss"]
    assert len(line.getOriginalDataset()[0]) == 100_000
    assert len(line.getData()[0]) < 20_000


def test_plots_and_tables_are_saved(page: TrainingPage, tmp_path: Path, qtbot: QtBot) -> None:
    begin(page, qtbot)
    end(page, qtbot)
    qtbot.waitUntil(lambda: [row.state for row in page.session.rows] == ["stopped"], timeout=WAIT)
    for name, mark in (("plot.png", b"\x89PNG"), ("plot.svg", b"<?xml")):
        page.run_actions.save_plot(page.live.loss, tmp_path / name)
        qtbot.waitUntil((tmp_path / name).exists, timeout=WAIT)
        content = (tmp_path / name).read_bytes()
        assert content.startswith(mark)
        assert len(content) > 2000
    page.run_actions.save_table(tmp_path / "runs.csv")
    qtbot.waitUntil((tmp_path / "runs.csv").exists, timeout=WAIT)
    assert "stopped" in (tmp_path / "runs.csv").read_text()
    page.tabs.setCurrentWidget(page.runs)
    page.session.delete([page.session.rows[0].folder])
    qtbot.waitUntil(lambda: not page.session.rows, timeout=WAIT)


def test_settings_are_remembered(page: TrainingPage, window: MainWindow, home: Path) -> None:
    _row, _label, box = page.form.inputs["epochs"]
    box.setValue(77)  # type: ignore[union-attr]
    page.form._settled()
    assert page.form.presets.currentData() == "own"
    window.close()
    kept = json.loads((home / "settings.json").read_text())["training"]
    assert (kept["epochs"], kept["crop"]) == (77, 64)


def test_log_axis_smoothing_and_hover(page: TrainingPage, qtbot: QtBot) -> None:
    begin(page, qtbot, steps=8)
    end(page, qtbot)
    plot = page.live.loss
    plot.show_history(page.session.history)
    plot.logarithmic.setChecked(True)
    history = page.session.history
    assert history is not None
    shown = plot.lines["loss"].getData()[1]
    assert np.nanmax(shown) == pytest.approx(np.log10(history.column("loss").max()), rel=1e-6)
    plot.logarithmic.setChecked(False)
    plot.smooth.setValue(3)
    assert plot._shown["loss"][1][-1] == pytest.approx(history.column("loss")[-30:].mean())
    middle = plot.plot.plotItem.vb.sceneBoundingRect().center()
    plot._moved(middle)
    assert "epoch" in plot.values.text()
