"""Changing the keys of an action, below the list of all of them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QKeySequenceEdit,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from crowdgui.window.actions import Actions
from crowdgui.window.keys import BY_ID, FIXED, FORM, is_needed, native, sign_of, tidy
from crowdgui.window.question import ask
from models.errors import QT_TRANSLATE_NOOP

# What Qt's own Korean leaves out; Qt asks our translation by this context, too.
QTS_TEXT = QT_TRANSLATE_NOOP("QKeySequenceEdit", "Press shortcut")

MODIFIERS = (
    Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta
)  # fmt: skip


class KeyEdit(QKeySequenceEdit):
    """Takes one key with its modifiers; Esc forgets it, or else closes the dialog as ever."""

    def __init__(self) -> None:
        super().__init__()
        self.setMaximumSequenceLength(1)
        # What was pressed, as it may be called as well.
        self.sign = ""

    def key(self) -> str:
        return tidy(self.keySequence().toString(FORM.PortableText))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in MODIFIERS:
            self.sign = sign_of(event.keyCombination())
        if event.key() != Qt.Key.Key_Escape or event.modifiers():
            super().keyPressEvent(event)
        elif self.keySequence().isEmpty():
            event.ignore()
        else:
            self.clear()


class KeysForm(QWidget):
    """Gives the chosen action other keys; what another action has is not taken unsaid."""

    changed = Signal()

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self._actions, self._keys = actions, actions.keys
        self._name = ""
        self.title, self.problem = QLabel(), QLabel()
        self.title.setProperty("role", "muted")
        self.problem.setProperty("role", "warning")
        self.edit = KeyEdit()
        self.edit.setAccessibleName(self.tr("New key"))
        self.change, self.add = QPushButton(), QPushButton(self.tr("Add"))
        self.remove = QPushButton(self.tr("Remove"))
        self.reset = QPushButton(self.tr("Reset"))
        self.reset_all = QPushButton(self.tr("Reset all…"))
        self.add.setToolTip(self.tr("Give the action this key beside those it has"))
        self.remove.setToolTip(self.tr("Leave the action without a key"))
        self.reset.setToolTip(self.tr("Give the action its original keys again"))
        self._lay_out()
        self.edit.keySequenceChanged.connect(self._draw)
        self.change.clicked.connect(lambda: self._give(()))
        self.add.clicked.connect(lambda: self._give(self._now()))
        self.remove.clicked.connect(self._remove)
        self.reset.clicked.connect(self._reset)
        self.reset_all.clicked.connect(self._ask_to_reset_all)
        self.show_action("")

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.edit, 1)
        for button in (self.change, self.add, self.remove, self.reset, self.reset_all):
            # Enter is for the list: it carries out what is chosen there.
            button.setAutoDefault(False)
            row.addWidget(button)
        row.insertSpacing(row.count() - 1, 18)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.title)
        column.addWidget(self.problem)
        column.addLayout(row)

    def show_action(self, name: str) -> None:
        """Change the keys of this action from now on; "" is none."""
        self._name = name
        self.edit.clear()
        self._draw()

    def _now(self) -> tuple[str, ...]:
        return self._keys.all()[self._name]

    def _key(self) -> str:
        """Return what was pressed as actions call it, so that a key of theirs is known again."""
        key, sign = self.edit.key(), self.edit.sign
        return sign if key and sign and self._keys.is_used(sign) else key

    def _titles(self, names: list[str]) -> str:
        return ", ".join(self._actions[name].iconText() for name in names)

    @Slot()
    def _draw(self) -> None:
        name, key = self._name, self._key()
        free = name not in ("", FIXED)
        good = free and bool(key) and not is_needed(key)
        users = self._keys.users(key, name) if good else []
        now = self._now() if free else ()
        self.edit.setEnabled(free)
        self.change.setText(self.tr("Take over") if users else self.tr("Change"))
        self.change.setEnabled(good and now != (key,))
        self.add.setEnabled(good and bool(now) and key not in now and not users)
        self.remove.setEnabled(bool(now))
        self.reset.setEnabled(free and self._keys.is_changed(name))
        self.reset_all.setEnabled(self._keys.any_changed())
        self._say(self._problem(key, users) if name else "")

    def _problem(self, key: str, users: list[str]) -> str:
        if self._name == FIXED:
            return self.tr("Esc always cancels; this key cannot be changed.")
        if key and is_needed(key):
            text = self.tr("{key} is needed in menus, lists and fields. Press another key.")
            return text.format(key=native(key))
        if users:
            text = self.tr("{key} is the key of “{action}”, which would lose it.")
            return text.format(key=native(key), action=self._titles(users))
        return ""

    def _say(self, problem: str) -> None:
        """Say what is wrong with a key; else for which action one can be pressed."""
        title = self.tr("Choose an action to change its keys.")
        if self._name:
            title = self.tr("New key for “{action}”").format(action=self._titles([self._name]))
        self.title.setText(title)
        self.problem.setText(problem)
        self.title.setVisible(not problem)
        self.problem.setVisible(bool(problem))

    def _give(self, kept: tuple[str, ...]) -> None:
        self._keys.change(self._name, (*kept, self._key()))
        self._apply()

    @Slot()
    def _remove(self) -> None:
        self._keys.change(self._name, ())
        self._apply()

    @Slot()
    def _reset(self) -> None:
        """Give the table's keys back; say which of them another action has been given."""
        self._keys.reset(self._name)
        self._apply()
        gone = [key for key in BY_ID[self._name].shortcuts if key not in self._now()]
        if gone:
            users = [user for key in gone for user in self._keys.users(key, self._name)]
            text = self.tr("{key} stays with “{action}”, which was given it.")
            keys = ", ".join(map(native, gone))
            self._say(text.format(key=keys, action=self._titles(users)))

    @Slot()
    def _ask_to_reset_all(self) -> None:
        ask(
            self,
            self.tr("Reset all keys"),
            self.tr("Give all actions their original keys again?"),
            yes=self.tr("Reset"),
            then=self.reset_all_keys,
        )

    @Slot()
    def reset_all_keys(self) -> None:
        """Give all actions the keys of the table."""
        self._keys.reset_all()
        self._apply()

    def _apply(self) -> None:
        self._actions.apply_keys()
        self.edit.clear()
        self._draw()
        self.changed.emit()
