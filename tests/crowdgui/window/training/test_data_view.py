"""What is said of the data: whole counts under the pictures, and a caution where few validate."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QFontMetrics, QImage
from pytestqt.qtbot import QtBot

from crowdgui.window.main_window import MainWindow
from crowdgui.window.training.captions import NAME, fitted
from crowdgui.window.training.data_view import DataView, Thumbnails
from crowdgui.window.training.page import TrainingPage
from crowdgui.window.training.tasks import DataFacts, Thumbnail, look_at


@pytest.mark.parametrize("width", [400, 124, 80, 10])
def test_a_count_under_a_picture_is_always_whole(qtbot: QtBot, width: int) -> None:
    view = Thumbnails()
    qtbot.addWidget(view)
    one = Thumbnail("scene_20000_of_the_{name}.jpg", QImage(), 1200)
    assert view.caption(one, width).endswith(": 1,200 people")
    assert view.caption(one, 4000) == "scene_20000_of_the_{name}: 1,200 people"


def test_a_caption_fits_where_its_number_does(qtbot: QtBot) -> None:
    view = Thumbnails()
    qtbot.addWidget(view)
    metrics = QFontMetrics(view.font())
    width = metrics.horizontalAdvance("scene…: 200 people")
    text = fitted(f"{NAME}: 200 people", "scene_20000_of_the_square.jpg", metrics, width)
    assert "…" in text
    assert metrics.horizontalAdvance(text) <= width


def test_few_pictures_to_validate_on_are_warned_of(qtbot: QtBot) -> None:
    view = DataView()
    qtbot.addWidget(view)
    facts = DataFacts(Path("/data"), "own data", True, {"train": 11, "val": 1}, problems=())
    view.show_facts(facts)
    assert view.caution.text().startswith("1 picture to validate on: errors")
    assert "No problems" not in view.problem_title.text()
    view.show_facts(replace(facts, splits={"train": 11, "val": 4}))
    assert view.caution.text().startswith("4 pictures to validate on: errors")
    for splits in ({"train": 11, "val": 5}, {"train": 11}):
        view.show_facts(replace(facts, splits=splits))
        assert not view.caution.isVisibleTo(view)
        assert view.problem_title.text() == "No problems found"
    view.show_facts(None)
    assert not view.caution.isVisibleTo(view)


def test_a_picture_that_no_training_reads_has_no_part_in_the_estimate(tmp_path: Path) -> None:
    for name in "abcdefghij":
        Image.new("RGB", (64, 48)).save(tmp_path / f"{name}.png")
        (tmp_path / f"{name}.csv").write_text("1,2\n")
    Image.new("RGB", (64, 48)).save(tmp_path / "c.png", format="GIF")
    *_, facts = look_at(tmp_path)
    amount = facts.amount
    assert amount is not None
    assert amount.train_pixels + amount.validation_pixels == 9 * 64 * 48
    assert facts.problems is not None
    assert [problem.code for problem in facts.problems] == ["picture-unknown"]


def test_the_caution_is_said_in_another_language(
    page: TrainingPage, window: MainWindow, qtbot: QtBot
) -> None:
    said = page.data_view.caution.text()
    assert said.startswith("1 picture to validate on")
    window.choose_language("ko")
    qtbot.waitUntil(lambda: page.data_view.caution.text() not in ("", said))
