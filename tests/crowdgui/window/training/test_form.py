"""The form of the training page: the teacher, alpha, the learning rate."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crowdgui.window.counting.jobs import list_models as list_installed
from crowdgui.window.desk import ModelChoice, ModelList
from crowdgui.window.main_window import MainWindow
from crowdgui.window.training.beginnings import new_run
from crowdgui.window.training.form import SettingsForm
from crowdgui.window.training.page import TrainingPage
from crowdgui.window.training.session import TrainingSession
from models import catalogue
from models.errors import UserError


def test_without_a_teacher_alpha_stays_at_0(page: TrainingPage) -> None:
    form = page.form
    form.teacher.setCurrentIndex(form.teacher.findData(""))
    form.alpha.set_value(0.5)
    form._settled()
    assert form.alpha.value() == 0
    assert not form.alpha.slider.isEnabled()
    assert form.alpha.meaning.text() == "Choose a teacher for α above 0."
    form.teacher.setCurrentIndex(form.teacher.findData("beta"))
    form._settled()
    assert form.alpha.value() == 0.5
    assert page.config().teacher == "beta"
    assert "50 %" in form.alpha.meaning.text()


def test_no_teacher_stays_no_teacher(page: TrainingPage, window: MainWindow, qtbot: QtBot) -> None:
    form = page.form
    form.teacher.setCurrentIndex(form.teacher.findData(""))
    window.desk.models_changed.emit()
    assert form.teacher.currentData() == ""
    form._settled()
    again = SettingsForm(window.desk)
    qtbot.addWidget(again)
    assert again.teacher.currentData() == ""


@pytest.mark.parametrize("steps", [10, -10, 1, -1])
def test_the_rate_goes_by_any_number_of_steps(page: TrainingPage, steps: int) -> None:
    """Page up and Page down ask for ten at once."""
    _row, _label, box = page.form.inputs["lr"]
    box.setValue(1e-3)
    box.stepBy(steps)
    ends = {10: box.maximum(), -10: box.minimum(), 1: 2e-3, -1: 5e-4}
    assert box.value() == pytest.approx(ends[steps])


def test_a_rate_that_may_be_nothing_steps_to_0_and_back(page: TrainingPage) -> None:
    _row, _label, box = page.form.inputs["muon_lr"]
    box.setValue(2e-6)
    steps = []
    for step in (-1, -1, -1, 1, 1):
        box.stepBy(step)
        steps.append(box.value())
    assert steps == pytest.approx([1e-6, 0, 0, 1e-6, 2e-6])
    assert box.textFromValue(0) == "0"


def test_a_teacher_is_followed_where_it_is_renamed(page: TrainingPage, window: MainWindow) -> None:
    form, models = page.form, window.desk.models
    assert models is not None
    form.teacher.setCurrentIndex(form.teacher.findData("beta"))
    window.desk.model_renamed.emit("beta", "gamma")
    window.desk.models = ModelList((*models.choices[:1], ModelChoice("gamma", 1)), "alpha")
    window.desk.models_changed.emit()
    assert form.teacher.currentData() == "gamma"


def test_a_model_without_weights_is_no_teacher(
    page: TrainingPage, window: MainWindow, exported: Path
) -> None:
    catalogue.user_folder().mkdir(parents=True, exist_ok=True)
    shutil.copy(exported.with_suffix(".onnx"), catalogue.user_folder() / "bare.onnx")
    window.desk.models = list_installed()
    window.desk.models_changed.emit()
    assert "bare" in [choice.name for choice in window.desk.usable_models()]
    assert page.form.teacher.findData("bare") == -1
    # Nor with a file for int8.
    (catalogue.user_folder() / "bare.int8.onnx").write_bytes(b"for int8")
    window.desk.models = list_installed()
    window.desk.models_changed.emit()
    assert page.form.teacher.findData("bare") == -1
    # As a setting of an earlier version may have it.
    config = replace(page.config(), alpha=0.5, teacher="bare")
    with pytest.raises(UserError) as caught:
        next(new_run(config, page.session.root))
    assert caught.value.code == "model-onnx-only"
    assert not list(page.session.root.glob("*"))


def test_a_long_name_makes_the_form_no_wider(page: TrainingPage) -> None:
    width = page.form.minimumSizeHint().width()
    page.form.data_name.setText("n" * 300)
    assert page.form.minimumSizeHint().width() == width
    assert page.form.data_name.toolTip() == "n" * 300


def test_numbers_that_no_box_can_hold_are_lowered(page: TrainingPage) -> None:
    form = page.form
    form.show_facts({"seed": 2**31 - 1, "lr": 10**400})
    assert form.facts()["seed"] == 2**31 - 1
    assert form.facts()["lr"] == 1
    form.show_facts({"seed": 2**40})
    assert form.facts()["seed"] == 2**31 - 1
    # What is changed by hand afterwards is noticed.
    form.presets.setCurrentIndex(form.presets.findData("quick"))
    form.inputs["epochs"][2].setValue(3)
    assert form.presets.currentData() == "own"


def test_the_locked_form_names_what_teaches(page: TrainingPage, window: MainWindow) -> None:
    form = page.form
    form.teacher.setCurrentIndex(form.teacher.findData("beta"))
    config = replace(page.config(), alpha=0.5, teacher="alpha,gone")
    form.set_locked("at work")
    form.show_config(config)
    window.desk.models_changed.emit()
    assert form.teacher.currentText() == "alpha,gone"
    assert form.alpha.value() == 0.5
    form.set_locked("")
    assert form.teacher.findData("alpha,gone") == -1
    assert form.teacher.currentData() == "beta"


def test_the_locked_form_names_what_is_trained_on(
    page: TrainingPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert page.data is not None
    with monkeypatch.context() as patched:
        patched.setattr(TrainingSession, "at_work", True)
        page.session.config = replace(page.config(), data=("/of/the/run",))
        page.session.changed.emit()
        # A look at another folder goes on meanwhile.
        page._data_came(page.data)
        assert page.form.data_name.text() == "run"
        assert page.form.data_name.toolTip() == str(Path("/of/the/run"))
    page.session.changed.emit()
    assert page.form.data_name.text() == page.data.folder.name
