"""What every source of frames looks like to the reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Kind = Literal["camera", "stream", "video", "demo"]


@dataclass(frozen=True, eq=False)
class Frame:
    """One picture of a source: RGB uint8 (H, W, 3).

    `number` counts the frames of the source from 1, `arrived` is `clock.monotonic` when it was
    read, `position` the seconds in a video file (None for live sources), `connection` counts
    how often the source was opened, `pauses` how often nothing came for a while: between the
    pictures of two of them anything may have been.
    """

    picture: Picture
    number: int
    arrived: float
    position: float | None = None
    connection: int = 0
    pauses: int = 0


class Capture(Protocol):
    """An open connection to a source; used by one thread, once."""

    fps: float  # as the source says it; 0 where it does not

    @property
    def position(self) -> float | None:
        """Seconds in a video file of the frame read last; None for live sources."""

    def read(self) -> Picture | None:
        """Wait for the next picture; None at the end of a file.

        Raises UserError when the source was lost.
        """

    def interrupt(self) -> None:
        """Make a read that waits for its time return soon; called from another thread."""

    def close(self) -> None:
        """Let the source go; never raises."""


class Feed(Protocol):
    """A source that can be opened again and again."""

    name: str  # to be shown, logged and sent: passwords are masked
    kind: Kind

    def open(self) -> Capture:
        """Connect; takes up to some seconds. Raises UserError when it cannot be had."""

    def resting(self) -> bool:
        """Whether no frame is to be expected now: a video that is paused."""
