"""The log: what is written stays, whatever happens to the program, the disk and the clock."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crowdgui.live import rows as rows_module
from crowdgui.live.csv_log import CsvLog, Rotation
from crowdgui.live.levels import Alert
from crowdgui.live.rows import COLUMNS, LateSink, Row, WallClock, Writing, next_turn
from crowdgui.live.sqlite_log import SqliteLog
from models.errors import UserError
from small_logs import frames_of, read, row


def test_rows_with_zones_and_without_a_count(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "counts.csv"
    log = CsvLog(path, ["정문", "a, b"])
    log.write([row(1, {"정문": 1.25, "a, b": 2})])
    log.write([Row(1_700_000_002.0, "demo:", "stalled", 2, None, None, {}, {}, None)])
    first, second = read(path)
    log.close()
    assert tuple(first) == (*COLUMNS, "정문", "a, b")
    assert (first["count"], first["정문"], first["a, b"], first["delay_ms"]) == (
        "1.500", "1.250", "2.000", "40",
    )  # fmt: skip
    assert (second["state"], second["count"], second["delay_ms"]) == ("stalled", "", "")


def test_an_old_file_is_continued_also_after_half_a_row(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    for number in (1, 2):
        log = CsvLog(path)
        log.write([row(number)])
        log.close()
    with path.open("ab") as file:
        file.write(b"2023-11-14T22:1")
    log = CsvLog(path)
    log.write([row(3)])
    log.close()
    rows = read(path)
    assert [r["frames"] for r in rows] == ["1", "2", None, "3"]


def test_other_zones_begin_another_file(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    log = CsvLog(path, ["a"])
    log.write([row(1, {"a": 1})])
    log.write([row(2, {"b": 2})])
    log.close()
    assert [list(r)[6:] for r in read(tmp_path / "counts.1.csv")] == [["a"]]
    assert [list(r)[6:] for r in read(path)] == [["a", "b"]]


def test_starts_with_and_without_zones_lose_no_row(tmp_path: Path) -> None:
    """As a window does that knows its zones only after the log has begun."""
    path = tmp_path / "counts.csv"
    for day in range(14):
        log = CsvLog(path, rotation=Rotation(keep=3))
        log.write([row(day, {"Gate": 1.0})])
        log.close()
    files = [path, *tmp_path.glob("counts.*.csv")]
    rows = [found for file in files for found in read(file)]
    assert sorted(int(found["frames"]) for found in rows) == list(range(14))
    # A header with no row under it is no file to keep.
    assert all(read(file) for file in files)


def test_a_file_that_was_never_a_log_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text("one line of something else", "utf-8")
    with pytest.raises(UserError) as caught:
        CsvLog(path)
    assert caught.value.code == "path-unwritable"
    assert path.read_text("utf-8") == "one line of something else"


@pytest.mark.parametrize("text", ["\ufefftime;source;state\n", '"time","source"\n'])
def test_what_a_spreadsheet_saved_is_put_aside_and_not_replaced(tmp_path: Path, text: str) -> None:
    path = tmp_path / "counts.csv"
    path.write_text(text, "utf-8")
    CsvLog(path).close()
    assert (tmp_path / "counts.1.csv").read_text("utf-8") == text


def test_another_programs_file_in_its_place_ends_no_log(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    log = CsvLog(path)
    log.write([row(1)])
    path.unlink()
    path.write_text("one line of something else", "utf-8")
    log.write([row(2)])
    log.close()
    assert (tmp_path / "counts.1.csv").read_text("utf-8") == "one line of something else"
    assert len(read(path)) == 1


def test_alerts_have_a_file_of_their_own(tmp_path: Path) -> None:
    log = CsvLog(tmp_path / "counts.csv")
    assert not (tmp_path / "counts-alerts.csv").exists()
    log.alert(Alert(1_700_000_000.0, "demo:", "Gate", True, "very crowded", 31.0))
    log.close()
    (alert,) = read(tmp_path / "counts-alerts.csv")
    assert (alert["zone"], alert["event"], alert["level"]) == ("Gate", "raised", "very crowded")


def test_sqlite_keeps_rows_zones_and_alerts(tmp_path: Path) -> None:
    path = tmp_path / "counts.sqlite"
    for number in (1, 2):
        log = SqliteLog(path)
        log.write([row(number, {"Gate": number * 2.0})])
        log.alert(Alert(1_700_000_000.0, "demo:", "Gate", False, "free", 1.0))
        log.close()
    file = sqlite3.connect(path)
    query = "SELECT frames, c.count, zone, z.count FROM counts c JOIN zone_counts z ON z.row = c.id"
    found = file.execute(query).fetchall()
    alerts = file.execute("SELECT zone, raised FROM alerts").fetchall()
    file.close()
    assert found == [(1, 1.5, "Gate", 2.0), (2, 2.5, "Gate", 4.0)]
    assert alerts == [("Gate", 0)] * 2


@pytest.mark.skipif(sys.platform == "win32", reason="a file in use cannot be moved")
@pytest.mark.parametrize("kind", [CsvLog, SqliteLog])
@pytest.mark.parametrize("how", ["moved", "deleted", "replaced", "with its folder"])
def test_a_file_that_is_taken_away_is_begun_anew(
    tmp_path: Path, kind: type[CsvLog | SqliteLog], how: str
) -> None:
    path = tmp_path / "log" / "counts"
    log = kind(path)
    log.write([row(1)])
    if how == "with its folder":
        shutil.rmtree(path.parent)
    elif how == "deleted":
        path.unlink()
    else:
        path.rename(tmp_path / "aside")
        if how == "replaced":
            path.touch()
    log.write([row(2)])
    log.write([row(3)])
    log.close()
    assert frames_of(path) == [2, 3]
    if how in ("moved", "replaced"):
        assert frames_of(tmp_path / "aside") == [1]


@pytest.mark.parametrize("kind", [CsvLog, SqliteLog])
def test_a_folder_that_is_not_writable(tmp_path: Path, kind: type[CsvLog | SqliteLog]) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="cannot be written"):
        kind(tmp_path / "file" / "counts")
    (tmp_path / "folder").mkdir()
    with pytest.raises(UserError, match="cannot be written"):
        kind(tmp_path / "folder")


def test_sqlite_takes_no_foreign_file(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("these are my notes, and no data base at all\n" * 20)
    before = path.read_bytes()
    with pytest.raises(UserError, match="cannot be written"):
        SqliteLog(path)
    assert path.read_bytes() == before


def test_an_sqlite_file_that_is_locked_does_not_hold_the_others_up(tmp_path: Path) -> None:
    path = tmp_path / "counts.sqlite"
    log, other = SqliteLog(path), sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(UserError, match="locked"):
        log.write([row(1)])
    other.close()
    log.write([row(2)])
    assert log._file is not None
    (waited_ms,) = log._file.execute("PRAGMA busy_timeout").fetchone()
    log.close()
    assert waited_ms < 1000
    assert frames_of(path) == [2]


def test_a_log_that_was_emptied_begins_with_its_header(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    log = CsvLog(path)
    log.write([row(1)])
    # As logrotate's copytruncate does.
    os.truncate(path, 0)
    log.write([row(2)])
    log.write([row(3)])
    log.close()
    assert [r["frames"] for r in read(path)] == ["2", "3"]


def test_one_log_that_fails_leaves_the_other_and_is_tried_again(tmp_path: Path) -> None:
    good, bad = CsvLog(tmp_path / "good.csv"), CsvLog(tmp_path / "bad" / "bad.csv")
    writing = Writing([bad, good])
    assert writing.write([row(1)]) == []
    bad.close()
    (tmp_path / "bad" / "bad.csv").unlink()
    (tmp_path / "bad").rmdir()
    (tmp_path / "bad").write_text("")
    assert [error.code for error in writing.write([row(2)])] == ["path-unwritable"]
    assert writing.write([row(3)]) == []
    (tmp_path / "bad").unlink()
    assert writing.write([row(4)]) == []
    good.close()
    bad.close()
    assert [r["frames"] for r in read(tmp_path / "good.csv")] == ["1", "2", "3", "4"]
    assert [r["frames"] for r in read(tmp_path / "bad" / "bad.csv")] == ["4"]


def test_alerts_wait_for_a_log_that_cannot_take_them(tmp_path: Path) -> None:
    good, bad = CsvLog(tmp_path / "good.csv"), CsvLog(tmp_path / "bad" / "bad.csv")
    writing = Writing([bad, good])
    raised, ended = (Alert(1.7e9 + n, "demo:", "gate", n == 0, "crowded", 12.5) for n in range(2))
    assert writing.write([row(1)]) == []
    bad.close()
    shutil.rmtree(tmp_path / "bad")
    (tmp_path / "bad").write_text("")
    assert [error.code for error in writing.alert(raised)] == ["path-unwritable"]
    assert writing.write([row(2)]) == []
    (tmp_path / "bad").unlink()
    assert writing.alert(ended) == []
    assert writing.write([row(3)]) == []
    good.close()
    bad.close()
    told = [(tmp_path / name).read_text() for name in ("good-alerts.csv", "bad/bad-alerts.csv")]
    assert told[0] == told[1]
    assert len(told[0].splitlines()) == 3


def test_a_trouble_is_told_once_whatever_alerts_come_between(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    log = CsvLog(path)
    writing = Writing([log])
    path.unlink()
    path.mkdir()
    said = []
    for number in range(3):
        said += writing.write([row(number)])
        # Alerts lie in a file of their own, which can be written.
        said += writing.alert(Alert(1.7e9, "demo:", "gate", True, "crowded", 12.5))
        said += writing.write([])
    assert [error.code for error in said] == ["path-unwritable"]
    assert writing.over() == []
    path.rmdir()
    assert writing.write([row(3)]) == []
    assert writing.over() == said
    assert writing.over() == []
    log.close()


def test_a_log_that_cannot_be_opened_is_tried_now_and_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, tries = [100.0], list[float]()

    def open_log() -> CsvLog:
        tries.append(now[0])
        return CsvLog(tmp_path / "place" / "late.csv")

    monkeypatch.setattr(rows_module, "monotonic", lambda: now[0])
    (tmp_path / "place").touch()
    late = LateSink(open_log)
    writing = Writing([late])
    assert [error.code for error in writing.write([row(1)])] == ["path-unwritable"]
    for now[0] in (101.0, 109.0):
        assert writing.write([row(2)]) == []
    assert tries == [100.0]
    (tmp_path / "place").unlink()
    now[0] = 100.0 + rows_module.RETRY_S
    assert writing.write([row(3)]) == []
    late.close()
    assert [r["frames"] for r in read(tmp_path / "place" / "late.csv")] == ["3"]


@pytest.mark.flaky(reruns=0)
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_crash_loses_nothing_that_was_written(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from crowdgui.live.csv_log import CsvLog
from crowdgui.live.rows import Row
from crowdgui.live.sqlite_log import SqliteLog
logs = CsvLog(Path(sys.argv[1]) / "c.csv"), SqliteLog(Path(sys.argv[1]) / "c.sqlite")
for number in range(1, 100_000):
    for log in logs:
        log.write([Row(1.7e9 + number, "demo:", "live", number, 1.0, 1.0, {}, {}, "m")])
    print(number, flush=True)
"""
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    said = 0
    while said < 50:
        said = int(process.stdout.readline())
    os.kill(process.pid, signal.SIGKILL)
    said = int((process.stdout.read().split() or [str(said)])[-1])
    process.stdout.close()
    process.wait()
    frames = [int(r["frames"]) for r in read(tmp_path / "c.csv") if r["frames"]]
    assert frames[:said] == list(range(1, said + 1))
    file = sqlite3.connect(tmp_path / "c.sqlite")
    (stored,) = file.execute("SELECT count(*) FROM counts").fetchone()
    file.close()
    assert stored >= said


