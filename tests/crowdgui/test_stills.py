"""Pictures out of a video: spread over it, named by their time, and never taken twice."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from crowdgui.app import app
from crowdgui.stills import stills_folder, take_stills
from models import picture_files
from models.errors import UserError
from models.pictures import read_picture
from small_streams import write_video


def take(video: Path, folder: Path, number: int) -> tuple[int, list[str], str]:
    words = ["stills", str(video), str(folder), "--number", str(number)]
    result = CliRunner().invoke(app, words)
    return result.exit_code, result.stdout.splitlines(), result.stderr


def test_they_are_spread_over_the_video(tmp_path: Path) -> None:
    video = write_video(tmp_path / "platform.mp4", frames=50)
    folder = tmp_path / "out"
    code, printed, said = take(video, folder, 4)
    assert (code, said) == (0, "")
    names = [f"platform-00h00m0{second}s.png" for second in ("0.240", "0.720", "1.240", "1.720")]
    assert sorted(path.name for path in folder.iterdir()) == names
    assert printed == [str(folder / name) for name in names]
    # A square moves to the right.
    brightest = [int(read_picture(folder / name).mean((0, 2)).argmax()) for name in names]
    assert brightest == sorted(set(brightest)), "each is another frame, in their order"


def test_a_short_video_gives_as_many_as_it_has(tmp_path: Path) -> None:
    video = write_video(tmp_path / "a.mp4", frames=3)
    assert len(list(take_stills(video, tmp_path / "out", 30))) == 3


def test_what_is_there_stays_and_is_of_this_video(tmp_path: Path) -> None:
    video = write_video(tmp_path / "a.mp4")
    [path] = take_stills(video, tmp_path, 1)
    before = path.stat().st_mtime_ns
    assert list(take_stills(video, tmp_path, 1)) == [path]
    assert path.stat().st_mtime_ns == before
    Image.new("RGB", (160, 120), (1, 2, 3)).save(path)
    with pytest.raises(UserError) as caught:
        list(take_stills(video, tmp_path, 1))
    assert caught.value.code == "stills-foreign"
    assert np.asarray(Image.open(path)).tolist()[0][0] == [1, 2, 3]


def test_a_disk_that_is_full_keeps_what_was_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    video, saved = write_video(tmp_path / "a.mp4"), picture_files.save_picture

    def save(path: Path, pixels: object) -> None:
        if list(tmp_path.glob("out/*")):
            raise UserError("path-unwritable", path=path, reason="No space left on device")
        (tmp_path / "out").mkdir()
        saved(path, pixels)  # type: ignore[arg-type]

    monkeypatch.setattr(picture_files, "save_picture", save)
    code, printed, said = take(video, tmp_path / "out", 3)
    assert (code, len(printed)) == (1, 1)
    assert "No space left" in said


@pytest.mark.parametrize("content", [None, b"no video"])
def test_what_is_no_video(tmp_path: Path, content: bytes | None) -> None:
    video = tmp_path / "a.mp4"
    if content is not None:
        video.write_bytes(content)
    code, printed, said = take(video, tmp_path / "out", 3)
    assert (code, printed) == (2, [])
    assert str(video) in said
    assert not (tmp_path / "out").exists()


def test_a_video_without_a_length_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    video = write_video(tmp_path / "a.mp4")
    monkeypatch.setattr("crowdgui.live.videos.VideoFacts.seconds", 0.0)
    with pytest.raises(UserError) as caught:
        list(take_stills(video, tmp_path / "out", 3))
    assert caught.value.code == "video-length"


def test_the_window_puts_them_beside_the_video(tmp_path: Path) -> None:
    assert stills_folder(tmp_path / "gate 1.mp4") == tmp_path / "gate 1-pictures"
