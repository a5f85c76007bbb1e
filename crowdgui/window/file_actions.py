"""What a person opens and saves by a dialog."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from crowdgui.window import dialogs
from crowdgui.window.counting.entries import PASTED
from models.pictures import PICTURE_SUFFIXES

if TYPE_CHECKING:
    from crowdgui.window.counting.session import Picture
    from crowdgui.window.main_window import MainWindow
    from models.prediction import Prediction


class FileActions(QObject):
    """Opens pictures and folders; saves pictures, densities and counts."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._settings = window, window.settings

    def ask_for_pictures(self) -> None:
        suffixes = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in sorted(PICTURE_SUFFIXES))
        filters = [
            self.tr("Pictures ({suffixes})").format(suffixes=suffixes),
            self.tr("All files (*)"),
        ]
        title, folder = self.tr("Open pictures"), self._settings.folder
        dialogs.ask_for_files(self._window, title, folder, filters, self._chosen)

    def ask_for_folder(self) -> None:
        title, folder = self.tr("Open folder"), self._settings.folder
        dialogs.ask_for_folder(self._window, title, folder, self._chosen)

    def _chosen(self, files: list[str]) -> None:
        if files:
            first = Path(files[0])
            self._settings.folder = str(first if first.is_dir() else first.parent)
            self._window.open_words(files)

    @Slot(object)
    def open_to_mark(self, folder: Path) -> None:
        """Open a folder's pictures, and stay where heads are marked."""
        self._window.open_words([str(folder)])
        self._window.show_page("label")

    def show_folder(self) -> None:
        """Open the folder of the current picture in the file manager."""
        entry = self._window.page.session.current_entry
        if entry is not None and entry.is_file:
            folder = str(Path(entry.source.path).resolve().parent)
            QDesktopServices.openUrl(QUrl.fromLocalFile(folder))

    def ask_where_to_save(self) -> None:
        """Save the picture on the screen with its density map; another may be there by then."""
        shown = self._window.page.session.on_screen
        if shown is not None:
            filters = [self.tr("PNG picture (*.png)"), self.tr("JPEG picture (*.jpg)")]
            title, name = self.tr("Save with density map"), f"{self._stem()}-density.png"
            dialogs.ask_where_to_save(
                self._window, title, self._settings.folder, filters, name,
                lambda files: self.save_overlay(Path(files[0]), *shown),
            )  # fmt: skip

    def ask_where_to_save_density(self) -> None:
        """Save the density map on the screen as numbers; another may be there by then."""
        prediction = self._window.page.session.prediction
        if prediction is not None:
            filters = [self.tr("NumPy array (*.npy)"), self.tr("TIFF of 32-bit floats (*.tif)")]
            title, name = self.tr("Save density as numbers"), f"{self._stem()}-density.npy"
            dialogs.ask_where_to_save(
                self._window, title, self._settings.folder, filters, name,
                lambda files: self.save_density(Path(files[0]), prediction),
            )  # fmt: skip

    def ask_where_to_export(self) -> None:
        """Save the counts of all opened pictures."""
        filters = [self.tr("CSV table (*.csv)"), self.tr("JSON (*.json)")]
        dialogs.ask_where_to_save(
            self._window, self.tr("Export counts"), self._settings.folder, filters, "counts.csv",
            lambda files: self.export_counts(Path(files[0])),
        )  # fmt: skip

    def save_overlay(self, path: Path, picture: Picture, prediction: Prediction) -> None:
        """Write a picture with its density map as it is seen, without stopping the window."""
        from crowdgui.window.counting import jobs

        pixels, write = picture.pixels, jobs.save_overlay
        opacity, colours = self._settings.opacity / 100, self._settings.colour_map
        self._window.desk.save(path, lambda: write(path, pixels, prediction, opacity, colours))

    def save_density(self, path: Path, prediction: Prediction) -> None:
        from models.density_files import save_density

        density = prediction.density
        self._window.desk.save(path, lambda: save_density(path, density))

    def export_counts(self, path: Path) -> None:
        from crowdgui.csv_file import save_rows
        from crowdgui.window.counting.export import count_rows, take, without_figures

        session = self._window.page.session
        taken, model = take(session), session.model
        number_of_all = len(session.entries)

        def write() -> None:
            save_rows(path, *count_rows(taken, model))
            for one in taken:
                # From the thread that saves; nothing is taken out of it.
                one.entry.exported.add(one.outcome)

        self._window.desk.save(path, write)
        if left_out := number_of_all - len(taken):
            self._window.notices.warn(
                lambda: self.tr(
                    "{number} of {all} pictures have no count by {model} and are left out."
                ).format(number=f"{left_out:,}", all=f"{number_of_all:,}", model=model)
            )
        if number := without_figures(taken):
            self._window.notices.warn(
                lambda: self.tr(
                    "No figures for the regions of {number} of the pictures: only the density"
                    " maps that were made last are kept."
                ).format(number=f"{number:,}")
            )

    def _stem(self) -> str:
        shown = self._window.page.session.shown
        if shown is None:
            return "picture"
        return shown.source.path.replace(":", "-") if shown.source.path.startswith(PASTED) else (
            shown.source.stem
        )  # fmt: skip
