"""OpenCV's captures as this program uses them: RGB, time limits, quiet libraries."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from crowdgui.live.feed import Picture

# OpenCV's warnings say no more than that a source could not be opened, which is said here anyway.
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)

OPEN_TIMEOUT_MS = 3500
# Above Timing.stall, so that the watchdog comes first: FFmpeg gives a last old picture when its
# time is over, which would look like a new one.
READ_TIMEOUT_MS = 4000
# They hold only when given at open, with FFmpeg named.
TIME_LIMITS = (
    cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, OPEN_TIMEOUT_MS,
    cv2.CAP_PROP_READ_TIMEOUT_MSEC, READ_TIMEOUT_MS,
)  # fmt: skip


def open_capture(
    source: str | int, backend: int, settings: Sequence[int] = ()
) -> cv2.VideoCapture | None:
    """Open a source with one of OpenCV's backends; None where it cannot be had."""
    if isinstance(source, str) and not can_be_named(source):
        return None
    try:
        capture = cv2.VideoCapture(source, backend, list(settings))
    except cv2.error:
        return None
    if capture.isOpened():
        return capture
    capture.release()
    return None


def can_be_named(source: str) -> bool:
    """Whether OpenCV takes a name: the process would end over one that is no valid UTF-8."""
    try:
        source.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def read_rgb(capture: cv2.VideoCapture) -> Picture | None:
    """Read the next picture as RGB uint8 (H, W, 3); None when there is none."""
    try:
        there, picture = capture.read()
    except cv2.error:
        return None
    if not there or picture is None or picture.size == 0:
        return None
    if picture.ndim == 2:
        return np.asarray(cv2.cvtColor(picture, cv2.COLOR_GRAY2RGB), np.uint8)
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), np.uint8)
