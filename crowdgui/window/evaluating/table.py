"""Table 1: a row a model, with its errors, time and size."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication, QObject, Qt

from crowdgui.window.counting.facts import data_size
from crowdgui.window.evaluating.tasks import Results
from crowdgui.window.language import say
from crowdgui.window.rows_view import EvenRowsView, Index, RowsModel
from models.errors import QT_TRANSLATE_NOOP, UserError

translate = QCoreApplication.translate
HEADERS = (
    QT_TRANSLATE_NOOP("Evaluate", "Model"),
    QT_TRANSLATE_NOOP("Evaluate", "MAE"),
    QT_TRANSLATE_NOOP("Evaluate", "RMSE"),
    QT_TRANSLATE_NOOP("Evaluate", "NAE"),
    QT_TRANSLATE_NOOP("Evaluate", "Time a picture"),
    QT_TRANSLATE_NOOP("Evaluate", "Engine"),
    QT_TRANSLATE_NOOP("Evaluate", "File size"),
    QT_TRANSLATE_NOOP("Evaluate", "Pictures"),
)
TIPS = (
    "",
    QT_TRANSLATE_NOOP("Evaluate", "Mean absolute error of the counts"),
    QT_TRANSLATE_NOOP("Evaluate", "Root mean square error of the counts"),
    QT_TRANSLATE_NOOP("Evaluate", "Mean absolute error divided by the true count"),
    QT_TRANSLATE_NOOP("Evaluate", "Median inference time"),
    QT_TRANSLATE_NOOP("Evaluate", "What computed the figures, and in which precision"),
    "",
    QT_TRANSLATE_NOOP("Evaluate", "How many pictures the figures are of so far"),
)


class ResultsModel(RowsModel[str]):
    """The results for a view; a model appears when its turn has come or will come."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__("Evaluate", HEADERS, range(1, len(HEADERS)), parent)
        self._results: Results | None = None
        self._texts: dict[str, list[str]] = {}

    def show_results(self, results: Results | None, names: list[str]) -> None:
        self._results = results
        self._texts = {name: self._say(name) for name in names}
        self.replace_rows(names)

    def update_results(self) -> None:
        """Say everything anew, with what has come since and in the present language."""
        self._texts = {name: self._say(name) for name in self.rows}
        self.update_rows(self.rows)

    def texts(self, row: str) -> list[str]:
        return self._texts[row]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        across = orientation == Qt.Orientation.Horizontal
        if across and role == Qt.ItemDataRole.ToolTipRole and TIPS[section]:
            return translate("Evaluate", TIPS[section])
        return super().headerData(section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.ToolTipRole and self._results is not None:
            problem = self._results.problems.get(self.rows[index.row()])
            return say(problem) if isinstance(problem, UserError) else None
        return super().data(index, role)

    def _say(self, name: str) -> list[str]:
        """Return a model's row as a person reads it."""
        results = self._results
        assert results is not None
        size = data_size(results.sizes[name]) if results.sizes.get(name) else "–"
        if name in results.problems:
            return [name, translate("Evaluate", "failed"), "–", "–", "–", "–", size, "–"]
        figures = results.figures(name)
        if figures is None:
            return [name, "…", "…", "…", "…", "…", size, f"0 / {results.total:,}"]
        summary, engine = figures.summary, f"{figures.engine} {figures.precision}"
        nae = "–" if math.isnan(summary.nae) else f"{summary.nae:.3f}"
        seconds = f"{figures.seconds * 1000:,.0f} ms"
        number = f"{summary.n:,} / {results.total:,}"
        mae, rmse = f"{summary.mae:,.1f}", f"{summary.rmse:,.1f}"
        return [name, mae, rmse, nae, seconds, engine, size, number]


class ResultsTable(EvenRowsView):
    """The table."""

    def __init__(self, model: ResultsModel) -> None:
        super().__init__(model)
        self.horizontalHeader().setMinimumSectionSize(70)

    def what(self) -> str:
        return translate("Evaluate", "Errors, time and size of each model")
