"""What ends `crowdgui watch`, what does not, and what is told at its end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Any

import pytest

import crowdgui.commands.watch
from crowdgui.commands.herald import Herald, Output
from crowdgui.live.csv_log import CsvLog
from crowdgui.live.rows import Writing
from crowdgui.live.zones import Zone, save_zones
from models import catalogue
from models.predictor import Predictor
from small_logs import read, row
from small_streams import brightness_counter, write_video

Run = Callable[..., tuple[int, str, str]]
NO_UTF8 = os.fsdecode(b"a\xffb")
needs_dev_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")


def start(tmp_path: Path, *words: str, **options: Any) -> subprocess.Popen[str]:
    weights = str(catalogue.user_folder() / "mcnn.safetensors")
    command = [sys.executable, "-m", "crowdgui", "watch", *words, "--model", weights]
    return subprocess.Popen(
        command, text=True, cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}, **options,
    )  # fmt: skip


@contextmanager
def no_reader() -> Iterator[IO[bytes]]:
    """A pipe whose other end is closed."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as file:
        yield file


@needs_dev_full
@pytest.mark.parametrize("broken", ["stdout", "stderr"])
def test_rows_are_kept_where_none_can_be_printed(
    only_mcnn: Path, tmp_path: Path, broken: str
) -> None:
    zones = tmp_path / "zones.json"
    # There is something to be said at once, and each minute.
    save_zones(zones, "camera:0", [Zone("Gate", ((0, 0), (1, 0), (1, 1)))])
    words = ("demo:", "--csv", "c.csv", "--duration", "5", "--zones", str(zones), "--soak")
    with no_reader() as pipe, Path("/dev/full").open("wb") as full:
        streams: dict[str, Any] = {
            "stdout": full if broken == "stdout" else subprocess.DEVNULL,
            "stderr": pipe if broken == "stderr" else subprocess.DEVNULL,
        }
        with start(tmp_path, *words, **streams) as child:
            assert child.wait(120) == 0
    # The first row is the one that could not be printed.
    assert len(read(tmp_path / "c.csv")) >= 2


@needs_dev_full
def test_without_a_sink_rows_that_cannot_be_printed_end_it(only_mcnn: Path, tmp_path: Path) -> None:
    with (
        Path("/dev/full").open("wb") as full,
        start(tmp_path, "demo:", stdout=full, stderr=subprocess.PIPE) as child,
    ):
        _, err = child.communicate(timeout=120)
    assert child.returncode == 2
    assert "the output cannot be written" in err


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_while_the_model_loads(
    command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: signal.Signals
) -> None:
    def load(_order: object, _model: str) -> Predictor:
        signal.raise_signal(ending)
        pytest.fail("it went on loading")

    # The tests themselves may run under nohup.
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    monkeypatch.setattr(crowdgui.commands.watch, "_predictor", load)
    try:
        code, out, err = command("watch", "demo:", "--csv", tmp_path / "c.csv")
    finally:
        signal.signal(signal.SIGHUP, before)
    assert (code, out, err) == (0, "", "")
    assert read(tmp_path / "c.csv") == []


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes")
def test_a_pipe_is_no_log(only_mcnn: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with start(tmp_path, "demo:", "--csv", "pipe", stderr=subprocess.PIPE) as child:
        try:
            _, err = child.communicate(timeout=120)
        finally:
            child.kill()
    assert child.returncode == 2
    assert "pipe cannot be written: it is no ordinary file" in err


def test_alerts_end_with_a_video(
    command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        crowdgui.commands.watch, "_predictor", lambda _order, _model: brightness_counter()
    )
    video, zones = write_video(tmp_path / "v.mp4", frames=20), tmp_path / "zones.json"
    whole = ((0, 0), (1, 0), (1, 1), (0, 1))
    save_zones(zones, str(video), [Zone("Gate", whole, capacity=1, hold_s=0)])
    code, _, err = command(
        "watch", video, "--zones", zones, "--csv", tmp_path / "c.csv", "--interval", 0.2
    )
    assert code == 0
    assert f"Alert ended: {video}, Gate is watched no more" in err
    told = [(alert["zone"], alert["event"]) for alert in read(tmp_path / "c-alerts.csv")]
    assert told == [("Gate", "raised"), ("Gate", "ended")]


def test_the_end_of_a_trouble_is_said_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    session: Any = SimpleNamespace(states=list, alerts_after=lambda _number: [])
    path = tmp_path / "place" / "c.csv"
    log = CsvLog(path)
    writing, herald = Writing([log]), Herald(Output(needed=True), session, None, None)
    path.unlink()
    path.mkdir()
    assert len(writing.write([row(1)])) == 1
    herald.tell(writing)
    assert capsys.readouterr().err == ""
    path.rmdir()
    assert writing.write([row(2)]) == []
    for _ in range(2):
        herald.tell(writing)
    log.close()
    assert capsys.readouterr().err == f"{path} is written again.\n"


@pytest.mark.parametrize(
    "words", [["--interval", "inf"], ["--duration", "inf"], ["--second-every", "inf"],
              ["--interval", "nan"], ["--interval", "86401"]],
)  # fmt: skip
def test_no_time_is_endless(command: Run, only_mcnn: Path, words: list[str]) -> None:
    code, out, err = command("watch", "nothing.mp4", *words)
    assert (code, out) == (2, "")
    assert f"Invalid value for '{words[0]}'" in err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([f"camera:{NO_UTF8}"], "it is no UTF-8 text"),
        (["demo:", "--name", NO_UTF8, "--mqtt", "mqtt://127.0.0.1:9"], "it is no UTF-8 text"),
        (["demo:", "--mqtt", f"mqtt://127.0.0.1:9/{NO_UTF8}"], "is no address of a broker"),
        ([f"rtsp://127.0.0.1/{NO_UTF8}"], "is no address of a stream"),
    ],
)
def test_words_that_are_no_utf8_are_refused(
    command: Run, only_mcnn: Path, words: list[str], sentence: str
) -> None:
    code, out, err = command("watch", "--duration", 1, *words)
    assert (code, out) == (2, "")
    assert sentence in err
    assert len(err.strip().splitlines()) == 1


def test_addresses_given_as_something_else_show_no_password(command: Run, only_mcnn: Path) -> None:
    address = "rtsp://user:geheim@127.0.0.1/x"
    for words in (
        ["watch", f"camera:{address}", "--duration", 0.5],
        ["watch", f"camera:{address}?size=big"],
        ["--lang", address],
        [f"--{address}"],
    ):
        code, out, err = command(*words)
        assert code == 2
        assert "geheim" not in out + err
        assert "user:***@" in err
