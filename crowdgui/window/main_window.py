"""The window: actions, rail, toolbar, status bar, and the pages within."""

from __future__ import annotations

import logging
from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from crowdgui.sources import is_folder, kind_of
from crowdgui.window.action_table import PAGE_ROWS
from crowdgui.window.actions import Actions
from crowdgui.window.background import Work
from crowdgui.window.busy_bar import BusyBar
from crowdgui.window.clipboard import ClipboardActions, local_files
from crowdgui.window.counting.empty import DropHint
from crowdgui.window.counting.page import CountingPage
from crowdgui.window.desk import Desk
from crowdgui.window.file_actions import FileActions
from crowdgui.window.help_actions import HelpActions
from crowdgui.window.language import Translated, install_language
from crowdgui.window.leaving import Leaving
from crowdgui.window.notifications import Notifications
from crowdgui.window.page_stack import PageStack
from crowdgui.window.pages import page_row
from crowdgui.window.preload import Preload
from crowdgui.window.rail import Rail
from crowdgui.window.region_files import RegionFiles
from crowdgui.window.settings import MOST_RECENT, Settings, save_settings, settings_file
from crowdgui.window.states import action_states, title
from crowdgui.window.status_line import StatusLine
from crowdgui.window.theme import apply_theme, current_scheme, style_sheet
from crowdgui.window.training.offers import offer_runs
from crowdgui.window.typed_words import is_to_keep, whole
from crowdgui.window.work_bar import WorkBar
from crowdgui.window.zooming import ZoomActions
from models.errors import UserError

if TYPE_CHECKING:
    from crowdgui.window.catalogue.page import ModelsPage
    from crowdgui.window.evaluating.page import EvaluatingPage
    from crowdgui.window.fleet.page import FleetPage
    from crowdgui.window.labelling.page import LabellingPage
    from crowdgui.window.live.page import LivePage
    from crowdgui.window.training.page import TrainingPage

log = logging.getLogger("crowdgui")
FIRST_SIZE = QSize(1240, 780)
# Of a large screen, unless that is less than FIRST_SIZE.
FIRST_SHARE = 0.7
REST_S = 2.0
LIVE_KINDS = ("camera", "stream", "video")


