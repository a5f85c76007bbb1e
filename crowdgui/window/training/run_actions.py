"""What can be done with runs: use, export, delete, open the folder; plots and tables saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from crowdgui.window import dialogs
from crowdgui.window.background import Work
from crowdgui.window.desk import Desk
from crowdgui.window.training import tasks
from crowdgui.window.training.plots import CurvePlot
from crowdgui.window.training.sweep_tasks import SweepFacts, save_sweep
from crowdgui.window.training.using import Using
from models.errors import UserError
from models.files import replacing
from trainer.run_list import RunRow, save_runs

if TYPE_CHECKING:
    from crowdgui.window.training.page import TrainingPage


class RunActions(QObject):
    """Acts on the chosen runs while all runs are in front, else on the run on the screen."""

    def __init__(self, desk: Desk, page: TrainingPage) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self.using = Using(desk, page)

    def rows(self) -> list[RunRow]:
        page = self._page
        if page.tabs.currentWidget() is page.runs:
            return page.runs.selected()
        return [page.session.row] if page.session.row is not None else []

    def states(self) -> dict[str, bool]:
        """Return which actions can be used."""
        rows = self.rows()
        trained = len(rows) == 1 and rows[0].best_mae is not None
        page = self._page
        return {
            "use-run": trained,
            "export-run": trained,
            "continue-run": len(rows) == 1 and rows[0].continuable and not page.session.at_work,
            "open-run-folder": len(rows) == 1,
            "delete-runs": any(row.state != "running" for row in rows),
            "export-plot": self.plot() is not None,
            "export-runs": bool(page.sweep.facts if self._sweep_in_front() else page.session.rows),
        }

    def _sweep_in_front(self) -> bool:
        return self._page.tabs.currentWidget() is self._page.sweep

    def ask_to_use(self) -> None:
        """Ask for a name, then put the best weights among the models."""
        row = self._one()
        if row is not None:
            self.using.ask(row)

    def ask_where_to_export(self) -> None:
        row = self._one()
        if row is None or row.weights is None:
            return
        weights = row.weights
        dialogs.ask_where_to_save(
            self._page, self.tr("Export as ONNX"), self._desk.settings.folder,
            [self.tr("ONNX network (*.onnx)")], f"{row.folder.name}.onnx",
            lambda files: self.export(weights, Path(files[0])),
        )  # fmt: skip

    def export(self, weights: Path, target: Path) -> None:
        """Write weights as ONNX, verified against torch."""

        def came(path: Path) -> None:
            self._desk.notices.inform(
                lambda: self.tr("{name} is written and counts as torch does.").format(
                    name=path.name
                )
            )

        work = Work(
            lambda: self.tr("Exporting as ONNX"), lambda _work: tasks.export(weights, target),
            came, self._failed,
        )  # fmt: skip
        self._desk.bench.start(work)

    def continue_run(self) -> None:
        row = self._one()
        if row is not None:
            self._page.continue_folder(row.folder)

    def open_folder(self) -> None:
        row = self._one()
        if row is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(row.folder)))

    def ask_to_delete(self) -> None:
        rows = [row for row in self.rows() if row.state != "running"]
        if rows:
            names, folders = [row.name for row in rows], [row.folder for row in rows]
            self._page.closing.ask_to_delete(names, lambda: self._page.session.delete(folders))

    def plot(self) -> CurvePlot | None:
        """Return the plot in front: of the run, of all runs, or of the sweep."""
        page = self._page
        plots = {page.live: page.live.loss, page.runs: page.runs.plot, page.sweep: page.sweep.plot}
        front = page.tabs.currentWidget()
        if front is page.live:
            if page.session.history is None:
                return None
            shown = (page.live.loss, page.live.scores, page.live.rate)
            return next((plot for plot in shown if plot.is_in_hand()), page.live.loss)
        return plots.get(front)

    def ask_where_to_export_plot(self) -> None:
        plot = self.plot()
        if plot is None:
            return
        filters = [self.tr("PNG picture (*.png)"), self.tr("SVG drawing (*.svg)")]
        dialogs.ask_where_to_save(
            self._page, self.tr("Export the plot"), self._desk.settings.folder, filters,
            "training.png", lambda files: self.save_plot(plot, Path(files[0])),
        )  # fmt: skip

    def save_plot(self, plot: CurvePlot, path: Path) -> None:
        """Draw here, as it is a picture of widgets; the file is written in a thread."""
        try:
            content = plot.drawn(path)
        except UserError as error:
            self._desk.notices.complain(error)
            return

        def write() -> None:
            with replacing(path) as temporary:
                temporary.write_bytes(content)

        self._desk.save(path, write)

    def ask_where_to_export_runs(self) -> None:
        """Save the table in front: of all runs, or table 2 of the sweep."""
        filters = [self.tr("CSV table (*.csv)")]
        facts = self._page.sweep.facts if self._sweep_in_front() else None
        name = "sweep.csv" if facts is not None else "runs.csv"
        dialogs.ask_where_to_save(
            self._page, self.tr("Export the table"), self._desk.settings.folder, filters, name,
            lambda files: self.save_table(Path(files[0]), facts),
        )  # fmt: skip

    def save_table(self, path: Path, facts: SweepFacts | None = None) -> None:
        """Write table 2 of a sweep, or else all runs."""
        if facts is not None:
            self._desk.save(path, lambda: save_sweep(path, facts))
        else:
            rows = list(self._page.session.rows)
            self._desk.save(path, lambda: save_runs(path, rows))

    def _one(self) -> RunRow | None:
        rows = self.rows()
        return rows[0] if len(rows) == 1 else None

    def _failed(self, error: Exception | None) -> None:
        if error is not None:
            self._desk.notices.complain(error)
