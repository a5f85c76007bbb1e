"""Trimmed videos: what is cut away is still in the file, and is not missing."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from crowdgui.live.edit_list import shown_seconds
from crowdgui.live.videos import frames_of, missing_frames, open_video
from small_streams import write_video


def trimmed(path: Path, begin: float, seconds: float) -> Path:
    """Save a video of 100 frames, 4 s, of which these seconds are shown."""
    data = bytearray(write_video(path, frames=100, fps=25).read_bytes())
    movie, media, edits = (data.find(name) + 4 for name in (b"mvhd", b"mdhd", b"elst"))
    units, ticks = (struct.unpack_from(">I", data, place + 12)[0] for place in (movie, media))
    struct.pack_into(">Ii", data, edits + 8, int(seconds * units), int(begin * ticks))
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", ["v.mp4", "v.mov"])
def test_a_trimmed_video_is_whole(tmp_path: Path, name: str) -> None:
    path = trimmed(tmp_path / name, begin=1.2, seconds=2)
    assert shown_seconds(path) == 2
    capture, facts = open_video(path)
    capture.release()
    assert (facts.frames, facts.seconds) == (50, 2)
    times = [time for time, _ in frames_of(path)]
    assert len(times) == 50
    assert missing_frames(facts, len(times), times[-1]) == 0


def test_what_is_shown_of_a_whole_video(tmp_path: Path) -> None:
    path = write_video(tmp_path / "v.mp4", frames=100, fps=25)
    assert shown_seconds(path) == 4
    capture, facts = open_video(path)
    capture.release()
    assert facts.frames == 100


def test_other_files_have_no_edit_list(tmp_path: Path) -> None:
    avi = write_video(tmp_path / "v.avi", frames=10)
    assert shown_seconds(avi) is None
    assert shown_seconds(tmp_path / "gone.mp4") is None
    (tmp_path / "empty.mp4").touch()
    assert shown_seconds(tmp_path / "empty.mp4") is None


def test_damage_anywhere_is_survived(tmp_path: Path) -> None:
    data = write_video(tmp_path / "v.mp4", frames=5).read_bytes()
    path = tmp_path / "damaged.mp4"
    for place in range(data.find(b"moov") - 4, len(data)):
        path.write_bytes(data[:place])
        assert shown_seconds(path) in (None, pytest.approx(0.2))
        path.write_bytes(data[:place] + b"\xff\xff\xff\xff" + data[place + 4 :])
        shown_seconds(path)
