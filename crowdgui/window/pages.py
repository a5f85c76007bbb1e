"""The pages of the program as data: adding one is adding a row."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crowdgui.window.action_rows import ActionRow
from models.errors import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from crowdgui.window.main_window import MainWindow


# Yields between the parts of a page, so that the window may answer meanwhile, and returns the page.
Making = Generator[None, None, QWidget]


@dataclass(frozen=True)
class PageRow:
    """A page: its action in the rail and the menu, its toolbar, and how it is made.

    Making is left until the page is first shown. A page has `changed` (a signal: look at the
    actions again) and `action_states()` (which of its actions can be used).
    """

    action: ActionRow
    toolbar: tuple[str, ...]
    folder: str
    make: Callable[[MainWindow], Making]

    @property
    def id(self) -> str:
        return self.action.value

    @property
    def module(self) -> str:
        """What has to be imported before the page can be made."""
        return f"crowdgui.window.{self.folder}.page"


SEPARATOR = "|"
# The operator's edition comes without torch and does not train.
TRAINS = find_spec("torch") is not None
# What stands there for training alone is left out with it.
TO_TRAIN = ("label-train",) if TRAINS else ()


def _count(window: MainWindow) -> Making:
    yield
    return window.page


def _compare(window: MainWindow) -> Making:
    from crowdgui.window.comparing.page import ComparingPage

    yield
    return ComparingPage(window.desk, window.page)


def _label(window: MainWindow) -> Making:
    from crowdgui.window.labelling.page import LabellingPage

    yield
    page = LabellingPage(window.desk, window.page)
    page.measure_wanted.connect(
        lambda folder: window.open_page("evaluate", lambda: window.evaluating.open_data(folder))
    )
    page.pictures_wanted.connect(window.files.open_to_mark)
    page.train_wanted.connect(
        lambda folder: window.open_page("train", lambda: window.training.open_own(folder))
    )
    return page


def _evaluate(window: MainWindow) -> Making:
    from crowdgui.window.evaluating.page import make_page

    page = yield from make_page(window.desk)
    page.ask_first = window.leaving.replace_evaluation
    return page


def _models(window: MainWindow) -> Making:
    from crowdgui.window.catalogue.page import ModelsPage

    yield
    page = ModelsPage(window.desk)
    menu = ("default-model", "rename-model", SEPARATOR, "remove-model")
    window.actions_.fill_context_menu(page.table, menu)
    return page


def _train(window: MainWindow) -> Making:
    from crowdgui.window.training.page import make_page

    page = yield from make_page(window.desk)
    page.run_actions.using.counts_by = lambda model: sum(
        entry.count_of(model) is not None for entry in window.page.session.entries
    )
    page.show_wanted.connect(lambda: window.show_page("train"))
    menu = ("use-run", "open-run-folder", SEPARATOR, "delete-runs")
    window.actions_.fill_context_menu(page.runs.table, menu)
    return page


def _live(window: MainWindow) -> Making:
    from crowdgui.window.live.alone import Alone
    from crowdgui.window.live.page import make_page

    page = yield from make_page(window.desk)
    page.alone_changed.connect(Alone(window, page).show_alone)
    menu = ("live-name", "live-retry", "live-zones", SEPARATOR, "live-remove")
    window.actions_.fill_context_menu(page.live_view, menu)
    window.actions_.fill_context_menu(page.tiles, menu)
    page.hub.show_wanted.connect(page.choose)
    page.hub.show_wanted.connect(lambda _source: window.show_page("live"))
    return page


def _fleet(window: MainWindow) -> Making:
    from crowdgui.window.fleet.page import FleetPage

    yield
    return FleetPage(window.desk)


_PAGES = (
    PageRow(
        ActionRow(
            "page-count",
            QT_TRANSLATE_NOOP("Actions", "&Count"),
            QT_TRANSLATE_NOOP("Actions", "Count the people in pictures"),
            ("Alt+1",), "demo", "open_page", group="page", value="count",
        ),
        (
            "open", "open-folder", SEPARATOR, "previous", "next", SEPARATOR, "zoom-out", "zoom-in",
            "fit", "actual", SEPARATOR, "density", "rectangle", "polygon", SEPARATOR, "count-all",
            "export-counts", SEPARATOR, "copy", "save",
        ),
        "counting",
        _count,
    ),
    PageRow(
        ActionRow(
            "page-compare",
            QT_TRANSLATE_NOOP("Actions", "Co&mpare"),
            QT_TRANSLATE_NOOP("Actions", "Several models on one picture, side by side"),
            ("Alt+2",), "compare", "open_page", group="page", value="compare",
        ),
        ("previous", "next", SEPARATOR, "zoom-out", "zoom-in", "fit", "actual", SEPARATOR,
         "density"),
        "comparing",
        _compare,
    ),
    PageRow(
        ActionRow(
            "page-label",
            QT_TRANSLATE_NOOP("Actions", "Mar&k"),
            QT_TRANSLATE_NOOP("Actions", "Mark heads by hand, to measure and to train"),
            ("Alt+3",), "label", "open_page", group="page", value="label",
        ),
        (
            "label-video", SEPARATOR, "previous", "next", "label-next", SEPARATOR, "zoom-out",
            "zoom-in", "fit", SEPARATOR, "undo", "redo", SEPARATOR, "label-nobody",
            "label-clear", SEPARATOR, "label-measure", *TO_TRAIN,
        ),
        "labelling",
        _label,
    ),
    PageRow(
        ActionRow(
            "page-evaluate",
            QT_TRANSLATE_NOOP("Actions", "E&valuate"),
            QT_TRANSLATE_NOOP("Actions", "Errors of the models over annotated pictures"),
            ("Alt+4",), "evaluate", "open_page", group="page", value="evaluate",
        ),
        ("choose-data", SEPARATOR, "evaluate", "export-table"),
        "evaluating",
        _evaluate,
    ),
    PageRow(
        ActionRow(
            "page-models",
            QT_TRANSLATE_NOOP("Actions", "Mod&els"),
            QT_TRANSLATE_NOOP("Actions", "What is installed, and how it computes"),
            ("Alt+5",), "models", "open_page", group="page", value="models",
        ),
        ("import-model", SEPARATOR, "default-model", "rename-model", "remove-model"),
        "catalogue",
        _models,
    ),
    PageRow(
        ActionRow(
            "page-train",
            QT_TRANSLATE_NOOP("Actions", "T&rain"),
            QT_TRANSLATE_NOOP("Actions", "Distil a student and watch how it learns"),
            ("Alt+6",), "train", "open_page", group="page", value="train",
        ),
        (
            "train-data", SEPARATOR, "train-start", "train-pause", "train-stop", SEPARATOR,
            "use-run", SEPARATOR, "export-plot", "export-runs", "open-run-folder", "delete-runs",
        ),
        "training",
        _train,
    ),
    PageRow(
        ActionRow(
            "page-live",
            QT_TRANSLATE_NOOP("Actions", "Live"),
            QT_TRANSLATE_NOOP("Actions", "Cameras, streams and videos, counted as they come"),
            ("Alt+7",), "live", "open_page", group="page", value="live",
        ),
        (
            "live-camera", "live-video", "live-address", "live-demo", SEPARATOR, "live-remove",
            "live-retry", SEPARATOR, "density", "live-zones", SEPARATOR, "live-snapshot",
            "live-record", "live-stop-recording", SEPARATOR, "live-opinion", "live-analyse",
            SEPARATOR, "live-alone",
        ),
        "live",
        _live,
    ),
    PageRow(
        ActionRow(
            "page-fleet",
            QT_TRANSLATE_NOOP("Actions", "Fleet"),
            QT_TRANSLATE_NOOP("Actions", "Every watcher of a broker at one glance"),
            ("Alt+8",), "fleet", "open_page", group="page", value="fleet",
        ),
        ("fleet-connect", "fleet-disconnect"),
        "fleet",
        _fleet,
    ),
)  # fmt: skip
PAGES = tuple(page for page in _PAGES if TRAINS or page.id != "train")


def page_row(name: str) -> PageRow:
    """Return the row of a page by its name."""
    return next(row for row in PAGES if row.id == name)
