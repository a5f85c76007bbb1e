"""A button with the installed models to tick."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QMenu, QToolButton

from crowdgui.window.desk import Desk
from crowdgui.window.roles import by_role, first_choice, role_of
from models.errors import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate
ROLE_NAMES = {
    "teacher": QT_TRANSLATE_NOOP("Roles", "teacher"),
    "assistant": QT_TRANSLATE_NOOP("Roles", "assistant"),
    "student": QT_TRANSLATE_NOOP("Roles", "student"),
    "distilled": QT_TRANSLATE_NOOP("Roles", "distilled student"),
}


def role_name(role: str) -> str:
    return translate("Roles", ROLE_NAMES[role])


class StayingMenu(QMenu):
    """A menu that stays open while its entries are ticked."""

    def mouseReleaseEvent(self, event: object) -> None:
        action = self.actionAt(event.position().toPoint())  # type: ignore[attr-defined]
        if action is not None and action.isCheckable() and action.isEnabled():
            action.trigger()
            return
        super().mouseReleaseEvent(event)  # type: ignore[arg-type]


class ModelPicker(QToolButton):
    """Tells which models are ticked; begins with one of each role."""

    chosen = Signal()

    def __init__(self, desk: Desk, most: int) -> None:
        super().__init__()
        self._desk, self._most = desk, most
        self._ticked: list[str] = []
        self._touched = False
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setProperty("role", "field")
        self.setMenu(StayingMenu(self))
        desk.models_changed.connect(self.render_models)
        desk.model_renamed.connect(self._model_renamed)
        self.render_models()

    def names(self) -> list[str]:
        """Return the ticked models that are installed, as the study orders them."""
        return [model.name for model in by_role(self._desk.usable_models())
                if model.name in self._ticked]  # fmt: skip

    def render_models(self) -> None:
        """Draw the models; who has not ticked anything gets the first choice."""
        models = self._desk.usable_models()
        before = self.names()
        if not self._touched:
            self._ticked = first_choice(models, self._most)
        menu = self.menu()
        menu.clear()
        for model in by_role(models):
            action = menu.addAction(f"{model.name}  ({role_name(role_of(model))})")
            action.setCheckable(True)
            action.setChecked(model.name in self._ticked)
            action.setEnabled(model.name in self._ticked or len(self.names()) < self._most)
            action.triggered.connect(lambda on, name=model.name: self._tick(name, on))
        self._say()
        if self.names() != before:
            self.chosen.emit()

    @Slot(str, str)
    def _model_renamed(self, before: str, now: str) -> None:
        self._ticked = [now if name == before else name for name in self._ticked]

    def _tick(self, name: str, on: bool) -> None:
        self._touched = True
        self._ticked = [*self._ticked, name] if on else [n for n in self._ticked if n != name]
        for action in self.menu().actions():
            room = len(self.names()) < self._most
            action.setEnabled(action.isChecked() or room)
        self._say()
        self.chosen.emit()

    def _say(self) -> None:
        self.setText(self.tr("Models: {number}").format(number=len(self.names())))
        self.setToolTip(self.tr("Which models take part, {most} at most").format(most=self._most))
        self.setAccessibleName(self.text())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.render_models()
        super().changeEvent(event)
