"""Every frame of a video, counted from the window: the same as from the command line."""

from __future__ import annotations

import csv
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crowdgui import video_results
from crowdgui.commands import count, videos
from crowdgui.live.recording import Recorder
from crowdgui.live.videos import VideoFeed, frames_of
from crowdgui.live.zones import Zone, save_zones
from crowdgui.window import background
from crowdgui.window.counting import jobs
from crowdgui.window.desk import ModelChoice, ModelList
from crowdgui.window.live import analysis_panel
from crowdgui.window.live.analysis_panel import AnalysisPanel
from crowdgui.window.main_window import MainWindow
from live_pages import colours_drawn
from models.errors import UserError
from models.predictor import Predictor
from small_streams import brightness_counter, write_video

LIMIT = 60_000
HALVES = (
    Zone("left", ((0, 0), (0.5, 0), (0.5, 1), (0, 1))),
    Zone("right", ((0.5, 0), (1, 0), (1, 1), (0.5, 1))),
)


class Gated:
    """Counts like the predictor it stands before; frame `at` waits until `gate` is set."""

    def __init__(self, predictor: Predictor) -> None:
        self.predictor = predictor
        self.gate, self.reached = threading.Event(), threading.Event()
        self.at = 0
        self.seen = 0

    def predict(self, picture: object) -> object:
        self.seen += 1
        if self.seen == self.at:
            self.reached.set()
            assert self.gate.wait(60)
        return self.predictor.predict(picture)  # type: ignore[arg-type]


@pytest.fixture
def gated(monkeypatch: pytest.MonkeyPatch) -> Gated:
    gated = Gated(brightness_counter())
    found = ModelList((ModelChoice("brightness", 1_000_000),), "brightness")
    monkeypatch.setattr(jobs, "list_models", lambda: found)
    monkeypatch.setattr(jobs, "load_predictor", lambda _name, _engine: gated)
    return gated


@pytest.fixture
def window(gated: Gated, new_window: Callable[..., MainWindow]) -> MainWindow:
    return new_window()


@pytest.fixture
def video(tmp_path: Path) -> Path:
    return write_video(tmp_path / "in" / "영상.mp4", frames=24, fps=10)


