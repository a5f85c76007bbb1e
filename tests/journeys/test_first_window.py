"""A stranger opens the program, sees people counted, and closes it."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

from screens import Screen, wait_until


def test_the_demo_scene_is_shown_and_counted(screen: Screen, tmp_path: Path) -> None:
    program = screen.start("demo:", "--lang", "en")
    try:
        assert wait_until(lambda: bool(screen.window_title())), "no window came"
        photograph = tmp_path / "shown.png"

        def colours() -> int:
            picture = screen.photograph(photograph)[::4, ::4]
            return len(np.unique(picture.reshape(-1, 3), axis=0))

        # The rendered scene has thousands of colours; an empty window has a few dozen.
        assert wait_until(lambda: colours() > 2000), "the scene did not appear"
        before = screen.photograph(photograph)
        # The density map goes and comes with one key.
        screen.hands("key", "d")
        assert wait_until(lambda: bool((screen.photograph(photograph) != before).mean() > 0.005))
        # A person looks before they leave.
        time.sleep(0.5)
        screen.hands("key", "ctrl+q")
        assert program.wait(timeout=20) == 0
    finally:
        program.kill()
