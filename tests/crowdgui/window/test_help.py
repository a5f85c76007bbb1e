"""The tour, settings as at first, reports of sudden ends, and a font where there is none."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from crowdgui.window import crashes, fonts, start
from crowdgui.window.crashes import FATAL_NAME, FatalNet, report_of
from crowdgui.window.engines import EngineChoice
from crowdgui.window.main_window import MainWindow
from crowdgui.window.settings import Settings, load_settings
from crowdgui.window.tour import STEPS
from small_disk import hold_files

ROOT = Path(__file__).resolve().parents[3]
SUDDEN = """
import faulthandler
from pathlib import Path
from crowdgui.window import crashes
crashes.log_folder = lambda: Path({folder!r})
net = crashes.FatalNet()
faulthandler._sigsegv()
"""


def test_tour_goes_through_its_steps_on_the_demo_scene(
    window: MainWindow, wait_idle: Callable[[MainWindow], None], qtbot: QtBot
) -> None:
    window.help.show_tour()
    tour = window.help.tour
    assert tour is not None
    assert window.settings.toured
    titles = [tour.title.text()]
    assert window.page.session.entries == []
    tour.next.click()
    wait_idle(window)
    assert [entry.source.path for entry in window.page.session.entries] == ["demo:"]
    assert tour.frame.isVisible()

    def around_the_facts() -> QRect:
        facts = window.page.facts
        corner = facts.mapTo(window, facts.rect().topLeft())
        return QRect(corner, facts.size()).adjusted(-8, -8, 8, 8).intersected(window.rect())

    # It follows when the panel grows.
    qtbot.waitUntil(lambda: tour.frame.geometry() == around_the_facts())
    titles.append(tour.title.text())
    while tour.number < len(STEPS) - 1:
        tour.next.click()
        titles.append(tour.title.text())
        assert window.rect().contains(tour.geometry())
    assert titles == [step.title for step in STEPS]
    assert not tour.skip.isVisible()
    with qtbot.waitSignal(tour.ended):
        tour.next.click()
    assert window.help.tour is None


def test_tour_is_skipped_and_opens_nothing(window: MainWindow, qtbot: QtBot) -> None:
    window.help.show_tour()
    assert window.help.tour is not None
    with qtbot.waitSignal(window.help.tour.ended):
        window.help.tour.skip.click()
    assert window.page.session.entries == []
    assert window.help.tour is None
    window.help.show_tour()
    assert window.help.tour is not None


def test_tour_speaks_the_language_of_the_window(window: MainWindow, qtbot: QtBot) -> None:
    window.help.show_tour()
    tour = window.help.tour
    assert tour is not None
    window.choose_language("ko")
    qtbot.waitUntil(lambda: any("가" <= letter <= "힣" for letter in tour.text.text()))
    window.choose_language("en")
    qtbot.waitUntil(lambda: tour.title.text() == "Welcome")


def test_tour_is_not_shown_twice(new_window: Callable[..., MainWindow], fakes: object) -> None:
    first = new_window()
    first.help.show_tour()
    first.close()
    assert load_settings(start.settings_file())[0].toured


def test_settings_are_reset_after_a_question(window: MainWindow, qtbot: QtBot) -> None:
    window.choose_theme("dark")
    window.choose_language("ko")
    window.page.set_opacity(20)
    window.settings.recent = ["/a.png"]
    window.settings.toured = True
    window.actions_["reset"].trigger()
    (box,) = window.findChildren(QMessageBox)
    assert box.defaultButton() == box.button(QMessageBox.StandardButton.Cancel)
    box.close()
    assert window.settings.theme == "dark"
    window.help.reset()
    settings = window.settings
    assert settings == Settings(toured=True, geometry=settings.geometry, panels=settings.panels)
    assert window.page.controls.opacity.value() == Settings().opacity
    # Where the window and its panels are when it closes is not kept.
    window.close()
    assert window.settings == Settings(toured=True)


def test_a_reset_reaches_what_is_shown(window: MainWindow, wait_idle: Callable) -> None:
    wait_idle(window)
    window.settings.precision = "fp32"
    window.desk.engine_changed.emit()
    window.show_page("models")
    window.show_page("train")
    form = window.training.form
    form.show_facts({"epochs": 77, "seed": 5, "teacher": "beta"})
    window.help.reset()
    assert window.page.session.engine == window.desk.engine == EngineChoice()
    assert window.installed.engine.precision.currentData() == "auto"
    facts = form.facts()
    assert (facts["epochs"], facts["seed"], facts["preset"]) == (14, 0, "quick")
    assert facts["teacher"] != "beta"
    assert window.settings.training["epochs"] == 14


def test_a_sudden_end_leaves_a_report_that_is_told_of_once(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "log"
    folder.mkdir()
    (folder / "crowdgui.log").write_text("the last line of the log\n")
    done = subprocess.run(
        [sys.executable, "-c", SUDDEN.format(folder=str(folder))],
        cwd=ROOT, env=os.environ, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode != 0
    monkeypatch.setattr(crashes, "log_folder", lambda: folder)
    net = FatalNet()
    assert net.left_report is not None
    text = net.left_report.read_text("utf-8")
    assert "Segmentation fault" in text or "access violation" in text
    assert "the last line of the log" in text
    assert text.startswith("crowdgui ")
    start.tell_of_sudden_end(window, net.left_report)
    (bar,) = window.notices.bars()
    assert bar.notice.details == text
    bar.details_button.click()
    assert QApplication.clipboard().text() == text
    net.close()
    assert not (folder / FATAL_NAME).exists()
    (folder / "fatal-0.0.1.txt").touch()  # the window of another version is open
    again = FatalNet()
    assert again.left_report is None
    again.close()
    assert (folder / "fatal-0.0.1.txt").exists()
    (folder / "fatal-0.0.1.txt").write_text("ended suddenly")
    after = FatalNet()
    assert after.left_report is not None
    after.close()


@pytest.mark.parametrize(
    ("codes", "ended"),
    [
        # Of COM, where a window of another program is in the way.
        (["code 0x8001010d"], False),
        (["code 0x8001010d", "code 0x80010108"], False),
        (["code 0x8001010d", "access violation"], True),
        (["stack overflow"], True),
        # A heap that is corrupt, and a breakpoint.
        (["code 0xc0000374"], True),
        (["code 0x80000003"], True),
    ],
)
def test_what_libraries_handle_on_windows_was_no_sudden_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, codes: list[str], ended: bool
) -> None:
    where = 'Thread 0x00001a2c (most recent call first):\n  File "x.py", line 65 in open\n\n'
    text = "".join(f"Windows fatal exception: {code}\n\n{where}" for code in codes)
    (tmp_path / FATAL_NAME).write_text(text)
    monkeypatch.setattr(crashes, "log_folder", lambda: tmp_path)
    net = FatalNet()
    assert (net.left_report is not None) == ended
    net.close()


def test_a_report_that_cannot_be_made_does_not_keep_the_net_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fatal-0.0.1.txt").write_text("ended suddenly")
    monkeypatch.setattr(crashes, "log_folder", lambda: tmp_path)
    hold_files(monkeypatch, "write_text", 1)
    net = FatalNet()
    assert net.left_report is None
    assert (tmp_path / FATAL_NAME).exists()
    net.close()


def test_without_a_place_for_reports_the_window_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr(crashes, "log_folder", lambda: tmp_path / "file" / "log")
    net = FatalNet()
    assert net.left_report is None
    net.close()


def test_report_says_what_helps() -> None:
    try:
        raise ValueError("slipped")
    except ValueError as error:
        text = report_of(error)
    assert "crowdgui" in text
    assert "Python 3" in text
    assert "slipped" in text


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system has Hangul")
def test_our_font_is_loaded_where_the_system_has_none(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = qapp.font()
    loaded: list[str] = []
    add = QFontDatabase.addApplicationFont
    with monkeypatch.context() as patched:
        patched.setattr(fonts.QFontDatabase, "families", lambda *system: [] if system else ["One"])
        patched.setattr(
            fonts.QFontDatabase, "addApplicationFont", lambda path: loaded.append(path) or add(path)
        )
        family = fonts.complete_fonts(qapp)
    assert loaded == [str(fonts.FONT)]
    assert family in qapp.font().families()
    assert qapp.font().families()[0] != family
    qapp.setFont(before)
    QFontDatabase.removeAllApplicationFonts()


def test_a_system_with_hangul_keeps_its_fonts(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts.QFontDatabase, "families", lambda *_system: ["Some Gothic"])
    assert fonts.complete_fonts(qapp) == ""
