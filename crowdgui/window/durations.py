"""Lengths of time as a person reads them."""

from __future__ import annotations


def clock(seconds: float) -> str:
    """Return a length as hours, minutes and seconds, however many hours: 26:05:00."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"