class MainWindow(Translated, QMainWindow):
    """Opens pictures and shows them with their counts, and holds the other pages."""

    closed = Signal()

    def __init__(self, settings: Settings, language: str) -> None:
        super().__init__()
        self.settings, self.language = settings, language
        self.still_counting = False
        self.forgets_places = False
        self.ending = False  # whether nobody is asked any more
        self.notices = Notifications()
        self.desk = Desk(settings, self.notices)
        self.page: CountingPage = CountingPage(self.desk)
        self.files, self.clipboard = FileActions(self), ClipboardActions(self)
        self.help, self.region_files = HelpActions(self), RegionFiles(self)
        self.zooming, self.leaving = ZoomActions(self), Leaving(self)
        self.stack = PageStack(self)
        self.pages = self.stack.made
        self.front = ""
        self._works_seen: list[Work] = []
        self.actions_ = Actions(self)
        self._lay_out()
        self.stack.page_made.connect(self._page_made)
        self.page.changed.connect(self.render_session)
        self.desk.bench.changed.connect(self._works_changed)
        self.page.hovered.connect(self.status.show_near)
        self.page.view.tool_changed.connect(self.status.show_tool)
        self.page.view.chosen_changed.connect(self.render_session)
        self.page.open_wanted.connect(self.files.ask_for_pictures)
        self.page.folder_wanted.connect(self.files.ask_for_folder)
        self.desk.words_wanted.connect(self.open_words)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_scheme_changed)
        self.setAcceptDrops(True)
        self.setStyleSheet(style_sheet(current_scheme()))
        self.actions_.recolour()
        self.actions_.check("theme", settings.theme)
        self.show_page("count")
        self.retranslate()
        self._place()
        self.desk.refresh_models()
        Preload(self.desk, self.is_resting, self)
        QTimer.singleShot(0, self, lambda: offer_runs(self))

    def _lay_out(self) -> None:
        self.actions_.fill_menus()
        self.toolbar = QToolBar(self)
        self.toolbar.setObjectName("toolbar")
        self.toolbar.setMovable(False)
        self.toolbar.setIconSize(QSize(20, 20))
        self.toolbar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.addToolBar(self.toolbar)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.rail = Rail([self.actions_[row.id] for row in PAGE_ROWS])
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.notices)
        column.addWidget(self.stack, 1)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        self.setCentralWidget(body)
        self.drop_hint = DropHint(body)
        self.busy = BusyBar()
        self.busy.cancelled.connect(self.page.stop_waiting)
        self.works = WorkBar([self.desk.bench, self.desk.folders, self.desk.files])
        self.status = StatusLine([self.busy, self.works], self.actions_.call_of)
        self.setStatusBar(self.status)
        self.zooming.connect_box()

    def _place(self) -> None:
        """Stand where the window was left; at first, as large as is good, but on the screen."""
        screen = QGuiApplication.primaryScreen()
        if screen is not None:
            # The frame's size is not known before the window is shown.
            room = screen.availableSize() - QSize(8, 40)
            self.resize((room * FIRST_SHARE).expandedTo(FIRST_SIZE).boundedTo(room))
        self.restoreGeometry(QByteArray.fromBase64(self.settings.geometry.encode(errors="replace")))

    # Pages

    def open_page(self, name: str, then: Callable[[], object] = lambda: None) -> None:
        """Bring a page to the front once it is imported and made, meanwhile answering."""

        def show() -> None:
            self.show_page(name)
            then()

        self.stack.prepare(name, show)

    def show_page(self, name: str) -> None:
        """Bring a page to the front; it is made when it is first wanted."""
        page = self.stack.bring(name)
        if self.front != name:
            self.front = name
            self.actions_.fill_toolbar(self.toolbar, page_row(name).toolbar)
            page.setFocus()
        self.status.show_tool(self.page.view.tool.mode if name == "count" else "pan")
        self.actions_.check("page", name)
        self.render_session()

    @Slot(QWidget)
    def _page_made(self, page: QWidget) -> None:
        if page is not self.page:
            cast("Any", page).changed.connect(self.render_session)

    @property
    def history(self) -> Any:
        """What undoes on the page in front."""
        return self.labelling if self.front == "label" else self.page.history

    @property
    def labelling(self) -> LabellingPage:
        return cast("LabellingPage", self.stack.page("label"))

    @property
    def evaluating(self) -> EvaluatingPage:
        return cast("EvaluatingPage", self.stack.page("evaluate"))

    @property
    def installed(self) -> ModelsPage:
        return cast("ModelsPage", self.stack.page("models"))

    @property
    def training(self) -> TrainingPage:
        return cast("TrainingPage", self.stack.page("train"))

    @property
    def fleet(self) -> FleetPage:
        return cast("FleetPage", self.stack.page("fleet"))

    @property
    def live(self) -> LivePage:
        return cast("LivePage", self.stack.page("live"))

    # Actions

    def is_resting(self) -> bool:
        """Whether nobody has asked for anything in these seconds, and nobody waits."""
        asked = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        waiting = self.page.session.busy or self.desk.bench.works
        return not (asked or waiting or self.actions_.rested_s() < REST_S)

    @Slot(list)
    def open_words(self, words: list[str]) -> None:
        """Open what a command line, a dialog, a drop or another page names, and show it."""
        # The same file by another name would be listed, and counted, twice.
        words = [whole(word) for word in words]
        moving = dict.fromkeys(
            word for word in words if kind_of(word) in LIVE_KINDS and not is_folder(word)
        )
        still = [word for word in words if word not in moving]
        self.settings.remember_opened(list(islice(filter(is_to_keep, words), MOST_RECENT)))
        if still:
            self.show_page("count")
            self.page.open_words(still)
        if moving:
            self.show_page("live")
            self.live.open_words(list(moving))

    def show_demo(self) -> None:
        self.open_words(["demo:"])

    def show_previous(self) -> None:
        self.page.step(-1)

    def show_next(self) -> None:
        self.page.step(1)

    def set_density(self, visible: bool) -> None:
        self.page.set_density(visible)

    def choose_rectangle(self, chosen: bool) -> None:
        self.page.view.set_tool("rectangle" if chosen else "pan")

    def choose_polygon(self, chosen: bool) -> None:
        self.page.view.set_tool("polygon" if chosen else "pan")

    def cancel(self) -> None:
        """Leave a field; else stop drawing, what is waited for, or the work in the status bar."""
        field = self.focusWidget()
        # The zoom's own box, where the focus goes from a button that hides, hears Esc by itself.
        if isinstance(field, QLineEdit | QAbstractSpinBox) and field is not self.status.zoom:
            if field is self.page.list.search:
                field.clear()
            self.pages[self.front].setFocus()
        elif self.front == "count" and self.page.view.tool.mode != "pan":
            self.page.view.set_tool("pan")
        elif self.busy.isVisible():
            self.page.stop_waiting()
        elif self.front != "live" or not self.live.cancel():
            self.works.cancel()

    def toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def choose_theme(self, theme: str) -> None:
        """Change the colours; the icons follow by the change of palette."""
        self.settings.theme = theme
        self.actions_.check("theme", theme)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.setStyleSheet(style_sheet(apply_theme(app, theme)))

    @Slot()
    def _system_scheme_changed(self) -> None:
        """Follow the system into the dark and back, if that is what was chosen."""
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        if self.settings.theme == "system" and dark != current_scheme().dark:
            self.choose_theme("system")

    def choose_language(self, code: str) -> None:
        """Change the language; every widget hears of it by itself."""
        self.settings.language = self.language = code
        app = QApplication.instance()
        assert app is not None
        install_language(app, code)

    # Drawing

    @Slot()
    def _works_changed(self) -> None:
        """Look at the actions again when a work begins or ends, not at each of its steps."""
        works = list(self.desk.bench.works)
        if works != self._works_seen:
            self._works_seen = works
            self.render_session()

    @Slot()
    def render_session(self) -> None:
        """Draw what the window itself shows of the session and of the page in front."""
        if not self.front:
            return
        for name, usable in action_states(self).items():
            self.actions_[name].setEnabled(usable)
        self._check_actions()
        session = self.page.session
        zoom, rows = self.zooming.zoom, self.page.list.rows
        self.status.zoom.show_zoom(zoom)
        place = -1 if zoom is None else rows.row_of(session.current)
        self.status.show_place(place, rows.rowCount())
        self.busy.show_state(opening=session.opening > 0, busy=session.busy)
        self.setWindowTitle(title(self))

    def _check_actions(self) -> None:
        tool = self.page.view.tool.mode
        checked = {
            "density": self.settings.overlay, "rectangle": tool == "rectangle",
            "polygon": tool == "polygon", "list": self.settings.list_shown,
            "facts": self.settings.facts_shown,
        }  # fmt: skip
        for name, value in checked.items():
            self.actions_[name].setChecked(value)

    def retranslate(self) -> None:
        self.actions_.retranslate()
        self.actions_.check("language", self.language)
        self.toolbar.setWindowTitle(self.tr("Tools"))
        self.render_session()

    # Events

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "actions_"):
            self.actions_.recolour()
        super().changeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # What is dragged out of the list is open here already.
        if event.source() is None and local_files(event.mimeData()):
            event.acceptProposedAction()
            self.drop_hint.appear()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self.drop_hint.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped; a model's file is imported."""
        from models.catalogue import MODEL_SUFFIXES

        self.drop_hint.hide()
        files = local_files(event.mimeData())
        if files:
            event.acceptProposedAction()
            weights = [file for file in files if file.lower().endswith(MODEL_SUFFIXES)]
            # An int8 file comes with the one it belongs to.
            own = [f for f in weights if f.replace(".int8.onnx", ".onnx") not in {*weights} - {f}]
            for file in own:
                self.show_page("models")
                self.installed.import_file(file)
            self.open_words([file for file in files if file not in weights])

    def end(self) -> None:
        """Close without a question: nobody may be there to answer, and the system will not wait.

        A training at work saves where it is when it sees that the window is gone.
        """
        self.ending = True
        # A dialog that is open would ask what is to become of it, and the end would be off.
        while (dialog := QApplication.activeModalWidget()) is not None:
            dialog.hide()
        QApplication.quit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop counting, then remember; what took long and would be lost is asked about first."""
        if not self.leaving.may_close():
            event.ignore()
            return
        # What it is at may take a while to end; the pages end meanwhile.
        self.desk.bench.stop()
        if "live" in self.pages:
            self.live.show_alone(False)
        if not self.forgets_places:
            self.settings.geometry = bytes(self.saveGeometry().toBase64().data()).decode()
            self.settings.panels = bytes(self.page.saveState().toBase64().data()).decode()
        # The counting page is the oldest: it saves for the others, and so it is closed last.
        closing = [page for page in reversed(self.pages.values()) if hasattr(page, "close_page")]
        ended = [*(cast("Any", page).close_page() for page in closing), self.desk.close()]
        self.still_counting = not all(ended)
        try:
            save_settings(self.settings, settings_file())
        except UserError as error:
            log.warning("Settings were not saved: %s", error)
        self.closed.emit()
        super().closeEvent(event)
