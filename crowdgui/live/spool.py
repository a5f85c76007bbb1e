"""Messages that wait on disk until the broker has them."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

from models.errors import UserError
from models.reasons import Reason

MOST = 100_000


class Spool:
    """A queue in an SQLite file, first in, first out; safe from any thread.

    It outlives the program, and belongs to one program at a time. Above `most` messages the
    oldest are given up; `dropped` counts them.
    """

    def __init__(self, path: Path, most: int = MOST) -> None:
        """Raise UserError path-unwritable."""
        self.dropped = 0
        self._path = path
        self._most = most
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = sqlite3.connect(path, timeout=0.1, check_same_thread=False)
        except (OSError, sqlite3.Error) as error:
            raise self._unwritable(error) from error
        try:
            # Two programs on one queue would send each other's messages.
            self._file.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._file.execute("PRAGMA journal_mode=WAL")
            self._file.execute("PRAGMA synchronous=NORMAL")
            self._file.execute(
                "CREATE TABLE IF NOT EXISTS messages (id INTEGER PRIMARY KEY AUTOINCREMENT,"
                " topic TEXT NOT NULL, payload TEXT NOT NULL)"
            )
            self._waiting = int(self._file.execute("SELECT count(*) FROM messages").fetchone()[0])
        except sqlite3.Error as error:
            self._file.close()
            raise self._unwritable(error) from error

    def __len__(self) -> int:
        return self._waiting

    def add(self, messages: list[tuple[str, str]]) -> None:
        """Append topics and payloads in one transaction; raises UserError path-unwritable."""
        try:
            with self._lock, self._file:
                self._file.executemany(
                    "INSERT INTO messages (topic, payload) VALUES (?, ?)", messages
                )
                surplus = max(self._waiting + len(messages) - self._most, 0)
                if surplus:
                    oldest = "SELECT id FROM messages ORDER BY id LIMIT ?"
                    self._file.execute(f"DELETE FROM messages WHERE id IN ({oldest})", (surplus,))
                # On the disk before it is counted: what is rolled back does not wait.
                self._file.commit()
                self._waiting += len(messages) - surplus
                self.dropped += surplus
        except sqlite3.Error as error:
            raise self._unwritable(error) from error

    def after(self, number: int, most: int) -> list[tuple[int, str, str]]:
        """Return up to `most` messages numbered above `number`: number, topic, payload.

        Raises UserError path-unwritable.
        """
        try:
            with self._lock:
                return self._file.execute(
                    "SELECT id, topic, payload FROM messages WHERE id > ? ORDER BY id LIMIT ?",
                    (number, most),
                ).fetchall()
        except sqlite3.Error as error:
            raise self._unwritable(error) from error

    def remove(self, numbers: list[int]) -> None:
        """Forget messages that arrived, all or none; raises UserError path-unwritable."""
        if not numbers:
            return
        try:
            with self._lock, self._file:
                removed = 0
                for number in numbers:
                    found = self._file.execute("DELETE FROM messages WHERE id = ?", (number,))
                    removed += found.rowcount
                self._file.commit()
                self._waiting -= removed
        except sqlite3.Error as error:
            raise self._unwritable(error) from error

    def close(self) -> None:
        with self._lock:
            self._file.close()

    def _unwritable(self, error: Exception) -> UserError:
        taken = "locked" in str(error)
        reason = Reason("taken") if taken else error
        return UserError("path-unwritable", path=self._path, reason=reason)
