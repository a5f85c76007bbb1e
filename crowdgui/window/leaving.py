"""Questions before counts that took long are lost: by closing, or by another way to compute."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from crowdgui.window.background import Work
from crowdgui.window.counting.entries import Outcome, unexported
from crowdgui.window.engines import EngineChoice
from crowdgui.window.question import ask

if TYPE_CHECKING:
    from crowdgui.window.main_window import MainWindow

# Nobody is asked about so few pictures, by however many models they were counted.
FEW = 20
LONG_S = 60.0


class Leaving(QObject):
    """Asks, and does what a person wants done all the same."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._answered = False
        window.desk.engine_wanted.connect(self.use_engine)
        window.desk.losses_of = self.losses_of

    def clear(self) -> None:
        """Close all pictures."""
        losses, clear = self._pictures(), self._window.page.clear
        if losses:
            self._ask_to_close(losses, clear)
        else:
            clear()

    @Slot(object)
    def use_engine(self, engine: EngineChoice) -> None:
        """Compute otherwise from now on; counts are void by that, save for the threads."""
        desk = self._window.desk
        if losses := self.losses_by(engine):
            self._ask(
                self.tr("How models compute"),
                losses,
                yes=self.tr("Change all the same"),
                no=self.tr("Leave as it is"),
                then=lambda: desk.use_engine(engine),
            )
        else:
            desk.use_engine(engine)

    def losses_by(self, engine: EngineChoice) -> list[str]:
        """Say what would be lost if models computed so: all counts, save where threads differ."""
        present = self._window.desk.engine
        return self._pictures() if replace(engine, threads=present.threads) != present else []

    def losses_of(self, model: str) -> list[str]:
        """Say what would be lost with a model."""
        entries = self._window.page.session.entries
        return self._counts([(m, o) for m, o in unexported(entries) if m == model])

    def replace_evaluation(self, then: Callable[[], object]) -> None:
        """Let other results take the place of an evaluation's."""
        losses = self._evaluation()
        if losses:
            yes, no = self.tr("Replace all the same"), self.tr("Keep the results")
            self._ask(self.tr("Evaluate"), losses, yes=yes, no=no, then=then)
        else:
            then()

    def may_close(self) -> bool:
        """Whether the window may close now; else a person is asked, and it closes if wanted."""
        window = self._window
        if window.ending:
            return True
        if self._answered:
            losses = []
        else:
            losses = [*self._pictures(), *self._evaluation(), *self._analysis(), *self._marks()]
        if losses:
            self._ask_to_close(losses, self.close)
            return False
        return "train" not in window.pages or window.training.closing.may_close(self.close)

    def close(self) -> None:
        """Close without asking about counts again: a training may be asked about, too."""
        self._answered = True
        self._window.close()
        self._answered = False

    def _pictures(self) -> list[str]:
        """Say what would be lost with the pictures."""
        page, losses = self._window.page, list[str]()
        if len(page.session.entries) <= FEW:
            return losses
        if _is_long(page.all.work):
            losses.append(self.tr("Counting all pictures is not finished."))
        return losses + self._counts(unexported(page.session.entries))

    def _counts(self, counts: list[tuple[str, Outcome]]) -> list[str]:
        """Say what so many counts, each by a model, are; nothing of those that took no time."""
        if not _took_long([outcome.seconds for _model, outcome in counts]):
            return []
        models = ", ".join(sorted({model for model, _outcome in counts}))
        return [
            self.tr("{number} counts by {models} are not exported.").format(
                number=f"{len(counts):,}", models=models
            )
        ]

    def _evaluation(self) -> list[str]:
        """Say what would be lost of an evaluation."""
        if "evaluate" not in self._window.pages:
            return []
        work, results = self._window.evaluating.work, self._window.evaluating.results
        if results is None or results.total <= FEW:
            return []
        if _is_long(work):
            return [self.tr("The evaluation is not finished.")]
        if _took_long(results.unexported()):
            return [self.tr("The evaluation is not exported.")]
        return []

    def _analysis(self) -> list[str]:
        """Say what would be lost of a video's analysis."""
        window = self._window
        panel = window.live.tools.panel if "live" in window.pages else None
        if panel is None or panel.feed is None or not _is_long(panel.work):
            return []
        name = panel.feed.path.name
        return [self.tr("The analysis of {name} is not finished.").format(name=name)]

    def _marks(self) -> list[str]:
        """Say which marks cannot be saved; what can be is saved now."""
        window = self._window
        if "label" not in window.pages or window.labelling.keeper.close():
            return []
        number = len(window.labelling.keeper.unsaved)
        return [self.tr("The marks of {number} pictures cannot be saved.").format(number=number)]

    def _ask_to_close(self, losses: list[str], close: Callable[[], object]) -> None:
        yes, no = self.tr("Close all the same"), self.tr("Keep open")
        self._ask(self.tr("Close"), losses, yes=yes, no=no, then=close)

    def _ask(
        self, title: str, losses: list[str], *, yes: str, no: str, then: Callable[[], object]
    ) -> None:
        detail = self.tr("What is lost would have to be done again.")
        ask(self._window, title, "\n".join(losses), detail=detail, yes=yes, no=no, then=then)


def _is_long(work: Work | None) -> bool:
    # A video's file may not say how many frames it has.
    return work is not None and not work.is_cancelled() and max(work.total, work.done) > FEW


def _took_long(seconds: list[float]) -> bool:
    return len(seconds) > FEW and sum(seconds) > LONG_S
