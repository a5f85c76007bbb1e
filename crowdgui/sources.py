"""What a person may name to be counted: pictures, videos, cameras, streams, the demo scene."""

from __future__ import annotations

import errno
import glob
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from crowdgui.live import cameras
from crowdgui.live.credentials import mask_mistyped
from crowdgui.live.demo import DemoFeed
from crowdgui.live.feed import Feed
from crowdgui.live.streams import StreamFeed
from crowdgui.live.videos import VIDEO_SUFFIXES, VideoFeed
from models.errors import UserError
from models.files import is_there
from models.pictures import list_pictures, natural_key, read_picture
from trainer.synthetic import DEMO_SEED, Scene, render_scene

DEMO = DemoFeed.name
# What a system says of a word that no file can have: too long, a link in a circle, odd characters.
NO_NAME = {errno.ENAMETOOLONG, errno.ELOOP, errno.EINVAL}

SourceKind = Literal["pictures", "video", "camera", "stream", "demo"]


@dataclass(frozen=True)
class Source:
    """One picture to count: what it is called, and how to read it (RGB uint8, H x W x 3).

    `find_truth` gives the true count, which is known for rendered scenes alone. Both functions
    may take a moment: the window calls them in its worker.
    """

    path: str
    read: Callable[[], NDArray[np.uint8]]
    find_truth: Callable[[], int | None] = lambda: None

    @property
    def truth(self) -> int | None:
        return self.find_truth()

    @property
    def stem(self) -> str:
        """A name for files made from this source."""
        return Path(self.path.removesuffix(":")).stem


def lasting(word: str) -> str:
    """Return a word that names the same from every folder: files by their whole path."""
    return str(Path(word).absolute()) if kind_of(word) in ("pictures", "video") else word


def picture_source(path: Path) -> Source:
    return Source(str(path), lambda: read_picture(path))


@lru_cache(maxsize=1)
def demo_scene() -> Scene:
    """Render the demo scene; it takes a moment, so it is kept."""
    return render_scene(DEMO_SEED)


def demo_source() -> Source:
    return Source(DEMO, lambda: demo_scene().picture, lambda: demo_scene().count)


def kind_of(word: str) -> SourceKind:
    """Return what a word of the command line names; nothing is opened.

    camera:N and camera:NAME, an address with ://, demo:, a file that ends like a video;
    everything else stands for pictures.
    """
    if word == DEMO:
        return "demo"
    if word.startswith(cameras.PREFIX):
        return "camera"
    if "://" in word or word.startswith("${"):
        return "stream"
    return "video" if Path(word).suffix.lower() in VIDEO_SUFFIXES else "pictures"


def is_video(word: str) -> bool:
    """Return whether a word names a video; looked up on the disk, where folders end so too."""
    return kind_of(word) == "video" and not is_folder(word)


def live_feed(word: str) -> Feed:
    """Return the live source that a word names; it is opened later, in its reader's thread.

    Raises UserError address-invalid, variable-missing or setting-invalid, and for files
    path-missing, path-unreadable or video-unknown.
    """
    match kind_of(word):
        case "demo":
            return DemoFeed()
        case "camera":
            return cameras.CameraFeed(word)
        case "stream":
            return StreamFeed(word)
    refuse_mistyped(word)
    return VideoFeed(Path(word))


def refuse_mistyped(word: str) -> None:
    """Raise UserError address-invalid for what looks like an address with a password.

    Files may be called so too: those that are there, and what a pattern matches.
    """
    without_drive = os.path.splitdrive(word)[1]
    looks_so = "@" in word and ":" in without_drive.partition("@")[0]
    if looks_so and not is_there(Path(word)) and not _matches(word):
        raise UserError("address-invalid", address=mask_mistyped(word))


def is_folder(word: str) -> bool:
    """Return whether a word names a folder, also one without pictures."""
    try:
        return word != DEMO and word != "" and Path(word).is_dir()
    except (OSError, ValueError):
        return False


def expand(word: str) -> list[Source]:
    """Return the pictures that a word of the command line stands for.

    A file stands for itself, a folder for the pictures in it, a pattern for what it matches,
    "demo:" for the demo scene. Raises UserError path-missing, folder-empty, folder-videos,
    glob-empty, path-unreadable or address-invalid; whether a file can be decoded shows when it is
    read.
    """
    if word == DEMO:
        return [demo_source()]
    refuse_mistyped(word)
    path = Path(word)
    if not word:
        raise UserError("path-missing", path="''")
    try:
        if path.is_dir():
            return [picture_source(found) for found in _pictures_in(path)]
        if not path.exists() and glob.has_magic(word):
            return [picture_source(found) for found in matching(word)]
    except ValueError as error:
        raise UserError("path-missing", path=path) from error
    except OSError as error:
        if error.errno in NO_NAME:
            raise UserError("path-missing", path=path) from error
        raise UserError("path-unreadable", path=path, reason=error.strerror or error) from error
    return [picture_source(path)]


def _matches(pattern: str) -> bool:
    try:
        return any(glob.iglob(pattern, recursive=True))  # noqa: PTH207  (absolute)
    except (OSError, ValueError):
        return False


def _pictures_in(folder: Path) -> list[Path]:
    try:
        return list_pictures(folder)
    except UserError as error:
        if error.code != "folder-empty":
            raise
        videos = sorted(path for path in folder.iterdir() if is_video(str(path)))
        if not videos:
            raise
        raise UserError("folder-videos", path=folder, example=videos[0]) from error


def matching(pattern: str) -> list[Path]:
    """Return the files that a pattern matches, each once, in the order a person counts.

    Raises UserError glob-empty.
    """
    names = glob.glob(pattern, recursive=True)  # noqa: PTH207  (absolute)
    # A link to a folder above leads to the same files again and again, by ever longer names.
    longest_first = sorted(map(Path, names), key=lambda path: len(path.parts), reverse=True)
    files = {path.resolve(): path for path in longest_first if path.is_file()}
    if not files:
        raise UserError("glob-empty", path=pattern)
    return sorted(files.values(), key=lambda path: natural_key(str(path)))
