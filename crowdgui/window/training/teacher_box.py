"""Which model teaches: all that can, and none."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox

from crowdgui.window.desk import Desk
from models.catalogue import best_teacher


class TeacherBox(QComboBox):
    """Follows the list of models; the best teacher stands in it until one is chosen.

    `wanted` is taken when the models are listed: a name, "" for none, None for the best.
    """

    listed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.wanted: object = None
        self._also = ""
        # A long name of a model must not make the form wider.
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        desk.models_changed.connect(self._list)
        desk.model_renamed.connect(self._rename)
        self._list()

    @property
    def chosen(self) -> object:
        """The teacher's name, "" for none, and None where nobody has chosen yet."""
        return self.currentData() if self.count() > 1 else self.wanted

    def forget(self) -> None:
        """Choose the best again."""
        self.clear()
        self.wanted = None
        self._list()

    def show_also(self, name: str) -> None:
        """Have a name in the list though it is several models', a file's, or gone; "" for none."""
        if name != self._also:
            self._also = name
            self._list()

    @Slot()
    def _list(self) -> None:
        wanted, usable = self.chosen, [c for c in self._desk.usable_models() if c.can_teach]
        headers = {choice.name: choice.header for choice in usable if choice.header}
        with QSignalBlocker(self):
            self.clear()
            self.addItem(self.tr("none"), "")
            for choice in usable:
                self.addItem(choice.name, choice.name)
            if self._also and self.findData(self._also) < 0:
                self.addItem(self._also, self._also)
            place = self.findData(wanted) if isinstance(wanted, str) else -1
            self.setCurrentIndex(place if place >= 0 else self.findData(best_teacher(headers)))
        self.listed.emit()

    @Slot(str, str)
    def _rename(self, before: str, now: str) -> None:
        if (row := self.findData(before)) >= 0:
            self.setItemData(row, now)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.setItemText(0, self.tr("none"))
        super().changeEvent(event)
