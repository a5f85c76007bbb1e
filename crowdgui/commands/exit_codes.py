"""Exit codes of the commands that do many things in a row."""

from __future__ import annotations

DONE, SOME_FAILED, NOTHING_DONE = 0, 1, 2
