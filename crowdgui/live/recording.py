"""Pictures with what was counted drawn on them: snapshots and annotated videos."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from typing import Self

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from crowdgui.live.capture import can_be_named
from crowdgui.live.feed import Picture
from crowdgui.live.levels import Level, ZoneReading
from models.errors import UserError
from models.files import patiently, replacing
from models.overlay import COLOUR_MAPS, draw_overlay
from models.prediction import Prediction
from models.reasons import Reason

RGB = tuple[int, int, int]
LEVEL_COLOURS: dict[Level | None, RGB] = {
    None: (120, 190, 255),
    Level.FREE: (90, 200, 120),
    Level.MODERATE: (240, 200, 60),
    Level.CROWDED: (250, 140, 40),
    Level.VERY_CROWDED: (235, 60, 60),
}
CODECS = {".mp4": "mp4v", ".mkv": "mp4v", ".avi": "MJPG"}
# Every so many pictures, how much room is left.
LOOK_EVERY, SPARE_BYTES = 25, 20_000_000
# The first that is installed; Pillow's own knows Latin letters alone.
FONTS = ("NanumGothic.ttf", "malgun.ttf", "AppleSDGothicNeo.ttc", "NotoSansCJK-Regular.ttc")


def annotate(
    picture: Picture,
    prediction: Prediction,
    zones: Sequence[ZoneReading] = (),
    label: str = "",
    opacity: float = 0.7,
    colour_map: str = "inferno",
) -> Picture:
    """Return a copy of the picture with density, zones, their counts, and the count itself.

    RGB uint8 (H, W, 3); `label` is written behind the count: the time, or the source.
    """
    colours = colour_map if colour_map in COLOUR_MAPS else next(iter(COLOUR_MAPS))
    density, grid = prediction.density, prediction.grid
    drawn = Image.fromarray(draw_overlay(picture, density, grid, opacity, colours))
    pen = ImageDraw.Draw(drawn)
    size = max(round(min(picture.shape[:2]) / 24), 11)
    for reading in zones:
        colour = LEVEL_COLOURS[reading.level]
        points = _pixels(reading, drawn.size)
        pen.line([*points, points[0]], fill=colour, width=max(size // 6, 2), joint="curve")
    # After all outlines: none may run through a number.
    for reading in zones:
        _name_zone(pen, reading, _pixels(reading, drawn.size), max(size * 3 // 4, 10))
    _write(pen, (size // 2, size // 2), f"{prediction.count:.1f}  {label}".strip(), size, None)
    return np.asarray(drawn, np.uint8)


class Recorder:
    """Writes pictures into a video file, .mp4, .mkv or .avi; a context manager.

    The file takes its place when it is closed, also after Ctrl-C. All pictures get the first
    one's size. Used by one thread.
    """

    def __init__(self, path: Path, fps: float) -> None:
        """Raise UserError setting-invalid or path-unwritable."""
        if path.suffix.lower() not in CODECS:
            reason = Reason("video-suffix", names=", ".join(CODECS))
            raise UserError("setting-invalid", name="recording", value=path.name, reason=reason)
        if not can_be_named(str(path.resolve())):
            raise UserError("path-unwritable", path=path, reason=Reason("video-refused"))
        self.path = path
        self.frames = 0
        self.fps = fps if 0 < fps <= 240 else 25.0
        self._size = (0, 0)
        self._writer: cv2.VideoWriter | None = None
        self._stack = ExitStack()
        self._temporary = self._stack.enter_context(replacing(path, keep=True))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *reason: object) -> None:
        self.close()

    def add(self, picture: Picture) -> None:
        """Append an RGB picture; raises UserError path-unwritable."""
        # OpenCV tells nobody of a disk that is full: what is there must still fit its end.
        if self.frames % LOOK_EVERY == 0 and _free_bytes(self.path.parent) < SPARE_BYTES:
            reason = os.strerror(errno.ENOSPC)
            raise UserError("path-unwritable", path=self.path, reason=reason)
        if self._writer is None:
            self._begin(picture)
        assert self._writer is not None
        if picture.shape[1::-1] != self._size:
            # A stream that changes its size goes on in the same file.
            picture = np.asarray(cv2.resize(picture, self._size), np.uint8)
        self._writer.write(cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
        self.frames += 1

    def close(self) -> None:
        """End the file; without a picture there will be none.

        Raises UserError path-unwritable, also where what was written cannot be read again: it is
        deleted then.
        """
        writer, self._writer = self._writer, None
        try:
            if writer is not None:
                writer.release()
                self._put_in_place()
        finally:
            # Nothing was recorded, or it cannot be read, or it has its place by now.
            self._beside().unlink(missing_ok=True)
            self._temporary.unlink(missing_ok=True)

    def _put_in_place(self) -> None:
        if not self.frames:
            # An older video is worth more than an empty one.
            return
        if not _can_be_read(self._beside()):
            raise UserError("path-unwritable", path=self.path, reason=Reason("video-cut"))
        # FFmpeg chose the container by the name, so its file lies beside the temporary one.
        patiently(self._beside().replace, self._temporary)
        self._stack.close()

    def _begin(self, picture: Picture) -> None:
        # Codecs want even sides.
        self._size = (max(picture.shape[1] // 2 * 2, 2), max(picture.shape[0] // 2 * 2, 2))
        code = cv2.VideoWriter.fourcc(*CODECS[self.path.suffix.lower()])
        backend = cv2.CAP_FFMPEG
        self._writer = cv2.VideoWriter(str(self._beside()), backend, code, self.fps, self._size)
        if not self._writer.isOpened():
            self._writer = None
            reason = Reason("video-refused")
            raise UserError("path-unwritable", path=self.path, reason=reason)

    def _beside(self) -> Path:
        return self._temporary.with_name(self._temporary.name + self.path.suffix.lower())


def _free_bytes(folder: Path) -> int:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        # Some network drives do not say.
        return SPARE_BYTES


def _can_be_read(video: Path) -> bool:
    capture = cv2.VideoCapture(str(video), cv2.CAP_FFMPEG)
    try:
        return capture.isOpened() and capture.read()[0]
    finally:
        capture.release()


def _pixels(reading: ZoneReading, size: tuple[int, int]) -> list[tuple[float, float]]:
    return [(x * size[0], y * size[1]) for x, y in reading.zone.points]


def _name_zone(
    pen: ImageDraw.ImageDraw, reading: ZoneReading, points: list[tuple[float, float]], size: int
) -> None:
    text = f"{reading.zone.name}  {reading.count:.1f}"
    if reading.per_m2 is not None:
        text += f"  {reading.per_m2:.2f}/m²"
    left, top = min(points, key=sum)
    _write(pen, (round(left), round(top)), text, size, LEVEL_COLOURS[reading.level])


def _write(
    pen: ImageDraw.ImageDraw, at: tuple[int, int], text: str, size: int, colour: RGB | None
) -> None:
    """Write on a dark plate, wholly inside the picture."""
    font = _font(size)
    left, top, right, bottom = pen.textbbox((0, 0), text, font=font)
    width, height, edge = right - left, bottom - top, size // 3
    whole = pen.im.size
    x = max(min(at[0], whole[0] - round(width) - 2 * edge), 0)
    y = max(min(at[1], whole[1] - round(height) - 2 * edge), 0)
    pen.rectangle((x, y, x + width + 2 * edge, y + height + 2 * edge), fill=(16, 18, 24))
    pen.text((x + edge - left, y + edge - top), text, font=font, fill=colour or (255, 255, 255))


@lru_cache(maxsize=16)
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for name in FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)
