"""Libraries of the system that Qt needs on Linux: a missing one is named, with its package."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

from models.errors import UserError

# Library and Debian package. Without one of the second group Qt cannot draw on an X11 screen,
# ends the program, and blames another library.
ALWAYS = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
ON_X11 = {
    "libxcb.so.1": "libxcb1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}


def check_system_libraries() -> None:
    """Raise UserError library-missing where Qt could not start."""
    if sys.platform != "linux":
        return
    wanted = dict(ALWAYS)
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if platform == "xcb" or (not platform and not os.environ.get("WAYLAND_DISPLAY")):
        wanted |= ON_X11
    missing = [name for name in wanted if not _there(name)]
    if missing:
        packages = " ".join(wanted[name] for name in missing)
        raise UserError("library-missing", libraries=", ".join(missing), packages=packages)


def _there(name: str) -> bool:
    bundled = getattr(sys, "_MEIPASS", "")
    if bundled and Path(bundled, name).exists():
        # It may fail to load for want of another one, which is named instead of it.
        return True
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
