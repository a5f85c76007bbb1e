"""How fast each precision counts here: measured once for each model, and remembered."""

from __future__ import annotations

import platform
import time
from collections.abc import Iterator
from statistics import median
from typing import Any

import numpy as np

from crowdgui.window.desk import ModelChoice
from crowdgui.window.engines import PRECISIONS, EngineChoice
from crowdgui.window.settings import Settings
from models.errors import UserError

WIDTH, HEIGHT = 1024, 768
ROUNDS = 3
MOST_KEPT = 40


def measure(choice: ModelChoice, engine: EngineChoice) -> Iterator[dict[str, float] | None]:
    """Count a picture in every precision in turn; yield None after each, at last the medians.

    Seconds by precision. What the model or the machine lacks is left out; raises UserError, as
    open_predictor does, where nothing is left.
    """
    opened: dict[str, Any] = {}
    problem: UserError | None = None
    for precision in PRECISIONS:
        if precision == "int8" and choice.no_int8 is not None:
            continue
        try:
            opened[precision] = _open(choice.name, precision, engine)
        except UserError as error:
            problem = error
        yield None
    if problem is not None and not opened:
        raise problem
    picture = np.random.default_rng(0).integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8)
    seconds: dict[str, list[float]] = {}
    # The first round warms up.
    for turn in range(ROUNDS + 1):
        for precision, predictor in opened.items():
            started = time.perf_counter()
            made = predictor.predict(picture)
            # A processor without bf16 has computed in fp32 already.
            if turn and made.precision == precision:
                seconds.setdefault(precision, []).append(time.perf_counter() - started)
            yield None
    yield {precision: median(measured) for precision, measured in seconds.items()}


def _open(name: str, precision: str, engine: EngineChoice) -> Any:
    from crowdgui.window.counting import jobs

    return jobs.load_predictor(name, EngineChoice(engine.device, precision, engine.threads))


def recall(settings: Settings, choice: ModelChoice, engine: EngineChoice) -> dict[str, float]:
    """Return the seconds that were measured before; empty where nothing was."""
    found = settings.speeds.get(_key(choice, engine))
    known = found.items() if isinstance(found, dict) else ()
    return {word: float(value) for word, value in known
            if word in PRECISIONS and isinstance(value, int | float) and value > 0}  # fmt: skip


def remember(
    settings: Settings, choice: ModelChoice, engine: EngineChoice, seconds: dict[str, float]
) -> None:
    """Keep what was measured; the oldest goes where there is too much."""
    key = _key(choice, engine)
    settings.speeds.pop(key, None)
    settings.speeds[key] = seconds
    while len(settings.speeds) > MOST_KEPT:
        del settings.speeds[next(iter(settings.speeds))]


def _key(choice: ModelChoice, engine: EngineChoice) -> str:
    """Name what a speed depends on: the file, the machine, the device, and the threads."""
    parts = (choice.name, choice.size, platform.node(), engine.device, engine.threads)
    return " / ".join(map(str, parts))
