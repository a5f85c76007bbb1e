"""The live page: sources large and as tiles, their counts, their timeline, their settings."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from crowdgui.window.counting.panels import scrolling
from crowdgui.window.desk import Desk
from crowdgui.window.language import Translated
from crowdgui.window.live.empty import EmptyLive
from crowdgui.window.live.figures import Figures
from crowdgui.window.live.hub import Hub
from crowdgui.window.live.levels import known_levels
from crowdgui.window.live.opinions import Opinions
from crowdgui.window.live.outputs import Outputs
from crowdgui.window.live.settings_panel import SettingsPanel
from crowdgui.window.live.side_tools import SideTools
from crowdgui.window.live.source_actions import SourceActions
from crowdgui.window.live.split import PictureSplit
from crowdgui.window.live.tile_text import say_tile
from crowdgui.window.live.tiles import Tiles, neighbour
from crowdgui.window.live.timeline import TimelinePlot, clock_plot
from crowdgui.window.live.view import LiveView
from crowdgui.window.live.words import is_old, message_of, state_words
from crowdgui.window.live.zone_table import ZoneTable

if TYPE_CHECKING:
    from crowdgui.live.session import LiveSource, LiveState

# Figures that change more often cannot be read.
FIGURES_MS = 200
TIMELINE_MS = 1000
SIDE_PX, SIDE_MOST = 320, 400


class LivePage(Translated, QWidget):
    """Counts live sources; the one that is chosen is large.

    Pictures come as soon as they are made, figures a few times a second, from the sources' states.
    """

    changed = Signal()
    source_chosen = Signal(object)  # the LiveSource, or None
    alone_changed = Signal(bool)  # the window hides what surrounds the page, or shows it again

    def __init__(self, desk: Desk, timeline: TimelinePlot) -> None:
        super().__init__()
        self._desk = desk
        self.source: LiveSource | None = None
        self._sources: tuple[LiveSource, ...] = ()
        self.alone = False
        self._states: dict[str, bool] = {}
        self._map_drawn: tuple[bool, int, str] | None = None
        self.hub = Hub(desk, self)
        # Room below the picture, for what concerns video files alone.
        self.below = QVBoxLayout()
        self.opinions = Opinions(self.hub, desk)
        self.outputs = Outputs(self)
        self.sources = SourceActions(self)
        self.tools = SideTools(self)
        self.hint = EmptyLive()
        self.live_view = LiveView()
        self.tiles = Tiles()
        self.timeline = timeline
        self.figures = Figures()
        self.zones = ZoneTable()
        self.settings_panel = SettingsPanel(desk, self.opinions)
        self._lay_out()
        self._connect()
        self._figures_timer = QTimer(self, interval=FIGURES_MS)
        self._figures_timer.timeout.connect(self.render_figures)
        self._timeline_timer = QTimer(self, interval=TIMELINE_MS)
        self._timeline_timer.timeout.connect(self.render_timeline)
        self.retranslate()
        self.render_page()

    def _lay_out(self) -> None:
        column = QWidget()
        above = QVBoxLayout(column)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(0)
        above.addWidget(self.live_view, 1)
        above.addLayout(self.below)
        above.addWidget(self.tiles)
        self.splitter = PictureSplit(column, self.timeline, self.tiles)
        counts = QFrame()
        side = QVBoxLayout(counts)
        side.setContentsMargins(16, 14, 16, 14)
        side.setSpacing(16)
        side.addWidget(self.figures)
        side.addWidget(self.zones)
        side.addStretch()
        self.side = QTabWidget()
        self.side.setDocumentMode(True)
        self.count_area, self.settings_area = scrolling(counts), scrolling(self.settings_panel)
        self.side.addTab(self.count_area, "")
        self.side.addTab(self.settings_area, "")
        self.side.setMinimumWidth(SIDE_PX)
        self.side.setMaximumWidth(SIDE_MOST)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.splitter, 5)
        row.addWidget(self.side, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.hint)
        self.stack.addWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)

    def _connect(self) -> None:
        hub, controls = self.hub, self.settings_panel.controls
        hub.changed.connect(self.render_page)
        hub.added.connect(self.choose)
        hub.begun.connect(self._session_begun)
        self.hint.button.clicked.connect(self.sources.add_demo)
        self.hint.last_button.clicked.connect(self.sources.open_last)
        self.hint.recent.wanted.connect(lambda word: self._desk.words_wanted.emit([word]))
        self.live_view.resized.connect(self._order_pictures)
        self.live_view.double_clicked.connect(self.toggle_alone)
        self.tiles.chosen.connect(self.choose)
        self.tiles.altered.connect(self._order_pictures)
        self.timeline.span_chosen.connect(self.render_timeline)
        self.opinions.changed.connect(self._opinion_came)
        self.outputs.changed.connect(self.render_page)
        panel = self.settings_panel
        panel.longest_changed.connect(self.hub.set_longest_side)
        panel.log_changed.connect(self._log_changed)
        self._desk.broker_changed.connect(self._log_changed)
        panel.opinion_changed.connect(self.opinions.choose)
        panel.opinion_wanted.connect(self.opinions.ask)
        controls.model_chosen.connect(hub.choose_model)
        controls.density_switched.connect(lambda on: self._set_map(overlay=on))
        controls.opacity_chosen.connect(lambda percent: self._set_map(opacity=percent))
        controls.colour_map_chosen.connect(lambda name: self._set_map(colour_map=name))

    # What a person asks for

    def open_words(self, words: list[str]) -> None:
        """Begin with sources by their words; the last one will be large."""
        for word in words:
            self.hub.add(word)

    @Slot(object)
    def choose(self, source: LiveSource | None) -> None:
        """Make a source the large one."""
        if source is not self.source:
            self.source = source
            self.live_view.show_made(None)
            self.source_chosen.emit(source)
        self.render_page()
        self.render_timeline()

    def ask_second_opinion(self) -> None:
        """Let the second model count now, and show what it says."""
        self.opinions.ask()
        self.side.setCurrentWidget(self.settings_area)

    def follow_settings(self) -> None:
        """Do from now on as the settings say: they may be as at the first start."""
        self.hub.apply_size()
        self.opinions.begin_anew()
        self._log_changed()

    def toggle_alone(self) -> None:
        self.show_alone(not self.alone)

    def show_alone(self, alone: bool) -> None:
        """Show the picture alone on the whole screen, or everything."""
        if alone != self.alone and (not alone or self.source is not None):
            self.alone = alone
            self.render_page()
            self.alone_changed.emit(alone)

    def cancel(self) -> bool:
        """Leave the picture alone; whether there was anything to leave."""
        was = self.alone
        self.show_alone(False)
        return was

    def action_states(self) -> dict[str, bool]:
        """Return which of this page's actions can be used."""
        has_source = self.source is not None
        counted = self.source is not None and self.source.latest is not None
        names = ("live-remove", "live-retry", "live-name", "live-alone")
        return {
            **dict.fromkeys(names, has_source),
            "density": has_source,
            "live-snapshot": counted,
            "live-opinion": counted and bool(self.opinions.model),
            "live-record": counted and self.outputs.recording is None,
            "live-stop-recording": self.outputs.recording is not None,
            **self.tools.action_states(),
        }

    def _set_map(self, **facts: object) -> None:
        for name, value in facts.items():
            setattr(self._desk.settings, name, value)
        self.render_page()
        self.changed.emit()

    # What comes back

    @Slot()
    def _session_begun(self) -> None:
        maker = self.hub.maker
        assert maker is not None
        maker.made.connect(self._pictures_made)
        self.outputs.apply_log()

    @Slot()
    def _pictures_made(self) -> None:
        maker = self.hub.maker
        if maker is None:
            return
        for view, made in maker.take().items():
            # A view may have gone, or show another source, since.
            if view is self.live_view and made.source is self.source:
                self.live_view.show_made(made)
            elif self.tiles.views.get(made.source) is view:
                self.tiles.views[made.source].show_made(made)

    @Slot()
    def _opinion_came(self) -> None:
        if (problem := self.opinions.take_problem()) is not None:
            self._desk.notices.complain(problem)
        self.render_timeline()
        self.render_page()

    @Slot()
    def _log_changed(self) -> None:
        self.outputs.apply_log()
        self.render_page()

    # What is drawn

    @Slot()
    def _order_pictures(self) -> None:
        """Tell the maker which pictures are seen, and how large."""
        maker = self.hub.maker
        if maker is None:
            return
        from crowdgui.window.live.picture_maker import Order

        settings = self._desk.settings
        opacity = settings.opacity / 100 if settings.overlay else 0.0
        wanted: dict[object, Order] = {}
        # Hidden comes before it is so, and a window that was minimised is still visible then.
        seen = self.isVisible() and not self.window().isMinimized()
        if seen and self.source is not None:
            colours = settings.colour_map
            room = self.live_view.room()
            wanted[self.live_view] = Order(self.source, room, opacity, colours)
            if not self.alone:
                for source, view in self.tiles.views.items():
                    wanted[view] = Order(source, view.room(), opacity, colours)
        maker.want_only(wanted)

    @Slot()
    def render_page(self) -> None:
        """Draw what changes seldom: which sources there are, and what can be done."""
        sources = self.hub.sources
        if self.source not in sources:
            self.source = neighbour(self._sources, self.source, sources)
            self.live_view.show_made(None)
            self.source_chosen.emit(self.source)
            self.render_timeline()
        self._sources = sources
        if self.source is None and self.alone:
            self.show_alone(False)
            return
        self.stack.setCurrentIndex(1 if sources or self.hub.busy else 0)
        self.hint.offer(len(self.hub.known.last), self._desk.settings.addresses)
        self.tiles.set_sources(() if self.alone else sources, self.source)
        for part in (self.side, self.timeline):
            part.setVisible(not self.alone)
        self.settings_panel.render_settings(self.hub.model)
        self._order_pictures()
        self.render_figures()
        self.changed.emit()

    def _waiting_message(self) -> str:
        if self.hub.lacks_model:
            return self.tr("The model did not load: choose another one.")
        if self.hub.session is not None:
            return self.tr("Opening the source…")
        return self.tr("Loading the model…")

    @Slot()
    def render_figures(self) -> None:
        """Draw the states of the sources."""
        settings = self._desk.settings
        if self._map_drawn != (settings.overlay, settings.opacity, settings.colour_map):
            # Another page may have changed it too.
            self._map_drawn = (settings.overlay, settings.opacity, settings.colour_map)
            self._order_pictures()
            self.settings_panel.render_settings(self.hub.model)
        states = {source: source.state() for source in self.hub.sources}
        state = states.get(self.source) if self.source is not None else None
        given = self.hub.known.given(state.name) if state is not None else ""
        self.figures.show_state(state, given)
        self.figures.setVisible(state is not None)
        latest = state.latest if state is not None else None
        old = state is not None and is_old(state)
        readings = latest.zones if latest is not None else ()
        self.zones.show_readings(known_levels(readings, old=old))
        self.zones.setEnabled(state is not None and state.fresh)
        message = message_of(state) if state is not None else self._waiting_message()
        count = f"{latest.smooth:,.0f}" if latest is not None and self.alone else ""
        caption = self.hub.known.title(state.name) if state is not None and self.alone else ""
        self.live_view.say(message, caption, count, self.outputs.recorded_for(self.source))
        self.live_view.set_stale(old)
        self._say_name(state)
        for source, view in self.tiles.views.items():
            given = self.hub.known.given(source.name)
            say_tile(view, states[source], given, self.outputs.recorded_for(source))
        self.settings_panel.show_opinion(state.name if state is not None else "")
        if self._states != (usable := self.action_states()):
            self._states = usable
            self.changed.emit()

    def _say_name(self, state: LiveState | None) -> None:
        name = self.tr("Live picture")
        if state is not None and state.latest is not None:
            people = self.tr("{number} people").format(number=f"{state.latest.smooth:,.0f}")
            title = self.hub.known.given(state.name) or state.name
            name = f"{name}, {title}, {people}, {state_words(state)}"
        self.live_view.setAccessibleName(name)

    @Slot()
    def render_timeline(self) -> None:
        source = self.source
        if source is None:
            self.timeline.show_series(None, ())
        elif self.timeline.isVisible():
            self.timeline.show_series(source.timeline, self.opinions.of(source.name))

    def retranslate(self) -> None:
        self.side.setTabText(0, self.tr("Count"))
        self.side.setTabText(1, self.tr("Settings"))
        for part in (self.side, self.side.tabBar()):
            part.setAccessibleName(self.tr("Count and settings"))
        for area in (self.count_area, self.settings_area):
            area.setAccessibleName(self.tr("Count and settings"))
        self.render_page()

    # Events

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._figures_timer.start()
        self._timeline_timer.start()
        self._order_pictures()
        self.render_timeline()

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():
            # Another page is in front, and needs what surrounds it.
            self.show_alone(False)
        super().hideEvent(event)
        self._figures_timer.stop()
        self._timeline_timer.stop()
        self._order_pictures()

    def close_page(self) -> bool:
        """Stop: the files first, so that they are whole; False if something did not end."""
        self._figures_timer.stop()
        self._timeline_timer.stop()
        ended = [self.outputs.close(), self.opinions.close(), self.hub.close()]
        return all(ended)


def make_page(desk: Desk) -> Generator[None, None, LivePage]:
    """Make the page, yielding between its parts: together they would hold the window up."""
    plot = clock_plot()
    yield
    drift_plot = clock_plot()
    yield
    timeline = TimelinePlot(plot, drift_plot)
    yield
    return LivePage(desk, timeline)
