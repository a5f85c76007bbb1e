"""The actions of a window, made from their table."""

from __future__ import annotations

import re
from collections.abc import Callable
from operator import attrgetter

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QToolBar, QToolButton

from crowdgui.window.action_table import (
    MENUS,
    ROWS,
    SEPARATOR,
    TOOLBAR,
    TOOLBAR_WITH_TEXT,
    ActionRow,
    Menu,
)
from crowdgui.window.theme import current_scheme, make_icon

translate = QCoreApplication.translate


class Actions:
    """The actions of a window, made from ROWS."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self._by_id: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        self._menus: list[tuple[QMenu, str]] = []
        for row in ROWS:
            self._by_id[row.id] = self._make(row)

    def __getitem__(self, name: str) -> QAction:
        return self._by_id[name]

    def all(self) -> dict[str, QAction]:
        return dict(self._by_id)

    def fill_menus(self) -> None:
        """Make the menu bar."""
        for title, items in MENUS:
            menu = QMenu(self._window)
            self._window.menuBar().addMenu(menu)
            self._fill_menu(menu, title, items)

    def fill_toolbar(self, toolbar: QToolBar) -> None:
        for name in TOOLBAR:
            if name == SEPARATOR:
                toolbar.addSeparator()
            else:
                toolbar.addAction(self._by_id[name])
                button = toolbar.widgetForAction(self._by_id[name])
                if name in TOOLBAR_WITH_TEXT and isinstance(button, QToolButton):
                    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)

    def retranslate(self) -> None:
        """Say everything in the present language, with the shortcut in the tip."""
        for row in ROWS:
            action = self._by_id[row.id]
            text = translate("Actions", row.text)
            action.setText(text)
            # A button has no mnemonic: "열기(&O)…" is "열기" there.
            action.setIconText(re.sub(r"\(&.\)|[&…]", "", text))
            tip = translate("Actions", row.tip)
            action.setStatusTip(tip)
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{tip} ({keys})" if keys else tip)
        for menu, title in self._menus:
            menu.setTitle(translate("Actions", title))

    def recolour(self) -> None:
        """Draw the icons in the colour of the present theme."""
        colour = current_scheme().text
        for row in ROWS:
            if row.icon:
                self._by_id[row.id].setIcon(make_icon(row.icon, colour))

    def check(self, group: str, value: str) -> None:
        """Mark the choice of a group that holds now."""
        for row in ROWS:
            if row.group == group:
                self._by_id[row.id].setChecked(row.value == value)

    def _make(self, row: ActionRow) -> QAction:
        action = QAction(self._window)
        action.setObjectName(row.id)
        action.setShortcuts([QKeySequence(keys) for keys in row.shortcuts])
        slot = attrgetter(row.slot)(self._window)
        if row.group:
            action.setCheckable(True)
            group = self._groups.setdefault(row.group, QActionGroup(self._window))
            group.addAction(action)
            action.triggered.connect(_without_state(slot, row.value))
        elif row.checkable:
            action.setCheckable(True)
            action.triggered.connect(slot)
        else:
            action.triggered.connect(_without_state(slot))
        self._window.addAction(action)
        return action

    def _fill_menu(self, menu: QMenu, title: str, items: tuple[str | Menu, ...]) -> None:
        self._menus.append((menu, title))
        for item in items:
            if isinstance(item, tuple):
                self._fill_menu(menu.addMenu(""), *item)
            elif item == SEPARATOR:
                menu.addSeparator()
            else:
                menu.addAction(self._by_id[item])


def _without_state(slot: Callable[..., object], *values: str) -> Callable[[bool], None]:
    """Return what calls an action's slot without the checked state that Qt hands over."""

    def call(_checked: bool) -> None:
        slot(*values)

    return call
