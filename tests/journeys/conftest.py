"""A screen with a window manager for every journey."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator

import pytest

from screens import Screen

TOOLS = ("Xvfb", "openbox", "xdotool", "ffmpeg")


@pytest.fixture
def screen() -> Iterator[Screen]:
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        reason = f"not installed: {', '.join(missing)} (packaging/apt-test.txt)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x720x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as file:
        display = f":{file.readline().strip()}"
    there = Screen(display)
    manager = window_manager(there)
    try:
        yield there
    finally:
        for process in (manager, server):
            process.kill()
            process.wait()


def window_manager(there: Screen) -> subprocess.Popen[bytes]:
    """Start openbox; on a busy machine a new screen may refuse the first who comes."""
    for _attempt in range(10):
        manager = subprocess.Popen(["openbox"], env=there.environment, stderr=subprocess.DEVNULL)
        try:
            manager.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return manager
    pytest.fail("openbox does not start")
