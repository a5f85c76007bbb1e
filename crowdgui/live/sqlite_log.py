"""The log as an SQLite file, for those who ask questions of it."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from crowdgui.live.clock import monotonic
from crowdgui.live.csv_log import Rotation, file_id, is_file_at
from crowdgui.live.levels import Alert
from crowdgui.live.rows import Row, iso
from models.errors import UserError

# How long another program that writes is waited for, and with it all other sinks.
LOCKED_S = 0.2
SCHEMA = """
CREATE TABLE IF NOT EXISTS counts (
    id INTEGER PRIMARY KEY AUTOINCREMENT, time TEXT NOT NULL, unix REAL NOT NULL,
    source TEXT NOT NULL, state TEXT NOT NULL, frames INTEGER NOT NULL, count REAL,
    delay_ms REAL, model TEXT);
CREATE TABLE IF NOT EXISTS zone_counts (
    row INTEGER NOT NULL REFERENCES counts (id), zone TEXT NOT NULL, count REAL NOT NULL,
    level TEXT, PRIMARY KEY (row, zone)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS alerts (
    id INTEGER PRIMARY KEY AUTOINCREMENT, time TEXT NOT NULL, unix REAL NOT NULL,
    source TEXT NOT NULL, zone TEXT NOT NULL, raised INTEGER NOT NULL, level TEXT NOT NULL,
    count REAL NOT NULL);
CREATE INDEX IF NOT EXISTS counts_by_time ON counts (source, unix);
"""


class SqliteLog:
    """Tables counts, zone_counts and alerts; `id` keeps the order where a clock was set back.

    An interval is one transaction. Rotated like the CSV file. Made, used and closed by one
    thread.
    """

    def __init__(self, path: Path, rotation: Rotation | None = None) -> None:
        """Begin or continue the file; raises UserError path-unwritable."""
        self._path = path
        self._rotation = rotation or Rotation()
        self._file: sqlite3.Connection | None = None
        self._id = (0, 0)
        self._aside_at = 0.0
        try:
            self._open()
        except (sqlite3.Error, OSError) as error:
            raise self._unwritable(error) from error

    def write(self, rows: Sequence[Row]) -> None:
        """Raises UserError path-unwritable; the next interval is tried again."""
        try:
            with self._ready() as file:
                for row in rows:
                    _insert(file, row)
        except (sqlite3.Error, OSError) as error:
            raise self._failed(error) from error

    def alert(self, alert: Alert) -> None:
        """Raises UserError path-unwritable."""
        values = (
            iso(alert.time), alert.time, alert.source, alert.zone, int(alert.raised),
            alert.level, alert.count,
        )  # fmt: skip
        columns = "(time, unix, source, zone, raised, level, count)"
        try:
            with self._ready() as file:
                file.execute(f"INSERT INTO alerts {columns} VALUES (?,?,?,?,?,?,?)", values)
        except (sqlite3.Error, OSError) as error:
            raise self._failed(error) from error

    def close(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            file.close()

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = sqlite3.connect(self._path, timeout=LOCKED_S)
        try:
            file.execute("PRAGMA journal_mode=WAL")
            file.execute("PRAGMA synchronous=NORMAL")
            file.executescript(SCHEMA)
        except sqlite3.Error:
            file.close()
            raise
        self._file, self._id = file, file_id(self._path.stat())
        return file

    def _ready(self) -> sqlite3.Connection:
        """Return the open file; as a context it is one transaction."""
        if self._file is not None and not is_file_at(self._path, self._id):
            self._leave_moved(self._file)
        file = self._file or self._open()
        full = self._path.stat().st_size > self._rotation.most_bytes
        if full and monotonic() >= self._aside_at and _made_whole(file):
            self.close()
            self._aside_at = self._rotation.try_to_put_aside(self._path)
            file = self._open()
        return file

    def _leave_moved(self, file: sqlite3.Connection) -> None:
        """Let a file go that was moved, with all its rows.

        Its write-ahead log stays behind under the old name, and would be taken for the new file's:
        SQLite folds it in at the end only where the file still lies.
        """
        with contextlib.suppress(sqlite3.Error):
            file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.close()

    def _failed(self, error: Exception) -> UserError:
        """Let a connection go that gave an error; the next interval begins anew."""
        with contextlib.suppress(sqlite3.Error):
            self.close()
        return self._unwritable(error)

    def _unwritable(self, error: Exception) -> UserError:
        return UserError("path-unwritable", path=self._path, reason=error)


def _made_whole(file: sqlite3.Connection) -> bool:
    """Fold the write-ahead log into the file and end it; False while somebody else has it open.

    Their connection, and the rows that it holds back in that log, would keep the old name.
    """
    try:
        file.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError:
        return False
    return True


def _insert(file: sqlite3.Connection, row: Row) -> None:
    values = (
        iso(row.time), row.time, row.source, row.state, row.frames, row.count, row.delay_ms,
        row.model,
    )  # fmt: skip
    columns = "(time, unix, source, state, frames, count, delay_ms, model)"
    cursor = file.execute(f"INSERT INTO counts {columns} VALUES (?,?,?,?,?,?,?,?)", values)
    zones = [
        (cursor.lastrowid, name, count, row.levels.get(name)) for name, count in row.zones.items()
    ]
    file.executemany("INSERT INTO zone_counts VALUES (?,?,?,?)", zones)
