"""A virtual screen, and a person's hands and eyes on it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image


class Screen:
    """A virtual screen of 1280 x 720 with openbox running on it."""

    def __init__(self, display: str) -> None:
        self.display = display
        self.environment = {**os.environ, "DISPLAY": display}
        self.environment.pop("QT_QPA_PLATFORM", None)

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", "crowdgui", *words], env=self.environment)

    def hands(self, *words: str) -> str:
        """Give xdotool some words; returns what it prints."""
        result = subprocess.run(
            ["xdotool", *words], env=self.environment, capture_output=True, text=True
        )
        return result.stdout.strip()

    def window_title(self) -> str:
        found = self.hands("search", "--onlyvisible", "--name", "crowdgui").split()
        return self.hands("getwindowname", found[0]) if found else ""

    def photograph(self, path: Path) -> NDArray[np.uint8]:
        command = ["ffmpeg", "-loglevel", "error", "-y", "-f", "x11grab", "-video_size", "1280x720"]
        subprocess.run([*command, "-i", self.display, "-frames:v", "1", str(path)], check=True)
        return np.asarray(Image.open(path).convert("RGB"))


def wait_until(holds: Callable[[], bool], seconds: float = 60) -> bool:
    """Wait until something holds; returns whether it came to."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.2)
    return False
