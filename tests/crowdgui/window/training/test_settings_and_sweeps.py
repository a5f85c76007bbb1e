"""What is put in beside the presets, and sweeps of alpha that fill in live."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import fields
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from crowdgui.commands.sweep import TABLES_WRITTEN
from crowdgui.window.engines import EngineChoice
from crowdgui.window.main_window import MainWindow
from crowdgui.window.training.page import TrainingPage
from crowdgui.window.training.path_box import PathBox
from crowdgui.window.training.phases import Ending, tables_are_written
from crowdgui.window.training.sweep_tasks import PENDING
from crowdgui.window.training.sweep_view import SweepView
from crowdgui.window.training.tasks import measure_teacher, teacher_figures
from models import catalogue
from models.catalogue import find_model
from models.loading import open_predictor
from small_models import save_mcnn
from small_trainings import WAIT
from trainer.config import Config, make_config
from trainer.datasets import recognise
from trainer.evaluate import evaluate, summarise
from trainer.presets import CAMERA, OWN, QUICK
from trainer.runs import begin_run
from trainer.sweep import SETTINGS_FILE, make_settings, open_sweep


def test_more_goes_into_the_config(page: TrainingPage, data: Path, tmp_path: Path) -> None:
    form = page.form
    assert not form.more.isVisibleTo(page)
    form.more_button.click()
    assert form.more.isVisibleTo(page)
    folders = {"unlabelled": form.inputs["unlabelled"][2], "negatives": form.inputs["negatives"][2]}
    for box in folders.values():
        assert isinstance(box, PathBox)
        box._add([str(data)])
        box._add([str(data), str(tmp_path)])
        box._add([str(data)])
    form.teacher.setCurrentIndex(form.teacher.findData("beta"))
    form.show_facts({"limit": 2, "negative_pictures": 7, "init": str(tmp_path / "old.safetensors")})
    config = page.config()
    assert config.unlabelled == config.negatives == (str(data), str(tmp_path))
    assert (config.limit, config.negative_pictures) == (2, 7)
    # Pictures on which the teacher alone speaks need it, whatever α is.
    assert (config.alpha, config.teacher) == (0.0, "beta")
    # MCNN has no trunk.
    assert not form.inputs["trunk"][2].isEnabled()
    assert config.trunk == ""
    form._settled()
    assert page._desk.settings.training["negatives"] == [str(data), str(tmp_path)]


def test_weights_that_are_gone_are_named_before_the_start(
    page: TrainingPage, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    page.form.show_facts({"init": str(tmp_path / "old.safetensors")})
    page.start()
    qtbot.waitUntil(lambda: not page.session.at_work)
    assert "old.safetensors does not exist" in window.notices.bars()[0].notice.text()
    assert page.session.phase == "none"
    assert not list(page.session.root.glob("*"))


def ready_to_sweep(page: TrainingPage, folder: Path, qtbot: QtBot, epochs: int) -> SweepView:
    """Choose a teacher and so many epochs; the sweep's tab is in front and can be started."""
    teacher = save_mcnn(folder / "teacher.safetensors")
    form, view = page.form, page.sweep
    form.teacher.addItem("teacher", str(teacher))
    form.teacher.setCurrentIndex(form.teacher.count() - 1)
    form.show_facts({"epochs": epochs})
    form._settled()
    page.tabs.setCurrentWidget(view)
    qtbot.waitUntil(view.start_button.isEnabled)
    return view


