"""What a training will take, in words, before it begins."""

from __future__ import annotations

import os
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from crowdgui.durations import clock
from crowdgui.window.counting.facts import data_size
from trainer.config import Config
from trainer.estimate import Amount, estimate
from trainer.run_list import RunRow

translate = QCoreApplication.translate


def estimate_text(
    config: Config, amount: Amount, networks: Sequence[str], rows: Sequence[RunRow]
) -> str:
    """Return time and memory of a training, and what says so; `networks` are its teachers'."""
    cores = config.threads or max((os.cpu_count() or 2) // 2, 1)
    found = estimate(config, amount, networks, rows, cores)
    text = translate("Estimate", "About {time} h and {memory} of memory").format(
        time=clock(max(round(found.seconds / 10) * 10, 10)), memory=data_size(found.memory)
    )
    how = (
        translate("Estimate", "by the speed of an earlier run") if found.measured
        else translate("Estimate", "a rough guess before the first run")
    )  # fmt: skip
    return f"{text}, {how}."
