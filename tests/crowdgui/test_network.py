"""Nobody hears of a count: no library that counts talks to the network by itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

# Told of every event of Python's own, before any library is there.
WATCHED = """
import sys
heard = []
sys.addaudithook(lambda event, _: event.startswith(("socket.", "os.fork")) and heard.append(event))
from crowdgui.app import main
sys.argv = ["crowdgui", "count", "demo:", "--engine", sys.argv[1]]
try:
    main()
except SystemExit as end:
    assert not end.code
import threading
for thread in threading.enumerate():
    if thread is not threading.main_thread():
        thread.join(5)
print(heard)
"""


def counted(engine: str, home: Path) -> str:
    # A library may be silent where tests run, and only there.
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("CI", "GITHUB"))}
    environment |= {"HOME": str(home), "USERPROFILE": str(home)}
    done = subprocess.run([sys.executable, "-c", WATCHED, engine], env=environment,
                          capture_output=True, text=True, timeout=120)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


def test_openvino_tells_nobody(tmp_path: Path) -> None:
    assert counted("openvino", tmp_path) == "[]"
    assert not (tmp_path / "intel").exists()


def test_torch_tells_nobody(tmp_path: Path) -> None:
    assert counted("torch", tmp_path) == "[]"
