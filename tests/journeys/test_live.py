"""A network camera hangs, dies and comes back while a person watches it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

from screens import Screen, wait_until
from small_streams import rtsp_server

WATCHED = Path(__file__).with_name("watched.py")


class Watcher:
    """The program on a virtual screen, in a home of its own, and what it shows."""

    def __init__(self, screen: Screen, folder: Path, *words: str) -> None:
        self.folder = folder / "watched"
        self.folder.mkdir()
        for name in ("config", "data", "cache", "state"):
            screen.environment[f"XDG_{name.upper()}_HOME"] = str(folder / name)
        settings = folder / "config" / "crowdgui" / "settings.json"
        settings.parent.mkdir(parents=True)
        settings.write_text(json.dumps({"language": "en", "toured": True}))
        command = [sys.executable, str(WATCHED), str(self.folder), *words]
        self.program = subprocess.Popen(command, env=screen.environment)

    def source(self) -> dict[str, Any]:
        """Return how the one live source fares; {} while there is none."""
        try:
            state = json.loads((self.folder / "state.json").read_text())
        except FileNotFoundError:
            return {}
        found: list[dict[str, Any]] = state.get("live", [])
        return found[0] if found and state["page"] == "live" else {}

    def is_live(self, processed: int = 0) -> bool:
        """Whether it is live, and more pictures have been counted than so many."""
        source = self.source()
        return source.get("shown") == "Live" and source["processed"] > processed

    def is_interrupted(self) -> bool:
        """Whether the page says so in words, and the last picture's count is still there."""
        source = self.source()
        return source.get("state") == "stalled" and "econnecting" in source["message"]

    def largest_work(self) -> float:
        """Return the longest that the GUI thread itself computed at a stretch on the page."""
        lines = (self.folder / "beats.jsonl").read_text().splitlines()
        beats = [json.loads(line) for line in lines]
        live = [beat["busy"] for beat in beats if beat.get("page") == "live"]
        # The first ones are those in which the page is made.
        return max(live[3:], default=0.0)


def test_a_camera_that_hangs_and_dies_comes_back(screen: Screen, tmp_path: Path) -> None:
    with rtsp_server() as server:
        watcher = Watcher(screen, tmp_path, f"rtsp://127.0.0.1:{server.port}/test")
        try:
            assert wait_until(watcher.is_live), "nothing was counted"
            shown = screen.photograph(tmp_path / "live.png")
            assert len(np.unique(shown[::4, ::4].reshape(-1, 3), axis=0)) > 50
            server.send(signal.SIGSTOP)
            assert wait_until(watcher.is_interrupted), "nobody saw that it hangs"
            assert watcher.source()["count"] not in ("", "–")
            counted = watcher.source()["processed"]
            server.send(signal.SIGCONT)
            assert wait_until(lambda: watcher.is_live(counted)), "it did not go on"
            server.kill()
            assert wait_until(watcher.is_interrupted), "nobody saw that it is gone"
            counted = watcher.source()["processed"]
            server.start()
            assert wait_until(lambda: watcher.is_live(counted)), "it did not come back"
            assert watcher.source()["reconnects"] >= 1
            screen.hands("key", "ctrl+q")
            assert watcher.program.wait(timeout=30) == 0
        finally:
            watcher.program.kill()
            watcher.program.wait()
    # What the window itself computed: the machine is shared, and gives it its turn or not.
    assert watcher.largest_work() < 0.1
