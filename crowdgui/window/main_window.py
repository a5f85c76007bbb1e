"""The window: actions, toolbar, status bar and the pages within."""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QMainWindow,
    QMessageBox,
    QProgressBar,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from crowdgui.window.actions import Actions
from crowdgui.window.counting.empty import DropHint
from crowdgui.window.counting.local_density import SIDE
from crowdgui.window.counting.page import CountingPage
from crowdgui.window.counting.picture_list import entry_name
from crowdgui.window.counting.picture_view import STEP
from crowdgui.window.language import install_language
from crowdgui.window.notifications import Notifications
from crowdgui.window.settings import Settings, save_settings, settings_file
from crowdgui.window.theme import apply_theme
from models.errors import UserError
from models.pictures import PICTURE_SUFFIXES

log = logging.getLogger("crowdgui")


class MainWindow(QMainWindow):
    """Opens pictures and shows them with their counts."""

    def __init__(self, settings: Settings, language: str) -> None:
        super().__init__()
        self.settings, self.language = settings, language
        self.still_counting = False
        self.notices = Notifications()
        self.page = CountingPage(settings, self.notices)
        self.actions_ = Actions(self)
        self._lay_out()
        self.page.changed.connect(self.render_session)
        self.page.hovered.connect(self._show_near)
        self.page.open_wanted.connect(self.ask_for_pictures)
        self.setAcceptDrops(True)
        self.actions_.recolour()
        self.actions_.check("theme", settings.theme)
        self.retranslate()
        self.resize(1180, 720)
        self.restoreGeometry(QByteArray.fromBase64(settings.geometry.encode()))

    def _lay_out(self) -> None:
        self.actions_.fill_menus()
        self.toolbar = QToolBar(self)
        self.toolbar.setObjectName("toolbar")
        self.toolbar.setMovable(False)
        self.toolbar.setIconSize(QSize(20, 20))
        self.toolbar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.actions_.fill_toolbar(self.toolbar)
        self.addToolBar(self.toolbar)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notices)
        column.addWidget(self.page, 1)
        self.setCentralWidget(body)
        self.drop_hint = DropHint(body)
        self.near = QLabel()
        self.busy_text = QLabel()
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setFixedSize(110, 8)
        self.busy.setTextVisible(False)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().setContentsMargins(10, 0, 12, 0)
        self.statusBar().addWidget(self.near, 1)
        self.statusBar().addPermanentWidget(self.busy_text)
        self.statusBar().addPermanentWidget(self.busy)

    # Actions

    @Slot()
    def ask_for_pictures(self) -> None:
        """Let a person choose picture files."""
        suffixes = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in sorted(PICTURE_SUFFIXES))
        filters = [
            self.tr("Pictures ({suffixes})").format(suffixes=suffixes),
            self.tr("All files (*)"),
        ]
        dialog = QFileDialog(self, self.tr("Open pictures"), self.settings.folder)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(filters)
        self._open_dialog(dialog, self._files_chosen)

    def ask_for_folder(self) -> None:
        """Let a person choose a folder of pictures."""
        dialog = QFileDialog(self, self.tr("Open folder"), self.settings.folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._open_dialog(dialog, self._files_chosen)

    def ask_where_to_save(self) -> None:
        """Let a person choose where the picture with its density map goes."""
        shown = self.page.session.shown
        if shown is None:
            return
        dialog = QFileDialog(self, self.tr("Save with density map"), self.settings.folder)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("PNG picture (*.png)"), self.tr("JPEG picture (*.jpg)")])
        dialog.setDefaultSuffix("png")
        dialog.selectFile(f"{shown.source.stem}-density.png")
        self._open_dialog(dialog, lambda files: self.page.save_overlay(Path(files[0])))

    def _open_dialog(self, dialog: QFileDialog, use: Callable[[list[str]], object]) -> None:
        """Show a file dialog without a loop of its own, so that the window goes on counting."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # Qt's own Korean leaves these two out.
        dialog.setLabelText(QFileDialog.DialogLabel.LookIn, self.tr("Look in:"))
        dialog.setLabelText(QFileDialog.DialogLabel.FileType, self.tr("Files of type:"))
        dialog.filesSelected.connect(use)
        dialog.open()

    def _files_chosen(self, files: list[str]) -> None:
        if files:
            first = Path(files[0])
            self.settings.folder = str(first if first.is_dir() else first.parent)
            self.open_words(files)

    def open_words(self, words: list[str]) -> None:
        """Open what a command line, a dialog or a drop names."""
        self.page.open_words(words)

    def copy_count(self) -> None:
        """Put the count on the clipboard, with one decimal and no separators."""
        prediction = self.page.session.prediction
        if prediction is not None:
            QGuiApplication.clipboard().setText(f"{prediction.count:.1f}")
            self.statusBar().showMessage(self.tr("Count copied"), 2000)

    def show_previous(self) -> None:
        self.page.step(-1)

    def show_next(self) -> None:
        self.page.step(1)

    def zoom_in(self) -> None:
        self.page.view.zoom_by(STEP)

    def zoom_out(self) -> None:
        self.page.view.zoom_by(1 / STEP)

    def choose_theme(self, theme: str) -> None:
        """Change the colours; the icons follow by the change of palette."""
        self.settings.theme = theme
        self.actions_.check("theme", theme)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, theme)

    def choose_language(self, code: str) -> None:
        """Change the language; every widget hears of it by itself."""
        self.settings.language = self.language = code
        app = QApplication.instance()
        assert app is not None
        install_language(app, code)

    def show_about(self) -> None:
        """Say what the program is, which version, and what may be done with it."""
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(self.tr("About crowdgui"))
        box.setText(f"crowdgui {version('crowdgui')}")
        box.setInformativeText(
            self.tr(
                "Counts people in pictures of crowds. Nothing leaves this computer.\n\n"
                "A count is an estimate: look at the density map before you rely on it."
            )
        )
        box.open()

    def tell_of_damaged_settings(self, aside: Path) -> None:
        """Say that the settings could not be read, and where the old file lies now."""
        self.notices.warn(
            lambda: self.tr(
                "The settings could not be read, so everything is as at the first start. "
                "The old file is {path}."
            ).format(path=aside)
        )

    # Drawing

    @Slot()
    def render_session(self) -> None:
        """Draw what the window itself shows of the session."""
        session = self.page.session
        has_result, has_picture = session.result is not None, session.picture is not None
        several = len(session.entries) > 1
        enabled = {
            "save": has_result, "copy": has_result, "clear": bool(session.entries),
            "zoom-in": has_picture, "zoom-out": has_picture, "fit": has_picture,
            "actual": has_picture, "density": has_picture,
            "previous": several and session.current > 0,
            "next": several and session.current < len(session.entries) - 1,
        }  # fmt: skip
        for name, value in enabled.items():
            self.actions_[name].setEnabled(value)
        self.actions_["density"].setChecked(self.settings.overlay)
        busy = session.busy or session.opening > 0
        text = self.tr("Opening…") if session.opening else self.tr("Counting…")
        self.busy_text.setText(text)
        self.busy.setAccessibleName(text)
        self.busy.setVisible(busy)
        self.busy_text.setVisible(busy)
        title = f"{entry_name(session.shown)} — crowdgui" if session.shown else "crowdgui"
        self.setWindowTitle(title)

    @Slot(object)
    def _show_near(self, near: float | None) -> None:
        text = "" if near is None else self.tr("{people} people in {side} × {side} px here")
        self.near.setText(text.format(people=f"{near or 0:.1f}", side=SIDE))

    def retranslate(self) -> None:
        self.actions_.retranslate()
        self.actions_.check("language", self.language)
        self.toolbar.setWindowTitle(self.tr("Tools"))
        self.near.clear()
        self.render_session()

    # Events

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange and hasattr(self, "actions_"):
            self.actions_.recolour()
        super().changeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _local_files(event):
            event.acceptProposedAction()
            self.drop_hint.appear()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self.drop_hint.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self.drop_hint.hide()
        files = _local_files(event)
        if files:
            event.acceptProposedAction()
            self.open_words(files)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop counting, then remember; nothing here can keep the window from closing."""
        self.still_counting = not self.page.close_page()
        self.settings.geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        try:
            save_settings(self.settings, settings_file())
        except UserError as error:
            log.warning("Settings were not saved: %s", error)
        super().closeEvent(event)


def _local_files(event: QDropEvent) -> list[str]:
    """Return the files and folders of a drop; what lies on another machine is left out."""
    return [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