@pytest.fixture
def panel(window: MainWindow, video: Path, tmp_path: Path, qtbot: QtBot) -> AnalysisPanel:
    panel = AnalysisPanel(window.desk, window)
    panel.prepare(VideoFeed(video), HALVES, "brightness")
    panel.folder.setText(str(tmp_path / "out"))
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def finish(panel: AnalysisPanel, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: panel.work is None, timeout=LIMIT)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_video_has_the_colours_that_are_chosen(
    panel: AnalysisPanel, window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    drawn = colours_drawn(monkeypatch)
    window.settings.colour_map = "turbo"
    panel.start_button.click()
    finish(panel, qtbot)
    assert drawn == ["turbo"] * 24


def test_the_files_are_those_of_the_command_line(
    panel: AnalysisPanel, video: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:  # fmt: skip
    assert panel.subject.text() == "영상.mp4: 24 frames, counted with brightness"
    panel.start_button.click()
    finish(panel, qtbot)
    out = tmp_path / "out"
    assert {path.name for path in out.iterdir()} == {
        "영상-counts.csv", "영상-counts.png", "영상-density.mp4",
    }  # fmt: skip
    monkeypatch.setattr(videos, "open_ordered", lambda _order: brightness_counter())
    zones = tmp_path / "zones.json"
    save_zones(zones, "*", HALVES)
    listed = tmp_path / "command.csv"
    order = count.Order([str(video)], csv_file=listed, overlay=tmp_path / "o", zones=zones)
    assert videos.run_videos(order) == 0
    assert (out / "영상-counts.csv").read_bytes() == listed.read_bytes()
    rows = rows_of(listed)
    assert len(rows) == 24
    for row in rows:
        both = float(row["left"]) + float(row["right"])
        assert both == pytest.approx(float(row["count"]), rel=1e-3, abs=0.002)
    drawn, theirs = (list(frames_of(path)) for path in (
        out / "영상-density.mp4", tmp_path / "o" / "영상-density.mp4"))  # fmt: skip
    assert len(drawn) == len(theirs) == 24
    assert all((a == b).all() for (_, a), (_, b) in zip(drawn, theirs, strict=True))
    with Image.open(out / "영상-counts.png") as plot:
        assert plot.size[0] > 1000
    counts = [float(row["count"]) for row in rows]
    said = f"24 frames: {sum(counts) / 24:,.1f} people on average, {max(counts):,.1f} at most"
    assert panel.state.text().startswith(said)
    assert panel.open_button.isVisible()


def test_without_matplotlib_no_plot_is_offered(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(analysis_panel, "find_spec", lambda _name: None)
    panel = AnalysisPanel(window.desk, window)
    panel.show()
    qtbot.waitExposed(panel)
    assert [box.isVisible() for box in panel.boxes] == [True, False, True]
    assert [box.isChecked() for box in panel.boxes] == [True, False, True]
    panel.close()


def test_a_plot_that_cannot_be_drawn_leaves_the_rest(
    panel: AnalysisPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def draw(*_facts: object) -> None:
        # The others are whole by then.
        assert len(rows_of(tmp_path / "out" / "영상-counts.csv")) == 24
        assert len(list(frames_of(tmp_path / "out" / "영상-density.mp4"))) == 24
        raise UserError("engine-missing", engine="matplotlib", package="matplotlib")

    monkeypatch.setattr(video_results, "draw_course", draw)
    panel.start_button.click()
    finish(panel, qtbot)
    assert "matplotlib" in panel.state.text()
    assert "24 frames: " in panel.state.text()


def test_progress_is_told_while_it_runs(
    panel: AnalysisPanel, gated: Gated, window: MainWindow, qtbot: QtBot
) -> None:
    gated.at = 9
    panel.start_button.click()
    assert not panel.start_button.isVisible()
    assert not panel.folder.isEnabled()
    qtbot.waitUntil(lambda: panel.progress.value() == 8, timeout=LIMIT)
    assert panel.progress.maximum() == 24
    assert panel.state.text().startswith("Frame 8 of 24: ")
    assert panel.state.text().endswith(" left")
    assert window.works.text.text() == "Analysing 영상.mp4  8 / 24"
    gated.gate.set()
    finish(panel, qtbot)
    assert not panel.progress.isVisible()


def test_cancelled_it_keeps_what_was_counted(
    panel: AnalysisPanel, gated: Gated, tmp_path: Path, qtbot: QtBot
) -> None:
    gated.at = 11
    panel.start_button.click()
    assert gated.reached.wait(60)
    panel.cancel_button.click()
    assert panel.state.text() == "Stopping…"
    gated.gate.set()
    finish(panel, qtbot)
    out = tmp_path / "out"
    # Whatever the window hears of the end comes after the files are whole.
    rows = len(rows_of(out / "영상-counts.csv"))
    assert rows in (10, 11)
    assert len(list(frames_of(out / "영상-density.mp4"))) == rows
    assert (out / "영상-counts.png").exists()
    assert panel.state.text().startswith(f"Cancelled; what was counted is kept. {rows} frames:")
    assert not list(out.glob(".*"))


def test_cancelled_it_says_what_could_not_be_kept(
    panel: AnalysisPanel, gated: Gated, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def close(recorder: Recorder) -> None:
        # The rest of it, so that nothing is left open.
        end(recorder)
        raise UserError("path-unwritable", path="film.mp4", reason="the disk is full")

    end = Recorder.close
    monkeypatch.setattr(Recorder, "close", close)
    gated.at = 5
    panel.start_button.click()
    assert gated.reached.wait(60)
    panel.cancel_button.click()
    gated.gate.set()
    finish(panel, qtbot)
    assert "the disk is full" in panel.state.text()
    assert "frames: " in panel.state.text()


def test_closing_the_window_ends_it_and_keeps_the_counts(
    panel: AnalysisPanel, gated: Gated, window: MainWindow, tmp_path: Path
) -> None:
    panel.plot_box.setChecked(False)
    gated.at = 6
    panel.start_button.click()
    assert gated.reached.wait(60)
    # A large model may be at one frame for longer than anything else is waited for.
    threading.Timer(background.JOIN_S + 0.5, gated.gate.set).start()
    window.close()
    assert window.desk.bench.thread_.isFinished()
    assert len(rows_of(tmp_path / "out" / "영상-counts.csv")) >= 5


def test_only_what_is_ticked_and_nothing_is_replaced(
    panel: AnalysisPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    panel.plot_box.setChecked(False)
    panel.video_box.setChecked(False)
    for _time in range(2):
        panel.start_button.click()
        finish(panel, qtbot)
    out = tmp_path / "out"
    assert {path.name for path in out.iterdir()} == {"영상-counts.csv", "영상-counts-2.csv"}
    panel.csv_box.setChecked(False)
    assert not panel.start_button.isEnabled()


def test_a_folder_that_cannot_be_written(
    panel: AnalysisPanel, gated: Gated, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "file").write_text("")
    panel.folder.setText(str(tmp_path / "file"))
    panel.start_button.click()
    finish(panel, qtbot)
    assert "cannot be written" in panel.state.text()
    # It is said before anything is counted.
    assert gated.seen == 0
    assert panel.start_button.isEnabled()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (UserError("weights-damaged", path="brightness", reason="torn"), "torn"),
        (MemoryError("x"), "Something went wrong (MemoryError)."),
    ],
)
def test_a_model_that_does_not_load(
    panel: AnalysisPanel, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, error: Exception, said: str
) -> None:
    def load(_name: str, _engine: object) -> object:
        raise error

    monkeypatch.setattr(jobs, "load_predictor", load)
    panel.start_button.click()
    finish(panel, qtbot)
    assert said in panel.state.text()


def test_a_video_cut_off(panel: AnalysisPanel, tmp_path: Path, qtbot: QtBot) -> None:
    whole = write_video(tmp_path / "whole.avi", frames=60)
    cut = tmp_path / "cut.avi"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    panel.prepare(VideoFeed(cut), (), "brightness")
    panel.folder.setText(str(tmp_path / "out"))
    panel.start_button.click()
    finish(panel, qtbot)
    assert "damaged or cut off" in panel.state.text()
    assert rows_of(tmp_path / "out" / "cut-counts.csv")


def test_the_end_is_told_where_the_panel_is_closed(
    panel: AnalysisPanel, gated: Gated, window: MainWindow, video: Path, qtbot: QtBot
) -> None:
    gated.at = 2
    panel.start_button.click()
    assert gated.reached.wait(60)
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    # Another video does not take its place.
    panel.prepare(VideoFeed(write_video(video.with_name("b.mp4"), frames=3)), (), "brightness")
    assert panel.subject.text().startswith("영상.mp4")
    gated.gate.set()
    finish(panel, qtbot)
    assert window.notices.bars()[0].notice.text().startswith("24 frames: ")
