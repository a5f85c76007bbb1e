"""What `crowdgui watch --soak` says of a source."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

import crowdgui.commands.watch
from crowdgui.commands import herald
from crowdgui.live.feed import Picture
from models.prediction import Prediction
from small_streams import brightness_counter

LINE = re.compile(
    r"soak (\d+\.\d) min: delay (\d+) ms mean, (\d+) ms at most; memory (unknown|\d+\.\d MB);"
    r" camera (\d+\.\d) fps, processed (\d+\.\d) fps;"
    r" (\d+) frames, (\d+) skipped, \d+ reconnects; demo:"
)


def test_soak_tells_delay_memory_and_speed(
    command: Callable[..., tuple[int, str, str]], only_mcnn: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = brightness_counter(delay=0.05)
    predict, counted = counter.predict, list[int]()

    def count(picture: Picture) -> Prediction:
        """Count twenty pictures, however long the machine takes, and have the watch ended."""
        counted.append(1)
        if len(counted) == 20:
            signal.raise_signal(signal.SIGTERM)
        return predict(picture)

    monkeypatch.setattr(counter, "predict", count)
    monkeypatch.setattr(crowdgui.commands.watch, "_predictor", lambda _order, _model: counter)
    monkeypatch.setattr(herald, "SOAK_S", 0.5)
    code, _, err = command("watch", "demo:", "--soak")
    assert code == 0
    told = [LINE.search(line) for line in err.splitlines() if "soak" in line]
    # In between and at the end.
    assert len(told) > 1
    last = told[-1]
    assert last is not None
    _minutes, mean, most, memory, camera, processed, frames, skipped = last.groups()
    assert 50 <= int(mean) <= int(most)
    assert memory == "unknown" or float(memory.split()[0]) > 10
    assert float(camera) > 0
    assert float(processed) > 0
    assert int(frames) > int(skipped)
