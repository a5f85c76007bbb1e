"""Single pictures out of a video, for a person to mark heads in and to train on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from models.errors import UserError
from models.files import is_there

# As many as are advised for a training on one's own pictures.
NUMBER = 30


def take_stills(video: Path, folder: Path, number: int = NUMBER) -> Iterator[Path]:
    """Write pictures spread evenly over a video into a folder as PNG; yield each one's path.

    They are named by the video and by their time; those that are there stay. Raises UserError as
    open_video, video-empty, video-length where the file does not say how long it is,
    stills-foreign where another picture has the name of one, path-unwritable, and as read_picture
    for what is there.
    """
    # Not above: every command knows of this one, and would load Pillow when it begins.
    import cv2
    import numpy as np

    from crowdgui.live.capture import read_rgb
    from crowdgui.live.videos import open_video
    from models.picture_files import save_picture
    from models.pictures import read_picture

    capture, facts = open_video(video)
    try:
        if not facts.seconds:
            raise UserError("video-length", path=video)
        number = min(number, facts.frames)
        found = False
        for place in range(number):
            # In the middle of each part: the first and the last frames are often black.
            seconds = int((place + 0.5) * facts.frames / number) / facts.fps
            path = folder / f"{video.stem}-{_stamp(seconds)}.png"
            capture.set(cv2.CAP_PROP_POS_MSEC, seconds * 1000)
            picture = read_rgb(capture)
            if picture is None:
                # Where the rate varies, the last places lie behind the end.
                continue
            if not is_there(path):
                save_picture(path, picture)
            elif not np.array_equal(read_picture(path), picture):
                # Of another video of this name; its marks are not this one's.
                raise UserError("stills-foreign", path=path)
            found = True
            yield path
        if not found:
            raise UserError("video-empty", path=video)
    finally:
        capture.release()


def stills_folder(video: Path) -> Path:
    """Return where the window puts them: a folder beside the video, named by it."""
    return video.with_name(f"{video.stem}-pictures")


def _stamp(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(int(minutes), 60)
    return f"{hours:02}h{minutes:02}m{rest:06.3f}s"
