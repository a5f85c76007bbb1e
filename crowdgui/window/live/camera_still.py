"""A small still of the camera that is chosen; it is held open only as long as it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QLabel

from crowdgui.window.background import Background, Work
from crowdgui.window.language import say
from models.errors import UserError

if TYPE_CHECKING:
    from crowdgui.live.cameras import Camera

SIZE = QSize(240, 180)
REFRESH_S = 1.0
# A camera that failed is tried again: another program may have let it go, or it was permitted.
RETRY_MS = 5000


class CameraStill(QLabel):
    """Shows one camera, a new still about every second, or in one sentence why there is none."""

    def __init__(self, lane: Background) -> None:
        super().__init__()
        self._lane = lane
        self._camera: Camera | None = None
        self._work: Work | None = None
        # Works that may hold a camera open: cancelled ones too, until they have ended.
        self._held: set[Work] = set()
        self._then: Callable[[], object] | None = None
        self._retry = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._retry.timeout.connect(self._begin)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "muted")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        frame = 2 * self.frameWidth()
        self.setFixedSize(SIZE + QSize(frame, frame))

    def show_camera(self, camera: Camera | None) -> None:
        """Show this camera from now on, and let another one go."""
        if camera == self._camera:
            return
        self.let_go()
        self._camera = camera
        self.tell(self.tr("Waiting for the camera…") if camera is not None else "")
        self._begin()

    def let_go(self, then: Callable[[], object] | None = None) -> None:
        """Show no camera any more; `then` is called when none is held open."""
        self._retry.stop()
        self._camera = None
        if self._work is not None:
            self._work.cancel()
            self._work = None
        self._then = then
        self._call_when_free()

    def tell(self, sentence: str) -> None:
        """Write this in the still's place."""
        self.setAccessibleName("")
        self.setMargin(8)
        self.setText(sentence)

    @Slot()
    def _begin(self) -> None:
        if self._camera is None:
            return
        word, ratio = f"camera:{self._camera.index}", self.devicePixelRatioF()

        def steps(work: Work) -> Iterator[QImage]:
            return stills(word, ratio, work)

        def ended(error: Exception | None) -> None:
            self._ended(work, error)

        work = Work(lambda: "", steps, self._came, ended, quiet=True)
        self._work = work
        self._held.add(work)
        self._lane.start(work)

    def _came(self, image: QImage) -> None:
        assert self._camera is not None
        self.setMargin(0)
        self.setPixmap(QPixmap.fromImage(image))
        self.setAccessibleName(self.tr("Preview of {camera}").format(camera=self._camera.name))

    def _ended(self, work: Work, error: Exception | None) -> None:
        # The dialog may be gone by now: nothing is drawn for a work that was let go.
        self._held.discard(work)
        if work is self._work:
            self._work = None
            failed = self.tr("This camera cannot be shown.")
            self.tell(say(error) if isinstance(error, UserError) else failed)
            self._retry.start()
        self._call_when_free()

    def _call_when_free(self) -> None:
        if self._then is not None and not self._held:
            then, self._then = self._then, None
            then()


def stills(word: str, ratio: float, work: Work) -> Iterator[QImage]:
    """Open a camera and yield a still every REFRESH_S, in a thread; let it go when cancelled.

    `ratio` is the screen's pixels in each of Qt's. Raises UserError as CameraFeed does.
    """
    import cv2
    import numpy as np

    from crowdgui.live.cameras import CameraFeed
    from crowdgui.window.live.pictures import fitted
    from crowdgui.window.viewing.images import picture_levels

    room = (round(SIZE.width() * ratio), round(SIZE.height() * ratio))
    capture = CameraFeed(word).open()
    try:
        due = monotonic()
        while not work.is_cancelled():
            # Every picture is read: those left waiting in the camera would be seen late.
            picture = capture.read()
            if monotonic() < due:
                continue
            due = monotonic() + REFRESH_S
            size = fitted((picture.shape[1], picture.shape[0]), room)
            small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
            (image,) = picture_levels(np.asarray(small, np.uint8))
            image.setDevicePixelRatio(ratio)
            yield image
    finally:
        capture.close()
