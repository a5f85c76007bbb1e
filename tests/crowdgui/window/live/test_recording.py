"""A recording follows the clock."""

from __future__ import annotations

import time
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from crowdgui.live.feed import Frame
from crowdgui.live.reader import State
from crowdgui.live.session import Counted
from crowdgui.window.live import recording
from crowdgui.window.live.recording import Recording
from small_streams import brightness_counter, wait_until


def still_source() -> SimpleNamespace:
    """A source that has shown one picture, and is still there."""
    picture = np.full((48, 64, 3), 255, np.uint8)
    counted = Counted(Frame(picture, 1, 0.0), brightness_counter().predict(picture), 48.0, (), 0.0)
    return SimpleNamespace(latest=counted, state=lambda: SimpleNamespace(state=State.LIVE))


def test_a_recording_does_not_make_up_for_a_machine_that_slept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, looks = [0.0], list[float]()

    def monotonic() -> float:
        looks.append(now[0])
        return now[0]

    clock = SimpleNamespace(**{**vars(time), "monotonic": monotonic})
    monkeypatch.setattr(recording, "time", clock)
    ended: list[Exception | None] = []
    writing = Recording(still_source(), tmp_path / "a.mp4", 0.7, "inferno", ended.append)  # type: ignore[arg-type]
    wait_until(lambda: writing.frames == 1)
    now[0] = 1e5
    # It has looked a second time: what was due at the first is written.
    wait_until(lambda: looks.count(1e5) >= 2)
    assert writing.frames == 2
    now[0] += 1.05
    wait_until(lambda: writing.frames >= 12)
    assert writing.close()
    assert writing.frames == 12
    assert ended == [None]
