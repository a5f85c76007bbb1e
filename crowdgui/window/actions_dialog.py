"""All actions with their keys: to be looked up, found by a word, and carried out."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

translate = QCoreApplication.translate
NAME_ROLE = Qt.ItemDataRole.UserRole


class ActionsDialog(QDialog):
    """Enter or a double click carries out what is chosen."""

    def __init__(self, actions: dict[str, QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = actions
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate("ActionsDialog", "Actions and keys"))
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText(translate("ActionsDialog", "Find by name or key"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.table = QTreeWidget()
        self.table.setAccessibleName(self.windowTitle())
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setHeaderLabels([
            translate("ActionsDialog", "Action"),
            translate("ActionsDialog", "Keys"),
            translate("ActionsDialog", "What it does"),
        ])  # fmt: skip
        self.table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for name, action in actions.items():
            self.table.addTopLevelItem(_row(name, action))
        layout = QVBoxLayout(self)
        layout.addWidget(self.search)
        layout.addWidget(self.table, 1)
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self._run_found)
        self.table.itemActivated.connect(self._run)
        self._filter("")
        self.resize(760, 520)

    @Slot(str)
    def _filter(self, text: str) -> None:
        wanted = text.strip().casefold()
        rows = [self.table.topLevelItem(place) for place in range(self.table.topLevelItemCount())]
        found = [row for row in rows if row and any(wanted in word for word in _words(row))]
        for row in rows:
            if row is not None:
                row.setHidden(row not in found)
        able = [row for row in found if not row.isDisabled()]
        if able:
            self.table.setCurrentItem(able[0])

    @Slot()
    def _run_found(self) -> None:
        item = self.table.currentItem()
        if item is not None and not item.isHidden():
            self._run(item)

    @Slot(QTreeWidgetItem)
    def _run(self, item: QTreeWidgetItem) -> None:
        """Close first: the action may open a dialog of its own."""
        if not item.isDisabled():
            self.accept()
            self._actions[item.data(0, NAME_ROLE)].trigger()


def _row(name: str, action: QAction) -> QTreeWidgetItem:
    form = QKeySequence.SequenceFormat.NativeText
    keys = ", ".join(shortcut.toString(form) for shortcut in action.shortcuts())
    item = QTreeWidgetItem([action.iconText(), keys, action.statusTip()])
    item.setData(0, NAME_ROLE, name)
    # What cannot be done now is listed all the same: its key may be what is looked for.
    item.setDisabled(not action.isEnabled())
    return item


def _words(item: QTreeWidgetItem) -> list[str]:
    return [item.text(column).casefold() for column in range(item.columnCount())]
