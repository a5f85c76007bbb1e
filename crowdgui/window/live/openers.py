"""Works that wait for a keyring, a disk or a network: each in a thread of its own."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject

from crowdgui.window.background import JOIN_S, Background, Work


class Openers(QObject):
    """Starts works beside each other, so that one which gets no answer holds up none."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lanes: list[Background] = []

    def start(self, work: Work) -> None:
        self._forget_finished()
        lane, on_end = Background("opening", self), work.on_end

        def ended(error: Exception | None) -> None:
            on_end(error)
            lane.stop()

        work.on_end = ended
        self._lanes.append(lane)
        lane.start(work)

    def close(self) -> bool:
        """Stop, and wait JOIN_S for all of them together; False if one still runs then."""
        for lane in self._lanes:
            lane.stop()
        until = time.monotonic() + JOIN_S
        for lane in self._lanes:
            lane.thread_.wait(round(1000 * max(until - time.monotonic(), 0)))
        return all(lane.thread_.isFinished() for lane in self._lanes)

    def _forget_finished(self) -> None:
        for lane in [lane for lane in self._lanes if lane.thread_.isFinished()]:
            self._lanes.remove(lane)
            lane.deleteLater()
