"""What is remembered of sources: what a person calls them, and which were open last time."""

from __future__ import annotations

from crowdgui.live.credentials import mask, without_password
from crowdgui.window.live.words import short_name
from crowdgui.window.settings import Settings


class KnownSources:
    """Keeps it in the settings, where no word holds a password.

    `last` are the words of those that were open when the program ended; it is for this run.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        kept = settings.live.get("sources")
        words = kept if isinstance(kept, list) else []
        self.last = tuple(word for word in words if isinstance(word, str))
        # In which turn each was asked for, and by which word.
        self._open: dict[str, tuple[int, str]] = {}

    def opened(self, name: str, word: str, turn: int) -> None:
        """Remember that a source is open, and by which word; they stand by their turns."""
        turn, _before = self._open.get(name, (turn, word))
        self._open[name] = turn, word
        self._keep_open()

    def removed(self, name: str) -> None:
        """Remember that a source is open no more."""
        self._open.pop(name, None)
        self._keep_open()

    def word(self, name: str) -> str:
        """Return the word by which an open source was opened: it may hold a password."""
        return self._open[name][1]

    def given(self, name: str) -> str:
        """Return what a person calls a source; "" where nobody has named it."""
        kept = self._names().get(without_password(name))
        return kept if isinstance(kept, str) else ""

    def title(self, name: str) -> str:
        """Return what a source is called on the screen."""
        return self.given(name) or short_name(name)

    def give(self, name: str, given: str) -> None:
        """Call a source so from now on; "": as its address is."""
        names = {**self._names(), without_password(name): given}
        self._settings.live["names"] = {key: kept for key, kept in names.items() if kept}

    def _names(self) -> dict[str, object]:
        kept = self._settings.live.get("names")
        return kept if isinstance(kept, dict) else {}

    def _keep_open(self) -> None:
        # A password that no keyring took is known to this run of the program alone.
        words = [word for _turn, word in sorted(self._open.values()) if mask(word) == word]
        self._settings.live["sources"] = words
