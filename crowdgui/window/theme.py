"""The program's one look, in light and dark."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

ICONS = Path(__file__).parent / "icons"
# In the menus, the toolbar, the rail; each as large as the screen's pixels ask for.
ICON_SIZES = (16, 20, 22)
DISABLED_OPACITY = 0.35
# Fusion draws their outlines darker than the window, which nobody sees in the dark.
OUTLINED = ("QAbstractSpinBox", "QCheckBox", "QRadioButton", "QComboBox")


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
QLabel[role="warning"] {{ color: {warning}; }}
QMenu {{ background: {base}; border: 1px solid {border}; }}
QMenu::item:selected {{ background: {accent}; color: {on_accent}; }}
QMenu::icon:checked {{ background: {hover}; border: 1px solid {accent}; border-radius: 3px; }}
QMenu::separator {{ background: {border}; height: 1px; margin: 3px 0; }}
QFrame[role="rail"] {{ background: {window}; border: none; border-right: 1px solid {border}; }}
QFrame[role="rail"] QToolButton {{
    border: none; border-radius: 8px; padding: 7px 2px; color: {muted};
}}
QFrame[role="rail"] QToolButton:hover {{ background: {hover}; color: {text}; }}
QFrame[role="rail"] QToolButton:checked {{ background: {hover}; color: {text}; }}
QFrame[role="rail"] QToolButton:focus {{ border: 1px solid {accent}; padding: 6px 1px; }}
QFrame[role="compare"] {{ background: {window}; border: none; }}
QToolButton[role="field"] {{
    background: {base}; border: 1px solid {border}; border-radius: 4px; padding: 2px 22px 2px 8px;
}}
QToolButton[role="field"]::menu-indicator {{
    subcontrol-position: right center; subcontrol-origin: padding; right: 7px;
}}
QLabel[role="swatch"] {{ border: 1px solid {muted}; }}
QLabel[role="panel-title"] {{ color: {muted}; font-weight: 600; }}
QDockWidget {{ border: none; }}
QMainWindow::separator {{ background: {border}; width: 1px; height: 1px; }}
QHeaderView {{ background: {window}; }}
QHeaderView::section {{
    background: {window}; color: {muted}; border: none; border-bottom: 1px solid {border};
    padding: 5px 12px;
}}
QTableView {{ border: none; background: {base}; }}
QTableView::item {{ padding: 2px 10px; }}
QTableView::item:selected, QTreeView::item:selected {{
    background: {accent}; color: {on_accent};
}}
QTreeView {{ border: none; background: {base}; }}
ActionsDialog QTreeView::item {{ padding: 2px 9px; }}
QTextBrowser {{ background: {window}; }}
QLineEdit {{
    background: {base}; border: 1px solid {border}; border-radius: 4px; padding: 4px 8px;
}}
QLineEdit:focus {{ border: 1px solid {accent}; }}
ZoomBox {{ background: transparent; border-color: transparent; padding: 0px 4px; color: {muted}; }}
ZoomBox:hover, ZoomBox:focus {{ background: {base}; color: {text}; }}
ZoomBox:hover {{ border-color: {border}; }}
ZoomBox:focus {{ border-color: {accent}; }}
QPushButton[role="link"] {{
    background: transparent; border: none; color: {accent}; padding: 3px 6px;
}}
QPushButton[role="link"]:hover {{ text-decoration: underline; }}
QPushButton[role="link"]:focus {{
    border: 1px solid {accent}; border-radius: 4px; padding: 2px 5px;
}}
QPushButton[role="small"] {{
    background: {base}; border: 1px solid {border}; border-radius: 4px; padding: 1px 10px;
}}
QPushButton[role="small"]:hover {{ background: {hover}; }}
QPushButton[role="small"]:focus {{ border: 1px solid {accent}; }}
QFrame[role="side"] {{ background: {window}; border: none; border-left: 1px solid {border}; }}
QGraphicsView {{ background: {ground}; border: none; }}
QFrame[role="notice"] {{ background: {base}; border: 1px solid {border}; border-radius: 6px; }}
QFrame[role="alarm"] {{ background: {base}; border: 2px solid {warning}; border-radius: 6px; }}
QPushButton[role="primary"] {{
    background: {accent}; color: {on_accent}; border: 1px solid {accent};
    border-radius: 6px; padding: 8px 18px; font-weight: 600;
}}
QPushButton[role="primary"]:focus {{ border: 2px solid {text}; padding: 7px 17px; }}
QPushButton[role="primary"]:disabled {{
    background: {border}; color: {muted}; border: 1px solid {border};
}}
QPushButton[role="second"]:disabled {{ color: {muted}; background: transparent; }}
QPushButton[role="second"] {{
    background: {base}; color: {text}; border: 1px solid {border};
    border-radius: 6px; padding: 8px 18px;
}}
QPushButton[role="second"]:hover {{ background: {hover}; }}
QPushButton[role="second"]:focus {{ border: 1px solid {accent}; }}
QDialogButtonBox QPushButton {{ icon-size: 0px; }}
QMessageBox QLabel#qt_msgbox_informativelabel, QInputDialog QLineEdit {{ min-width: 320px; }}
CameraDialog QListWidget, CameraStill {{ border: 1px solid {border}; }}
QListWidget::item {{ padding: 4px 6px; }}
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
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(_palette(scheme))
    if scheme.dark:
        for kind in OUTLINED:
            # The name of a class is a str, whatever PySide's own types say.
            app.setPalette(_outlined(scheme), kind)  # type: ignore[arg-type]
    return scheme


def style_sheet(scheme: Scheme) -> str:
    """Return the style of a window; for one window it is set ten times as fast as for all."""
    return STYLE.format(**scheme.__dict__)


def current_scheme() -> Scheme:
    """Return the colours on the screen now, for what is painted by hand."""
    return DARK if QApplication.palette().window().color().lightness() < 128 else LIGHT


def make_icon(name: str, colour: str) -> QIcon:
    """Draw icons/NAME.svg in one colour; faint where disabled, contrasting where selected."""
    return _cached_icon(name, colour, current_scheme().on_accent, _ratio())


@lru_cache(maxsize=512)
def _cached_icon(name: str, colour: str, on_accent: str, ratio: float) -> QIcon:
    icon = QIcon()
    for size in ICON_SIZES:
        drawn = draw_icon(name, colour, round(size * ratio))
        icon.addPixmap(drawn, QIcon.Mode.Normal)
        icon.addPixmap(_faint(drawn), QIcon.Mode.Disabled)
        icon.addPixmap(draw_icon(name, on_accent, round(size * ratio)), QIcon.Mode.Selected)
    return icon


def draw_icon(name: str, colour: str, size: int) -> QPixmap:
    """Draw icons/NAME.svg with its "currentColor" as `colour`, `size` device pixels wide."""
    svg = _svg_text(name).replace("currentColor", colour)
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def _faint(drawn: QPixmap) -> QPixmap:
    pixmap = QPixmap(drawn.size())
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(DISABLED_OPACITY)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return pixmap


@lru_cache
def _svg_text(name: str) -> str:
    return (ICONS / f"{name}.svg").read_text(encoding="utf-8")


def _ratio() -> float:
    screen = QGuiApplication.primaryScreen()
    return max(screen.devicePixelRatio(), 1.0) if screen else 1.0


def _outlined(scheme: Scheme) -> QPalette:
    """Return the palette with outlines in the colour of muted text: Fusion darkens by 1.4."""
    palette = _palette(scheme)
    palette.setColor(QPalette.ColorRole.Window, QColor(scheme.muted).darker(135))
    # As light as the fields that are typed into.
    palette.setColor(QPalette.ColorRole.Button, QColor(scheme.base))
    return palette


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
