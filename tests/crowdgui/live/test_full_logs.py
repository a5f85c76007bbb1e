"""A log that is full: put aside, or written on where that cannot be."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from crowdgui.live import csv_log, sqlite_log
from crowdgui.live.csv_log import CsvLog, Rotation
from crowdgui.live.rows import RETRY_S
from crowdgui.live.sqlite_log import LOCKED_S, SqliteLog
from small_disk import hold_files
from small_logs import frames_of, read, row


def test_rotation_keeps_the_newest(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    log = CsvLog(path, rotation=Rotation(most_bytes=200, keep=2))
    for number in range(40):
        log.write([row(number)])
    log.close()
    numbers = sorted(int(file.suffixes[0][1:]) for file in tmp_path.glob("counts.*.csv"))
    assert len(numbers) == 2
    kept = [*read(tmp_path / f"counts.{numbers[0]}.csv"),
            *read(tmp_path / f"counts.{numbers[1]}.csv"), *read(path)]  # fmt: skip
    frames = [int(r["frames"]) for r in kept]
    assert frames == list(range(frames[0], 40))


def test_sqlite_is_rotated(tmp_path: Path) -> None:
    path = tmp_path / "counts.sqlite"
    log = SqliteLog(path, Rotation(most_bytes=1, keep=2))
    for number in range(5):
        log.write([row(number)])
    log.close()
    kept = sorted(file.name for file in tmp_path.iterdir())
    assert kept == ["counts.4.sqlite", "counts.5.sqlite", "counts.sqlite"]


@pytest.mark.parametrize("kind", [CsvLog, SqliteLog])
def test_a_file_that_cannot_be_put_aside_is_written_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: type[CsvLog | SqliteLog]
) -> None:
    now, tries, path = [100.0], list[float](), tmp_path / "counts"

    def refuse(*_paths: Path) -> None:
        tries.append(now[0])
        raise PermissionError(13, "in use")

    for module in (csv_log, sqlite_log):
        monkeypatch.setattr(module, "monotonic", lambda: now[0])
    log = kind(path, rotation=Rotation(most_bytes=1))
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refuse)
        for number in range(4):
            log.write([row(number)])
        assert tries == [100.0]
        now[0] += RETRY_S
        log.write([row(4)])
        assert len(tries) == 2
    now[0] += RETRY_S
    log.write([row(5)])
    log.close()
    assert frames_of(tmp_path / "counts.1") == [0, 1, 2, 3, 4]
    assert frames_of(path) == [5]


@pytest.mark.parametrize("reading", [True, False])
def test_sqlite_is_not_rotated_while_somebody_has_it_open(tmp_path: Path, reading: bool) -> None:
    path = tmp_path / "counts.sqlite"
    log = SqliteLog(path, Rotation(most_bytes=1, keep=20))
    log.write([row(0)])
    reader = sqlite3.connect(path, isolation_level=None)
    if reading:
        reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM counts").fetchone() == (1,)
    files = sorted(tmp_path.glob("*.sqlite"))
    for number in (1, 2, 3):
        log.write([row(number)])
    # Nobody is waited for longer than that.
    assert log._file is not None
    assert log._file.execute("PRAGMA busy_timeout").fetchone() == (LOCKED_S * 1000,)
    assert sorted(tmp_path.glob("*.sqlite")) == files
    reader.close()
    log.write([row(4)])
    log.close()
    *older, last = sorted(tmp_path.glob("counts.*.sqlite"))
    assert [frames for file in older for frames in frames_of(file)] == []
    assert frames_of(last) == [0, 1, 2, 3]
    assert frames_of(path) == [4]


def test_an_old_file_that_cannot_be_deleted_costs_no_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_path: Path, **_facts: bool) -> None:
        raise PermissionError(13, "in use")

    log = CsvLog(tmp_path / "counts.csv", ["a"], Rotation(most_bytes=1, keep=0))
    log.write([row(1, {"a": 1})])
    monkeypatch.setattr(Path, "unlink", refuse)
    # Another column begins another file.
    log.write([row(2, {"b": 2})])
    log.close()
    assert frames_of(tmp_path / "counts.1.csv") == [1]
    assert frames_of(tmp_path / "counts.csv") == [2]


def test_a_log_that_is_held_for_a_moment_is_put_aside_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "counts.csv"
    path.write_text("time\n")
    hold_files(monkeypatch, "rename", 2)
    assert Rotation().try_to_put_aside(path) == 0.0
    assert [found.name for found in tmp_path.iterdir()] == ["counts.1.csv"]
