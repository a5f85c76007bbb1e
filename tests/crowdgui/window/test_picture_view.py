"""The view fits, zooms about the cursor, and lays the map exactly over the picture."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crowdgui.window.viewing.images import coloured, density_image, picture_levels
from crowdgui.window.viewing.local_density import persons_near
from crowdgui.window.viewing.picture_view import PictureView
from models.grid import Grid
from models.overlay import COLOUR_MAPS, colour_table


@pytest.fixture
def view(qtbot: QtBot) -> PictureView:
    view = PictureView()
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    qtbot.waitExposed(view)
    view.set_picture(picture_levels(np.zeros((1200, 1000, 3), np.uint8)))
    return view


def wheel(view: PictureView, at: QPoint, turns: int, sideways: int = 0) -> None:
    place = QPointF(at)
    event = QWheelEvent(
        place, view.viewport().mapToGlobal(place), QPoint(), QPoint(120 * sideways, 120 * turns),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier(0), Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), event)


def shown(view: PictureView) -> QRectF:
    """Return the whole picture's place in the viewport."""
    return QRectF(view.mapFromScene(view.sceneRect()).boundingRect())


def test_fits_until_a_person_zooms(view: PictureView) -> None:
    assert shown(view).height() == pytest.approx(300, abs=2)
    view.resize(200, 500)
    assert shown(view).width() == pytest.approx(200, abs=2)
    view.zoom_by(2)
    zoom = view.zoom()
    view.resize(600, 600)
    assert view.zoom() == pytest.approx(zoom)
    view.fit()
    assert shown(view).height() == pytest.approx(600, abs=2)


def test_actual_size(view: PictureView) -> None:
    view.actual_size()
    assert view.zoom() == pytest.approx(1)
    view.resize(350, 350)
    assert view.zoom() == pytest.approx(1)


def test_wheel_zooms_about_the_cursor(view: PictureView) -> None:
    view.actual_size()
    at = QPoint(120, 80)
    before = view.mapToScene(at)
    wheel(view, at, 2)
    assert view.zoom() == pytest.approx(1.25**2)
    after = view.mapToScene(at)
    assert abs(after.x() - before.x()) < 2
    assert abs(after.y() - before.y()) < 2


def test_a_sideways_wheel_scrolls(view: PictureView, qtbot: QtBot) -> None:
    wheel(view, QPoint(120, 80), 0, sideways=-1)
    assert view.is_fitting()
    with qtbot.waitSignal(view.stepped):
        QTest.keyClick(view, Qt.Key.Key_Right)
    view.actual_size()
    across = view.horizontalScrollBar().value()
    wheel(view, QPoint(120, 80), 0, sideways=-1)
    assert view.horizontalScrollBar().value() > across
    assert view.zoom() == pytest.approx(1)


def test_double_click_goes_to_and_fro(view: PictureView) -> None:
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(150, 150))
    assert view.zoom() == pytest.approx(1)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(150, 150))
    assert view.is_fitting()


def test_zoom_has_bounds(view: PictureView) -> None:
    for _ in range(60):
        view.zoom_by(2)
    assert view.zoom() <= 32
    for _ in range(60):
        view.zoom_by(0.5)
    assert shown(view).height() >= 149


def test_map_covers_the_picture_whatever_its_size(view: PictureView) -> None:
    density = np.ones((37, 29), np.float32)
    view.set_density(coloured(density_image(density, 1.0), "inferno"))
    rect = view._density.sceneBoundingRect()
    assert rect.width() == pytest.approx(1000)
    assert rect.height() == pytest.approx(1200)


def test_levels_are_owned_copies() -> None:
    pixels = np.full((900, 2000, 3), 7, np.uint8)
    levels = picture_levels(pixels)
    assert [level.width() for level in levels] == [2000, 1000]
    pixels[:] = 200
    del pixels
    assert levels[0].pixelColor(10, 10).red() == 7
    assert levels[1].pixelColor(10, 10).red() == 7


@pytest.mark.parametrize("colour_map", COLOUR_MAPS)
def test_overlay_has_the_colours_of_the_command_line(colour_map: str) -> None:
    density = np.array([[0.0, 0.25, 1.0, 2.0]], np.float32)
    image = coloured(density_image(density, 1.0), colour_map)
    table = colour_table(colour_map)
    for column, level in enumerate((0, 128, 255, 255)):
        red, green, blue, alpha = (int(value) for value in table[level])
        colour = image.pixelColor(column, 0)
        assert colour.alpha() == alpha
        if alpha:
            found = (colour.red(), colour.green(), colour.blue())
            assert found == pytest.approx((red, green, blue), abs=2)


@given(size=st.tuples(st.integers(1, 200), st.integers(1, 200)))
def test_squares_side_by_side_hold_everybody(size: tuple[int, int]) -> None:
    shape = (-(-size[1] // 8), -(-size[0] // 8))
    density = np.random.default_rng(0).random(shape).astype(np.float32)
    places = range(32, 264, 64)
    total = sum(persons_near(density, Grid(size, (8, 8)), x, y) for x in places for y in places)
    assert total == pytest.approx(float(density.sum()), rel=1e-4)


def test_far_from_the_picture_is_nobody() -> None:
    assert persons_near(np.ones((4, 4), np.float32), Grid((64, 64), (16, 16)), 500, 500) == 0


def test_part_of_a_cell_counts_by_that_part() -> None:
    density, grid = np.array([[8.0]], np.float32), Grid((128, 128), (128, 128))
    assert persons_near(density, grid, 64, 64) == pytest.approx(2)
    assert persons_near(density, grid, 0, 64) == pytest.approx(1)


def test_a_mouse_that_rests_tells_of_what_a_zoom_brings_beneath_it(view: PictureView) -> None:
    rests, places = QPoint(150, 60), list[QPointF]()
    view.hovered.connect(places.append)
    QTest.mouseMove(view.viewport(), rests)
    (first,) = places
    view.zoom_by(2)
    assert places[-1] == view.mapToScene(rests) != first
