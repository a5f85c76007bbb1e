"""What is copied to the clipboard and pasted from it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QMimeData, QObject, QUrl
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from crowdgui.sources import Source
from crowdgui.window.counting.entries import PASTED, Entry

if TYPE_CHECKING:
    from crowdgui.window.main_window import MainWindow

SHOWN_MS = 2500


class ClipboardActions(QObject):
    """Copies the count and the picture; opens what is pasted."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._pasted = 0

    def copy_count(self) -> None:
        """Put the count on the clipboard, with one decimal and no separators."""
        prediction = self._window.page.session.prediction
        if prediction is not None:
            QGuiApplication.clipboard().setText(f"{prediction.count:.1f}")
            self._window.statusBar().showMessage(self.tr("Count copied"), SHOWN_MS)

    def copy_picture(self) -> None:
        """Put what the view shows on the clipboard."""
        page = self._window.page
        if page.session.picture is not None:
            QGuiApplication.clipboard().setPixmap(page.view.viewport().grab())
            self._window.statusBar().showMessage(self.tr("Picture copied"), SHOWN_MS)

    def copy_file(self) -> None:
        """Put the current picture's file on the clipboard, and its path for where text goes."""
        entry = self._window.page.session.current_entry
        if entry is not None and entry.is_file:
            QGuiApplication.clipboard().setMimeData(file_data([entry.source.path]))
            # The list may stand on another than the one on the screen.
            self._window.statusBar().showMessage(
                self.tr("{name} copied").format(name=entry.file_name), SHOWN_MS
            )

    def paste(self) -> None:
        """Open the files or the picture on the clipboard; says so where there is neither."""
        # An empty clipboard may have no data at all.
        found = QGuiApplication.clipboard().mimeData() or QMimeData()
        files = local_files(found)
        image = QGuiApplication.clipboard().image() if found.hasImage() and not files else QImage()
        lines = [line.strip() for line in found.text().splitlines()]
        if files:
            self._window.open_words(files)
        elif not image.isNull():
            self._pasted += 1
            path = f"{PASTED}{self._pasted}"
            self._window.show_page("count")
            self._window.page.add_entry(Entry(Source(path, lambda: rgb_pixels(image))))
        elif lines and all(line and _is_path(line) for line in lines):
            self._window.open_words(lines)
        else:
            self._window.notices.warn(
                lambda: self.tr("There is no picture on the clipboard. Copy one first.")
            )


def file_data(paths: list[str]) -> QMimeData:
    """Return files as they are dragged and copied: for a file manager, and as text."""
    found = [str(Path(path).resolve()) for path in paths]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in found])
    data.setText("\n".join(found))
    return data


def local_files(found: QMimeData) -> list[str]:
    """Return the files and folders of a drop or a paste; what lies on another machine is not."""
    return [url.toLocalFile() for url in found.urls() if url.isLocalFile()]


def rgb_pixels(image: QImage) -> NDArray[np.uint8]:
    """Return an image as uint8 (H, W, 3) RGB; what is transparent lies on white."""
    if image.hasAlphaChannel():
        ground = QImage(image.size(), QImage.Format.Format_RGB888)
        ground.fill(0xFFFFFF)
        painter = QPainter(ground)
        painter.drawImage(0, 0, image)
        painter.end()
        image = ground
    flat = image.convertToFormat(QImage.Format.Format_RGB888)
    height, width, stride = flat.height(), flat.width(), flat.bytesPerLine()
    rows = np.frombuffer(flat.constBits(), np.uint8).reshape(height, stride)
    return rows[:, : 3 * width].reshape(height, width, 3).copy()


def _is_path(line: str) -> bool:
    try:
        return Path(line).is_absolute() and Path(line).exists()
    except (OSError, ValueError):
        return False
