"""In a small window nothing is cut so that it reads as something else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crowdgui.window.elided_label import ElidedLabel
from crowdgui.window.training.curves import ScorePlot
from crowdgui.window.training.live import LiveView
from crowdgui.window.training.page import TrainingPage
from crowdgui.window.training.sweep_view import ALPHAS, SweepView


def test_what_is_cut_of_a_heading_is_marked(qtbot: QtBot) -> None:
    label = ElidedLabel(Qt.TextElideMode.ElideRight)
    qtbot.addWidget(label)
    label.setText("Stopping and keeping what was learnt…")
    label.resize(120, 20)
    assert label.shown_text().startswith("Stopping")
    assert label.shown_text().endswith("…")
    assert len(label.shown_text()) < len(label.text())
    assert label.toolTip() == label.text()


def test_state_and_name_of_a_run_are_never_cut_without_a_sign(page: TrainingPage) -> None:
    live: LiveView = page.live
    assert isinstance(live.state, ElidedLabel)
    assert isinstance(live.name, ElidedLabel)


def test_the_alphas_are_seen_from_their_beginning(qtbot: QtBot) -> None:
    view = SweepView()
    qtbot.addWidget(view)
    view.resize(view.minimumSizeHint().width(), 400)
    view.show()
    qtbot.waitExposed(view)
    assert view.alphas.cursorPosition() == 0
    assert view.alphas.width() > view.fontMetrics().horizontalAdvance(ALPHAS + "  0.9")


@pytest.mark.parametrize("width", [220, 400])
@pytest.mark.parametrize("teacher", [22.0, 900.0])
def test_the_names_of_levels_stand_within_the_plot(
    qtbot: QtBot, width: int, teacher: float
) -> None:
    plot = ScorePlot()
    qtbot.addWidget(plot)
    plot.resize(width, 260)
    plot.show()
    box = plot.plot.plotItem.vb
    qtbot.waitUntil(lambda: box.sceneBoundingRect().width() < width)
    plot.show_levels(450.0, teacher)
    # The names take their places as they are painted.
    plot.grab()
    inside = box.sceneBoundingRect()
    for line in (plot._plain, plot._teacher):
        label = line.item.label
        shown = label.mapRectToScene(label.boundingRect())
        assert inside.left() <= shown.left()
        assert shown.right() <= inside.right()
