"""A second opinion: another model counts the newest picture now and then, in the background."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from crowdgui.live.clock import monotonic
from crowdgui.live.reader import State
from crowdgui.live.session import Counted, LiveSource
from models.errors import UserError
from models.predictor import Predictor
from models.reduced import reduced

OPINIONS_KEPT = 5000
JOIN_S = 3.0


@dataclass(frozen=True)
class Opinion:
    """Two models on the same picture; `time` is `clock.monotonic`."""

    time: float
    source: str
    first: float
    second: float
    first_model: str
    second_model: str

    @property
    def drift(self) -> float:
        """How far the first is off, as a share of the second; small counts weigh as one person."""
        return (self.first - self.second) / max(self.second, 1.0)


class SecondOpinion:
    """Asks another model about sources, on request or every `every_s` seconds.

    By itself it asks only about what is seen now, and about no picture a second time.
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
        # Of each source the number of the frame that was asked about last.
        self._frames: WeakKeyDictionary[LiveSource, int] = WeakKeyDictionary()
        self._asked = threading.Event()
        self._end = False
        self._thread = threading.Thread(target=self._run, name="second opinion", daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether its thread has not ended yet."""
        return self._thread.is_alive()

    def ask(self) -> None:
        """Ask about every source's picture now, whatever it is; returns at once."""
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
            asked = self._asked.wait(self._every_s)
            self._asked.clear()
            for source in self._sources():
                if self._end:
                    break
                latest = source.latest
                if latest is not None and (asked or self._is_due(source, latest)):
                    self._compare(source, latest)
        # Whoever let this one go may keep it for what was said; the model is large.
        self._predictor = None

    def _is_due(self, source: LiveSource, latest: Counted) -> bool:
        """Whether a picture is new, and shows what is seen now: a dead camera's last one does not.

        Nor does that of a video that is over.
        """
        is_new = latest.frame.number != self._frames.get(source)
        return is_new and source.reader.state is State.LIVE and source.is_current(latest)

    def _compare(self, source: LiveSource, latest: Counted) -> None:
        self.busy = True
        try:
            if self._predictor is None:
                self._predictor = self._open_model()
            # Of as many pixels as the first one saw.
            picture = reduced(latest.frame.picture, latest.longest_side)
            second = self._predictor.predict(picture)
        except UserError as error:
            self.problem = error
        except Exception as error:  # a model that breaks must not take the counting along
            self.problem = source.reader.bugs.report(error)
        else:
            self._frames[source] = latest.frame.number
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
                )
            )
        self.busy = False
        if not self._end:
            # Who is woken may be gone by now.
            self._wake()
