"""Which keys the actions have: those of their table, unless a person changed them."""

from __future__ import annotations

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from crowdgui.window.action_rows import ActionRow
from crowdgui.window.action_table import ROWS
from crowdgui.window.settings import Settings

BY_ID = {row.id: row for row in ROWS}
# Its key is named in many tips, and every program has the same.
FIXED = "cancel"
# Fields, lists and buttons are worked with these.
NEEDED = (
    Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter,
    Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down,
)  # fmt: skip
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
FORM = QKeySequence.SequenceFormat

Chosen = dict[str, tuple[str, ...]]


class Keys:
    """The keys of each action, as QKeySequence writes them; only what was changed is kept."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def all(self) -> Chosen:
        """Return the keys of every action; no two that meet have one in common.

        What a person chose goes before the table, which another version may have changed.
        """
        changed, found = self._changed(), {}
        holders: dict[str, list[ActionRow]] = {}
        for row in sorted(ROWS, key=lambda row: row.id not in changed):
            wanted = changed.get(row.id, row.shortcuts)
            keys = [key for key in wanted if not any(_meet(row, o) for o in holders.get(key, ()))]
            for key in keys:
                holders.setdefault(key, []).append(row)
            found[row.id] = tuple(keys)
        return found

    def users(self, key: str, name: str) -> list[str]:
        """Return the other actions that have a key and can be used where this one can."""
        return [
            other
            for other, keys in self.all().items()
            if key in keys and other != name and _meet(BY_ID[name], BY_ID[other])
        ]

    def is_used(self, key: str) -> bool:
        """Say whether any action has a key."""
        return any(key in keys for keys in self.all().values())

    def is_changed(self, name: str) -> bool:
        return self.all()[name] != BY_ID[name].shortcuts

    def any_changed(self) -> bool:
        return bool(self._settings.keys)

    def change(self, name: str, keys: tuple[str, ...]) -> None:
        """Give an action these keys; another that had one of them loses it."""
        changed = self._changed()
        for key in keys:
            for other in self.users(key, name):
                if other in changed:
                    changed[other] = tuple(kept for kept in changed[other] if kept != key)
        self._keep({**changed, name: keys})

    def reset(self, name: str) -> None:
        """Give an action the keys of the table, but for those that others were given."""
        self._keep({**self._changed(), name: BY_ID[name].shortcuts})

    def reset_all(self) -> None:
        self._settings.keys = {}

    def _changed(self) -> Chosen:
        """Return what the settings say, without what nobody can have chosen here."""
        found = {}
        for name, keys in self._settings.keys.items():
            if name in BY_ID and name != FIXED and isinstance(keys, list):
                tidied = [tidy(key) if isinstance(key, str) else "" for key in keys]
                if all(key and not is_needed(key) for key in tidied):
                    found[name] = tuple(dict.fromkeys(tidied))
        return found

    def _keep(self, changed: Chosen) -> None:
        self._settings.keys = {
            name: list(keys) for name, keys in changed.items() if keys != BY_ID[name].shortcuts
        }


def tidy(key: str) -> str:
    """Return a key as it is compared and kept; empty where it is not one key."""
    found = QKeySequence.fromString(key, FORM.PortableText)
    return found.toString(FORM.PortableText) if found.count() == 1 else ""


def sign_of(pressed: QKeyCombination) -> str:
    """Return a key by the sign that Shift makes of it: Ctrl+Shift+/ is Ctrl+? on some keyboards."""
    sign = pressed.key()
    if not pressed.keyboardModifiers() & SHIFT or not 0x20 < sign < 0x7F or chr(sign).isalnum():
        return ""
    return QKeySequence(pressed.toCombined() & ~SHIFT.value).toString(FORM.PortableText)


def native(key: str) -> str:
    """Return a key as the system's programs write it."""
    return QKeySequence(key).toString(FORM.NativeText)


def is_needed(key: str) -> bool:
    """Say whether menus, or the widgets in the window, are worked with a key."""
    # PySide's own types leave the index out.
    pressed: QKeyCombination = QKeySequence(key)[0]  # type: ignore[index]
    modifiers = pressed.keyboardModifiers()
    if modifiers == ALT:
        return bool(Qt.Key.Key_A <= pressed.key() <= Qt.Key.Key_Z)
    return modifiers in (NONE, SHIFT) and pressed.key() in NEEDED


def _meet(one: ActionRow, other: ActionRow) -> bool:
    """Say whether two actions can be used at the same time: one without pages always can."""
    return not one.pages or not other.pages or bool({*one.pages} & {*other.pages})
