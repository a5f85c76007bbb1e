"""The program's icon in the formats that the systems ask for, drawn from its one SVG."""

from __future__ import annotations

import io
import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parent.parent
SVG = ROOT / "crowdgui" / "window" / "icons" / "app.svg"
PNG_SIZES = (16, 32, 48, 64, 128, 256, 512)
ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)


def draw(size: int) -> Image.Image:
    """Draw the icon as a square RGBA picture."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(SVG)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return Image.open(io.BytesIO(buffer.data().data())).convert("RGBA")


def write_icons(folder: Path) -> dict[str, Path]:
    """Write crowdgui.ico, crowdgui.icns and crowdgui-SIZE.png; returns the paths by suffix."""
    app = QGuiApplication.instance() or QGuiApplication(["icons"])
    folder.mkdir(parents=True, exist_ok=True)
    for size in PNG_SIZES:
        draw(size).save(folder / f"crowdgui-{size}.png")
    ico, icns = folder / "crowdgui.ico", folder / "crowdgui.icns"
    draw(max(ICO_SIZES)).save(ico, sizes=[(size, size) for size in ICO_SIZES])
    draw(1024).save(icns)
    del app
    return {".ico": ico, ".icns": icns, ".png": folder / "crowdgui-256.png"}
