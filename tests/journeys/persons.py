"""Someone at the screen of the program, which tells what there is to be seen."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from screens import Screen, wait_until


class Person:
    """Someone at the screen, who looks, waits, and uses mouse and keyboard."""

    def __init__(self, screen: Screen, folder: Path) -> None:
        self.screen, self.folder = screen, folder

    def sees(self) -> dict[str, Any]:
        try:
            return json.loads((self.folder / "state.json").read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            return {}

    def waits(self, for_: str, holds: Callable[[dict[str, Any]], bool]) -> None:
        assert wait_until(lambda: bool(holds(self.sees())), 90), f"{for_}: {self.sees()}"

    def presses(self, *keys: str) -> None:
        for key in keys:
            self.screen.hands("key", key)
            # No hand is faster.
            time.sleep(0.15)

    def clicks(self, place: str) -> None:
        x, y = self.sees()["places"][place]
        self.screen.hands("mousemove", str(x), str(y), "click", "1")
        # Two quick clicks would be a double click, another order.
        time.sleep(0.6)

    def answers(self, path: Path) -> None:
        """Type a path into the dialog that is open."""
        self.waits("a dialog", lambda state: state.get("dialog"))
        # The window manager hands it the keyboard a moment after it is shown.
        time.sleep(0.5)
        self.presses("ctrl+a")
        self.screen.hands("type", "--delay", "12", str(path))
        self.presses("Return")
        self.waits("the dialog's end", lambda state: not state.get("dialog"))
