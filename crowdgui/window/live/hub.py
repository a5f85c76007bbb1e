"""The live session of the window: sources come and go, models change, alerts are heard."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_config_path
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from crowdgui.printable import printable
from crowdgui.window.background import Background, Work
from crowdgui.window.desk import Desk
from crowdgui.window.live.alerts import tell_alert
from crowdgui.window.live.chosen import Chosen
from crowdgui.window.live.downs import Downs
from crowdgui.window.live.known_sources import KnownSources
from crowdgui.window.live.openers import Openers
from crowdgui.window.live.wanted import Wanted
from crowdgui.window.notifications import Action
from models.errors import UserError

if TYPE_CHECKING:
    from crowdgui.live.feed import Feed
    from crowdgui.live.session import LiveSession, LiveSource
    from crowdgui.live.zones import Zone
    from crowdgui.window.live.picture_maker import PictureMaker
    from models.predictor import Predictor

log = logging.getLogger("crowdgui")
ALERTS_MS = 300


class Hub(QObject):
    """Owns the live session; models are loaded in the lane "live".

    The session is there once a model is loaded and a source is wanted; sources wait for it.
    """

    changed = Signal()
    added = Signal(object)  # the LiveSource
    begun = Signal()  # the session is there
    show_wanted = Signal(object)  # the LiveSource that a person wants to see

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.lane = Background("live", self)
        self.openers = Openers(self)
        self.stills = Background("camera stills", self)
        self.session: LiveSession | None = None
        self.maker: PictureMaker | None = None
        self.opening = 0
        self.chosen = Chosen(desk.settings)
        self.known = KnownSources(desk.settings)
        self.model = self.chosen.model
        self._waiting: list[tuple[Feed, Sequence[Zone]]] = []
        # In which turn sources were asked for: they stand in that order, whichever came first.
        self._asked = self._told = 0
        self._turns: dict[str, int] = {}
        self._unsaved: dict[str, Sequence[Zone]] = {}
        self._leaving: set[LiveSource] = set()
        # What is to count, and what does.
        self._wanted: Wanted | None = None
        self._counting: Wanted | None = None
        self._loading: Work | None = None
        self._alert = 0
        self._listener = QTimer(self, interval=ALERTS_MS)
        self._listener.timeout.connect(self._hear_alerts)
        self.downs = Downs(self)
        self._listener.timeout.connect(self.downs.look)
        desk.models_changed.connect(self._models_listed)
        desk.model_renamed.connect(self._model_renamed)
        desk.engine_changed.connect(self._engine_changed)
        self._models_listed()

    @property
    def sources(self) -> tuple[LiveSource, ...]:
        """The sources a person sees; one that is being ended is none of them."""
        there = self.session.sources if self.session is not None else ()
        staying = [source for source in there if source not in self._leaving]
        return tuple(sorted(staying, key=lambda source: self._turns.get(source.name, 0)))

    @property
    def busy(self) -> bool:
        """Whether a source is being opened, or waits for its model."""
        return bool(self.opening or self._waiting)

    @property
    def lacks_model(self) -> bool:
        """Whether sources wait and no model is on its way, for the one chosen did not load."""
        return bool(self._waiting) and self._wanted is None

    @property
    def zones_file(self) -> Path:
        """The zones of all sources; `crowdgui watch --zones` reads the same file."""
        return user_config_path("crowdgui", appauthor=False) / "zones.json"

    # Sources

    def add(self, word: str) -> None:
        """Begin with a source by its word; what is wrong with it is said."""
        self.opening += 1
        self._asked += 1
        zones_file, turn = self.zones_file, self._asked

        def steps(_work: Work) -> Iterator[object]:
            from crowdgui.live.zones import read_zones
            from crowdgui.sources import live_feed

            feed = live_feed(word)
            zones: Sequence[Zone] = ()
            problem = None
            try:
                zones = read_zones(zones_file, feed.name) if zones_file.exists() else ()
            except UserError as error:
                problem = error
            yield feed, zones, problem

        def came(found: tuple[Feed, Sequence[Zone], UserError | None]) -> None:
            self._feed_came(turn, word, *found)

        self.openers.start(Work(lambda: "", steps, came, self._feed_ended, quiet=True))
        self.changed.emit()

    def _feed_came(
        self,
        turn: int,
        word: str,
        feed: Feed,
        zones: Sequence[Zone],
        problem: UserError | None,
    ) -> None:
        if problem is not None:
            self.desk.notices.complain(problem)
        self.known.opened(feed.name, word, turn)
        there = next((source for source in self.sources if source.name == feed.name), None)
        if there is None:
            self._turns[feed.name] = turn
        if there is not None:
            self._correct(there, feed)
            self._tell_of(there, turn)
        elif self.session is not None:
            self._tell_of(self.session.add(feed, zones), turn)
        else:
            # The newer one may have the right password.
            self._waiting = [one for one in self._waiting if one[0].name != feed.name]
            self._waiting.append((feed, zones))
            self._load()

    def _tell_of(self, source: LiveSource, turn: int) -> None:
        """Let a source be the chosen one, unless one that was asked for later has come before."""
        if turn > self._told:
            self._told = turn
            self.added.emit(source)

    def _correct(self, source: LiveSource, feed: Feed) -> None:
        """Open a stream that was named again anew, where its password is another or it failed."""
        from crowdgui.live.streams import StreamFeed

        if isinstance(source.feed, StreamFeed) and isinstance(feed, StreamFeed):
            corrected = source.feed.take_address(feed)
            # The keyring's password is none of the address: it may have been corrected too.
            if corrected or source.reader.problem is not None:
                source.reader.restart()

    def _feed_ended(self, error: Exception | None) -> None:
        self.opening -= 1
        if error is not None:
            self.desk.notices.complain(error)
        self.changed.emit()

    def remove(self, source: LiveSource) -> None:
        """End a source at once; its threads are waited for elsewhere."""
        session = self.session
        if session is None or source in self._leaving:
            return
        self._leaving.add(source)
        self.known.removed(source.name)

        def steps(_work: Work) -> Iterator[None]:
            session.remove(source)
            yield None

        def gone(error: Exception | None) -> None:
            self._leaving.discard(source)
            if error is not None:
                self.desk.notices.complain(error)

        # Not in the lane: it would be counted until a model is loaded.
        self.openers.start(Work(lambda: "", steps, lambda _none: None, gone, quiet=True))
        self.changed.emit()

    def save_zones(self, source: LiveSource, zones: Sequence[Zone]) -> None:
        """Count these zones from now on and keep them; raises UserError zone-invalid."""
        source.set_zones(zones)
        path, name = self.zones_file, source.name
        self._unsaved[name] = zones

        def steps(_work: Work) -> Iterator[None]:
            from crowdgui.live.zones import save_zones

            save_zones(path, name, zones)
            yield None

        def ended(error: Exception | None) -> None:
            if self._unsaved.get(name) is zones:
                del self._unsaved[name]
            self._failed(error)

        work = Work(lambda: "", steps, lambda _none: None, ended, quiet=True)
        self.desk.files.start(work)
        self.changed.emit()

    def _save_the_rest(self) -> None:
        """Write zones whose turn did not come before the window was closed."""
        for name, zones in self._unsaved.items():
            from crowdgui.live.zones import save_zones

            try:
                save_zones(self.zones_file, name, zones)
            except UserError as error:
                log.error("%s", error)

    # Models

    def choose_model(self, name: str) -> None:
        """Count with another model from the next picture on."""
        self.model = self.desk.settings.live["model"] = name
        self._wanted = None
        if self.session is not None or self._waiting:
            self._load()
        self.changed.emit()

    def set_longest_side(self, pixels: int) -> None:
        """Make pictures no larger than this before they are counted; 0 lets them be."""
        self.desk.settings.live["longest_side"] = pixels
        self.apply_size()

    def apply_size(self) -> None:
        """Count pictures at the chosen size from now on."""
        if self.session is not None:
            self.session.longest_side = self.chosen.longest_side

    @Slot()
    def _models_listed(self) -> None:
        found = self.desk.models
        if found is None:
            return
        usable = {choice.name for choice in self.desk.usable_models()}
        if self.model not in usable:
            before, self._wanted = self.model, None
            chosen = self.desk.settings.model
            self.model = chosen if chosen in usable else found.default
            if before and self.session is not None:
                self._tell_of_removed(before, self.model)
        if self.model and (self.session is not None or self._waiting):
            self._load()
        self.changed.emit()

    def _tell_of_removed(self, before: str, now: str) -> None:
        self.desk.notices.warn(
            lambda: self.tr("{before} is no longer installed; {now} counts from now on.").format(
                before=before, now=now
            )
        )

    @Slot(str, str)
    def _model_renamed(self, before: str, now: str) -> None:
        if self.model == before:
            self.model = self.desk.settings.live["model"] = now
        loaded = self._wanted == self._counting
        if self._counting is not None and self._counting.model == before:
            self._counting = replace(self._counting, model=now)
        if loaded:
            # It is the same model.
            self._wanted = self._counting
        elif self._wanted is not None and self._wanted.model == before:
            # Its file may have gone while it was read: it is loaded anew as it is listed now.
            self._wanted = None

    @Slot()
    def _engine_changed(self) -> None:
        if self.session is not None or self._waiting:
            self._load()

    def _load(self) -> None:
        """Load the chosen model, unless that is what was loaded last."""
        wanted = Wanted.now(self.desk, self.model)
        if not self.model or wanted == self._wanted:
            return
        self._wanted = wanted
        if self._loading is not None:
            # Who walks through the models wants the one where they stop.
            self._loading.cancel()

        def steps(_work: Work) -> Iterator[Predictor]:
            from crowdgui.live import session  # noqa: F401  (heavy; wanted by _loaded)
            from crowdgui.window.counting import jobs
            from crowdgui.window.live import picture_maker  # noqa: F401

            yield jobs.load_predictor(wanted.model, wanted.engine)

        def ended(error: Exception | None) -> None:
            if self._wanted != wanted:
                # Nobody waits for it any more.
                error = None
            elif error is not None:
                self._go_back()
            self._failed(error)

        def title() -> str:
            return self.tr("Loading {model}").format(model=wanted.model)

        self._loading = Work(title, steps, lambda p: self._loaded(wanted, p), ended)
        self.lane.start(self._loading)

    def _go_back(self) -> None:
        """Keep the model that counts; where none does, what waits goes on waiting for another."""
        self._wanted = self._counting
        if self._counting is not None:
            self.model = self.desk.settings.live["model"] = self._counting.model

    def _loaded(self, wanted: Wanted, predictor: Predictor) -> None:
        from crowdgui.live.session import LiveSession
        from crowdgui.window.live.picture_maker import PictureMaker

        if wanted != self._wanted:
            return
        self._counting = wanted
        if self.session is not None:
            self.session.use(predictor)
            return
        self.maker = PictureMaker(self)
        longest = self.chosen.longest_side
        self.session = LiveSession(predictor, self.maker.wake, longest_side=longest)
        self._listener.start()
        waiting, self._waiting = self._waiting, []
        waiting.sort(key=lambda one: self._turns[one[0].name])
        added = [self.session.add(feed, zones) for feed, zones in waiting]
        # A log that begins now knows the zones of all.
        self.begun.emit()
        for source in added:
            self._tell_of(source, self._turns[source.name])
        self.changed.emit()

    def _failed(self, error: Exception | None) -> None:
        if error is not None:
            self.desk.notices.complain(error)
        self.changed.emit()

    # Alerts

    @Slot()
    def _hear_alerts(self) -> None:
        if self.session is None:
            return
        for number, alert in self.session.alerts_after(self._alert):
            self._alert = number
            show, sound = self.show_action(alert.source), self.chosen.sound
            called = self.known.title
            tell_alert(alert, self.desk.notices, sound=sound, show=show, called=called)

    def show_action(self, name: str) -> Action:
        """Return a message's action: to show a source, if it is still there."""

        def show() -> None:
            for source in self.sources:
                if printable(source.name) == printable(name):
                    self.show_wanted.emit(source)

        return lambda: self.tr("Show"), show

    def close(self) -> bool:
        """Stop: the session first, then what draws and works for it; False if some did not end."""
        self._listener.stop()
        ended = [self.session.close()] if self.session is not None else []
        # What was raised has ended with it.
        self._hear_alerts()
        if self.maker is not None:
            ended.append(self.maker.close())
        ended.extend(lane.close() for lane in (self.lane, self.openers, self.stills))
        self._save_the_rest()
        return all(ended)
