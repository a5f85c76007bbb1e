"""The start: light, in its order, and with a net for what nobody caught."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from crowdgui.log_file import log, start_log
from crowdgui.window import preload, start
from crowdgui.window.crashes import Crashes
from crowdgui.window.live.zones_dialog import ZonesDialog
from crowdgui.window.main_window import MainWindow
from crowdgui.window.notifications import NoticeBar
from models.errors import UserError

ROOT = Path(__file__).resolve().parents[3]

# The thread that loads the engine meanwhile is left out: how far it is by then is chance.
LIGHT = """
import sys
from PySide6.QtCore import QTimer
from crowdgui.window import main_window, start
main_window.Preload = lambda *_facts: None
def look():
    from PySide6.QtWidgets import QApplication
    (window,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, start.MainWindow)]
    # Printed at once: a program that does not wait for what still loads at its end says no more.
    print(sorted({"torch", "openvino", "matplotlib", "scipy"} & set(sys.modules)), flush=True)
    window.close()
make = start.make_window
def watched(app, language):
    window = make(app, language)
    QTimer.singleShot(0, look)
    return window
start.make_window = watched
sys.exit(start.open_window([], "ko"))
"""


def test_window_is_open_before_anything_heavy_is_loaded(tmp_path: Path) -> None:
    places = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("DATA", "CONFIG", "STATE")}
    done = subprocess.run(
        [sys.executable, "-c", LIGHT],
        env=os.environ | places | {"QT_QPA_PLATFORM": "offscreen"},
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "[]\n"), done.stderr


ASKING = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox
from crowdgui.window import start
make = start.make_window
def watched(app, language):
    window = make(app, language)
    def ask():
        QTimer.singleShot(0, lambda: print("asked", flush=True))
        QMessageBox(window).exec()
    QTimer.singleShot(0, ask)
    return window
start.make_window = watched
raise SystemExit(start.open_window([], "en"))
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_window_that_the_system_ends_remembers(tmp_path: Path, number: signal.Signals) -> None:
    """Also while a question is open, which nobody may be there to answer."""
    places = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("DATA", "CONFIG", "STATE")}
    with subprocess.Popen(
        [sys.executable, "-c", ASKING],
        env=os.environ | places | {"QT_QPA_PLATFORM": "offscreen"},
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    ) as program:  # fmt: skip
        assert program.stdout is not None
        assert program.stdout.readline() == "asked\n"
        program.send_signal(number)
        assert program.wait(120) == 0
    (file,) = (tmp_path / "CONFIG").rglob("settings.json")
    assert json.loads(file.read_text())["geometry"]


def test_window_that_is_ended_asks_nobody(
    window: MainWindow, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A training at work is asked about when a person closes, and not when the system does."""
    monkeypatch.setattr(window.training.closing, "may_close", lambda _: False)
    assert not window.close()
    monkeypatch.setattr(QApplication, "quit", window.close)
    window.end()
    assert not window.isVisible()


