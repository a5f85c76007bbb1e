"""Below the list stands a sum that is not taken for more than it is."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from crowdgui.window.main_window import MainWindow

Grey = Callable[..., str]
Wait = Callable[[MainWindow], None]


def says(window: MainWindow, text: str) -> bool:
    return window.page.list.summary.text() == text


def test_the_sum_is_of_all_once_all_are_counted(
    window: MainWindow, grey: Grey, wait_idle: Wait, qtbot: QtBot
) -> None:
    window.open_words([grey(10), grey(20)])
    wait_idle(window)
    qtbot.waitUntil(lambda: says(window, "1 of 2 counted: 10 people in these"))
    window.actions_["count-all"].trigger()
    qtbot.waitUntil(lambda: says(window, "2 of 2 counted · 30 people in all"))


def test_the_demo_scene_is_not_among_a_persons_own_people(
    window: MainWindow, grey: Grey, wait_idle: Wait, qtbot: QtBot
) -> None:
    window.show_demo()
    wait_idle(window)
    window.open_words([grey(10), grey(20)])
    wait_idle(window)
    assert len(window.page.session.entries) == 3
    words = "1 of 2 counted: 10 people in these · without the demo scene"
    qtbot.waitUntil(lambda: says(window, words))


def test_the_tour_says_which_pictures_are_counted(window: MainWindow, wait_idle: Wait) -> None:
    window.help.show_tour()
    tour = window.help.tour
    assert tour is not None
    tour.go_on()
    key = window.actions_.call_of("count-all")
    assert tour.text.text().startswith(
        f"The picture you choose is counted at once; {key} counts all."
    )
    wait_idle(window)
