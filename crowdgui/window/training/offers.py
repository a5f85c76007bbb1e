"""At the start: a training that was cut off is offered, one that goes on is told of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from crowdgui.window.background import Work
from crowdgui.window.notifications import Notice
from crowdgui.window.pages import TRAINS
from crowdgui.window.training import run_list_root

if TYPE_CHECKING:
    from crowdgui.window.main_window import MainWindow
    from trainer.run_list import RunRow

translate = QCoreApplication.translate
# A training that failed for this may go on with what the person has closed meanwhile.
MEMORY = "memory-short"


def offer_runs(window: MainWindow) -> None:
    """Look at the runs in the background and offer the newest that wants somebody."""
    if not TRAINS:
        return
    root = run_list_root.chosen(window.settings)

    def steps(_work: Work) -> Iterator[RunRow | None]:
        from trainer.run_list import RunList

        rows = RunList(root).look()
        wanted = [row for row in rows if row.config and (
            row.state in ("running", "cut off") or row.failure == MEMORY
        )]  # fmt: skip
        yield next((row for row in wanted if row.state == "running"), next(iter(wanted), None))

    def came(row: RunRow | None) -> None:
        if row is not None:
            _offer(window, row)

    work = Work(lambda: "", steps, came, lambda _error: None, quiet=True)
    # The folder of runs may be far away.
    window.desk.folders.start(work)


def _offer(window: MainWindow, row: RunRow) -> None:
    running = row.state == "running"
    stamp = f"{row.name} {row.epochs}"
    # Once is an offer, at every start it would be a nuisance.
    if not running and window.settings.training.get("offered") == stamp:
        return

    def remember() -> None:
        if not running:
            window.settings.training["offered"] = stamp

    def text() -> str:
        if running:
            said = translate("Offers", "The training {name} is at work.")
        else:
            said = translate("Offers", "The training {name} was cut off after {epochs} epochs.")
        return said.format(name=row.name, epochs=row.epochs)

    def label() -> str:
        return translate("Offers", "Show it") if running else translate("Offers", "Continue")

    def act() -> None:
        window.show_page("train")
        if running:
            window.training.show_run(row.folder)
        elif window.training.continue_folder(row.folder):
            remember()
        else:
            window.notices.show_notice(notice)

    notice = Notice("warning", text, action=(label, act), dismissed=remember)
    window.notices.show_notice(notice)
