"""The log as CSV: a row an interval, flushed at once, rotated by size."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from crowdgui.live.clock import monotonic
from crowdgui.live.levels import Alert
from crowdgui.live.rows import COLUMNS, RETRY_S, Row, iso
from models.errors import UserError
from models.files import patiently
from models.reasons import Reason

# What a log begins with, also where a spreadsheet has saved it with marks of its own.
TIME = b"time"
ALERT_COLUMNS = ("time", "source", "zone", "event", "level", "count")


@dataclass(frozen=True)
class Rotation:
    """A file above `most_bytes` is put aside as NAME.1.csv, NAME.2.csv, ... (the highest number
    is the newest); of those the newest `keep` stay, and more while they are small."""

    most_bytes: int = 50_000_000
    keep: int = 20

    def try_to_put_aside(self, path: Path) -> float:
        """Put a full file aside; returns until when it need not be tried again, 0 if it worked."""
        try:
            self.put_aside(path)
        except OSError:
            # Another program has it open, or nothing may be renamed there: it is written on.
            return monotonic() + RETRY_S
        return 0.0

    def put_aside(self, path: Path) -> None:
        """Give the file its number and delete what is too old; raises OSError."""
        numbers = _numbers(path)
        patiently(path.rename, _numbered(path, max(numbers, default=0) + 1))
        newer = 0
        for place, number in enumerate(sorted(_numbers(path), reverse=True)):
            old = _numbered(path, number)
            # One that cannot be deleted now may be with the next.
            with contextlib.suppress(OSError):
                # Those that were put aside for other columns are small, and no reason to lose rows.
                if place >= self.keep and newer >= self.keep * self.most_bytes:
                    old.unlink()
                else:
                    newer += old.stat().st_size


class CsvLog:
    """Rows under COLUMNS and the zones' names; alerts in NAME-alerts.csv beside it.

    An old file with the same columns is continued; one with others is put aside. What is
    written is with the system after every interval: a crash loses the interval at hand.
    """

    def __init__(
        self, path: Path, zones: Sequence[str] = (), rotation: Rotation | None = None
    ) -> None:
        """Begin the file; raises UserError path-unwritable."""
        rotation = rotation or Rotation()
        self._zones = list(dict.fromkeys(zones))
        self._rows = _Table(path, (*COLUMNS, *self._zones), rotation)
        alerts = path.with_name(f"{path.stem}-alerts{path.suffix}")
        self._alerts = _Table(alerts, ALERT_COLUMNS, rotation, lazy=True)

    def write(self, rows: Sequence[Row]) -> None:
        """Raises UserError path-unwritable; the next interval is tried again."""
        for row in rows:
            self._zones += [name for name in row.zones if name not in self._zones]
        self._rows.set_columns((*COLUMNS, *self._zones))
        self._rows.write(
            [
                (*row.cells(), *(_number(row.zones.get(name)) for name in self._zones))
                for row in rows
            ]
        )

    def alert(self, alert: Alert) -> None:
        event = "raised" if alert.raised else "ended"
        cells = (iso(alert.time), alert.source, alert.zone, event, alert.level)
        self._alerts.write([(*cells, f"{alert.count:.3f}")])

    def close(self) -> None:
        self._rows.close()
        self._alerts.close()


class _Table:
    """One file with its header line."""

    def __init__(
        self, path: Path, columns: tuple[str, ...], rotation: Rotation, *, lazy: bool = False
    ) -> None:
        self._path = path
        self._columns = columns
        self._rotation = rotation
        self._aside_at = 0.0
        self._file: IO[bytes] | None = None
        if not lazy:
            self._guarded(self._check_old)
            self._guarded(self._open)

    def set_columns(self, columns: tuple[str, ...]) -> None:
        if columns != self._columns:
            self.close()
            self._columns = columns

    def write(self, rows: list[tuple[str, ...]]) -> None:
        self._guarded(lambda: self._write(rows))

    def close(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            file.close()

    def _write(self, rows: list[tuple[str, ...]]) -> None:
        if self._file is not None:
            facts = os.fstat(self._file.fileno())
            # One that was emptied, as logrotate does, lacks its header.
            if not facts.st_size or not is_file_at(self._path, file_id(facts)):
                self.close()
        file = self._file or self._open()
        if file.tell() > self._rotation.most_bytes and monotonic() >= self._aside_at:
            self.close()
            self._aside_at = self._rotation.try_to_put_aside(self._path)
            file = self._open()
        # One write: a crash cannot leave half a row but where the disk is full.
        file.write(_lines(rows))
        file.flush()

    def _check_old(self) -> None:
        """Raise UserError path-unwritable for a file that was never a log, whoever wrote it since.

        It may be a video that was named by mistake. One that is met later is put aside.
        """
        if self._path.exists():
            self._refuse_odd()
            with self._path.open("rb") as old:
                start = old.read(16)
            if start and TIME not in start:
                raise UserError("path-unwritable", path=self._path, reason=Reason("no-log"))

    def _refuse_odd(self) -> None:
        """Raise UserError path-unwritable for a pipe or a device: opening one may never return."""
        if self._path.exists() and not self._path.is_file():
            raise UserError("path-unwritable", path=self._path, reason=Reason("no-file"))

    def _open(self) -> IO[bytes]:
        self._refuse_odd()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        header = _lines([self._columns])
        if self._path.exists() and self._path.stat().st_size:
            with self._path.open("rb") as old:
                first = old.readline()
                bare = first.startswith(_lines([self._columns[:3]])[:-1]) and not old.read(1)
                same = first == header
                old.seek(-1, io.SEEK_END)
                whole = old.read(1) == b"\n"
            if not same and bare:
                # Nothing was written under other columns.
                self._path.unlink()
            elif not same:
                self._rotation.put_aside(self._path)
        else:
            same = whole = False
        self._file = self._path.open("ab")
        if not same:
            self._file.write(header)
        elif not whole:
            # The power went in the middle of a row: it stays as it is, and ends here.
            self._file.write(b"\n")
        self._file.flush()
        return self._file

    def _guarded(self, work: Callable[[], object]) -> None:
        try:
            work()
        except OSError as error:
            self._drop()
            reason = error.strerror or error
            raise UserError("path-unwritable", path=self._path, reason=reason) from error

    def _drop(self) -> None:
        """Forget a file that cannot be written; closing it may fail for the same reason."""
        try:
            self.close()
        except OSError:
            return


def file_id(facts: os.stat_result) -> tuple[int, int]:
    """Return what a file is known by wherever it is moved."""
    return facts.st_dev, facts.st_ino


def is_file_at(path: Path, known: tuple[int, int]) -> bool:
    """Whether a file still lies where it was begun: somebody may have moved or deleted it."""
    try:
        return file_id(path.stat()) == known
    except FileNotFoundError:
        return False


def _lines(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _numbered(path: Path, number: int) -> Path:
    return path.with_suffix(f".{number}{path.suffix}")


def _numbers(path: Path) -> list[int]:
    pattern = re.compile(re.escape(path.stem) + r"\.(\d+)" + re.escape(path.suffix))
    found = (pattern.fullmatch(other.name) for other in path.parent.iterdir())
    return [int(match[1]) for match in found if match]
