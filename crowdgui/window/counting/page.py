"""The counting page: puts the rooms together and lets requests and results flow."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crowdgui.window.counting.controls import ControlPanel
from crowdgui.window.counting.empty import EmptyState
from crowdgui.window.counting.facts import FactsPanel
from crowdgui.window.counting.local_density import persons_near
from crowdgui.window.counting.picture_list import PictureList
from crowdgui.window.counting.picture_view import PictureView
from crowdgui.window.counting.session import (
    Counted,
    Failed,
    ModelList,
    Opened,
    Picture,
    Request,
    Session,
)
from crowdgui.window.counting.worker import Counter
from crowdgui.window.language import say
from crowdgui.window.notifications import Notifications
from crowdgui.window.settings import Settings
from models.errors import UserError

SIDE_WIDTH = 300
# A count that comes sooner than this does not make the page flicker.
DIM_AFTER_MS = 150


class CountingPage(QWidget):
    """Pictures in, counts out; `changed` tells the window to look at the session again."""

    changed = Signal()
    hovered = Signal(object)  # persons near the cursor, or None
    open_wanted = Signal()

    def __init__(self, settings: Settings, notices: Notifications) -> None:
        super().__init__()
        self.settings, self.notices = settings, notices
        self.session = Session()
        self.counter = Counter(self)
        self.list = PictureList(self.session)
        self.view = PictureView()
        self.empty = EmptyState()
        self.facts = FactsPanel(self.session)
        self.controls = ControlPanel(self.session, settings)
        self._drawn: tuple[object, object] = (None, None)
        self._late = False
        self._dim_timer = QTimer(self, singleShot=True, interval=DIM_AFTER_MS)
        self._lay_out()
        self._connect()
        self.retranslate()
        self.render_session()
        self.counter.list_models()

    def _lay_out(self) -> None:
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.view)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(self.stack)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([230, 1000])
        inner = QFrame()
        inner.setProperty("role", "side")
        column = QVBoxLayout(inner)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(24)
        column.addWidget(self.facts)
        column.addWidget(self.controls)
        column.addStretch()
        # Scrolls where a small screen or a large font leaves no room for all of it.
        self.side = QScrollArea()
        self.side.setWidget(inner)
        self.side.setWidgetResizable(True)
        self.side.setFrameShape(QFrame.Shape.NoFrame)
        self.side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.side.setFixedWidth(SIDE_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.splitter, 1)
        row.addWidget(self.side)

    def _connect(self) -> None:
        worker = self.counter.worker
        worker.listed.connect(self._models_listed)
        worker.opened.connect(self._words_opened)
        worker.read.connect(self._picture_read)
        worker.counted.connect(self._picture_counted)
        worker.failed.connect(self._request_failed)
        worker.saved.connect(self._picture_saved)
        self.list.chosen.connect(self.choose)
        self.view.stepped.connect(self.step)
        self.view.hovered.connect(self._hover)
        self.view.zoomed.connect(self.changed)
        self.empty.open_wanted.connect(self.open_wanted)
        self.empty.demo_wanted.connect(self.show_demo)
        self.controls.model_chosen.connect(self.choose_model)
        self.controls.density_switched.connect(self.set_density)
        self.controls.opacity_chosen.connect(self.set_opacity)
        self._dim_timer.timeout.connect(self._count_is_late)

    # What a person asks for

    def open_words(self, words: list[str]) -> None:
        """Open files, folders, patterns and "demo:"; what cannot be opened is said, one by one."""
        if words:
            self.counter.open_words(self.session.order_opening(words))
            self.render_session()

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
        """Go to the next (1) or previous (-1) picture; stays at either end."""
        if 0 <= self.session.current + by < len(self.session.entries):
            self.choose(self.session.current + by)

    @Slot(str)
    def choose_model(self, name: str) -> None:
        """Count with another model from now on, beginning with the picture on the screen."""
        self.session.model = self.settings.model = name
        self._ask(self.session.request_recount())

    @Slot(bool)
    def set_density(self, visible: bool) -> None:
        self.settings.overlay = visible
        self.render_session()

    @Slot(int)
    def set_opacity(self, percent: int) -> None:
        self.settings.opacity = percent
        self.render_session()

    def clear(self) -> None:
        """Close all pictures."""
        self.session.clear()
        self.render_session()

    def save_overlay(self, path: Path) -> None:
        """Write the picture on the screen with its density map, without stopping the window."""
        from crowdgui.window.counting.jobs import SaveOrder

        picture, prediction = self.session.picture, self.session.prediction
        if picture is not None and prediction is not None:
            opacity = self.settings.opacity / 100
            self.counter.save(SaveOrder(path, picture.pixels, prediction.density, opacity))

    def close_page(self) -> bool:
        """Stop counting; False if the thread did not end in time."""
        self.session.clear()
        return self.counter.close()

    # What comes back from the worker

    @Slot(object)
    def _models_listed(self, found: ModelList) -> None:
        self.session.set_models(found, self.settings.model)
        for choice in found.choices:
            if (problem := choice.problem) is not None:
                self._warn_of(problem)
        self._ask(self.session.request_current())

    def _warn_of(self, problem: UserError) -> None:
        self.notices.warn(lambda: say(problem))

    @Slot(object)
    def _words_opened(self, opened: Opened) -> None:
        if not self.session.accept_opened(opened):
            return
        for problem in opened.problems:
            self.notices.complain(problem)
        if opened.sources:
            self.choose(self.session.add(opened.sources))
        else:
            self.render_session()

    @Slot(object)
    def _picture_read(self, picture: Picture) -> None:
        if self.session.accept_picture(picture):
            self.render_session()

    @Slot(object)
    def _picture_counted(self, counted: Counted) -> None:
        if self.session.accept_result(counted):
            self.render_session()

    @Slot(object)
    def _request_failed(self, failed: Failed) -> None:
        if failed.step in ("save", "list") or self.session.accept_failure(failed):
            self.notices.complain(failed.error)
            self.render_session()

    @Slot(object)
    def _picture_saved(self, path: Path) -> None:
        self.notices.inform(lambda: self.tr("Saved as {path}").format(path=path))

    # What is drawn

    def _ask(self, request: Request | None) -> None:
        if request is not None:
            self.counter.ask(request)
            if not self._late:
                self._dim_timer.start()
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
        if self._drawn[0] is not session.picture:
            self.view.set_picture(session.picture.levels if session.picture else ())
        if self._drawn != (session.picture, session.result):
            self.view.set_density(session.result.overlay if session.result else None)
        self._drawn = (session.picture, session.result)
        self.view.set_density_visible(settings.overlay)
        self.view.set_density_opacity(settings.opacity / 100)
        self.stack.setCurrentWidget(self.view if session.picture else self.empty)
        self.side.setVisible(session.picture is not None)
        self.list.render_session()
        self.facts.render_session()
        self.controls.render_session()
        self.changed.emit()

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
        near = persons_near(prediction.density, prediction.size, point.x(), point.y())
        self.hovered.emit(near)

    def retranslate(self) -> None:
        for part in (self.view, self.view.viewport()):
            part.setAccessibleName(self.tr("Picture with its density map"))
        self.side.setAccessibleName(self.tr("Count and settings"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
