"""Plots of the trainer tab: what is in sight, and that they come to rest."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from pytestqt.qtbot import QtBot

from crowdgui.window.training.curves import LossPlot, ScorePlot
from crowdgui.window.training.plots import CurvePlot
from crowdgui.window.training.sweep_view import AlphaPlot


class Paintings(QObject):
    """Counts how often a widget is painted."""

    number = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        self.number += event.type() == QEvent.Type.Paint
        return False


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[..., CurvePlot]:
    def show(kind: type[CurvePlot]) -> CurvePlot:
        plot = kind()
        qtbot.addWidget(plot)
        assert plot.plot is not None
        plot.resize(400, 260)
        plot.show()
        qtbot.waitExposed(plot)
        return plot

    return show


def ranges(plot: CurvePlot) -> np.ndarray:
    return np.array(plot.plot.plotItem.vb.viewRange())


def test_thinning_out_for_drawing_does_not_move_the_axes(
    shown: Callable[..., CurvePlot], qtbot: QtBot
) -> None:
    """Else axes and thinning chase each other, and the plot is drawn anew for ever."""
    plot = shown(LossPlot)
    x = np.arange(24_532) / 100
    y = np.exp(-x / 300) + np.random.default_rng(0).random(len(x))
    plot.show_curve("loss", x, y, "#0072b2")
    found = []
    for width in (131, 253, 357, 900):
        plot.resize(width, 260)
        qtbot.wait(50)
        found.append(ranges(plot))
        assert len(plot.lines["loss"].getData()[0]) < 12_000
    assert all(np.array_equal(found[0], one) for one in found)
    paintings = Paintings()
    plot.plot.viewport().installEventFilter(paintings)

    def rests() -> bool:
        before = paintings.number
        qtbot.wait(100)
        return paintings.number == before

    qtbot.waitUntil(rests)


def test_axes_follow_the_curves_until_a_person_turns_to_a_part(
    shown: Callable[..., CurvePlot], qtbot: QtBot
) -> None:
    plot = shown(LossPlot)
    x = np.arange(1.0, 101)
    plot.show_curve("loss", x, x, "#0072b2")
    (left, right), (low, high) = ranges(plot)
    assert -5 < left < 1 < 100 < right < 105
    assert -10 < low < 1 < 100 < high < 110
    box = plot.plot.plotItem.vb
    box.setXRange(10, 20, padding=0)
    box.sigRangeChangedManually.emit([True, False])
    # Heights are those of the part; new points do not pull it away.
    plot.show_curve("loss", np.arange(1.0, 201), np.arange(1.0, 201), "#0072b2")
    (left, right), (low, high) = ranges(plot)
    assert (left, right) == (10, 20)
    assert 9 < low < 10 < 20 < high < 21
    board, button = plot.plot.viewport(), Qt.MouseButton.LeftButton
    qtbot.mouseClick(board, button, pos=board.rect().center())
    qtbot.mouseDClick(board, button, pos=board.rect().center())
    qtbot.mouseRelease(board, button, pos=board.rect().center())
    assert ranges(plot)[0][1] > 200


def test_levels_are_in_sight_and_flat_or_no_curves_do_no_harm(
    shown: Callable[..., CurvePlot],
) -> None:
    plot = shown(ScorePlot)
    assert isinstance(plot, ScorePlot)
    assert np.allclose(ranges(plot), [[0, 1], [0, 1]])
    plot.show_curve("mae", np.array([1.0, 2.0]), np.array([5.0, 5.0]), "#0072b2")
    assert np.allclose(ranges(plot)[1], [4.5, 5.5])
    plot.show_levels(50.0, None)
    low, high = ranges(plot)[1]
    assert low < 5 < 50 < high < 55
    plot.show_curve("mae", np.array([1.0, 2.0]), np.array([np.nan, np.inf]), "#0072b2")
    assert np.isfinite(ranges(plot)).all()


def test_logarithmic_heights(shown: Callable[..., CurvePlot]) -> None:
    plot = shown(LossPlot)
    plot.show_curve("loss", np.array([1.0, 2.0, 3.0]), np.array([0.001, 1.0, 100.0]), "#0072b2")
    plot.set_logarithmic(True)
    low, high = ranges(plot)[1]
    assert -3.5 < low < -3 < 2 < high < 2.5
    plot.set_logarithmic(False)
    low, high = ranges(plot)[1]
    assert -10 < low < 0.001 < 100 < high < 110


def test_values_under_the_cursor_name_what_lies_across(shown: Callable[..., CurvePlot]) -> None:
    for kind, said in ((LossPlot, "epoch 0.50"), (AlphaPlot, "α = 0.50")):
        plot = shown(kind)
        plot.show_curve(next(iter(plot._names)), np.array([0.0, 1]), np.array([5.0, 6]), "#0072b2")
        plot._moved(plot.plot.plotItem.vb.mapViewToScene(QPointF(0.5, 5.5)))
        assert said in plot.values.text()
