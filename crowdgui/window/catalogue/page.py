"""The models page: what is installed, a card for each, and how they compute."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crowdgui.window import dialogs
from crowdgui.window.background import Background, Work
from crowdgui.window.catalogue import tasks
from crowdgui.window.catalogue.card import CardView
from crowdgui.window.catalogue.engine_form import EngineForm
from crowdgui.window.catalogue.model_list import ModelTable, ModelTableModel
from crowdgui.window.desk import Desk, ModelChoice
from crowdgui.window.hint import Hint
from crowdgui.window.language import Translated
from crowdgui.window.question import ask
from models.catalogue import MODEL_SUFFIXES


class ModelsPage(Translated, QWidget):
    """Lists models; imports, renames and removes them; chooses the default."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._wanted = ""
        self.rows = ModelTableModel(desk, self)
        self.table = ModelTable(self.rows)
        self.card = CardView()
        self.engine = EngineForm(desk)
        self.hint = Hint("models")
        self._lay_out()
        self.hint.button.clicked.connect(self.ask_for_model)
        self.rows.renamed.connect(self._rename)
        self.table.selectionModel().selectionChanged.connect(self._selected)
        desk.models_changed.connect(self.render_models)
        self.retranslate()
        self.render_models()

    def _lay_out(self) -> None:
        right = QFrame()
        right.setProperty("role", "side")
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.card, 1)
        column.addWidget(self.engine)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        splitter.addWidget(self.table)
        splitter.addWidget(right)
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([640, 420])
        self.stack = QStackedWidget()
        self.stack.addWidget(self.hint)
        self.stack.addWidget(splitter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.stack)

    def selected(self) -> ModelChoice | None:
        rows = self.table.selectionModel().selectedRows()
        return self.rows.rows[rows[0].row()] if rows else None

    def action_states(self) -> dict[str, bool]:
        """Return which of this page's actions can be used."""
        choice = self.selected()
        own = choice is not None and not choice.shipped
        usable = choice is not None and choice.problem is None
        is_default = choice is not None and choice.name == self.rows.default()
        return {
            "rename-model": own, "remove-model": own, "default-model": usable and not is_default,
        }  # fmt: skip

    # What a person asks for

    def ask_for_model(self) -> None:
        suffixes = " ".join(f"*{suffix}" for suffix in MODEL_SUFFIXES)
        filters = [
            self.tr("Models ({suffixes})").format(suffixes=suffixes), self.tr("All files (*)")
        ]  # fmt: skip
        title, folder = self.tr("Import a model"), self._desk.settings.folder
        dialogs.ask_for_files(
            self, title, folder, filters, lambda files: self.import_file(files[0]), one=True
        )

    def import_file(self, file: str) -> None:
        """Add a model under its own name, or one like it that is free."""
        name = Path(file).name
        self._work(
            lambda: self.tr("Importing {name}").format(name=name),
            lambda: tasks.import_file(Path(file)),
            self._imported,
            # A person's file may be far away: settings are saved meanwhile.
            self._desk.folders,
        )

    def rename(self) -> None:
        """Let a person edit the name in its row."""
        rows = self.table.selectionModel().selectedRows()
        if rows:
            self.table.edit(rows[0])

    def ask_to_remove(self) -> None:
        """Ask once: a removed model is gone from the disk."""
        choice = self.selected()
        if choice is None:
            return
        ask(
            self,
            self.tr("Remove the model"),
            self.tr("Remove {name} from this computer?").format(name=choice.name),
            detail="\n".join(
                [
                    *self._desk.losses_of(choice.name),
                    self.tr("Its files are deleted; this cannot be undone."),
                ]
            ),
            yes=self.tr("Remove"),
            then=lambda: self.remove(choice.name),
        )

    def remove(self, name: str) -> None:
        self._work(lambda: "", lambda: tasks.remove(name), lambda _name: None, self._desk.files)

    def make_default(self) -> None:
        """Count with the selected model, now and at every start."""
        choice = self.selected()
        if choice is not None:
            self._desk.settings.model = choice.name
            self._desk.default_wanted.emit(choice.name)
            self.render_models()

    @Slot(str, str)
    def _rename(self, name: str, wanted: str) -> None:
        def follow(new: str) -> None:
            self._wanted = new
            if self._desk.settings.model == name:
                self._desk.settings.model = new
            # The Train page may not be made yet, or show what a run at work began with.
            if self._desk.settings.training.get("teacher") == name:
                self._desk.settings.training["teacher"] = new
            self._desk.model_renamed.emit(name, new)

        self._work(lambda: "", lambda: tasks.rename(name, wanted), follow, self._desk.files)

    def _work(
        self,
        title: Callable[[], str],
        steps: Callable[[], Iterator[str]],
        done: Callable[[str], object],
        lane: Background,
    ) -> None:
        """Change files in the background, then list the models anew, whatever came of it."""

        def ended(error: Exception | None) -> None:
            if error is not None:
                self._desk.notices.complain(error)
            self._desk.refresh_models()

        quiet = not title()
        lane.start(Work(title, lambda _work: steps(), done, ended, quiet=quiet))

    def _imported(self, name: str) -> None:
        self._wanted = name
        self._desk.notices.inform(
            lambda: self.tr("{name} is installed and can be chosen.").format(name=name)
        )

    # What is drawn

    @Slot()
    def render_models(self) -> None:
        """Draw the list anew and stay on the model that was selected."""
        before = self.selected()
        wanted = self._wanted or (before.name if before else self.rows.default())
        self._wanted = ""
        self.rows.render_models()
        names = [choice.name for choice in self.rows.rows]
        listed = self._desk.models is not None
        self.stack.setCurrentIndex(0 if listed and not names else 1)
        if names:
            self.table.selectRow(names.index(wanted) if wanted in names else 0)
        self._selected()

    @Slot()
    def _selected(self) -> None:
        self.card.show_model(self.selected())
        self.changed.emit()

    def retranslate(self) -> None:
        self.card.setAccessibleName(self.tr("Card of the model"))
        self.hint.say(
            self.tr("No model is installed"),
            self.tr(
                "Import M-SFANet (.pth), MCNN (.h5, .pth) or this program's .safetensors and .onnx."
            ),
            self.tr("Import a model…"),
        )
        self._selected()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "stack"):
            self._selected()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.engine.ask_for_devices()
        # Another program may have added some, or taken some away.
        self._desk.refresh_models()
