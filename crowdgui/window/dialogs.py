"""File dialogs without a loop of their own, so that the window goes on counting."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from crowdgui.live.videos import VIDEO_SUFFIXES
from models.errors import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate
# What Qt's own Korean leaves out of the dialog; Qt asks our translation by these contexts, too.
QTS_TEXTS = (
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Folder"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Drive"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "%1 File"),
)
# Qt's own dialog is too narrow for a name with its date.
FIRST_SIZE = QSize(860, 520)
Use = Callable[[list[str]], object]


def ask_for_files(
    parent: QWidget, title: str, folder: str, filters: list[str], use: Use, *, one: bool = False
) -> None:
    """Let a person choose files that exist."""
    dialog = QFileDialog(parent, title, folder)
    # Two dozen suffixes fit into no line.
    dialog.setOption(QFileDialog.Option.HideNameFilterDetails)
    mode = QFileDialog.FileMode
    dialog.setFileMode(mode.ExistingFile if one else mode.ExistingFiles)
    dialog.setNameFilters(filters)
    _open(dialog, use)


def ask_for_videos(
    parent: QWidget, title: str, folder: str, use: Use, *, one: bool = False
) -> None:
    """Let a person choose video files."""
    suffixes = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in sorted(VIDEO_SUFFIXES))
    filters = [
        translate("Dialogs", "Videos ({suffixes})").format(suffixes=suffixes),
        translate("Dialogs", "All files (*)"),
    ]
    ask_for_files(parent, title, folder, filters, use, one=one)


def ask_for_folder(parent: QWidget, title: str, folder: str, use: Use) -> None:
    dialog = QFileDialog(parent, title, folder)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    _open(dialog, use)


def ask_where_to_save(
    parent: QWidget,
    title: str,
    folder: str,
    filters: list[str],
    name: str,
    use: Use,
    filter_chosen: Callable[[str], object] | None = None,
) -> None:
    """Let a person choose a place for a new file; the suffix is that of the chosen filter."""
    dialog = QFileDialog(parent, title, folder)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(filters)
    dialog.setDefaultSuffix(_suffix(filters[0]))
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(_suffix(chosen)))
    if filter_chosen is not None:
        dialog.filterSelected.connect(filter_chosen)
    dialog.selectFile(name)
    _open(dialog, use)


def _suffix(name_filter: str) -> str:
    return name_filter.rpartition("*.")[2].rstrip(")")


def _open(dialog: QFileDialog, use: Use) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.resize(FIRST_SIZE)
    # Qt's own Korean leaves these two out.
    label = QFileDialog.DialogLabel
    dialog.setLabelText(label.LookIn, translate("Dialogs", "Look in:"))
    dialog.setLabelText(label.FileType, translate("Dialogs", "Files of type:"))
    dialog.filesSelected.connect(use)
    dialog.open()
