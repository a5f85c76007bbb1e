"""The actions of a window, made from their table."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QToolBar, QToolButton, QWidget

from crowdgui.window.action_rows import ActionRow
from crowdgui.window.action_table import (
    LIST_MENU,
    MENUS,
    PICTURE_MENU,
    RECENT,
    ROWS,
    TOOLBAR_WITH_TEXT,
    Menu,
)
from crowdgui.window.keys import Keys
from crowdgui.window.pages import SEPARATOR
from crowdgui.window.theme import current_scheme, make_icon

if TYPE_CHECKING:
    from crowdgui.window.main_window import MainWindow

translate = QCoreApplication.translate
ICONS = {row.id: row.icon for row in ROWS if row.icon}
ICONS_A_TURN = 5


class Actions:
    """The actions of a window, made from ROWS."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._by_id: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        self._menus: list[tuple[QMenu, str]] = []
        self._pale: list[str] = []
        self._called = time.monotonic()
        self._turns = QTimer(window, interval=0)
        self._turns.timeout.connect(self._draw_some)
        self.keys = Keys(window.settings)
        for row in ROWS:
            self._by_id[row.id] = self._make(row)
        self.apply_keys()

    def __getitem__(self, name: str) -> QAction:
        return self._by_id[name]

    def all(self) -> dict[str, QAction]:
        return dict(self._by_id)

    def rested_s(self) -> float:
        """Return the seconds since an action was called, or since there are any."""
        return time.monotonic() - self._called

    def fill_menus(self) -> None:
        """Make the menu bar, and what a right click in the list and in the picture shows."""
        for title, items in MENUS:
            menu = QMenu(self._window)
            self._window.menuBar().addMenu(menu)
            self._fill_menu(menu, title, items)
        self.fill_context_menu(self._window.page.list.tree, LIST_MENU)
        self.fill_context_menu(self._window.page.view, PICTURE_MENU)

    def fill_context_menu(self, view: QWidget, names: tuple[str, ...]) -> None:
        """Let a right click in a view show these actions."""
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        for name in names:
            if name == SEPARATOR:
                line = QAction(view)
                line.setSeparator(True)
                view.addAction(line)
            else:
                view.addAction(self._by_id[name])

    def fill_toolbar(self, toolbar: QToolBar, names: tuple[str, ...]) -> None:
        """Put the actions of a page into the toolbar, in place of those of another."""
        toolbar.clear()
        self._draw(names)
        for name in names:
            if name == SEPARATOR:
                toolbar.addSeparator()
            else:
                toolbar.addAction(self._by_id[name])
                button = toolbar.widgetForAction(self._by_id[name])
                if name in TOOLBAR_WITH_TEXT and isinstance(button, QToolButton):
                    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)

    def apply_keys(self) -> None:
        """Let every action be called by its present keys, and say so in its tip."""
        for name, keys in self.keys.all().items():
            self._by_id[name].setShortcuts([QKeySequence(key) for key in keys])
        self._say_tips()

    def retranslate(self) -> None:
        """Say everything in the present language."""
        for row in ROWS:
            action = self._by_id[row.id]
            text = translate("Actions", row.text)
            action.setText(text)
            # A button has no mnemonic: "열기(&O)…" is "열기" there.
            action.setIconText(re.sub(r"\(&.\)|[&…]", "", text))
            action.setStatusTip(translate("Actions", row.tip))
        self._say_tips()
        for menu, title in self._menus:
            menu.setTitle(translate("Actions", title))

    def call_of(self, name: str) -> str:
        """Return the key that carries an action out; its name where it has none."""
        return _key(self._by_id[name]) or self._by_id[name].iconText()

    def _say_tips(self) -> None:
        for action in self._by_id.values():
            tip, key = action.statusTip(), _key(action)
            action.setToolTip(f"{tip} ({key})" if key else tip)

    def recolour(self) -> None:
        """Draw the icons in the colour of the present theme: what is in sight first.

        All at once would hold the window up.
        """
        self._pale = list(ICONS)
        self._draw(action.objectName() for action in self._window.toolbar.actions())
        self._turns.start()

    def _draw_some(self) -> None:
        self._draw(self._pale[:ICONS_A_TURN])
        if not self._pale:
            self._turns.stop()

    def _draw(self, names: Iterable[str]) -> None:
        colour = current_scheme().text
        for name in names:
            if name in self._pale:
                self._pale.remove(name)
                self._by_id[name].setIcon(make_icon(ICONS[name], colour))

    def check(self, group: str, value: str) -> None:
        """Mark the choice of a group that holds now."""
        for row in ROWS:
            if row.group == group:
                self._by_id[row.id].setChecked(row.value == value)

    def _make(self, row: ActionRow) -> QAction:
        action = QAction(self._window)
        action.setObjectName(row.id)
        action.setCheckable(row.checkable or bool(row.group))
        if row.group:
            group = self._groups.setdefault(row.group, QActionGroup(self._window))
            group.addAction(action)
        action.triggered.connect(self._call(row))
        self._window.addAction(action)
        return action

    def _call(self, row: ActionRow) -> Callable[[bool], None]:
        """Return what calls an action's slot; looked up then, because pages come later."""

        def call(checked: bool) -> None:
            self._called = time.monotonic()
            if row.opens:
                self._window.open_page(row.opens, lambda: self._open(row))
                return
            slot = attrgetter(row.slot)(self._window)
            if row.checkable:
                slot(checked)
            elif row.group:
                slot(row.value)
            else:
                slot()

        return call

    def _open(self, row: ActionRow) -> None:
        """Open something on its page, which may only now be made and say that it cannot."""
        if self._by_id[row.id].isEnabled():
            attrgetter(row.slot)(self._window)()

    def _fill_menu(self, menu: QMenu, title: str, items: tuple[str | Menu, ...]) -> None:
        self._menus.append((menu, title))
        for item in items:
            if isinstance(item, tuple):
                self._fill_menu(menu.addMenu(""), *item)
            elif item == SEPARATOR:
                menu.addSeparator()
            elif item == RECENT:
                menu.aboutToShow.connect(lambda menu=menu: self._fill_recent(menu))
            else:
                menu.addAction(self._by_id[item])

    def _fill_recent(self, menu: QMenu) -> None:
        menu.clear()
        recent = self._window.settings.recent
        for word in recent:
            action = menu.addAction(word.replace("&", "&&"))
            action.triggered.connect(lambda _checked, word=word: self._window.open_words([word]))
        if not recent:
            menu.addAction(translate("Actions", "Nothing yet")).setEnabled(False)


def _key(action: QAction) -> str:
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
