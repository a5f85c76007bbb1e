"""The second opinion of the live page: asked now, or every few minutes."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from crowdgui.window.desk import Desk
from crowdgui.window.live.hub import Hub
from crowdgui.window.live.wanted import Wanted
from crowdgui.window.roles import by_role

if TYPE_CHECKING:
    from crowdgui.live.second_opinion import Opinion, SecondOpinion
    from models.predictor import Predictor

KEPT = 5000


class Opinions(QObject):
    """Owns the second model's thread; it begins when it is first needed."""

    changed = Signal()  # emitted from any thread

    def __init__(self, hub: Hub, desk: Desk) -> None:
        super().__init__(hub)
        self._hub, self._desk = hub, desk
        self._chosen = hub.chosen
        self._second: SecondOpinion | None = None
        self._opened: Wanted | None = None
        # Those that were let go and may still be counting a picture.
        self._leaving: list[SecondOpinion] = []
        self._older: deque[Opinion] = deque(maxlen=KEPT)
        hub.begun.connect(self.apply)
        desk.model_renamed.connect(self._model_renamed)
        desk.models_changed.connect(self._follow)
        desk.engine_changed.connect(self._follow)

    @property
    def model(self) -> str:
        """The model that is asked: the one a person chose, or else the teacher."""
        usable = by_role(self._desk.usable_models())
        chosen = self._chosen.second
        names = [choice.name for choice in usable]
        return chosen if chosen in names else next(iter(names), "")

    @property
    def minutes(self) -> int:
        """How often it is asked by itself; 0: only on request."""
        return self._chosen.second_minutes

    @property
    def busy(self) -> bool:
        return self._second is not None and self._second.busy

    def choose(self, model: str, minutes: int) -> None:
        """Ask this model, every so many minutes (0: on request) from now on."""
        self._desk.settings.live |= {"second": model, "second_minutes": minutes}
        self.begin_anew()

    def begin_anew(self) -> None:
        """Ask from now on as the settings say."""
        self._end()
        self.apply()

    def apply(self) -> None:
        """Begin to ask by itself, if that is wanted."""
        if self.minutes:
            self._begin()

    def ask(self) -> None:
        """Let the second model count the newest picture of every source now."""
        self._begin()
        if self._second is not None:
            self._second.ask()
        self.changed.emit()

    def of(self, source: str) -> list[Opinion]:
        """Return what was said of a source, oldest first."""
        newer = self._second.opinions(source) if self._second is not None else []
        return [opinion for opinion in self._older if opinion.source == source] + newer

    def take_problem(self) -> Exception | None:
        """Return what went wrong, once."""
        if self._second is None or self._second.problem is None:
            return None
        problem, self._second.problem = self._second.problem, None
        return problem

    @Slot(str, str)
    def _model_renamed(self, before: str, now: str) -> None:
        if self._chosen.second == before:
            self._desk.settings.live["second"] = now

    @Slot()
    def _follow(self) -> None:
        """Ask another model, or the same one as it computes now, where that has changed."""
        if self._second is not None and self._opened != Wanted.now(self._desk, self.model):
            self._end()
            self.apply()

    def _begin(self) -> None:
        wanted = Wanted.now(self._desk, self.model)
        if self._second is not None or self._hub.session is None or not wanted.model:
            return
        from crowdgui.live.second_opinion import SecondOpinion

        def open_model() -> Predictor:
            from crowdgui.window.counting import jobs

            return jobs.load_predictor(wanted.model, wanted.engine)  # type: ignore[no-any-return]

        every_s = self.minutes * 60 or None
        sources = self._hub.session
        self._opened = wanted
        self._second = SecondOpinion(
            open_model, lambda: sources.sources, every_s, self.changed.emit
        )  # fmt: skip

    def _end(self) -> None:
        """Let the thread go; a picture at hand is waited for when all is closed."""
        second, self._second = self._second, None
        if second is None:
            return
        self._older.extend(second.opinions())
        second.stop()
        self._leaving = [one for one in self._leaving if one.running] + [second]

    def close(self) -> bool:
        """End; waits 3 s at most for each picture at hand, False if one is still counted then."""
        self._end()
        ended = [second.close() for second in self._leaving]
        return all(ended)
