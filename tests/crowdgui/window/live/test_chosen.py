"""What is remembered of the live page: wrong values are the defaults, and a reset reaches all."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crowdgui.window.live.chosen import Chosen
from crowdgui.window.main_window import MainWindow
from crowdgui.window.settings import Settings
from live_pages import LIMIT_MS, add, live_threads


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("model", 5), ("second", None), ("longest_side", "big"), ("longest_side", 500),
        ("longest_side", 960.0), ("second_minutes", -1), ("second_minutes", 9999),
        ("second_minutes", True), ("interval", [1]), ("interval", 7), ("csv", "yes"), ("sqlite", 1),
        ("mqtt", {}), ("sound", None), ("log_folder", 5),
    ],
)  # fmt: skip
def test_what_is_wrong_takes_its_default(name: str, wrong: object) -> None:
    chosen = Chosen(Settings(live={name: wrong}))
    assert getattr(chosen, name) == getattr(Chosen(Settings()), name)


def test_what_was_chosen_is_kept() -> None:
    live = {
        "model": "beta", "longest_side": 960, "second": "alpha", "second_minutes": 30, "csv": True,
        "sqlite": True, "mqtt": True, "interval": 60, "sound": False,
    }  # fmt: skip
    chosen = Chosen(Settings(live={**live, "log_folder": "/log"}))
    assert {name: getattr(chosen, name) for name in live} == live
    assert chosen.log_folder == Path("/log")


def test_wrong_settings_keep_nobody_from_counting(window: MainWindow, qtbot: QtBot) -> None:
    window.settings.live = {"log_folder": 5, "longest_side": "big", "sound": "loud", "model": 7}
    window.show_page("live")
    add(window, qtbot, "demo:")
    assert window.live.hub.session is not None
    assert window.live.hub.session.longest_side == 0
    assert window.live.settings_panel.sound.isChecked()


def test_a_reset_ends_what_was_written_and_asked(
    live: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    live.settings.live = {"csv": True, "log_folder": str(tmp_path), "longest_side": 640}
    add(live, qtbot, "demo:")
    page = live.live
    page.opinions.choose("beta", 30)
    assert page.outputs.keeper is not None
    assert "second opinion" in live_threads()
    live.help.reset()
    assert page.outputs.keeper is None
    qtbot.waitUntil(
        lambda: not {"live log", "second opinion"} & {*live_threads()}, timeout=LIMIT_MS
    )
    assert page.hub.session is not None
    assert page.hub.session.longest_side == 0
    assert live.settings.live == {}
