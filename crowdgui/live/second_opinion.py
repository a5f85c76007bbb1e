"""A second opinion: another model counts the newest picture now and then, in the background."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from crowdgui.live.session import LiveSource
from models.errors import UserError
from models.predictor import Predictor

OPINIONS_KEPT = 5000
JOIN_S = 3.0


@dataclass(frozen=True)
class Opinion:
    """Two models on the same picture; `time` is time.monotonic(), `seconds` the second's time."""

    time: float
    source: str
    first: float
    second: float
    first_model: str
    second_model: str
    seconds: float

    @property
    def drift(self) -> float:
        """How far the first is off, as a share of the second; small counts weigh as one person."""
        return (self.first - self.second) / max(self.second, 1.0)


class SecondOpinion:
    """Asks another model about sources, on request or every `every_s` seconds.

    The model is opened with the first question, in the background thread. `wake` takes nothing.
    """

    def __init__(
        self,
        open_model: Callable[[], Predictor],
        sources: Callable[[], tuple[LiveSource, ...]],
        every_s: float | None = None,
        wake: Callable[[], None] | None = None,
    ) -> None:
        self.problem: UserError | None = None
        self.busy = False
        self._open_model = open_model
        self._sources = sources
        self._every_s = every_s
        self._wake = wake or (lambda: None)
        self._predictor: Predictor | None = None
        self._opinions: deque[Opinion] = deque(maxlen=OPINIONS_KEPT)
        self._asked = threading.Event()
        self._end = False
        self._thread = threading.Thread(target=self._run, name="second opinion", daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether its thread has not ended yet."""
        return self._thread.is_alive()

    def ask(self) -> None:
        """Ask about every source now; returns at once."""
        self._asked.set()

    def opinions(self, source: str | None = None) -> list[Opinion]:
        """Return what was said, oldest first, of one source or of all."""
        return [o for o in list(self._opinions) if source in (None, o.source)]

    def stop(self) -> None:
        """End after the picture at hand, of which nothing is heard; `close` waits for it."""
        self._end = True
        self._asked.set()

    def close(self) -> bool:
        """Stop and wait, 3 s at most; False if a picture is still being counted then."""
        self.stop()
        self._thread.join(JOIN_S)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._end:
            self._asked.wait(self._every_s)
            self._asked.clear()
            for source in self._sources():
                if self._end:
                    return
                self._compare(source)

    def _compare(self, source: LiveSource) -> None:
        latest = source.state().latest
        if latest is None:
            return
        self.busy = True
        try:
            if self._predictor is None:
                self._predictor = self._open_model()
            second = self._predictor.predict(latest.frame.picture)
        except UserError as error:
            self.problem = error
        except Exception as error:  # a model that breaks must not take the counting along
            self.problem = UserError("source-failed", source=source.name, reason=error)
        else:
            first = latest.prediction
            self.problem = None
            self._opinions.append(
                Opinion(
                    monotonic(),
                    source.name,
                    first.count,
                    second.count,
                    first.model,
                    second.model,
                    second.seconds,
                )
            )
        self.busy = False
        if not self._end:
            # Who is woken may be gone by now.
            self._wake()
