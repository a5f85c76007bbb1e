"""What all pages share: settings, messages, threads, and the list of models."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from crowdgui.window.background import Background, Work
from crowdgui.window.collector import long_lived
from crowdgui.window.engines import EngineChoice, Predictors
from crowdgui.window.language import say
from crowdgui.window.notifications import Notifications
from crowdgui.window.settings import Settings
from models.errors import UserError
from models.header import Header


@dataclass(frozen=True)
class ModelChoice:
    """A model to pick: its file's size in bytes, what its header says, or why it is unusable.

    `no_int8` is said where it has no file for that precision. A model without weights cannot
    teach, for torch runs no ONNX file. `stamp` changes when its file does.
    """

    name: str
    size: int = 0
    problem: UserError | None = None
    header: Header | None = None
    shipped: bool = True
    card: str = ""
    no_int8: UserError | None = None
    can_teach: bool = True
    stamp: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class ModelList:
    """All models, and the one that is used when nobody chooses."""

    choices: tuple[ModelChoice, ...]
    default: str = ""


class Desk(QObject):
    """What the pages share; `models` is None until they have been listed."""

    models_changed = Signal()
    engine_wanted = Signal(object)  # an EngineChoice to count with from now on
    engine_changed = Signal()
    model_renamed = Signal(str, str)  # what it was called, and what it is called now
    broker_changed = Signal()  # another one, or other ways to it
    default_wanted = Signal(str)  # count with this model from now on
    words_wanted = Signal(list)  # to be opened and counted

    def __init__(self, settings: Settings, notices: Notifications) -> None:
        super().__init__()
        self.settings, self.notices = settings, notices
        # Short works on the program's own files never wait for a person's, which may be far away.
        self.files = Background("files", self)
        self.folders = Background("folders", self)
        self.bench = Background("bench", self)
        # For the bench's thread alone.
        self.predictors = Predictors()
        self.models: ModelList | None = None
        self.save: Callable[[Path, Callable[[], None]], None]
        # What would be lost with a model, in words.
        self.losses_of: Callable[[str], list[str]]
        self._told: set[str] = set()

    @property
    def engine(self) -> EngineChoice:
        settings = self.settings
        return EngineChoice(settings.device, settings.precision, settings.threads)

    def use_engine(self, engine: EngineChoice) -> None:
        """Compute with other settings from now on; `engine_changed` follows."""
        settings = self.settings
        settings.device, settings.precision = engine.device, engine.precision
        settings.threads = engine.threads
        self.engine_changed.emit()

    def usable_models(self) -> list[ModelChoice]:
        choices = self.models.choices if self.models else ()
        return [choice for choice in choices if choice.problem is None]

    @property
    def used_model(self) -> ModelChoice | None:
        """The model that counts: the one a person chose, else the default."""
        usable = {choice.name: choice for choice in self.usable_models()}
        default = self.models.default if self.models else ""
        return usable.get(self.settings.model) or usable.get(default)

    def model(self, name: str) -> ModelChoice | None:
        choices = self.models.choices if self.models else ()
        return next((choice for choice in choices if choice.name == name), None)

    def refresh_models(self) -> None:
        """Read the list of models anew; `models_changed` follows."""

        def steps(_work: Work) -> Iterator[ModelList]:
            with long_lived():
                from crowdgui.window.counting import jobs

            yield jobs.list_models()

        self.files.start(Work(lambda: "", steps, self._listed, self._list_ended, quiet=True))

    def _listed(self, found: ModelList) -> None:
        self.models = found
        for choice in found.choices:
            if choice.problem is not None and choice.name not in self._told:
                self._told.add(choice.name)
                self._warn_of(choice.problem)
        self.models_changed.emit()

    def _list_ended(self, error: Exception | None) -> None:
        if error is not None:
            self.notices.complain(error)
            self.models = self.models or ModelList(())
            self.models_changed.emit()

    def _warn_of(self, problem: UserError) -> None:
        self.notices.warn(lambda: say(problem))

    def close(self) -> bool:
        """Stop the threads; False if one of them did not end in time."""
        lanes = (self.files, self.folders, self.bench)
        for lane in lanes:
            lane.stop()
        ended = [lane.close() for lane in lanes]
        return all(ended)
