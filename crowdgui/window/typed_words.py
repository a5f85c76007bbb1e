"""Words that a person typed for what is to be opened."""

from __future__ import annotations

from pathlib import Path

from crowdgui.live.credentials import mask
from crowdgui.sources import DEMO, kind_of, lasting
from models.files import is_there


def is_mistyped(word: str) -> bool:
    """Return whether a word was meant as an address with a password, and is none.

    Files may be called so too: those that are there.
    """
    user, at, _host = word.partition("@")
    looks_so = bool(at) and ":" in user and kind_of(word) in ("pictures", "video")
    return looks_so and not is_there(Path(word))


def whole(word: str) -> str:
    """Return a word that names the same from every folder: files by their whole path.

    What is mistyped stays as it is: within a path its password would not be known for one.
    """
    return word if not word or is_mistyped(word) else lasting(word)


def is_to_keep(word: str) -> bool:
    """Return whether a word belongs into a list of what was opened: no file holds a password."""
    return word != DEMO and mask(word) == word and not is_mistyped(word)
