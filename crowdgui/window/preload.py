"""What pages will need, imported in a thread while nobody waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from crowdgui.window.background import Work
from crowdgui.window.collector import long_lived
from crowdgui.window.desk import Desk

MODULES = (
    "crowdgui.window.comparing.page",
    "crowdgui.window.catalogue.page",
    "pyqtgraph",
    "crowdgui.window.evaluating.page",
    "crowdgui.window.training.page",
)


def preload(desk: Desk) -> None:
    """Import the pages, and the library that plots, before they are opened."""

    def steps(_work: Work) -> Iterator[None]:
        for name in MODULES:
            with long_lived():
                import_module(name)
            yield None

    desk.files.start(Work(lambda: "", steps, lambda _none: None, lambda _error: None, quiet=True))
