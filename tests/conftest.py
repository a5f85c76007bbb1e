"""What all tests share: one thread, small models, no real user folders, no network."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import pytest
from hypothesis import settings
from numpy.typing import NDArray
from PIL import Image

# A pause of a busy machine is no defect.
settings.register_profile("untimed", settings(), deadline=None)
settings.load_profile("untimed")

# What names a user's folders: everywhere, on Linux, and on Windows, where platformdirs asks the
# system unless it is told otherwise.
HOMES = ("HOME", "USERPROFILE")
FOLDERS = (
    "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME",
    "LOCALAPPDATA", "APPDATA", "WIN_PD_OVERRIDE_LOCAL_APPDATA", "WIN_PD_OVERRIDE_APPDATA",
)  # fmt: skip
SHARED_DATA = Path(__file__).parents[2] / "shared" / "data" / "shanghaitech"

# What runs in the background ignores Ctrl-C, and so would the programs that tests interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Point the home, settings, caches and models of the user at an empty folder; returns it.

    With a patch of its own: a test that undoes the shared one must not write to the real ones.
    """
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patched:
        for name in HOMES:
            patched.setenv(name, str(home))
        for name in FOLDERS:
            patched.setenv(name, str(home / name))
        yield home


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test reach beyond this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family != socket.AF_UNIX and isinstance(address, tuple):
            assert address[0] in ("127.0.0.1", "::1", "localhost"), f"connection to {address}"
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def picture() -> NDArray[np.uint8]:
    """A picture with structure at several scales, sides no multiple of anything."""
    rng = np.random.default_rng(7)
    small = rng.integers(0, 256, (23, 31, 3), dtype=np.uint8)
    return np.asarray(Image.fromarray(small).resize((331, 203), Image.Resampling.BICUBIC))


@pytest.fixture
def save_picture(picture: NDArray[np.uint8]) -> Callable[[Path], Path]:
    def save(path: Path) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(picture).save(path)
        return path

    return save


@pytest.fixture(scope="session")
def part_a() -> Path:
    """The real ShanghaiTech part A; tests that need it skip where it is not."""
    folder = SHARED_DATA / "part_A"
    if not folder.is_dir():
        pytest.skip("ShanghaiTech part A is not beside this checkout (../shared/data)")
    return folder
