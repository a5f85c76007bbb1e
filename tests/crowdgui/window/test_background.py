"""What the window hears of long works."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from pytestqt.qtbot import QtBot

from crowdgui.window.background import Background, Work
from models.errors import UserError


def test_of_a_cancelled_work_only_its_end_may_complain(qtbot: QtBot) -> None:
    lane, gate, begun = Background("trial"), threading.Event(), threading.Event()
    ends: list[tuple[str, Exception | None]] = []

    def failing_step(_work: Work) -> Iterator[int]:
        begun.set()
        assert gate.wait(20)
        raise UserError("path-missing", path="step")
        yield 0

    def failing_end(_work: Work) -> Iterator[int]:
        try:
            yield 1
            begun.set()
            assert gate.wait(20)
            yield 2
        finally:
            raise UserError("path-unwritable", path="end", reason="full")

    for name, steps in (("step", failing_step), ("end", failing_end)):
        begun.clear()
        gate.clear()
        work = Work(lambda: "", steps, lambda _n: None, lambda e, name=name: ends.append((name, e)))
        lane.start(work)
        qtbot.waitUntil(begun.is_set)
        work.cancel()
        gate.set()
        qtbot.waitUntil(lambda: not lane.works)
    lane.close()
    (step, error), (end, other) = ends
    assert (step, error, end) == ("step", None, "end")
    assert isinstance(other, UserError)
    assert other.code == "path-unwritable"
