"""Boxes and sliders: what is typed, and what passes over them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QSlider, QWidget
from pytestqt.qtbot import QtBot

from crowdgui.window.live.zones_drafts import Draft
from crowdgui.window.live.zones_form import ZoneForm
from crowdgui.window.main_window import MainWindow
from crowdgui.window.number_box import NumberBox
from crowdgui.window.training.inputs import AlphaSlider


@pytest.mark.parametrize("language", ["en", "ko", "de"])
@pytest.mark.parametrize(("typed", "value"), [("12,5", 12.5), ("12.5", 12.5), ("1250", 1250.0)])
def test_a_comma_is_a_point(qtbot: QtBot, language: str, typed: str, value: float) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(language))
    try:
        form = ZoneForm()
        qtbot.addWidget(form)
        form.show_draft(Draft("Gate", ()))
        form.show()
        for box in (form.area, form.capacity, form.hold):
            box.selectAll()
            qtbot.keyClicks(box, typed)
            qtbot.keyClick(box, Qt.Key.Key_Return)
            assert box.value() == value
    finally:
        QLocale.setDefault(before)


def test_a_number_keeps_its_decimals_and_shows_no_others(qtbot: QtBot) -> None:
    box = NumberBox()
    qtbot.addWidget(box)
    for value, shown in ((0.125, "0.125"), (0.5, "0.5"), (20.0, "20"), (0.0005, "0.0005")):
        box.setValue(value)
        assert (box.value(), box.text()) == (value, shown)


def turn_wheel(widget: QWidget) -> None:
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle, widget.mapToGlobal(middle), QPoint(), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def state_of(widget: QWidget) -> object:
    return widget.currentIndex() if isinstance(widget, QComboBox) else widget.value()  # type: ignore[attr-defined]


@pytest.mark.parametrize("page", ["count", "live", "models", "train"])
def test_the_wheel_changes_nothing_that_it_passes_over(window: MainWindow, page: str) -> None:
    window.show_page(page)
    place = {
        "count": lambda: window.page.side, "live": lambda: window.live.side,
        "models": lambda: window.installed, "train": lambda: window.training.form,
    }  # fmt: skip
    kinds = (QComboBox, QAbstractSpinBox, QSlider)
    boxes = [box for kind in kinds for box in place[page]().findChildren(kind)]
    assert len(boxes) > 2
    for box in boxes:
        before = state_of(box)
        turn_wheel(box)
        assert state_of(box) == before, box.accessibleName()


def test_alpha_is_what_the_run_has(qtbot: QtBot) -> None:
    slider = AlphaSlider()
    qtbot.addWidget(slider)
    for alpha, said in ((0.12, "0.12"), (0.125, "0.125"), (0.1, "0.10"), (1.0, "1.00")):
        slider.set_value(alpha)
        assert slider.value() == alpha
        assert slider.number.text() == f"α = {said}"
    slider.set_value(0.12)
    qtbot.keyClick(slider.slider, Qt.Key.Key_Right)
    assert slider.value() == 0.15
