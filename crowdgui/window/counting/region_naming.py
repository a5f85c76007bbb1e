"""Calling a region by a name of one's own: it heads the region's column in exported counts."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QInputDialog

from crowdgui.window.notifications import Notifications
from crowdgui.window.viewing.picture_view import PictureView
from crowdgui.window.viewing.regions import Region


class RegionNaming(QObject):
    """Asks for the name of the selected region, or of the only one."""

    def __init__(self, view: PictureView, notices: Notifications) -> None:
        super().__init__(view)
        self._view, self._notices = view, notices

    def ask(self) -> None:
        region, others = self._view.chosen_region(), self._view.regions
        if region is None:
            return
        dialog = QInputDialog(self._view)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Rename the region"))
        dialog.setLabelText(self.tr("Name:"))
        dialog.setTextValue(region.name)
        dialog.textValueSelected.connect(lambda name: self.rename(region, name.strip(), others))
        dialog.open()

    def rename(self, region: Region, name: str, others: list[Region]) -> None:
        """Give a region another name, unless another of the same picture has it.

        By then the picture on the screen may be another, which came from outside.
        """
        if name and name != region.name and name in [other.name for other in others]:
            self._notices.warn(
                lambda: self.tr("Another region is called {name} already.").format(name=name)
            )
        elif name:
            region.name = name
            self._view.regions_changed.emit()
            self._view.regions_edited.emit()
