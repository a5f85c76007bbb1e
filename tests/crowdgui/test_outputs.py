"""What a command writes takes the place of nothing that anybody could miss."""

from __future__ import annotations

import errno
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from crowdgui.live.zones import Zone, save_zones
from crowdgui.sources import matching
from models import catalogue, overlay
from small_disk import full_disk, needs_limits
from small_streams import write_video

Run = Callable[..., tuple[int, str, str]]
Save = Callable[[Path], Path]
WHOLE = Zone("all", ((0, 0), (1, 0), (1, 1), (0, 1)))


@pytest.fixture
def place(save_picture: Save, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with pictures, a video and zones, from which the command is called."""
    for name in ("a.png", "b.png"):
        save_picture(tmp_path / name)
    write_video(tmp_path / "a.mp4", frames=3)
    save_zones(tmp_path / "zones.json", "*", [WHOLE])
    (tmp_path / "heads.csv").write_text("x,y\n3,4\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["a.png", "--csv", "a.png"], "something else in the same command"),
        (["a.mp4", "--csv", "a.mp4"], "something else in the same command"),
        (["a.mp4", "--plot", "./a.mp4"], "something else in the same command"),
        (["a.mp4", "--zones", "zones.json", "--csv", "zones.json"], "something else in the same"),
        (["a.mp4", "--csv", "x.out", "--plot", "x.out"], "something else in the same command"),
        (["--csv", "b.png", "a.png"], "named like a picture, a video or a model"),
        (["--csv", "m.safetensors", "a.png"], "named like a picture, a video or a model"),
        (["a.png", "--csv", "zones.json"], "another file of this name"),
        (["a.png", "--csv", "heads.csv"], "another file of this name"),
        (["a.mp4", "--csv", "heads.csv"], "another file of this name"),
        (["a.mp4", "--plot", "b.png"], "another file of this name"),
        (["a.mp4", "--plot", "b.mp4"], "ends in .png"),
        (["a.png", "--csv", "-"], "--json prints on standard output"),
        (["a.png", "--csv", "/dev/stdout"], "--json prints on standard output"),
    ],
)
def test_outputs_are_no_inputs(
    command: Run, only_mcnn: Path, place: Path, words: list[str], sentence: str
) -> None:
    before = contents(place)
    code, out, err = command("count", *words)
    assert (code, out) == (2, "")
    assert sentence in err
    assert contents(place) == before


def test_an_old_table_stays_where_nothing_was_counted(
    command: Run, only_mcnn: Path, place: Path
) -> None:
    old = "path,count\nold.png,3\n"
    (place / "counts.csv").write_text(old)
    (place / "bad.jpg").write_text("no picture")
    assert command("count", "bad.jpg", "--csv", "counts.csv")[0] == 2
    assert (place / "counts.csv").read_text() == old
    assert command("count", "a.png", "--csv", "counts.csv")[0] == 0
    assert "a.png" in (place / "counts.csv").read_text()


def test_results_of_an_earlier_run_are_replaced(command: Run, only_mcnn: Path, place: Path) -> None:
    words = ("a.mp4", "--csv", "c.csv", "--plot", "c.png", "--overlay", "maps")
    for _ in range(2):
        assert command("count", *words)[0] == 0
        assert {path.name for path in (place / "maps").iterdir()} == {"a-density.mp4"}
    for _ in range(2):
        assert command("count", "a.png", "--csv", "p.csv")[0] == 0


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files")
def test_who_may_read_the_old_file_may_read_the_new_one(
    command: Run, only_mcnn: Path, place: Path
) -> None:
    table = place / "counts.csv"
    table.touch(0o600)
    assert command("count", "a.png", "--csv", table)[0] == 0
    assert table.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_an_output_that_is_full_is_one_sentence(only_mcnn: Path, place: Path) -> None:
    words = [sys.executable, "-m", "crowdgui", "count", "a.png", "--json", "--model", only_mcnn]
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ended.returncode == 2
    assert ended.stderr == "crowdgui: the output cannot be written: No space left on device\n"


def test_patterns_of_videos(command: Run, only_mcnn: Path, place: Path) -> None:
    write_video(place / "b.mp4", frames=2)
    code, out, _ = command("count", "*.mp4", "--json")
    assert (code, len(out.splitlines())) == (0, 5)
    assert command("count", "*.avi")[0] == 2


@pytest.mark.skipif(sys.platform == "win32", reason="links")
def test_a_file_has_its_shortest_name(place: Path) -> None:
    (place / "again").symlink_to(place)
    assert matching("**/*.png") == [Path("a.png"), Path("b.png")]


@pytest.mark.parametrize(
    "words",
    [
        ["count", "rtsp://user:secret@host/s"],
        ["count", "rtsp:/user:secret@host/s"],
        ["count", "clip.mp4", "rtsp://user:secret@host/s"],
        ["count", "clip.mp4", "rtsp:/user:secret@host/s"],
        ["count", "rtsp:/user:secret@host/clip.mp4"],
        ["watch", "rtsp:/user:secret@host/s"],
        ["watch", "demo:", "--mqtt", "user:secret@localhost"],
        ["watch", "demo:", "--mqtt", "mqtt:/user:secret@localhost/s"],
        ["watch", "demo:", "--mqtt", "mqtt://user:secret@localhost/s/#"],
    ],
)
def test_no_password_is_printed(command: Run, only_mcnn: Path, words: list[str]) -> None:
    code, out, err = command(*words)
    assert (code, out) == (2, "")
    assert "secret" not in err
    assert "user" in err


@pytest.mark.skipif(sys.platform == "win32", reason="names with a colon")
def test_patterns_may_look_like_passwords(command: Run, only_mcnn: Path, place: Path) -> None:
    (place / "a.png").rename(place / "10:30@north.png")
    assert command("count", "1*:*@*.png")[0] == 0
    code, _, err = command("count", "1*:secret@south*.png")
    assert code == 2
    assert "secret" not in err


def test_what_is_live_belongs_to_watch(command: Run, only_mcnn: Path) -> None:
    for word in ("camera:0", "rtsp://host/s"):
        code, _, err = command("count", word)
        assert code == 2
        assert "crowdgui watch" in err


def test_names_are_whole_in_a_pipe(command: Run, only_mcnn: Path) -> None:
    name = "a-student-of-our-own-with-a-name-that-takes-up-more-than-half-a-line"
    only_mcnn.rename(catalogue.user_folder() / f"{name}.safetensors")
    assert name in command("models")[1]


@pytest.mark.parametrize("content", [b"my,notes\n1,2\n", b"\x00\x01video", b"{}"])
def test_a_log_takes_the_place_of_no_other_file(
    command: Run, only_mcnn: Path, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "notes.csv").write_bytes(content)
    code, _, err = command("watch", "demo:", "--csv", tmp_path / "notes.csv", "--duration", "1")
    assert code == 2
    assert "no log of this program" in err
    assert contents(tmp_path) == {"notes.csv": content}


def test_a_count_outlives_a_drawing_that_cannot_be_saved(
    command: Run, only_mcnn: Path, place: Path
) -> None:
    # A folder stands where the drawing of one is to be.
    (place / "o" / "a-density.png").mkdir(parents=True)
    code, out, err = command("count", "a.png", "b.png", "--csv", "c.csv", "--overlay", "o")
    assert code == 1
    assert "a-density.png cannot be written" in err
    assert len((place / "c.csv").read_text().splitlines()) == 3
    assert "a.png" in out
    assert (place / "o" / "b-density.png").is_file()


@needs_limits
def test_rows_outlive_a_disk_that_fills(command: Run, only_mcnn: Path, place: Path) -> None:
    for number in range(12):
        shutil.copy(place / "a.png", place / f"copy-{number}.png")
    with full_disk(room=500):
        code, _, err = command("count", "copy-*.png", "--csv", "c.csv")
    assert code == 1
    assert err.count("c.csv cannot be written: File too large") == 1
    rows = (place / "c.csv").read_text().splitlines()
    assert 2 < len(rows) < 12
    assert all(row.count(",") == rows[0].count(",") for row in rows)
    assert [row.split(",")[0] for row in rows[1:]] == [
        f"copy-{n}.png" for n in range(len(rows) - 1)
    ]
    assert not list(place.glob(".*.part"))


def test_rows_whose_place_is_refused_lie_beside(
    command: Run, only_mcnn: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = Path.replace

    def held(self: Path, target: Path) -> Path:
        if Path(target).name == "c.csv":
            raise PermissionError(errno.EACCES, "It is open elsewhere")
        return moved(self, target)

    monkeypatch.setattr(Path, "replace", held)
    (place / "c-2.csv").touch()
    code, _, err = command("count", "a.png", "--csv", "c.csv")
    assert code == 1
    assert f"What was written is in {place / 'c-3.csv'}." in err
    assert "Counts are in" not in err
    assert "a.png" in (place / "c-3.csv").read_text()
    assert not (place / "c.csv").exists()
    assert not list(place.glob(".*.part"))


@pytest.mark.parametrize("trouble", [MemoryError(), KeyboardInterrupt()])
def test_a_count_is_written_before_it_is_drawn(
    command: Run, only_mcnn: Path, place: Path, monkeypatch: pytest.MonkeyPatch,
    trouble: BaseException,
) -> None:  # fmt: skip
    def draw(*_: object) -> None:
        raise trouble

    monkeypatch.setattr(overlay, "draw_overlay", draw)
    code, out, err = command("count", "a.png", "b.png", "--csv", "c.csv", "--overlay", "o")
    assert code == 1
    counted = 1 if isinstance(trouble, KeyboardInterrupt) else 2
    assert len((place / "c.csv").read_text().splitlines()) == 1 + counted
    assert len(out.splitlines()) == counted
    assert "Counts are in c.csv" in err
    wanted = "Stopped after 1 of 2" if counted == 1 else "b.png could not be drawn: MemoryError"
    assert wanted in err


@pytest.mark.parametrize(("word", "inputs"), [("*.png", 2), ("*.mp4", 1), (".", 2)])
def test_drawings_are_not_drawn_in_turn(
    command: Run, only_mcnn: Path, place: Path, word: str, inputs: int
) -> None:
    assert command("count", word, "--overlay", ".")[0] == 0
    before = contents(place)
    code, out, err = command("count", word, "--overlay", ".")
    assert (code, out) == (2, "")
    assert "a-density.p" in err or "a-density.mp4" in err
    assert contents(place) == before
    # Elsewhere they are pictures like others.
    assert command("count", word, "--overlay", "o")[0] == 0
    assert len(list((place / "o").iterdir())) == 2 * inputs


def test_long_names_can_be_written(command: Run, only_mcnn: Path, place: Path) -> None:
    name = "사" * 78
    (place / "a.png").rename(place / f"{name}.png")
    code, _, err = command("count", f"{name}.png", "--csv", f"{name}.csv")
    assert code == 0, err
    assert (place / f"{name}.csv").is_file()


def test_a_folder_for_drawings_that_is_a_file_is_said_before_counting(
    command: Run, only_mcnn: Path, place: Path
) -> None:
    code, out, err = command("count", "a.png", "--overlay", "zones.json")
    assert (code, out) == (2, "")
    assert "it is a file, not a folder" in err
