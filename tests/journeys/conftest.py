"""A screen with a window manager for every journey, and a person who sits at it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from persons import Person
from screens import Screen

WATCHED = Path(__file__).with_name("watched.py")
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


@pytest.fixture
def person(screen: Screen, tmp_path: Path) -> Iterator[Person]:
    someone = Person(screen, tmp_path)
    command = [sys.executable, str(WATCHED), str(tmp_path)]
    environment = screen.environment | {"PYTHONFAULTHANDLER": "1"}
    program = subprocess.Popen(command, env=environment, cwd=os.fspath(WATCHED.parents[2]))
    try:
        someone.waits("the window", lambda state: state.get("page") == "count")
        yield someone
        # It was asked to close, and does so by itself.
        assert program.wait(timeout=60) == 0
    finally:
        program.kill()
        program.wait()


def window_manager(there: Screen) -> subprocess.Popen[bytes]:
    """Start openbox; on a busy machine a new screen may refuse the first who comes."""
    for _attempt in range(10):
        manager = subprocess.Popen(["openbox"], env=there.environment, stderr=subprocess.DEVNULL)
        try:
            manager.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return manager
    pytest.fail("openbox does not start")