def test_sweep_fills_in_live(page: TrainingPage, tmp_path: Path, qtbot: QtBot) -> None:
    view = ready_to_sweep(page, tmp_path, qtbot, epochs=1)
    view.alphas.setText("0, 2")
    qtbot.mouseClick(view.start_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(page._desk.notices.bars()))
    assert "0 to 1" in page._desk.notices.bars()[0].notice.text()
    view.alphas.setText("0, 0.5")
    qtbot.mouseClick(view.start_button, Qt.MouseButton.LeftButton)
    seen: list[str] = []

    def over() -> bool:
        if view.table.rowCount() == 2:
            seen.append(view.table.item(1, 1).text())
        return not page.session.at_work and bool(seen) and seen[-1] != PENDING

    qtbot.waitUntil(over, timeout=2 * WAIT)
    # What is to come is in the table before it is known.
    assert seen[0] == PENDING
    assert [view.table.item(row, 0).text() for row in (0, 1)] == ["0", "0.5"]
    assert float(seen[-1]) > 0
    assert list(view.plot._shown["mae"][0]) == [0.0, 0.5]
    assert "2 of 2" in view.state.text()
    page.run_actions.save_table(tmp_path / "table2.csv", view.facts)
    qtbot.waitUntil((tmp_path / "table2.csv").exists, timeout=WAIT)
    assert "0.5" in (tmp_path / "table2.csv").read_text()


def test_a_damaged_sweep_hides_no_other_and_is_told_of_once(
    page: TrainingPage, tmp_path: Path, qtbot: QtBot
) -> None:
    root, control = page.session.root, page.sweeps
    teacher = {"teacher": str(save_mcnn(tmp_path / "teacher.safetensors"))}
    facts = {item.name: getattr(page.config(), item.name) for item in fields(Config)} | teacher
    open_sweep(root / "sweep-1", make_settings((0.0, 0.5), 1, 1, facts))
    (root / "sweep-2").mkdir()
    (root / "sweep-2" / SETTINGS_FILE).write_text("{}")
    for _ in range(3):
        control.read()
        qtbot.waitUntil(lambda: not control._reading, timeout=WAIT)
    assert len(page._desk.notices.bars()) == 1
    assert page.sweep.facts is None
    names = [page.sweep.sweeps.itemText(row) for row in range(2)]
    assert names == ["sweep-2", "sweep-1"]
    assert page.sweep.sweeps.isVisibleTo(page.sweep)
    page.sweep.sweeps.setCurrentIndex(1)
    page.sweep.sweeps.activated.emit(1)
    qtbot.waitUntil(lambda: page.sweep.facts is not None, timeout=WAIT)
    assert page.sweep.facts.folder.name == "sweep-1"


