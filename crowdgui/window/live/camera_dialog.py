"""Choosing a webcam: those that are plugged in now, and what one should give."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from crowdgui.window.background import Background, Work
from crowdgui.window.live.camera_still import CameraStill
from crowdgui.window.live.openers import Openers

if TYPE_CHECKING:
    from crowdgui.live.cameras import Camera

REFRESH_MS = 3000
# A camera that hangs is not waited for any longer: who opens it next tries again by itself.
RELEASE_MS = 9000
SIZES = ("", "640x480", "1280x720", "1920x1080")
RATES = ("", "10", "15", "30", "60")


class CameraDialog(QDialog):
    """Lists cameras anew every few seconds and shows the chosen one; `chosen` gives its word.

    `stills` is a lane for opening cameras, which may take seconds; `counted` are the names of
    the sources there are: their cameras are taken.
    """

    chosen = Signal(str)

    def __init__(
        self,
        lane: Background | Openers,
        stills: Background,
        counted: Collection[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._lane = lane
        self._counted = {name.partition("?")[0] for name in counted}
        self._work: Work | None = None
        self._accepted = ""
        self.cameras: list[Camera] | None = None
        self.list = QListWidget()
        self.still = CameraStill(stills)
        self.none = QLabel()
        self.none.setProperty("role", "muted")
        self.none.setWordWrap(True)
        self.size_, self.rate = QComboBox(), QComboBox()
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._lay_out()
        self._retranslate()
        self.list.itemSelectionChanged.connect(self._look_at_choice)
        self.list.itemActivated.connect(lambda _item: self.accept())
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        self.refresh()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(self.tr("&Size"), self.size_)
        form.addRow(self.tr("Pictures a s&econd"), self.rate)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.list, 1)
        row.addWidget(self.still, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addLayout(row, 1)
        column.addWidget(self.none)
        column.addLayout(form)
        column.addWidget(self.buttons)
        self.resize(560, 360)

    def word(self) -> str:
        """Return the word of the chosen camera with its wishes; "" where none is chosen."""
        items = self.list.selectedItems()
        if not items:
            return ""
        size, rate = str(self.size_.currentData()), str(self.rate.currentData())
        wishes = [f"size={size}" if size else "", f"fps={rate}" if rate else ""]
        wish = "&".join(wish for wish in wishes if wish)
        called = items[0].data(Qt.ItemDataRole.UserRole)
        return f"camera:{called}" + (f"?{wish}" if wish else "")

    def accept(self) -> None:
        """Open the chosen camera, once it is no longer held open for its still."""
        if self._accepted or not (word := self.word()):
            return
        self._accepted = word
        self._stop_looking()
        self.list.setEnabled(False)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(False)
        QTimer.singleShot(RELEASE_MS, self, self._open)
        self.still.let_go(self._open)

    @Slot()
    def _open(self) -> None:
        word, self._accepted = self._accepted, ""
        if word:
            self.chosen.emit(word)
            super().accept()

    @Slot()
    def refresh(self) -> None:
        """Look which cameras there are; a system may take a moment to say so."""
        if self._work is not None:
            return

        def steps(_work: Work) -> Iterator[list[Camera]]:
            from crowdgui.live.cameras import list_cameras

            yield list_cameras()

        self._work = Work(lambda: "", steps, self._found, self._looked, quiet=True)
        self._lane.start(self._work)

    def _looked(self, _error: Exception | None) -> None:
        self._work = None

    def done(self, result: int) -> None:
        """Close; cameras that are still being looked for are for nobody."""
        self._accepted = ""
        self._stop_looking()
        self.still.let_go()
        super().done(result)

    def _stop_looking(self) -> None:
        self._timer.stop()
        if self._work is not None:
            self._work.cancel()

    def _found(self, cameras: list[Camera]) -> None:
        if cameras == self.cameras:
            return
        before = self.word()
        self.cameras = cameras
        # For the moment in which none is chosen, the chosen camera need not be let go.
        with QSignalBlocker(self.list):
            self.list.clear()
            for camera in cameras:
                item = QListWidgetItem(f"{camera.index}  {camera.name}")
                item.setData(Qt.ItemDataRole.UserRole, camera.index)
                self.list.addItem(item)
                item.setSelected(f"camera:{camera.index}" == before.partition("?")[0])
            if cameras and not self.list.selectedItems():
                self.list.item(0).setSelected(True)
        self._look_at_choice()

    @Slot()
    def _look_at_choice(self) -> None:
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(bool(self.list.selectedItems()))
        self.none.setVisible(not self.list.count())
        if self.cameras is None:
            self.none.setText(self.tr("Looking for cameras…"))
        else:
            self.none.setText(
                self.tr("No camera is plugged in. One that is plugged in now appears by itself.")
            )
        self._show_chosen()

    def _show_chosen(self) -> None:
        """Show the chosen camera, unless it is counted: two cannot hold it open."""
        called = {item.data(Qt.ItemDataRole.UserRole) for item in self.list.selectedItems()}
        camera = next((camera for camera in self.cameras or () if camera.index in called), None)
        words = {f"camera:{camera.index}", f"camera:{camera.name}"} if camera is not None else set()
        if words & self._counted:
            self.still.show_camera(None)
            self.still.tell(self.tr("This camera is open already."))
        else:
            self.still.show_camera(camera)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Open a camera"))
        self.list.setAccessibleName(self.tr("Cameras"))
        as_it_is = self.tr("As the camera gives it")
        for box, values in ((self.size_, SIZES), (self.rate, RATES)):
            for value in values:
                box.addItem(value.replace("x", " × ") or as_it_is, value)
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setText(self.tr("Open"))
        self._look_at_choice()
