"""All actions with their keys: to be looked up, found by a word, carried out, and changed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, Slot
from PySide6.QtGui import QBrush, QFont, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from crowdgui.window.actions import Actions
from crowdgui.window.keys import BY_ID, native
from crowdgui.window.keys_form import KeysForm

translate = QCoreApplication.translate
NAME_ROLE = Qt.ItemDataRole.UserRole
ACTION, KEYS, WHAT = range(3)


class ActionsDialog(QDialog):
    """Enter or a double click carries out what is chosen; its keys are changed below."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
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
        self._rows = {name: self._row(name) for name in actions.all()}
        self.table.addTopLevelItems(list(self._rows.values()))
        self.form = KeysForm(actions)
        layout = QVBoxLayout(self)
        layout.addWidget(self.search)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.form)
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self._run_found)
        self.table.itemActivated.connect(self._run)
        self.table.currentItemChanged.connect(self._choose)
        self.form.changed.connect(self._draw_keys)
        self._draw_keys()
        self._filter("")
        self.resize(800, 560)

    def _row(self, name: str) -> QTreeWidgetItem:
        action = self._actions[name]
        item = QTreeWidgetItem([action.iconText(), "", action.statusTip()])
        item.setData(ACTION, NAME_ROLE, name)
        # What cannot be done now is listed all the same: its key may be what is looked for.
        if not action.isEnabled():
            faint = self.palette().brush(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
            for column in (ACTION, KEYS, WHAT):
                item.setForeground(column, QBrush(faint))
        return item

    @Slot()
    def _draw_keys(self) -> None:
        """Write the keys that each action has now; those that were changed stand out."""
        for name, now in self._actions.keys.all().items():
            font = QFont(self.font())
            font.setBold(now != BY_ID[name].shortcuts)
            self._rows[name].setFont(KEYS, font)
            self._rows[name].setText(KEYS, ", ".join(map(native, now)))

    @Slot(str)
    def _filter(self, text: str) -> None:
        wanted = text.strip().casefold()
        found = [
            row for name, row in self._rows.items() if any(wanted in w for w in _words(name, row))
        ]
        for row in self._rows.values():
            row.setHidden(row not in found)
        able = [row for row in found if self._is_able(row)]
        if found:
            self.table.setCurrentItem((able + found)[0])
        else:
            self.table.setCurrentIndex(QModelIndex())

    @Slot(QTreeWidgetItem)
    def _choose(self, item: QTreeWidgetItem | None) -> None:
        self.form.show_action(item.data(ACTION, NAME_ROLE) if item is not None else "")

    @Slot()
    def _run_found(self) -> None:
        item = self.table.currentItem()
        if item is not None and not item.isHidden():
            self._run(item)

    @Slot(QTreeWidgetItem)
    def _run(self, item: QTreeWidgetItem) -> None:
        """Close first: the action may open a dialog of its own."""
        if self._is_able(item):
            self.accept()
            self._actions[item.data(ACTION, NAME_ROLE)].trigger()

    def _is_able(self, item: QTreeWidgetItem) -> bool:
        return self._actions[item.data(ACTION, NAME_ROLE)].isEnabled()


def _words(name: str, item: QTreeWidgetItem) -> list[str]:
    """Return what an action is found by; its English, too, which manuals and colleagues use."""
    told = [item.text(column) for column in range(item.columnCount())]
    return [text.casefold() for text in (*told, BY_ID[name].text.replace("&", ""))]