def test_a_sweep_that_was_stopped_goes_on(
    page: TrainingPage, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    view, session = ready_to_sweep(page, tmp_path, qtbot, epochs=60), page.session
    view.alphas.setText("0, 0.5")
    qtbot.mouseClick(view.start_button, Qt.MouseButton.LeftButton)
    titles: set[int] = set()

    def told() -> bool:
        found = re.match(r"(\d+) % trained", window.windowTitle())
        titles.update([int(found[1])] if found else [])
        return bool(titles)

    qtbot.waitUntil(lambda: told() and session.percent is not None, timeout=WAIT)
    # Of both runs, of which this is the first.
    assert max(titles) <= 50
    page.stop()
    qtbot.waitUntil(lambda: not session.at_work, timeout=WAIT)
    qtbot.waitUntil(view.continue_button.isVisible, timeout=WAIT)
    qtbot.mouseClick(view.continue_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: session.at_work, timeout=WAIT)
    qtbot.waitUntil(lambda: "2 of 2" in view.state.text(), timeout=2 * WAIT)
    qtbot.waitUntil(lambda: not session.at_work, timeout=WAIT)
    assert not view.continue_button.isVisible()


def test_to_continue_a_run_of_a_sweep_is_to_continue_the_sweep(
    page: TrainingPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    sweep, alone = tmp_path / "sweep", tmp_path / "alone"
    run = sweep / "alpha-0.5" / "seed-0"
    run.mkdir(parents=True)
    alone.mkdir()
    (sweep / "sweep.json").touch()
    went_on: list[tuple[str, Path]] = []
    for kind in ("run", "sweep"):
        go_on = partial(lambda kind, folder: went_on.append((kind, folder)), kind)
        monkeypatch.setattr(page.session, f"_train_{kind}", go_on)
    for number, folder in enumerate((run, sweep, alone)):
        assert page.continue_folder(folder)
        # One at a time.
        assert not page.continue_folder(folder)
        qtbot.waitUntil(lambda number=number: len(went_on) > number)
    assert went_on == [("sweep", sweep), ("sweep", sweep), ("run", alone)]
    ending = Ending(sweep, "cut off", RuntimeError("the power went"), 1)
    page.endings.tell_of_ending(ending)
    page._desk.notices.bars()[0].action_button.click()
    qtbot.waitUntil(lambda: went_on[3:] == [("sweep", sweep)])


def test_a_sweep_of_which_a_run_failed_is_finished() -> None:
    assert tables_are_written(f"crowdgui: alpha 0, seed 1: no\n{TABLES_WRITTEN} /runs/sweep\n")
    assert not tables_are_written("crowdgui: no such folder\n")
    assert not tables_are_written("")


def test_ones_own_camera_begins_with_weights_that_are_in_sight(page: TrainingPage) -> None:
    form = page.form
    save_mcnn(catalogue.user_folder() / "compact-kd-general.safetensors")
    assert form.facts()["init"] == ""
    choose(form.presets, CAMERA)
    start = form.facts()["init"]
    assert Path(start).name == "compact-kd-general.safetensors"
    assert form.config(("x",)).network == "compact"
    assert form.more.isVisibleTo(page)
    # The trunk that they have is not filled again.
    form.show_facts({"trunk": "imagenet.safetensors"})
    assert form.config(("x",)).trunk == ""
    assert not form.inputs["trunk"][2].isEnabled()
    # What is changed by hand makes it another preset, and no other start.
    form.alpha.set_value(0.7)
    assert form.presets.currentData() == OWN
    assert form.config(("x",)).init == start
    choose(form.presets, QUICK)
    assert form.config(("x",)).init == ""
    form.show_facts({"network": "compact"})
    assert form.config(("x",)).trunk == "imagenet.safetensors"
    assert form.inputs["trunk"][2].isEnabled()


def choose(combo: QComboBox, data: str) -> None:
    combo.setCurrentIndex(combo.findData(data))
    combo.activated.emit(combo.currentIndex())


def test_the_teacher_is_measured_on_the_validation_pictures(data: Path, tmp_path: Path) -> None:
    teacher = save_mcnn(tmp_path / "teacher.safetensors")
    facts = {"network": "mcnn", "data": [str(data)], "alpha": 0.5, "teacher": str(teacher)}
    config = make_config(facts)
    run = begin_run(config, tmp_path / "run")
    assert teacher_figures(run) is None
    found = list(measure_teacher(run, config, EngineChoice("cpu")))[-1]
    assert found is not None
    predictor = open_predictor(find_model(str(teacher)), device="cpu", threads=1)
    wanted = summarise(list(evaluate(predictor, recognise(data).examples("val"))))
    assert (found["mae"], found["n"]) == (pytest.approx(wanted.mae, abs=1e-3), wanted.n)
    assert teacher_figures(run) == (found["mae"], found["n"])


def test_the_page_needs_no_torch() -> None:
    """Importing torch holds Python's lock, and so the window, for seconds."""
    code = (
        "import sys, crowdgui.window.training.page, trainer.preview, trainer.tables;"
        "sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_long_name_of_a_model_fits_into_the_form(page: TrainingPage) -> None:
    before = page.form.minimumSizeHint().width()
    page.form.teacher.addItem("n" * 80, "n" * 80)
    assert page.form.minimumSizeHint().width() == before


def test_a_sweep_that_is_cancelled_is_deleted(
    page: TrainingPage, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    view, session = ready_to_sweep(page, tmp_path, qtbot, epochs=60), page.session
    view.alphas.setText("0, 0.5")
    qtbot.mouseClick(view.start_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: session.percent is not None, timeout=WAIT)
    folder = session.sweep
    assert folder is not None
    page.ask_to_discard()
    (box,) = page.findChildren(QMessageBox)
    assert "sweep" in box.text()
    next(b for b in box.findChildren(QPushButton) if b.text() == "Delete").click()
    qtbot.waitUntil(lambda: not folder.exists(), timeout=WAIT)
    qtbot.waitUntil(lambda: session.sweep is None and session.phase == "none", timeout=WAIT)
    assert not any("cut off" in bar.notice.text() for bar in window.notices.bars())
