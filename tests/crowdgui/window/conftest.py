"""A window in a home of its own, with a predictor that a test holds in its hand."""

from __future__ import annotations

import os

# Before Qt is loaded: tests need no screen, and should not use the one that is there.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import shiboken6
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crowdgui import log_file
from crowdgui.window import crashes, main_window, start
from crowdgui.window.collector import Collector
from crowdgui.window.counting import folders, jobs, worker
from crowdgui.window.desk import ModelChoice, ModelList
from crowdgui.window.language import install_language
from crowdgui.window.main_window import MainWindow
from models import catalogue
from models.errors import UserError
from models.grid import Grid
from models.header import Header
from models.prediction import Prediction
from trainer import run_list

LIMIT_MS = 60_000
HEADER = Header(network="mcnn", stride=8, pad_to=8, margin=0, parameters=1)


@dataclass
class FakePredictor:
    """Counts a picture's mean grey value; waits for `gate`, and takes `seconds`."""

    model: str
    gate: threading.Event = field(default_factory=threading.Event)
    begun: threading.Event = field(default_factory=threading.Event)
    seconds: float = 0.0
    error: Exception | None = None
    seen: list[float] = field(default_factory=list)
    header: Header = HEADER
    engine: SimpleNamespace = field(
        default_factory=lambda: SimpleNamespace(name="fake", precision="fp32")
    )

    def predict(self, picture: NDArray[np.uint8]) -> Prediction:
        self.begun.set()
        self.seen.append(float(picture.mean()))
        assert self.gate.wait(60)
        time.sleep(self.seconds)
        if self.error is not None:
            raise self.error
        height, width = picture.shape[:2]
        cells = np.zeros((-(-height // 8), -(-width // 8)), np.float32)
        cells[0, 0] = float(picture.mean()) + (1000 if self.model == "beta" else 0)
        count, grid = float(cells.sum()), Grid((width, height), (8, 8))
        return Prediction(count, cells, 0.0123, self.model, "fake", "fp32", grid)


@pytest.fixture(scope="package", autouse=True)
def collector(qapp: QApplication) -> Iterator[Collector]:
    """Let what tests leave be destroyed in this thread alone, as in the program."""
    collector = Collector(qapp)
    yield collector
    collector.stop()


class PatientBot(QtBot):
    """Waits as long as a busy machine needs: a limit is there so that a broken test ends."""

    def waitUntil(self, callback: Any, *, timeout: int = LIMIT_MS) -> None:  # noqa: N802
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = LIMIT_MS, **how: Any) -> Any:  # noqa: N802
        return super().waitSignal(signal, timeout=timeout, **how)

    def waitExposed(self, widget: Any, *, timeout: int = LIMIT_MS) -> Any:  # noqa: N802
        return super().waitExposed(widget, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture(autouse=True)
def patient_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine may need longer to end than the window waits for it."""
    for name in (
        "crowdgui.live.session.CLOSE_S",
        "crowdgui.live.second_opinion.JOIN_S",
        "crowdgui.window.live.log_keeper.JOIN_S",
        "crowdgui.window.live.picture_maker.JOIN_S",
    ):
        monkeypatch.setattr(name, LIMIT_MS / 1000)
    for module in (folders, worker):
        monkeypatch.setattr(module, "JOIN_MS", LIMIT_MS)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing of the person who runs the tests is read or written."""
    home = tmp_path / "home"
    settings = home / "settings.json"
    monkeypatch.setattr(start, "settings_file", lambda: settings)
    monkeypatch.setattr(main_window, "settings_file", lambda: settings)
    monkeypatch.setattr(catalogue, "user_data_path", lambda *_a, **_k: home)
    monkeypatch.setattr(catalogue, "SHIPPED_FOLDER", home / "shipped")
    monkeypatch.setattr(run_list, "runs_folder", lambda: home / "runs")
    monkeypatch.setattr(log_file, "user_log_path", lambda *_a, **_k: home / "log")
    # A net that closes would take away pytest's own report of a sudden end.
    unused = SimpleNamespace(enable=lambda _file: None, disable=lambda: None)
    monkeypatch.setattr(crashes, "faulthandler", unused)
    (home / "models").mkdir(parents=True)
    return home


@pytest.fixture
def fakes(monkeypatch: pytest.MonkeyPatch) -> dict[str, FakePredictor]:
    """Two fake models, alpha (the default) and beta, open from the start."""
    found = {name: FakePredictor(name) for name in ("alpha", "beta")}
    for fake in found.values():
        fake.gate.set()
    missing = {name: UserError("engine-no-int8", model=name, path=f"{name}.x") for name in found}
    choices = (
        ModelChoice("alpha", 1_000_000, no_int8=missing["alpha"]),
        ModelChoice("beta", 2_000_000, no_int8=missing["beta"]),
    )
    monkeypatch.setattr(jobs, "list_models", lambda: ModelList(choices, "alpha"))
    monkeypatch.setattr(jobs, "load_predictor", lambda name, _engine: found[name])
    return found


@pytest.fixture
def new_window(qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[..., MainWindow]]:
    """Make windows as the program does; they are closed, and no thread may be left running."""
    windows: list[MainWindow] = []

    def make(language: str = "en") -> MainWindow:
        window = start.make_window(qapp, language)
        windows.append(window)
        window.show()
        qtbot.waitExposed(window)
        return window

    yield make
    for window in windows:
        # Nobody is there to be asked whether counts may be lost.
        window.ending = True
        window.close()
        page, desk = window.page, window.desk
        for owner in (page.counter, page.folders, desk.files, desk.bench):
            # A busy machine may need longer than the window waits; no thread may stay for ever.
            assert owner.thread_.wait(LIMIT_MS)
        # Closed windows would hear of every later theme and language, and slow each test.
        shiboken6.delete(window)
    install_language(qapp, "en")


@pytest.fixture
def window(fakes: dict[str, FakePredictor], new_window: Callable[..., MainWindow]) -> MainWindow:
    """Return a window that counts with the fake models."""
    assert fakes
    return new_window()


@pytest.fixture
def grey(tmp_path: Path) -> Callable[..., str]:
    """Write a picture of one grey value; a fake predictor counts that value."""

    def write(value: int, name: str = "", size: tuple[int, int] = (320, 240)) -> str:
        path = tmp_path / (name or f"grey{value}.png")
        Image.new("RGB", size, (value, value, value)).save(path)
        return str(path)

    return write


@pytest.fixture
def wait_idle(qtbot: QtBot) -> Callable[[MainWindow], None]:
    """Wait until nothing is being opened or counted."""

    def wait(window: MainWindow) -> None:
        session = window.page.session
        qtbot.waitUntil(
            lambda: session.models is not None and not session.busy and not session.opening
        )

    return wait
