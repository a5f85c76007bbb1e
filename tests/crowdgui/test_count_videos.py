"""`crowdgui count VIDEO`: every frame, with zones, a plot and an annotated video."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from crowdgui import video_results
from crowdgui.live import recording
from crowdgui.live.videos import frames_of
from crowdgui.live.zones import Zone, save_zones
from models.errors import UserError
from small_streams import write_video

Run = Callable[..., tuple[int, str, str]]
HALVES = (
    Zone("left", ((0, 0), (0.5, 0), (0.5, 1), (0, 1))),
    Zone("right", ((0.5, 0), (1, 0), (1, 1), (0.5, 1))),
)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_plot_and_annotated_video(command: Run, only_mcnn: Path, tmp_path: Path) -> None:
    video = write_video(tmp_path / "in" / "영상.mp4", frames=20, fps=10)
    zones = tmp_path / "zones.json"
    save_zones(zones, "*", HALVES)
    log, plot = tmp_path / "counts.csv", tmp_path / "plot.png"
    code, out, _ = command(
        "count", video, "--csv", log, "--zones", zones, "--plot", plot, "--overlay", tmp_path / "o"
    )
    assert code == 0
    assert "mean" in out
    assert "[20 frames]" in out
    rows = rows_of(log)
    assert list(rows[0]) == ["time", "count", "left", "right"]
    assert [float(row["time"]) for row in rows] == pytest.approx([n / 10 for n in range(20)])
    for row in rows:
        both = float(row["left"]) + float(row["right"])
        assert both == pytest.approx(float(row["count"]), rel=1e-3, abs=0.002)
    with Image.open(plot) as picture:
        assert picture.size[0] > 1000
    annotated = list(frames_of(tmp_path / "o" / "영상-density.mp4"))
    assert len(annotated) == 20
    assert annotated[0][1].shape == (120, 160, 3)


def test_a_plot_that_cannot_be_drawn_is_said_before_anything_is_counted(
    command: Run, only_mcnn: Path, tmp_path: Path
) -> None:
    video = write_video(tmp_path / "a.mp4", frames=4)
    (tmp_path / "file").touch()
    log = tmp_path / "counts.csv"
    code, out, err = command("count", video, "--csv", log, "--plot", tmp_path / "file" / "p.png")
    assert code == 2
    assert "p.png cannot be written" in err
    assert out == ""
    assert not log.exists()


def test_names_are_no_formulas(command: Run, only_mcnn: Path, tmp_path: Path) -> None:
    video = write_video(tmp_path / "cost$_$1.mp4", frames=4)
    zones = tmp_path / "zones.json"
    save_zones(zones, "*", [replace(HALVES[0], name="_a$^$b")])
    plot = tmp_path / "plot.png"
    assert command("count", video, "--zones", zones, "--plot", plot)[0] == 0
    assert plot.is_file()


def test_a_count_outlives_a_plot_that_fails(
    command: Run, only_mcnn: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def draw(path: Path, *_: object) -> None:
        raise UserError("path-unwritable", path=path, reason="it is full")

    monkeypatch.setattr(video_results, "draw_course", draw)
    video, log = write_video(tmp_path / "a.mp4", frames=4), tmp_path / "counts.csv"
    code, out, err = command("count", video, "--csv", log, "--plot", tmp_path / "p.png")
    assert code == 1
    assert "p.png cannot be written: it is full" in err
    assert "The plot is in" not in err
    assert "[4 frames]" in out
    assert len(rows_of(log)) == 4


def test_a_count_outlives_an_annotated_video_that_fills_the_disk(
    command: Run, only_mcnn: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    video, log = write_video(tmp_path / "a.mp4", frames=60), tmp_path / "counts.csv"
    room = iter([recording.SPARE_BYTES])
    monkeypatch.setattr(recording, "_free_bytes", lambda _: next(room, 0))
    code, out, err = command("count", video, "--csv", log, "--overlay", tmp_path / "o")
    assert code == 1
    assert err.count("a-density.mp4 cannot be written: No space left") == 1
    assert f"Counts are in {log}" in err
    assert "[60 frames]" in out
    assert "annotated video" not in out
    assert len(rows_of(log)) == 60
    assert len(list(frames_of(tmp_path / "o" / "a-density.mp4"))) == recording.LOOK_EVERY


@pytest.mark.skipif(sys.platform != "linux", reason="names are text")
def test_a_name_that_is_no_text_is_one_sentence(only_mcnn: Path, tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xb0\xa1.mp4"
    shutil.copy(write_video(tmp_path / "v.mp4", frames=3), os.fsdecode(path))
    for name in ("count", "watch"):
        words = [sys.executable, "-m", "crowdgui", name, path, "--model", str(only_mcnn)]
        result = subprocess.run(words, capture_output=True, text=True)
        assert result.returncode == 2
        assert "is not a video that can be opened" in result.stderr
        assert len(result.stderr.strip().splitlines()) == 1


def test_zones_of_another_video_are_missed(command: Run, only_mcnn: Path, tmp_path: Path) -> None:
    video = write_video(tmp_path / "a.mp4", frames=2)
    save_zones(tmp_path / "zones.json", str(tmp_path / "b.mp4"), HALVES)
    code, _, err = command("count", video, "--zones", tmp_path / "zones.json")
    assert code == 0
    assert f"holds no zones for {video}; it is counted as a whole" in err


def test_json_is_a_line_a_frame(command: Run, only_mcnn: Path, tmp_path: Path) -> None:
    videos = [write_video(tmp_path / name, frames=4) for name in ("a.mp4", "b.avi")]
    code, out, _ = command("count", *videos, "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [row["path"] for row in rows] == [str(videos[0])] * 4 + [str(videos[1])] * 4
    keys = {"path", "count", "seconds", "model", "engine", "precision", "width", "height"}
    assert rows[0].keys() == keys | {"time", "zones"}


def test_bad_videos_stop_no_good_one(command: Run, only_mcnn: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.mp4").write_text("no video")
    good = write_video(tmp_path / "good.avi", frames=60)
    cut = tmp_path / "cut.avi"
    cut.write_bytes(good.read_bytes()[: good.stat().st_size // 2])
    code, out, err = command("count", tmp_path / "bad.mp4", tmp_path / "none.mp4", good, cut)
    assert code == 1
    assert "bad.mp4 is not a video" in err
    assert "none.mp4 does not exist" in err
    assert "cut.avi may be damaged or cut off" in err
    assert "[60 frames]" in out
    assert len(out.splitlines()) == 2


def test_a_folder_named_like_a_video_holds_pictures(
    command: Run, only_mcnn: Path, save_picture: Callable[[Path], Path], tmp_path: Path
) -> None:
    folder = tmp_path / "frames.mp4"
    save_picture(folder / "a.png")
    assert command("count", folder)[0] == 0
    video = write_video(tmp_path / "v.mp4", frames=2)
    code, _, err = command("count", video, folder)
    assert code == 2
    assert "by a command each" in err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["a.mp4", "b.png"], "videos and pictures are counted by a command each"),
        (["a.mp4", "b.mp4", "--csv", "c.csv"], "one video at a time"),
        (["none.mp4"], "does not exist"),
        (["a.png", "--zones", "zones.json"], "it is for videos"),
    ],
)
def test_wrong_use(command: Run, only_mcnn: Path, words: list[str], sentence: str) -> None:
    code, out, err = command("count", *words)
    assert (code, out) == (2, "")
    assert sentence in err


def test_the_annotated_video_replaces_no_source(
    command: Run, only_mcnn: Path, tmp_path: Path
) -> None:
    write_video(tmp_path / "a.mp4", frames=3)
    second = write_video(tmp_path / "a-density.mp4", frames=3)
    before = second.read_bytes()
    code, _, err = command("count", tmp_path / "a.mp4", second, "--overlay", tmp_path)
    assert code == 2
    assert "drawings of it would be counted too" in err
    assert second.read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 2


def test_ctrl_c_keeps_what_was_finished(only_mcnn: Path, tmp_path: Path) -> None:
    video = write_video(tmp_path / "long.mp4", frames=5000)
    words = ["count", str(video), "--model", str(only_mcnn), "--csv", str(tmp_path / "c.csv"),
             "--overlay", str(tmp_path / "o"), "--json"]  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "crowdgui", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    for _ in range(5):
        process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert b"of about 5000 frames; what was counted is kept" in err
    assert b"Traceback" not in err
    rows = rows_of(tmp_path / "c.csv")
    assert 5 <= len(rows) < 5000
    annotated = len(list(frames_of(tmp_path / "o" / "long-density.mp4")))
    assert abs(annotated - len(rows)) <= 1
