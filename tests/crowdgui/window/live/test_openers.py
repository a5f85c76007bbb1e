"""Sources that wait for a keyring or a disk hold up nothing else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crowdgui import sources
from crowdgui.live.zones import Zone, read_zones
from crowdgui.window.background import Work
from crowdgui.window.live import openers
from crowdgui.window.main_window import MainWindow
from live_pages import LIMIT_MS, add
from small_streams import write_video

GATE = Zone("Gate", ((0.0, 0.0), (0.5, 0.0), (0.5, 1.0), (0.0, 1.0)))


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[threading.Event]:
    """A disk that answers for slow.mp4 when the event is set."""
    answer, opened = threading.Event(), sources.VideoFeed

    def video(path: Path) -> sources.VideoFeed:
        if path.name == "slow.mp4":
            assert answer.wait(60)
        return opened(path)

    monkeypatch.setattr(sources, "VideoFeed", video)
    write_video(tmp_path / "slow.mp4", 200)
    yield answer
    answer.set()


def test_a_disk_that_does_not_answer_holds_up_no_other_source(
    live: MainWindow, qtbot: QtBot, tmp_path: Path, slow: threading.Event
) -> None:
    page = live.live
    page.open_words([str(tmp_path / "slow.mp4")])
    add(live, qtbot, "demo:")
    page.hub.save_zones(page.source, [GATE])
    qtbot.waitUntil(page.hub.zones_file.exists, timeout=LIMIT_MS)
    page.hub.choose_model("beta")
    demo = page.source
    qtbot.waitUntil(lambda: demo.latest.prediction.model == "beta", timeout=LIMIT_MS)
    add(live, qtbot, str(write_video(tmp_path / "other.mp4", 200)))
    assert page.hub.busy
    slow.set()
    qtbot.waitUntil(lambda: len(page.hub.sources) == 3, timeout=LIMIT_MS)
    # In the order in which they were asked for.
    assert [Path(source.name).name for source in page.hub.sources] == [
        "slow.mp4", "demo:", "other.mp4",
    ]  # fmt: skip
    # The one that was asked for last stays the large one.
    assert page.source is page.hub.sources[2]
    qtbot.waitUntil(lambda: len(page.tiles.views) == 3, timeout=LIMIT_MS)
    left, middle, right = (page.tiles.views[source] for source in page.hub.sources)
    qtbot.waitUntil(lambda: left.x() < middle.x() < right.x(), timeout=LIMIT_MS)
    # The maker of pictures is told of other tiles, and of nothing else.
    altered: list[int] = []
    page.tiles.altered.connect(lambda: altered.append(1))
    page.render_page()
    assert altered == []
    assert not page.hub.busy


def test_the_end_waits_for_all_that_hang_together(
    live: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging, limits = threading.Event(), list[float]()
    now = [0.0]
    hub = live.live.hub
    for _ in range(3):

        def steps(_work: Work) -> Iterator[None]:
            hanging.wait(60)
            yield None

        hub.openers.start(Work(lambda: "", steps, lambda _none: None, lambda _error: None))

    class Thread:
        """A thread that lets whoever waits for it wait."""

        def wait(self, limit: int) -> None:
            limits.append(limit / 1000)
            now[0] += limit / 1000

        def isFinished(self) -> bool:  # noqa: N802
            return False

    threads = [lane.thread_ for lane in hub.openers._lanes]
    with monkeypatch.context() as patched:
        patched.setattr(openers.time, "monotonic", lambda: now[0])
        for lane in hub.openers._lanes:
            patched.setattr(lane, "thread_", Thread())
        assert not hub.openers.close()
        assert limits == [openers.JOIN_S, 0, 0]
    hanging.set()
    for thread in threads:
        qtbot.waitUntil(thread.isFinished, timeout=LIMIT_MS)


def test_zones_are_kept_though_the_window_closes_at_once(live: MainWindow, qtbot: QtBot) -> None:
    add(live, qtbot, "demo:")
    hub, began, go_on = live.live.hub, threading.Event(), threading.Event()

    def steps(_work: Work) -> Iterator[None]:
        began.set()
        go_on.wait(60)
        yield None

    hanging = Work(lambda: "", steps, lambda _none: None, lambda _error: None, join_s=60.0)
    live.desk.files.start(hanging)
    assert began.wait(60)
    hub.save_zones(live.live.source, [GATE])
    threading.Timer(0.5, go_on.set).start()
    live.close()
    assert read_zones(hub.zones_file, "demo:") == (GATE,)