def test_a_clock_that_is_set_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, now = WallClock(), time.time()
    assert clock.set_back() == 0
    monkeypatch.setattr(time, "time", lambda: now - 3600)
    assert clock.set_back() == pytest.approx(3600, abs=5)
    assert clock.set_back() == 0
    csv_log, sqlite_log = CsvLog(tmp_path / "c.csv"), SqliteLog(tmp_path / "c.sqlite")
    for log in (csv_log, sqlite_log):
        for number, at in enumerate((now, now + 1, now - 3600, now - 3599)):
            log.write([row(number, at=at - number)])
        log.close()
    assert [r["frames"] for r in read(tmp_path / "c.csv")] == ["0", "1", "2", "3"]
    file = sqlite3.connect(tmp_path / "c.sqlite")
    ordered = [frames for (frames,) in file.execute("SELECT frames FROM counts ORDER BY id")]
    file.close()
    assert ordered == [0, 1, 2, 3]


def test_rows_that_were_missed_are_not_made_up_for() -> None:
    assert next_turn(0, 2.0, 0.0) == 1
    assert next_turn(4, 2.0, 8.01) == 5
    # The machine slept for an hour: the next row, and then one each interval.
    assert next_turn(4, 2.0, 3609.0) == 1805
    assert next_turn(1805, 2.0, 3610.01) == 1806
