"""The labelling page: heads are marked in the picture that is open on the counting page."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QPointF, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from crowdgui.window import dialogs
from crowdgui.window.counting.entries import Entry
from crowdgui.window.counting.list_model import entry_name
from crowdgui.window.counting.page import CountingPage
from crowdgui.window.counting.session import Picture
from crowdgui.window.desk import Desk
from crowdgui.window.elided_label import ElidedLabel
from crowdgui.window.hint import Hint
from crowdgui.window.labelling.keeper import Keeper
from crowdgui.window.labelling.sheet import Sheet
from crowdgui.window.labelling.video_stills import VideoStills
from crowdgui.window.labelling.view import MarkView
from crowdgui.window.language import Translated, say
from crowdgui.window.pages import TRAINS
from trainer.marks import Heads, marks_file


class LabellingPage(Translated, QWidget):
    """Every change is written at once into a file beside the picture; it can be undone."""

    changed = Signal()
    measure_wanted = Signal(object)  # the folder of the pictures
    train_wanted = Signal(object)
    pictures_wanted = Signal(object)  # a folder of pictures that are to be marked

    def __init__(self, desk: Desk, counting: CountingPage) -> None:
        super().__init__()
        self._counting, self._settings = counting, desk.settings
        self._picture: Picture | None = None
        self._entry: Entry | None = None
        self._chosen: int | None = None
        self._entries_known = 0
        self.keeper = Keeper(desk, self)
        self.stills = VideoStills(desk, self.pictures_wanted.emit, self)
        self.view = MarkView()
        self.hint = Hint("label")
        self.name, self.people, self.saved = ElidedLabel(), QLabel(), QLabel()
        self.how = QLabel()
        self.progress = QLabel()
        for label in (self.saved, self.how, self.progress):
            label.setProperty("role", "muted")
        self.how.setWordWrap(True)
        self._lay_out()
        counting.changed.connect(self.follow)
        self.keeper.changed.connect(self.render_marks)
        self.hint.button.clicked.connect(self.ask_for_folder)
        self.view.mark_added.connect(self._add)
        self.view.mark_moved.connect(self._move)
        self.view.mark_removed.connect(self._remove)
        self.view.mark_chosen.connect(self._choose)
        self.view.stepped.connect(counting.step)
        self.view.zoomed.connect(self.changed)
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(14, 8, 14, 8)
        head.setSpacing(18)
        head.addWidget(self.name, 1)
        head.addWidget(self.saved)
        head.addWidget(self.people)
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 6, 14, 8)
        foot.setSpacing(18)
        foot.addWidget(self.how, 1)
        foot.addWidget(self.progress, 0, Qt.AlignmentFlag.AlignRight)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        column.addLayout(foot)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.hint)
        self.stack.addWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)

    # What is shown

    @property
    def path(self) -> str:
        """The picture's file, empty for a picture that is none."""
        return self._entry.source.path if self._entry is not None and self._entry.is_file else ""

    @property
    def sheet(self) -> Sheet | None:
        """The marks of the picture, None until its file has been looked for."""
        return self.keeper.sheets.get(self.path)

    @property
    def heads(self) -> Heads:
        """The head centres that are drawn: a rendered scene's are known without a file."""
        if self.sheet is not None:
            return self.sheet.heads or ()
        known = self._picture.heads if self._picture is not None and not self.path else None
        return () if known is None else tuple((float(x), float(y)) for x, y in known)

    @Slot()
    def follow(self) -> None:
        """Show the picture that is open now, if this page is seen."""
        if not self.isVisible():
            return
        session = self._counting.session
        if len(session.entries) != self._entries_known:
            self._entries_known = len(session.entries)
            self.keeper.look_for_marks([e.source.path for e in session.entries if e.is_file])
        if session.picture is not self._picture or session.shown is not self._entry:
            self._picture, self._entry, self._chosen = session.picture, session.shown, None
            self.view.set_picture(self._picture.levels if self._picture else ())
            if self.path:
                self.keeper.read(self.path)
        self.render_marks()

    @Slot()
    def render_marks(self) -> None:
        """Draw the marks as they are now."""
        heads, sheet = self.heads, self.sheet
        if self._chosen is not None and self._chosen >= len(heads):
            self._chosen = None
        self.stack.setCurrentIndex(1 if self._picture is not None else 0)
        self.view.show_marks(heads, self._chosen, sheet is not None and sheet.locked is None)
        self.name.setText(entry_name(self._entry) if self._entry else "")
        self.people.setText(self._people_text(heads))
        self.saved.setText(self._saved_text())
        self.how.setText(self._how_text())
        self.progress.setText(self._progress_text())
        self.changed.emit()

    def _people_text(self, heads: Heads) -> str:
        if heads:
            return self.tr("{number} marked").format(number=f"{len(heads):,}")
        known = self.sheet is not None and self.sheet.heads is not None
        return self.tr("nobody here") if known else self.tr("not marked yet")

    def _saved_text(self) -> str:
        sheet = self.sheet
        if self.path in self.keeper.unsaved:
            return self.tr("not saved yet")
        if sheet is None or sheet.heads is None or sheet.locked is not None:
            return ""
        return self.tr("saved in {file}").format(file=marks_file(Path(self.path)).name)

    def _how_text(self) -> str:
        if not self.path:
            return self.tr("Only pictures that are files can be marked.")
        if self.sheet is not None and self.sheet.locked is not None:
            return say(self.sheet.locked)
        return self.tr(
            "A click marks a head. Drag a mark to move it; a right click takes it away. The wheel"
            " zooms, and dragging elsewhere moves the picture."
        )

    def _progress_text(self) -> str:
        files = self._files()
        if len(files) < 2:
            return ""
        done = sum(entry.source.path in self.keeper.marked for entry in files)
        text = self.tr("{done} of {all} pictures marked")
        return text.format(done=f"{done:,}", all=f"{len(files):,}")

    def _files(self) -> list[Entry]:
        return [entry for entry in self._counting.session.entries if entry.is_file]

    def action_states(self) -> dict[str, bool]:
        """Return which of this page's actions can be used; they are for this page alone."""
        if not self.isVisible():
            return {}
        sheet = self.sheet
        free = sheet is not None and sheet.locked is None
        marked = sheet is not None and sheet.heads is not None
        return {
            "undo": free and sheet is not None and sheet.can_undo,
            "redo": free and sheet is not None and sheet.can_redo,
            "label-next": self._next_unmarked() is not None,
            "label-nobody": free and not marked,
            "label-remove": free and self._chosen is not None,
            "label-clear": free and marked,
            "label-measure": bool(self._marked_here()),
            "label-train": TRAINS and bool(self._marked_here()),
        }

    # What a person does

    @Slot()
    def ask_for_folder(self) -> None:
        """Let a person choose a folder of pictures, and stay here with them."""

        def chosen(files: list[str]) -> None:
            self._settings.folder = files[0]
            self.pictures_wanted.emit(Path(files[0]))

        dialogs.ask_for_folder(self, self.tr("Open folder"), self._settings.folder, chosen)

    @Slot(QPointF)
    def _add(self, at: QPointF) -> None:
        if self.sheet is not None and self.sheet.add(at.x(), at.y()):
            self._chosen = len(self.heads) - 1
            self._save()

    @Slot(int, QPointF)
    def _move(self, place: int, at: QPointF) -> None:
        if self.sheet is not None and self.sheet.move(place, at.x(), at.y()):
            self._save()

    @Slot(int)
    def _remove(self, place: int) -> None:
        if self.sheet is not None and self.sheet.remove(place):
            self._chosen = None
            self._save()

    @Slot(int)
    def _choose(self, place: int) -> None:
        self._chosen = place
        self.render_marks()

    def remove_chosen(self) -> None:
        if self._chosen is not None:
            self._remove(self._chosen)

    def say_nobody(self) -> None:
        if self.sheet is not None and self.sheet.heads is None and self.sheet.change(()):
            self._save()

    def clear(self) -> None:
        """Take all marks and their file away; this can be undone."""
        if self.sheet is not None and self.sheet.change(None):
            self._save()

    def undo(self) -> None:
        if self.sheet is not None and self.sheet.can_undo:
            self.sheet.undo()
            self._chosen = None
            self._save()

    def redo(self) -> None:
        if self.sheet is not None and self.sheet.can_redo:
            self.sheet.redo()
            self._chosen = None
            self._save()

    def _save(self) -> None:
        self.keeper.save(self.path)

    def show_next_unmarked(self) -> None:
        """Go to the next picture without marks, as the list has them; from its end to the first."""
        place = self._next_unmarked()
        if place is not None:
            self._counting.choose(place)

    def _next_unmarked(self) -> int | None:
        session, rows = self._counting.session, self._counting.list.rows
        here = rows.row_of(session.current)
        order = [*rows.rows[here + 1 :], *rows.rows[: max(here, 0)]]
        return next((place for place in order if self._lacks_marks(session.entries[place])), None)

    def _lacks_marks(self, entry: Entry) -> bool:
        return entry.is_file and entry.source.path not in self.keeper.marked

    def measure(self) -> None:
        """Ask for the folder's pictures to be evaluated."""
        if self._marked_here():
            self.measure_wanted.emit(Path(self.path).parent)

    def train(self) -> None:
        """Ask for a training on the folder's pictures."""
        if self._marked_here():
            self.train_wanted.emit(Path(self.path).parent)

    def _marked_here(self) -> int:
        """Return how many pictures of this picture's folder are marked."""
        folder = self._entry.folder if self._entry is not None else ""
        return sum(
            entry.folder == folder and entry.source.path in self.keeper.marked
            for entry in self._files()
        )

    # Coming and going

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Marks may have been made elsewhere meanwhile.
        self._picture, self._entries_known = None, 0
        self.follow()

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell the other pages how many people the picture shows now."""
        sheet, session = self.sheet, self._counting.session
        if sheet is not None and sheet.locked is None and session.shown is self._entry:
            heads = sheet.heads
            points = None if heads is None else np.array(heads, np.float32).reshape(-1, 2)
            self._counting.know_heads(points)
        super().hideEvent(event)

    def close_page(self) -> bool:
        """Write what is not saved yet; False where that fails."""
        return self.keeper.close()

    def retranslate(self) -> None:
        for part in (self.view, self.view.viewport()):
            part.setAccessibleName(self.tr("Picture whose heads are marked"))
        self.hint.say(
            self.tr("Mark the heads in your own pictures"),
            self.tr(
                "Open a folder of them. Thirty marked pictures say how far off a model is at your"
                " place, and teach one to count there."
            ),
            self.tr("Open a folder…"),
        )
        self.render_marks()
