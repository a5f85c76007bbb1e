"""Curves of several runs on one plot."""

from __future__ import annotations

import numpy as np
from pytestqt.qtbot import QtBot

from crowdgui.window.training.runs_view import RunsPlot
from trainer.config import make_config
from trainer.events import make_event
from trainer.history import History


def told(maes: list[float]) -> History:
    history = History(make_config({"network": "mcnn", "data": ["/nowhere"], "epochs": 9}))
    history.add(make_event("started", epochs=9, pictures=8))
    for epoch, mae in enumerate(maes, 1):
        history.add(make_event("validated", epoch=epoch, mae=mae, rmse=2 * mae, best=True))
    return history


def test_curves_come_change_and_go(qtbot: QtBot) -> None:
    plot = RunsPlot()
    qtbot.addWidget(plot)
    assert plot.plot is not None
    plot.show_runs([("one", told([9, 8])), ("two", told([7, 6]))])
    first = plot.lines["two"]
    # A list that comes again draws in what is there: the page reads it every few seconds.
    plot.show_runs([("two", told([7, 6, 5]))])
    assert list(plot.lines) == ["two"]
    assert plot.lines["two"] is first
    assert np.array_equal(first.getOriginalDataset()[1], [7, 6, 5])
    assert first in plot.plot.plotItem.items
    assert first.opts["symbol"] == "o"
    plot.measure.setCurrentIndex(plot.measure.findData("loss"))
    plot.show_runs([("two", told([7]))])
    assert first.opts["symbol"] is None
    plot.show_runs([])
    assert not plot.lines
    assert first not in plot.plot.plotItem.items


def test_a_name_is_no_markup(qtbot: QtBot) -> None:
    plot = RunsPlot()
    qtbot.addWidget(plot)
    assert plot.plot is not None
    plot.show_runs([("<s>a&b", told([9, 8]))])
    assert "&lt;s&gt;a&amp;b" in plot.values.text()
