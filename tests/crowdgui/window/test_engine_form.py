"""How models compute: what is set, what the processor lacks, and the measured speeds."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtGui import QStandardItem, QStandardItemModel
from pytestqt.qtbot import QtBot

from crowdgui.window.catalogue import speeds
from crowdgui.window.catalogue.engine_form import EngineForm
from crowdgui.window.counting import jobs
from crowdgui.window.desk import ModelChoice, ModelList
from crowdgui.window.engines import EngineChoice, automatic_precision
from crowdgui.window.main_window import MainWindow
from crowdgui.window.settings import Settings
from models.engines import openvino_engine
from models.errors import UserError
from models.mcnn import MCNN
from models.precision import ROUNDED
from small_models import mcnn_header

Wait = Callable[[MainWindow], None]


def choose_precision(form: EngineForm, word: str) -> None:
    row = form.precision.findData(word)
    form.precision.setCurrentIndex(row)
    form.precision.activated.emit(row)


def test_engine_settings_count_anew(
    window: MainWindow, grey: Callable[..., str], wait_idle: Wait, qtbot: QtBot
) -> None:

    window.open_words([grey(10), grey(20)])
    wait_idle(window)
    window.show_page("models")
    form = window.installed.engine
    choose_precision(form, "bf16")
    wait_idle(window)
    assert window.page.session.engine == EngineChoice("auto", "bf16", 0)
    assert window.settings.precision == "bf16"
    form.threads.setValue(1)
    form.threads.editingFinished.emit()
    assert window.page.session.engine.threads == 1
    wait_idle(window)
    # Earlier counts were made otherwise; only the picture on the screen has one now.
    assert [len(entry.results) for entry in window.page.session.entries] == [1, 0]


def test_precisions_and_their_measured_speeds(
    window: MainWindow, fakes: dict, home: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    wait_idle(window)
    window.show_page("models")
    form = window.installed.engine
    words = [form.precision.itemData(row) for row in range(form.precision.count())]
    assert words == ["auto", "fp32", "bf16", "int8"]
    # Neither has a file for int8, which is said where it would be chosen.
    items = form.precision.model()
    assert isinstance(items, QStandardItemModel)
    assert not items.item(3).isEnabled()
    assert "--model alpha --int8" in items.item(3).toolTip()
    assert form.precision.itemText(1) == "fp32"
    fakes["alpha"].seconds = 0.02
    form.measure.click()
    assert not form.measure.isEnabled()
    qtbot.waitUntil(form.measure.isEnabled)
    # The fake counts in fp32 whatever it is asked for: only that has been measured.
    assert form.precision.itemText(1).startswith("fp32  ·  ")
    assert form.precision.itemText(2) == "bf16"
    assert "alpha" in form.note.text()
    assert "fp32 " in form.note.text()
    window.close()
    (measured,) = json.loads((home / "settings.json").read_text("utf-8"))["speeds"].values()
    assert list(measured) == ["fp32"]
    assert measured["fp32"] >= 0.02


def choice_of(network: str, rounded: bool = False) -> ModelChoice:
    """A model of a network, with a file for int8."""
    facts = ROUNDED if rounded else {}
    header = replace(mcnn_header(MCNN()), network=network, trained_on=facts)
    return ModelChoice("m", 1_000_000, header=header)


def entry_of(form: EngineForm, word: str) -> QStandardItem:
    items = form.precision.model()
    assert isinstance(items, QStandardItemModel)
    return items.item(form.precision.findData(word))


def test_what_the_processor_lacks_is_said(window: MainWindow, wait_idle: Wait) -> None:
    wait_idle(window)
    form = window.installed.engine
    window.desk.models = ModelList((choice_of("mcnn"),), "m")
    form._devices_came((("auto", "cpu", "cuda"), False, False))
    assert not entry_of(form, "bf16").isEnabled()
    assert "no bf16" in entry_of(form, "bf16").toolTip()
    # A graphics card has its own.
    window.settings.device = "cuda"
    form.render_speeds()
    assert entry_of(form, "bf16").isEnabled()
    window.settings.device = "auto"
    form.render_speeds()
    assert entry_of(form, "int8").isEnabled()
    assert "no VNNI" in entry_of(form, "int8").toolTip()
    form._devices_came((("auto", "cpu"), True, True))
    assert entry_of(form, "bf16").isEnabled()
    assert "VNNI" not in entry_of(form, "int8").toolTip()


@pytest.mark.parametrize("network", ["compact", "assistant"])
def test_what_is_said_of_a_precision_is_true_of_the_network(
    window: MainWindow, wait_idle: Wait, network: str
) -> None:
    wait_idle(window)
    form = window.installed.engine
    window.desk.models = ModelList((choice_of("mcnn"),), "m")
    form._devices_came((("auto", "cpu"), True, True))
    assert "hardly differ" in entry_of(form, "bf16").toolTip()
    window.desk.models = ModelList((choice_of(network),), "m")
    form.render_speeds()
    assert entry_of(form, "bf16").toolTip().startswith(f"The counts of {network} networks change")
    window.desk.models = ModelList((choice_of(network, rounded=True),), "m")
    form.render_speeds()
    assert "hardly differ" in entry_of(form, "bf16").toolTip()
    assert "differ slightly" in entry_of(form, "int8").toolTip()


def test_a_measuring_that_fails_is_said(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, wait_idle: Wait, qtbot: QtBot
) -> None:
    wait_idle(window)
    window.show_page("models")

    def refuse(name: str, _engine: EngineChoice) -> None:
        raise UserError("model-unknown", name=name, names="none")

    monkeypatch.setattr(jobs, "load_predictor", refuse)
    form = window.installed.engine
    form.measure.click()
    qtbot.waitUntil(lambda: bool(window.notices.bars()))
    assert "alpha" in window.notices.bars()[0].notice.text()
    assert form.measure.isEnabled()
    assert window.settings.speeds == {}


@pytest.mark.parametrize("damage", [{}, {"fp32": "fast"}, {"fp32": -1, "int9": 2}, [], None, 7])
def test_damaged_speeds_are_none(damage: object) -> None:
    choice, engine = ModelChoice("alpha", 1), EngineChoice()
    settings = Settings()
    speeds.remember(settings, choice, engine, {"fp32": 0.5})
    assert speeds.recall(settings, choice, engine) == {"fp32": 0.5}
    settings.speeds = dict.fromkeys(settings.speeds, damage)
    assert speeds.recall(settings, choice, engine) == {}


def test_old_speeds_make_room() -> None:
    settings = Settings()
    for number in range(speeds.MOST_KEPT + 5):
        speeds.remember(settings, ModelChoice(f"m{number}"), EngineChoice(), {"fp32": 1.0})
    assert len(settings.speeds) == speeds.MOST_KEPT
    assert speeds.recall(settings, ModelChoice("m0"), EngineChoice()) == {}
    assert speeds.recall(settings, ModelChoice("m44"), EngineChoice()) == {"fp32": 1.0}


@pytest.mark.parametrize(
    ("capabilities", "device", "network", "rounded", "chosen"),
    [
        (["FP32", "BF16"], "auto", "mcnn", False, "bf16"),
        (["FP32"], "cpu", "mcnn", False, "fp32"),
        (["BF16"], "cuda", "mcnn", False, "fp32"),
        # Its counts would change, unless its weights are bf16's numbers already.
        (["BF16"], "auto", "compact", False, "fp32"),
        (["BF16"], "auto", "compact", True, "bf16"),
    ],
)
def test_what_is_chosen_by_itself(
    capabilities: list[str], device: str, network: str, rounded: bool, chosen: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    core = SimpleNamespace(get_property=lambda *_words: capabilities)
    monkeypatch.setattr(openvino_engine, "openvino_core", lambda: core)
    header = choice_of(network, rounded).header
    assert header is not None
    assert automatic_precision(device, header) == chosen
