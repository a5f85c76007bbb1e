"""Lengths of time as a person reads them."""

from __future__ import annotations


def clock(seconds: float) -> str:
    """Return a length as hours, minutes and seconds, however many hours: 26:05:00."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"


def place(seconds: float, length: float) -> str:
    """Return a place in something of a length in seconds: m:ss, or h:mm:ss in what is that long."""
    if length >= 3600:
        return clock(int(seconds))
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"
