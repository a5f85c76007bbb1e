"""The window never waits for a network, and leaves no thread behind."""

from __future__ import annotations

import gc
import importlib
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt, QThread, QTimer
from pytestqt.qtbot import QtBot

from crowdgui.sources import Source
from crowdgui.window.background import Background, Work, when_cancelled
from crowdgui.window.collector import Collector, long_lived
from crowdgui.window.counting import jobs, worker
from crowdgui.window.counting.entries import Entry
from crowdgui.window.main_window import MainWindow

Grey = Callable[..., str]
Wait = Callable[[MainWindow], None]


def count_on_when_closed(window: MainWindow, alpha: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the network that waits at its gate go on as soon as the window's closing is told."""
    latest = window.page.counter._latest
    close = latest.close

    def close_and_go_on() -> None:
        close()
        alpha.gate.set()

    monkeypatch.setattr(latest, "close", close_and_go_on)


def test_window_lives_while_a_slow_network_counts(
    window: MainWindow, fakes: dict, grey: Grey, wait_idle: Wait, qtbot: QtBot
) -> None:
    window.open_words([grey(10), grey(20, size=(1600, 1200))])
    wait_idle(window)
    alpha, busy = fakes["alpha"], list[bool]()
    alpha.begun.clear()
    alpha.gate.clear()

    def beat() -> None:
        if alpha.begun.is_set():
            busy.append(window.busy.isVisible())
        # The network goes on when the window has lived beside it for a while, and not before.
        if len(busy) == 50:
            alpha.gate.set()

    timer = QTimer(interval=10)
    timer.timeout.connect(beat)
    timer.start()
    window.page.choose(1)
    wait_idle(window)
    timer.stop()
    assert len(busy) >= 50
    # What a person is told comes a little later than the network begins.
    assert any(busy)
    assert window.page.facts.count.text() == "20"


def test_picture_is_read_in_the_worker(window: MainWindow, wait_idle: Wait) -> None:
    threads: list[int] = []

    def read() -> np.ndarray:
        threads.append(threading.get_ident())
        return np.zeros((64, 64, 3), np.uint8)

    def find_truth() -> int:
        threads.append(threading.get_ident())
        return 5

    window.page.choose(window.page.session.add([Entry(Source("x.png", read, find_truth))]))
    wait_idle(window)
    assert len(threads) == 2
    assert threading.get_ident() not in threads
    assert window.page.facts.truth.text().startswith("true count 5")


def test_demo_scene_is_not_rendered_in_the_gui_thread(
    window: MainWindow, wait_idle: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crowdgui import sources

    threads: list[str] = []
    render = sources.render_scene

    def watched(seed: int) -> object:
        threads.append(QThread.currentThread().objectName())
        return render(seed)

    sources.demo_scene.cache_clear()
    monkeypatch.setattr(sources, "render_scene", watched)
    window.page.show_demo()
    wait_idle(window)
    assert threads == ["counting"]


def test_closing_while_counting_ends_the_thread(
    window: MainWindow, fakes: dict, grey: Grey, home: Path, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    alpha = fakes["alpha"]
    alpha.gate.clear()
    window.open_words([grey(10), grey(20)])
    qtbot.waitUntil(alpha.begun.is_set)
    window.page.choose(1)
    qtbot.waitUntil(lambda: not window.desk.files.works)
    count_on_when_closed(window, alpha, monkeypatch)
    window.close()
    assert window.page.counter.thread_.isFinished()
    assert not window.still_counting
    assert alpha.seen == [10.0]
    assert (home / "settings.json").exists()
    qtbot.wait(50)
    assert window.page.session.result is None


def test_network_that_does_not_end_is_told_of(
    window: MainWindow,
    fakes: dict,
    grey: Grey,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(worker, "JOIN_MS", 100)
    fakes["alpha"].gate.clear()
    window.open_words([grey(10)])
    qtbot.waitUntil(fakes["alpha"].begun.is_set)
    window.close()
    assert window.still_counting
    fakes["alpha"].gate.set()
    qtbot.waitUntil(window.page.counter.thread_.isFinished)


@pytest.mark.parametrize("how", ["cancelled", "closed"])
def test_a_step_that_waits_for_something_is_freed(how: str, qtbot: QtBot) -> None:
    """As one does that reads the lines of another process."""
    lane, begun, freed = Background("waiting"), threading.Event(), threading.Event()
    ends: list[Exception | None] = []

    def steps(_work: Work) -> Iterator[None]:
        when_cancelled(freed.set)
        begun.set()
        assert freed.wait(60)
        raise OSError("the other process was killed")
        yield

    work = Work(lambda: "", steps, lambda _none: None, ends.append)
    lane.start(work)
    assert begun.wait(20)
    if how == "cancelled":
        work.cancel()
        qtbot.waitUntil(lambda: ends == [None])
    lane.close()
    assert lane.thread_.wait(20_000)
    assert freed.is_set()
    # Who is gone with the window hears nothing.
    assert len(ends) == (how == "cancelled")


def test_nothing_to_free_outside_of_a_work() -> None:
    when_cancelled(pytest.fail)


def test_save_that_waits_is_done_before_the_window_closes(
    window: MainWindow, fakes: dict, grey: Grey, wait_idle: Wait, qtbot: QtBot, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    window.open_words([grey(10), grey(20)])
    wait_idle(window)
    alpha = fakes["alpha"]
    alpha.begun.clear()
    alpha.gate.clear()
    qtbot.waitUntil(lambda: not window.desk.files.works)
    # The count that runs and the one that waits come before the saves.
    window.page.choose(1)
    assert alpha.begun.wait(60)
    window.page.choose(0)
    targets = [tmp_path / f"saved{number}.png" for number in range(2)]
    for target in targets:
        window.files.save_overlay(target, *window.page.session.on_screen)
    count_on_when_closed(window, alpha, monkeypatch)
    window.close()
    assert not window.still_counting
    assert [target.exists() for target in targets] == [True, True]
    assert alpha.seen == [10.0, 20.0]


def test_save_behind_a_network_that_does_not_end_is_done_at_the_very_end(
    window: MainWindow,
    fakes: dict,
    grey: Grey,
    wait_idle: Wait,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(worker, "JOIN_MS", 100)
    window.open_words([grey(10), grey(20)])
    wait_idle(window)
    alpha = fakes["alpha"]
    shown = window.page.session.on_screen
    alpha.begun.clear()
    alpha.gate.clear()
    window.page.choose(1)
    assert alpha.begun.wait(60)
    (tmp_path / "file").write_text("in the way")
    window.files.save_overlay(tmp_path / "file" / "lost.png", *shown)
    window.files.save_overlay(tmp_path / "saved.png", *shown)
    window.close()
    assert window.still_counting
    assert not (tmp_path / "saved.png").exists()
    window.page.counter.finish_saves()
    assert (tmp_path / "saved.png").exists()
    alpha.gate.set()
    qtbot.waitUntil(window.page.counter.thread_.isFinished)


def test_end_of_the_program_waits_for_a_running_save(tmp_path: Path) -> None:
    begun, done = threading.Event(), threading.Event()

    def save() -> None:
        begun.set()
        time.sleep(0.3)
        done.set()

    orders = worker.SaveOrders()
    orders.put(worker.SaveOrder(tmp_path / "x.png", save))
    thread = threading.Thread(target=orders.save_next)
    thread.start()
    assert begun.wait(60)
    orders.finish()
    assert done.is_set()
    thread.join()


def test_words_are_opened_in_the_worker(
    window: MainWindow, grey: Grey, wait_idle: Wait, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    threads: list[str] = []
    expand = jobs.expand

    def slow(word: str) -> list[Source]:
        threads.append(QThread.currentThread().objectName())
        assert gate.wait(20)
        if word.endswith("bad"):
            raise OSError("the network is gone")
        if word.endswith("odd"):
            raise ValueError("embedded null byte")
        return expand(word)

    monkeypatch.setattr(jobs, "expand", slow)
    window.open_words([grey(30), "bad", grey(10)])
    window.open_words(["odd", grey(20)])
    assert window.busy.isVisible()
    assert window.busy.text.text() == "Opening…"
    gate.set()
    wait_idle(window)
    assert threads == ["counting"] * 5
    names = [Path(entry.source.path).stem for entry in window.page.session.entries]
    assert names == ["grey30", "grey10", "grey20"]
    assert window.page.facts.count.text() == "20"
    details = "".join(bar.notice.details for bar in window.notices.bars())
    assert "the network is gone" in details
    assert "embedded null byte" in details
    assert not window.busy.isVisible()


def test_closing_all_pictures_drops_what_is_still_being_opened(
    window: MainWindow, grey: Grey, wait_idle: Wait, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    expand = jobs.expand
    monkeypatch.setattr(jobs, "expand", lambda word: expand(word) if gate.wait(20) else [])
    window.open_words([grey(10)])
    window.page.clear()
    assert not window.busy.isVisible()
    window.open_words([grey(20)])
    gate.set()
    wait_idle(window)
    assert [entry.source.stem for entry in window.page.session.entries] == ["grey20"]


def test_receivers_of_other_threads_are_slots(window: MainWindow) -> None:
    """PySide calls anything else in the thread of the sender."""
    receivers = {
        window.notices: ["complain"],
        window.page: [
            "_words_opened", "_picture_read", "_picture_counted", "_request_failed",
            "_file_saved",
        ],
    }  # fmt: skip
    for receiver, names in receivers.items():
        for name in names:
            assert receiver.metaObject().indexOfSlot(f"{name}(PyObject)") >= 0, name


class Loop:
    """Garbage that tells in which thread it is collected."""

    def __init__(self, told: list[str]) -> None:
        self.itself, self.told = self, told

    def __del__(self) -> None:
        self.told.append(threading.current_thread().name)


def test_garbage_is_collected_in_the_windows_thread(qtbot: QtBot) -> None:
    """Python itself collects wherever it is; a plot must not be destroyed in another thread."""
    told: list[str] = []

    def make() -> None:
        for _ in range(3 * gc.get_threshold()[0]):
            Loop(told)

    other = threading.Thread(target=make)
    other.start()
    other.join()
    assert told == []
    qtbot.waitUntil(lambda: len(told) == 3 * gc.get_threshold()[0])
    assert set(told) == {threading.current_thread().name}


def test_nothing_is_collected_while_something_is_imported(collector: Collector) -> None:
    told: list[str] = []
    with long_lived():
        for _ in range(2 * gc.get_threshold()[0]):
            Loop(told)
        collector.collect()
        assert told == []
    collector.collect()
    assert len(told) == 2 * gc.get_threshold()[0]


def test_no_collection_looks_at_what_was_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full collection over all libraries' objects holds every thread up for 0.1 s."""
    (tmp_path / "made_for_this.py").write_text("kept = [[] for _ in range(1000)]\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    before = gc.get_freeze_count()
    try:
        with long_lived():
            importlib.import_module("made_for_this")
        assert gc.get_freeze_count() >= before + 1000
        frozen = gc.get_freeze_count()
        with long_lived():
            kept = [[] for _ in range(1000)]
        # Nothing was imported: what a model's opening leaves is garbage like any other.
        assert gc.get_freeze_count() <= frozen
        assert len(kept) == 1000
    finally:
        sys.modules.pop("made_for_this", None)
        gc.unfreeze()


def test_waiting_can_be_given_up(
    window: MainWindow,
    grey: Grey,
    wait_idle: Wait,
    qtbot: QtBot,
    fakes: dict[str, Any],
) -> None:
    window.open_words([grey(10)])
    wait_idle(window)
    fakes["beta"].gate.clear()
    window.page.choose_model("beta")
    qtbot.waitUntil(window.busy.isVisible)
    qtbot.mouseClick(window.busy.cancel_button, Qt.MouseButton.LeftButton)
    assert not window.busy.isVisible()
    fakes["beta"].gate.set()
    qtbot.wait(200)
    # What comes all the same is not wanted any more.
    assert window.page.session.prediction is not None
    assert window.page.session.prediction.model == "alpha"
    fakes["beta"].gate.clear()
    window.page.choose(0)
    qtbot.waitUntil(window.busy.isVisible)
    window.actions_["cancel"].trigger()
    assert not window.busy.isVisible()
    fakes["beta"].gate.set()
