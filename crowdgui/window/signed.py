"""Differences as a person reads them."""

from __future__ import annotations


def signed(value: float) -> str:
    """Return a number in whole ones with its sign, a true minus; none before a zero."""
    whole = round(value)
    return f"{whole:+,}".replace("-", "−") if whole else "0"
