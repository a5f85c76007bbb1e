"""The program's one look, in light and dark."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

ICONS = Path(__file__).parent / "icons"
THEMES = ("system", "light", "dark")
ICON_SIZES = (16, 20, 24, 32, 40, 48, 64, 96, 128)


@dataclass(frozen=True)
class Scheme:
    """The colours of a theme, as #rrggbb."""

    dark: bool
    window: str
    base: str
    ground: str
    text: str
    muted: str
    border: str
    hover: str
    accent: str
    on_accent: str
    info: str
    warning: str
    error: str


LIGHT = Scheme(
    dark=False, window="#f3f4f6", base="#ffffff", ground="#dfe3e8", text="#1b2430", muted="#5a6675",
    border="#cdd3db", hover="#e2e6ec", accent="#1663c7", on_accent="#ffffff",
    info="#1663c7", warning="#9a5b00", error="#b3261e",
)  # fmt: skip
DARK = Scheme(
    dark=True, window="#20252c", base="#171b20", ground="#14171b", text="#e8ebef", muted="#a3adba",
    border="#3a424d", hover="#323a45", accent="#6aa9ff", on_accent="#0c1420",
    info="#6aa9ff", warning="#f2b84b", error="#ff8a80",
)  # fmt: skip

# Qt fills in {text} and the like with the scheme's colours; everything else is plain Fusion.
STYLE = """
QToolBar {{ border: none; border-bottom: 1px solid {border}; padding: 4px 8px; spacing: 2px; }}
QToolBar QToolButton {{ border: none; border-radius: 6px; padding: 6px 7px; }}
QToolBar QToolButton:hover {{ background: {hover}; }}
QToolBar QToolButton:checked {{ background: {hover}; }}
QToolBar QToolButton:checked:disabled {{ background: transparent; }}
QToolBar QToolButton:pressed {{ background: {border}; }}
QToolBar QToolButton:focus {{ border: 1px solid {accent}; padding: 5px 6px; }}
QToolBar::separator {{ background: {border}; width: 1px; margin: 6px 6px; }}
QStatusBar {{ border-top: 1px solid {border}; }}
QStatusBar::item {{ border: none; }}
QLabel[role="muted"] {{ color: {muted}; }}
QFrame[role="side"] {{ background: {window}; border: none; border-left: 1px solid {border}; }}
QGraphicsView {{ background: {ground}; border: none; }}
QFrame[role="notice"] {{ background: {base}; border: 1px solid {border}; border-radius: 6px; }}
QListView {{ border: none; background: {base}; }}
QListView::item {{ padding: 6px 8px; }}
QListView::item:selected {{ background: {accent}; color: {on_accent}; }}
QPushButton[role="primary"] {{
    background: {accent}; color: {on_accent}; border: 1px solid {accent};
    border-radius: 6px; padding: 8px 18px; font-weight: 600;
}}
QPushButton[role="primary"]:focus {{ border: 2px solid {text}; padding: 7px 17px; }}
QPushButton[role="second"] {{
    background: {base}; color: {text}; border: 1px solid {border};
    border-radius: 6px; padding: 8px 18px;
}}
QPushButton[role="second"]:hover {{ background: {hover}; }}
QPushButton[role="second"]:focus {{ border: 1px solid {accent}; }}
QToolTip {{ background: {base}; color: {text}; border: 1px solid {border}; padding: 4px; }}
"""


def apply_theme(app: QApplication, choice: str) -> Scheme:
    """Give the program the theme "system", "light" or "dark"; returns its colours.

    The platform is told too, for the title bar. Bare X11 and offscreen ignore that, so our own
    palette makes the colours everywhere; a system that does not say counts as light.
    """
    wanted = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(choice)
    hints = app.styleHints()
    if wanted is None:
        hints.unsetColorScheme()
        wanted = hints.colorScheme()
    else:
        hints.setColorScheme(wanted)
    scheme = DARK if wanted == Qt.ColorScheme.Dark else LIGHT
    app.setStyle("Fusion")
    app.setPalette(_palette(scheme))
    app.setStyleSheet(STYLE.format(**scheme.__dict__))
    return scheme


def current_scheme() -> Scheme:
    """Return the colours on the screen now, for what is painted by hand."""
    return DARK if QApplication.palette().window().color().lightness() < 128 else LIGHT


def make_icon(name: str, colour: str) -> QIcon:
    """Draw icons/NAME.svg in one colour, and faint for when it is disabled."""
    icon = QIcon()
    for mode, opacity in ((QIcon.Mode.Normal, 1.0), (QIcon.Mode.Disabled, 0.35)):
        for size in ICON_SIZES:
            icon.addPixmap(draw_icon(name, colour, size, opacity), mode)
    return icon


def draw_icon(name: str, colour: str, size: int, opacity: float = 1.0) -> QPixmap:
    """Draw icons/NAME.svg with its "currentColor" as `colour`, `size` device pixels wide."""
    svg = (ICONS / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(opacity)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def _palette(scheme: Scheme) -> QPalette:
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    colours = {
        role.Window: scheme.window, role.WindowText: scheme.text,
        role.Base: scheme.base, role.AlternateBase: scheme.window, role.Text: scheme.text,
        role.Button: scheme.hover if scheme.dark else scheme.base, role.ButtonText: scheme.text,
        role.ToolTipBase: scheme.base, role.ToolTipText: scheme.text,
        role.PlaceholderText: scheme.muted, role.BrightText: scheme.error,
        role.Highlight: scheme.accent, role.HighlightedText: scheme.on_accent,
        role.Accent: scheme.accent, role.Link: scheme.accent, role.LinkVisited: scheme.accent,
        role.Light: scheme.hover, role.Midlight: scheme.hover, role.Mid: scheme.border,
        role.Dark: scheme.border, role.Shadow: "#000000",
    }  # fmt: skip
    palette = QPalette()
    for key, colour in colours.items():
        palette.setColor(key, QColor(colour))
    faint = QColor(scheme.muted)
    faint.setAlphaF(0.6)
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(group.Disabled, key, faint)
    return palette
