"""The counting page: puts the rooms together and lets requests and results flow."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QMainWindow, QStackedWidget, QVBoxLayout

from crowdgui.window.counting.altered_file import AlteredFile
from crowdgui.window.counting.controls import ControlPanel
from crowdgui.window.counting.count_all import CountAll
from crowdgui.window.counting.empty import EmptyState
from crowdgui.window.counting.entries import Entry, tells_of_none
from crowdgui.window.counting.facts import FactsPanel
from crowdgui.window.counting.folders import Folders
from crowdgui.window.counting.model_changes import ModelChanges
from crowdgui.window.counting.panels import Panel, scrolling
from crowdgui.window.counting.picture_list import PictureList
from crowdgui.window.counting.region_counts import RegionCounts
from crowdgui.window.counting.region_history import RegionHistory
from crowdgui.window.counting.region_list import RegionList
from crowdgui.window.counting.region_naming import RegionNaming
from crowdgui.window.counting.session import Counted, Failed, Opened, Picture, Request, Session
from crowdgui.window.counting.worker import Counter
from crowdgui.window.desk import Desk
from crowdgui.window.language import Translated
from crowdgui.window.viewing.local_density import persons_near
from crowdgui.window.viewing.picture_view import PictureView

SIDE_WIDTH = 306
# A count that comes sooner than this does not make the page flicker.
DIM_AFTER_MS = 150


class CountingPage(Translated, QMainWindow):
    """Pictures in, counts out; `changed` tells the window to look at the session again."""

    changed = Signal()
    hovered = Signal(object)  # persons near the cursor, or None
    open_wanted = Signal()
    folder_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setWindowFlags(Qt.WindowType.Widget)
        self.desk, self.settings, self.notices = desk, desk.settings, desk.notices
        self.session = Session()
        self.session.engine = desk.engine
        self.counter = Counter(self)
        desk.save = self.counter.save
        self.list = PictureList(self.session, desk.folders)
        self.view = PictureView()
        self.empty = EmptyState()
        self.facts = FactsPanel(self.session)
        self.controls = ControlPanel(self.session, self.settings)
        self.regions, self._region_counts = RegionList(), RegionCounts()
        self.history = RegionHistory(self.view)
        self.naming = RegionNaming(self.view, desk.notices)
        self.all = CountAll(self.session, desk, self)
        self.altered = AlteredFile(self.session, desk.notices, self)
        self.folders = Folders(self)
        self._drawn: tuple[object, ...] = (None, None, None)
        self._late = False
        self._dim_timer = QTimer(self, singleShot=True, interval=DIM_AFTER_MS)
        self._lay_out()
        self._connect()
        self.retranslate()
        self.restoreState(QByteArray.fromBase64(self.settings.panels.encode(errors="replace")))
        self.render_session()

    def _lay_out(self) -> None:
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.view)
        self.setCentralWidget(self.stack)
        inner = QFrame()
        inner.setProperty("role", "side")
        column = QVBoxLayout(inner)
        column.setContentsMargins(18, 8, 18, 16)
        column.setSpacing(22)
        for part in (self.facts, self.regions, self.controls):
            column.addWidget(part)
        column.addStretch()
        self.side = scrolling(inner)
        self.side.setMinimumWidth(SIDE_WIDTH)
        self.list_panel = Panel("list", self.list, self)
        self.facts_panel = Panel("facts", self.side, self)
        self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self.list_panel)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.facts_panel)

    def _connect(self) -> None:
        worker, desk = self.counter.worker, self.desk
        worker.opened.connect(self._words_opened)
        worker.read.connect(self._picture_read)
        worker.counted.connect(self._picture_counted)
        worker.failed.connect(self._request_failed)
        worker.saved.connect(self._file_saved)
        worker.altered.connect(self.altered.note)
        self.altered.rewritten.connect(self._read_anew)
        self.folders.came.connect(self._pictures_came)
        self.model_changes = ModelChanges(self.session, desk, self)
        self.model_changes.outdated.connect(self.all.stop)
        self.model_changes.asked.connect(self._ask)
        desk.default_wanted.connect(self.choose_model)
        self.all.counted.connect(self.list.render_counts)
        self.all.rewritten.connect(self._found_rewritten)
        self.all.ended.connect(self.render_session)
        self.list.chosen.connect(self.choose)
        self.list.tree.dismissed.connect(self.close_picture)
        self.view.stepped.connect(self.step)
        self.view.hovered.connect(self._hover)
        self.view.zoomed.connect(self.changed)
        self.view.regions_changed.connect(self.render_regions)
        self.view.regions_changed.connect(self.changed)
        self.view.tool_changed.connect(self.changed)
        self.history.changed.connect(self.changed)
        self.empty.open_wanted.connect(self.open_wanted)
        self.empty.folder_wanted.connect(self.folder_wanted)
        self.empty.demo_wanted.connect(self.show_demo)
        self.empty.recent_wanted.connect(lambda word: self.desk.words_wanted.emit([word]))
        self.controls.model_chosen.connect(self.choose_model)
        self.controls.density_switched.connect(self.set_density)
        self.controls.opacity_chosen.connect(self.set_opacity)
        self.controls.colour_map_chosen.connect(self.set_colour_map)
        self.list_panel.dismissed.connect(lambda: self.show_list(False))
        self.facts_panel.dismissed.connect(lambda: self.show_facts(False))
        self._dim_timer.timeout.connect(self._count_is_late)

    # What a person asks for

    def open_words(self, words: list[str]) -> None:
        """Open files, folders, patterns and "demo:"; what cannot be opened is said, one by one."""
        if words:
            self.counter.open_words(self.session.order_opening(words))
            self.render_session()

    def add_entry(self, entry: Entry) -> None:
        """Show a picture that is no file."""
        self.choose(self.session.add([entry]))

    @Slot()
    def show_demo(self) -> None:
        self.open_words(["demo:"])

    @Slot(int)
    def choose(self, index: int) -> None:
        """Make one of the opened pictures the current one and count it."""
        self.session.current = index
        self._ask(self.session.request_current())

    @Slot(int)
    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) picture of the list; stays at either end."""
        index = self.list.rows.neighbour(self.session.current, by)
        if index is not None:
            self.choose(index)

    @Slot(str)
    def choose_model(self, name: str) -> None:
        """Count with another model from now on, beginning with the picture on the screen."""
        self.session.model = self.settings.model = name
        self.all.stop()
        self._ask(self.session.request_recount())

    @Slot(bool)
    def set_density(self, visible: bool) -> None:
        self.settings.overlay = visible
        self.render_session()

    @Slot(int)
    def set_opacity(self, percent: int) -> None:
        self.settings.opacity = percent
        self.render_session()

    @Slot(str)
    def set_colour_map(self, name: str) -> None:
        self.settings.colour_map = name
        self.render_session()

    def show_list(self, shown: bool) -> None:
        self.settings.list_shown = shown
        self.render_session()

    def find_by_name(self) -> None:
        """Let a person type a name to look for in the list."""
        self.show_list(True)
        self.list.search.setFocus()
        self.list.search.selectAll()

    def show_facts(self, shown: bool) -> None:
        self.settings.facts_shown = shown
        self.render_session()

    @Slot()
    def stop_waiting(self) -> None:
        """Give up what is being opened or counted; what is on the screen stays."""
        self.session.stop_waiting()
        self.render_session()

    def close_picture(self) -> None:
        """Close the current picture and go to the next one of the list, else to the one before."""
        index = self.session.current
        if index < 0:
            return
        wanted = self.list.rows.after_closing(index)
        if wanted is None:
            self.clear()
            return
        self.session.remove(index)
        self.choose(wanted - (wanted > index))

    def know_heads(self, heads: NDArray[np.float32] | None) -> None:
        """Take what a person has marked for the truth about the picture on the screen."""
        self.session.know_heads(heads)
        self.render_session()

    def clear(self) -> None:
        """Close all pictures."""
        self.all.stop()
        self.folders.forget()
        self.session.clear()
        self.list.thumbnails.clear()
        self.history.forget()
        self.render_session()

    def close_page(self) -> bool:
        """Stop counting; False if a thread did not end in time."""
        self.all.stop()
        self.session.clear()
        self.folders.stop()
        ended = [self.counter.close(), self.folders.close()]
        return all(ended)

    # What comes back from the threads

    @Slot(object)
    def _words_opened(self, opened: Opened) -> None:
        if not self.session.accept_opened(opened):
            return
        self.notices.complain_of_all(opened.problems)
        self.folders.watch(opened.folders)
        if opened.entries:
            self.choose(self.session.add(opened.entries))
        else:
            self.render_session()

    @Slot(object)
    def _picture_read(self, picture: Picture) -> None:
        if self.session.accept_picture(picture):
            if self.session.rewritten and self.session.shown is not None:
                self.list.thumbnails.forget(self.session.shown.source.path)
            if picture.problem is not None:
                self.notices.complain(picture.problem)
            self.render_session()

    @Slot(object)
    def _picture_counted(self, counted: Counted) -> None:
        if self.session.accept_result(counted):
            self.render_session()

    @Slot(object)
    def _request_failed(self, failed: Failed) -> None:
        if failed.step == "save" or self.session.accept_failure(failed):
            self.notices.complain(failed.error)
            if failed.step == "load":
                self.model_changes.did_not_load()
            self.render_session()

    @Slot(object)
    def _file_saved(self, path: object) -> None:
        self.notices.inform(lambda: self.tr("Saved as {path}").format(path=path))

    @Slot(str)
    def _read_anew(self, path: str) -> None:
        self.list.thumbnails.forget(path)
        self._ask(self.session.request_current())

    @Slot(str)
    def _found_rewritten(self, path: str) -> None:
        shown = self.session.shown
        self.list.thumbnails.forget(path)
        if shown is not None and shown.source.path == path and shown is self.session.current_entry:
            self._read_anew(path)

    @Slot(object)
    def _pictures_came(self, entries: list[Entry]) -> None:
        """List what is new in an opened folder; what is on the screen stays."""
        with self.list.standing_still():
            self.session.take_in(entries)
            self.render_session()
        self.notices.withdraw(lambda error: tells_of_none(error, entries[0]))
        if self.session.current < 0:
            self.choose(0)

    # What is drawn

    def _ask(self, request: Request | None) -> None:
        if request is not None:
            self.counter.ask(request)
            if not self._late:
                self._dim_timer.start()
        self.render_session()
        self.view.say_hovered()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Other pages change how maps are drawn.
        self.render_session()

    def render_session(self) -> None:
        """Draw the session as it is now."""
        session, settings = self.session, self.settings
        if not session.busy:
            self._dim_timer.stop()
            self._late = False
        # Only what will be replaced is faint; a new picture without a count yet is not old.
        stale = self._late and session.result is not None
        self.view.set_dimmed(stale)
        self.facts.set_dimmed(stale)
        self._draw_picture()
        self.view.set_density_visible(settings.overlay)
        self.view.set_density_opacity(settings.opacity / 100)
        self.stack.setCurrentWidget(self.view if session.picture else self.empty)
        self.list_panel.setVisible(settings.list_shown and len(session.entries) > 1)
        self.facts_panel.setVisible(settings.facts_shown and session.picture is not None)
        if not session.entries:
            self.empty.set_recent(settings.recent)
        self.list.render_session()
        self.facts.render_session()
        self.controls.render_session()
        self.render_regions()
        self.changed.emit()

    def _draw_picture(self) -> None:
        """Give the view what it does not show yet."""
        session = self.session
        wanted = (session.picture, session.result, self.settings.colour_map)
        if self._drawn[0] is not session.picture:
            self.view.set_picture(session.picture.levels if session.picture else ())
            self.view.set_regions(session.regions)
            if session.place is not None:
                self.history.follow(session.place, session.regions)
        if self._drawn != wanted and session.result is None:
            self.view.set_density(None)
        elif self._drawn != wanted and session.result is not None:
            from crowdgui.window.viewing.images import coloured

            self.view.set_density(coloured(session.result.levels, self.settings.colour_map))
        changed = self._drawn != wanted
        self._drawn = wanted
        if changed:
            self.view.say_hovered()

    @Slot()
    def render_regions(self) -> None:
        """Write the people in each region beside it and in the panel, but none who are old."""
        prediction, regions = self.session.prediction, self.session.regions
        if self._late:
            prediction = None
        counts = self._region_counts.of(regions, prediction)
        labels = [
            region.name if count is None else f"{region.name}  {count:,.1f}"
            for region, count in zip(regions, counts, strict=True)
        ]
        if self.session.picture is not None:
            self.view.label_regions(labels)
        self.regions.set_regions(regions, counts)

    @Slot()
    def _count_is_late(self) -> None:
        self._late = True
        self.render_session()

    @Slot(object)
    def _hover(self, point: QPointF | None) -> None:
        prediction = self.session.prediction
        if point is None or prediction is None:
            self.hovered.emit(None)
            return
        near = persons_near(prediction.density, prediction.grid, point.x(), point.y())
        self.hovered.emit(near)

    def retranslate(self) -> None:
        for part in (self.view, self.view.viewport()):
            part.setAccessibleName(self.tr("Picture with its density map"))
        self.side.setAccessibleName(self.tr("Count and settings"))
        self.list_panel.set_title(self.tr("Pictures"), self.tr("Close this panel"))
        self.facts_panel.set_title(self.tr("Result"), self.tr("Close this panel"))
