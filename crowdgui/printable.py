"""Names as text that can be written anywhere."""

from __future__ import annotations


def printable(name: str) -> str:
    """Return a file's name as text that every file and screen can hold: it may be no UTF-8."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