def test_an_open_question_does_not_keep_the_program_from_ending(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = ZonesDialog("camera:0", np.zeros((60, 80, 3), np.uint8), (), Path("z.json"), window)
    dialog.editor.view._region_drawn([(0, 0), (40, 0), (40, 40)], False)
    dialog.open()
    dialog.close()
    assert isinstance(QApplication.activeModalWidget(), QMessageBox)
    monkeypatch.setattr(QApplication, "quit", lambda: QApplication.instance().closeAllWindows())
    window.end()
    assert not window.isVisible()
    assert QApplication.activeModalWidget() is None


@pytest.mark.usefixtures("fakes")
def test_open_window_opens_its_words_and_returns(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts: list[dict[str, float]] = []
    make = start.make_window

    def watched(app: QApplication, language: str) -> MainWindow:
        window = make(app, language)

        def look() -> None:
            if window.page.session.result:
                counts.append(window.page.session.entries[0].counts)
                # Where they load for longer than the window waits, the program is ended hard.
                for lane in (window.desk.files, window.desk.bench):
                    lane.stop()
                    assert lane.thread_.wait(60_000)
                window.close()

        window.page.changed.connect(look)
        return window

    monkeypatch.setattr(start, "make_window", watched)
    # A broken window ends all the same.
    late = QTimer(singleShot=True, interval=60_000)
    late.timeout.connect(qapp.quit)
    late.start()
    hook, on_ctrl_c = sys.excepthook, signal.getsignal(signal.SIGINT)
    from PIL import Image

    Image.new("RGB", (64, 64), (9, 9, 9)).save(tmp_path / "nine.png")
    assert start.open_window([str(tmp_path / "nine.png")], "en") == 0
    late.stop()
    assert counts == [{"alpha": 9.0}]
    sys.excepthook = hook
    signal.signal(signal.SIGINT, on_ctrl_c)


@pytest.fixture
def crashes() -> object:
    before, thread_before = sys.excepthook, threading.excepthook
    crashes = Crashes()
    crashes.install()
    yield crashes
    sys.excepthook, threading.excepthook = before, thread_before


def test_uncaught_exception_reaches_the_window_and_the_log(
    crashes: Crashes, window: MainWindow, home: Path
) -> None:
    handler = start_log()
    crashes.happened.connect(window.notices.complain)
    try:
        raise ValueError("slipped through")
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    log.removeHandler(handler)
    handler.close()
    (bar,) = window.notices.bars()
    assert "slipped through" in bar.notice.details
    assert "slipped through" in (home / "log" / "crowdgui.log").read_text(encoding="utf-8")


def test_exception_of_another_thread_arrives_in_the_gui_thread(
    crashes: Crashes, window: MainWindow, qtbot: QtBot
) -> None:
    crashes.happened.connect(window.notices.complain)

    def fail() -> None:
        raise ValueError("elsewhere")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(window.notices.bars()))
    assert "elsewhere" in window.notices.bars()[0].notice.details


def test_emitting_a_signal_costs_no_reference(crashes: Crashes) -> None:
    """PySide6 6.12.0 drops one of True at each: Python 3.11 dies after some thousand of them."""
    before = sys.getrefcount(True)
    for _ in range(1000):
        crashes.happened.emit(None)
    assert sys.getrefcount(True) > before - 500


def test_messages_do_not_pile_up(window: MainWindow) -> None:
    for number in (1, 1, 2, 3, 4, 5):
        window.notices.warn(lambda number=number: f"message {number}")
    texts = [bar.notice.text() for bar in window.notices.bars()]
    assert texts == ["message 5", "message 4", "message 3"]
    for bar in window.notices.bars():
        bar.close_button.click()
    assert not window.notices.isVisible()


def test_file_names_are_never_markup(window: MainWindow) -> None:
    window.notices.warn(lambda: "<b>/a/b</b> is missing")
    bar = window.notices.bars()[0]
    assert bar.label.textFormat().name == "PlainText"
    assert bar.label.text().replace("\u200b", "") == "<b>/a/b</b> is missing"


def test_settings_that_cannot_be_kept_are_told_of(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "not yet" / "there" / "settings.json"
    assert start.unwritable(file) is None
    monkeypatch.setattr(start.os, "access", lambda place, _mode: place != tmp_path)

    def refused(_path: Path) -> bool:
        # What Python says of a folder within one that may not be searched.
        raise PermissionError

    monkeypatch.setattr(Path, "exists", refused)
    assert start.unwritable(file) == tmp_path
    start.tell_of_forgetting(window, tmp_path)
    (bar,) = window.notices.bars()
    assert bar.notice.text().startswith(f"{tmp_path} cannot be written, so no settings are kept")


WITHOUT_TORCH = """
import sys
sys.modules["torch"] = None
from crowdgui.window.tour import STEPS
print(" ".join(step.text for step in STEPS))
"""


def test_tour_speaks_of_training_where_there_is_training() -> None:
    from crowdgui.window.tour import STEPS

    assert "train a model" in STEPS[-1].text
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_TORCH],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "count live" in done.stdout
    assert "train" not in done.stdout


def test_of_many_problems_the_log_names_the_rest(
    window: MainWindow, caplog: pytest.LogCaptureFixture
) -> None:
    errors = [UserError("path-missing", path=f"/p{number}.png") for number in range(5)]
    with caplog.at_level("INFO", logger="crowdgui"):
        window.notices.complain_of_all(errors)
    texts = [bar.notice.text() for bar in window.notices.bars()]
    assert texts[0] == "More problems are in the log: 3."
    assert ["/p1.png" in texts[1], "/p0.png" in texts[2]] == [True, True]
    assert all(f"/p{number}.png" in caplog.text for number in range(5))


def test_messages_that_are_gone_leave_nothing_in_python(window: MainWindow, qtbot: QtBot) -> None:
    """What PySide keeps of a deleted item it finds again at the address of another object."""

    def items() -> int:
        kinds = [type(one).__name__ for one in shiboken6.getAllValidWrappers()]
        return kinds.count("QWidgetItem")

    before = items()
    for number in range(6):
        window.notices.warn(lambda number=number: f"message {number}")
    texts = [bar.notice.text() for bar in window.notices.bars()]
    assert texts == ["message 5", "message 4", "message 3"]
    for bar in window.notices.bars():
        bar.close_notice()
    qtbot.waitUntil(lambda: not window.notices.findChildren(NoticeBar))
    assert items() == before


def test_a_page_is_imported_elsewhere_before_it_is_shown(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = "crowdgui.window.fleet.page"
    monkeypatch.delitem(sys.modules, module, raising=False)
    where: list[str] = []

    def imported(name: str) -> object:
        where.append(f"{name} in {QThread.currentThread().objectName()}")
        return import_module(name)

    monkeypatch.setattr(preload, "import_module", imported)
    window.actions_["page-fleet"].trigger()
    assert window.front == "count"
    qtbot.waitUntil(lambda: window.front == "fleet")
    assert f"{module} in files" in where
    # Of two that are wanted one after the other, the last one counts.
    monkeypatch.delitem(sys.modules, module)
    window.show_page("count")
    window.actions_["page-fleet"].trigger()
    window.actions_["page-count"].trigger()
    qtbot.waitUntil(lambda: where.count(f"{module} in files") == 2)
    qtbot.wait(100)
    assert window.front == "count"


def test_a_page_is_made_in_parts_between_which_the_window_answers(
    window: MainWindow, qtbot: QtBot
) -> None:
    import_module("crowdgui.window.training.page")
    turns: list[bool] = []
    beat = QTimer(interval=0)
    beat.timeout.connect(lambda: turns.append("train" in window.pages))
    window.actions_["page-train"].trigger()
    beat.start()
    qtbot.waitUntil(lambda: window.front == "train")
    assert turns.count(False) >= 3
    # What is wanted at once does not wait for its turn.
    window.actions_["page-live"].trigger()
    assert "live" not in window.pages
    assert window.live is window.pages["live"]
    # The window itself may go while a page of it is half made.
    window.actions_["page-evaluate"].trigger()
    window.close()
    qtbot.wait(50)


def test_a_page_that_could_not_be_made_is_made_anew(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    fleet = import_module("crowdgui.window.fleet.page")
    with monkeypatch.context() as broken:
        broken.setattr(fleet, "FleetPage", None)
        with pytest.raises(TypeError):
            window.show_page("fleet")
    window.show_page("fleet")
    assert window.front == "fleet"
