"""What one chooses a model by is in sight in a small window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from crowdgui.window.catalogue.model_list import HEADERS, ModelTableModel
from crowdgui.window.counting import jobs
from crowdgui.window.desk import ModelChoice, ModelList
from crowdgui.window.main_window import MainWindow
from models.header import Header

HEADER = Header(
    network="compact", stride=8, pad_to=8, margin=0, parameters=133_121,
    trained_on={"teacher": "assistant", "alpha": 0.2, "data": ["part_A"]},
    figures={"mae": 96.3, "rmse": 186.4, "split": "val"},
)  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ko"])
def test_names_roles_and_errors_need_no_scrolling(
    fakes: dict,
    new_window: Callable[[str], MainWindow],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    language: str,
) -> None:
    assert fakes
    names = ("compact-kd-general", "m-sfanet")
    choices = tuple(ModelChoice(name, 536_800, header=HEADER) for name in names)
    monkeypatch.setattr(jobs, "list_models", lambda: ModelList(choices, names[0]))
    window = new_window(language)
    window.resize(1024, 660)
    window.show_page("models")
    table = window.installed.table
    qtbot.waitUntil(lambda: table.model().rowCount() == 2)
    qtbot.waitUntil(lambda: table.columnWidth(0) > 0)
    column = HEADERS.index("MAE / RMSE")
    assert column < HEADERS.index("Parameters")
    end = table.columnViewportPosition(column) + table.columnWidth(column)
    assert end <= table.viewport().width()


def test_every_text_stands_below_its_heading(window: MainWindow) -> None:
    model = ModelTableModel(window.desk)
    texts = dict(zip(HEADERS, model.texts(ModelChoice("a", 536_800, header=HEADER)), strict=True))
    assert texts["MAE / RMSE"] == "96.3 / 186.4 (part_A val)"
    assert texts["Parameters"] == "133,121"
    assert texts["File size"] == "536.8 kB"
    assert "cannot be used" in model.texts(ModelChoice("b"))
