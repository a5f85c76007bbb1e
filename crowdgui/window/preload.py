"""What pages need, imported in a thread: the window's own would stand still for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module

from crowdgui.window.background import Work
from crowdgui.window.collector import long_lived
from crowdgui.window.desk import Desk

# While nobody waits for it, so that a page that is wanted is there at once.
PRELOADED = (
    "crowdgui.window.comparing.page",
    "crowdgui.window.catalogue.page",
    "pyqtgraph",
    "crowdgui.window.evaluating.page",
    "crowdgui.window.training.page",
    "crowdgui.window.live.page",
)


def import_pages(
    desk: Desk, modules: Sequence[str], then: Callable[[], object] = lambda: None
) -> None:
    """Import modules in the background, a step each; `then` is called whatever came of it."""

    def steps(_work: Work) -> Iterator[None]:
        for name in modules:
            with long_lived():
                import_module(name)
            yield None

    done = lambda _error: then()  # noqa: E731
    desk.files.start(Work(lambda: "", steps, lambda _none: None, done, quiet=True))
