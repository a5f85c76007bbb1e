"""The evaluating page: models against the truth of a folder of annotated pictures."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crowdgui.csv_file import save_rows
from crowdgui.printable import printable
from crowdgui.window import dialogs
from crowdgui.window.background import Work
from crowdgui.window.desk import Desk
from crowdgui.window.evaluating.scatter import Scatter
from crowdgui.window.evaluating.table import ResultsModel, ResultsTable
from crowdgui.window.evaluating.tasks import (
    COLUMNS,
    TABLE_COLUMNS,
    Data,
    One,
    Results,
    evaluate_models,
    examples_of,
    look_at,
    picture_rows,
    table_rows,
)
from crowdgui.window.hint import Hint
from crowdgui.window.language import Translated
from crowdgui.window.model_picker import ModelPicker

MOST_MODELS = 6
REDRAW_MS = 400
# What the trainer calls a layout without a name.
OWN_DATA = "own data"
SPLIT_ORDER = ("test", "val", "all", "train")


class EvaluatingPage(Translated, QWidget):
    """A folder, a split, models; then table 1 and the scatter plot fill in."""

    changed = Signal()

    def __init__(self, desk: Desk, scatter: Scatter) -> None:
        super().__init__()
        self._desk = desk
        self.data: Data | None = None
        self.results: Results | None = None
        self._work: Work | None = None
        # Asked before results go, with what is done where nobody minds.
        self.ask_first: Callable[[Callable[[], object]], object] = lambda then: then()
        self.hint, self.ready = Hint("evaluate"), Hint("start")
        self.folder, self.split_label = QLabel(), QLabel()
        self.folder.setTextFormat(Qt.TextFormat.PlainText)
        self.split = QComboBox()
        self.split.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.split_label.setBuddy(self.split)
        self.picker = ModelPicker(desk, MOST_MODELS)
        self.table_model = ResultsModel(self)
        self.table = ResultsTable(self.table_model)
        self.scatter = scatter
        self.note = QLabel()
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        self._redraw = QTimer(self, singleShot=True, interval=REDRAW_MS)
        self._redraw.timeout.connect(self._draw_results)
        self._lay_out()
        self.hint.button.clicked.connect(self.ask_for_data)
        self.ready.button.clicked.connect(self.start)
        self.split.activated.connect(self._split_chosen)
        self.picker.chosen.connect(self._draw_results)
        self.scatter.opened.connect(self._open)
        self.table.selectionModel().selectionChanged.connect(self._draw_results)
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(14, 10, 14, 10)
        head.setSpacing(12)
        head.addWidget(self.folder, 1)
        head.addWidget(self.split_label)
        head.addWidget(self.split)
        head.addWidget(self.picker)
        upper = QWidget()
        above = QVBoxLayout(upper)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(0)
        above.addLayout(head)
        above.addWidget(self.table, 1)
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.setContentsMargins(14, 6, 14, 8)
        below.addWidget(self.note)
        below.addWidget(self.ready, 1)
        below.addWidget(self.scatter, 1)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(upper)
        splitter.addWidget(lower)
        splitter.setStretchFactor(1, 1)
        # The upper half has room for MOST_MODELS rows.
        splitter.setSizes([275, 480])
        self.stack = QStackedWidget()
        self.stack.addWidget(self.hint)
        self.stack.addWidget(splitter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)

    @property
    def work(self) -> Work | None:
        """The evaluation that runs now."""
        return self._work

    def action_states(self) -> dict[str, bool]:
        """Return which of this page's actions can be used."""
        ready, results = self.data is not None and bool(self.picker.names()), self.results
        return {
            "evaluate": ready and self._work is None,
            "export-table": results is not None and any(map(results.rows, results.ones)),
        }

    # What a person asks for

    def ask_for_data(self) -> None:
        settings = self._desk.settings
        title, folder = self.tr("Choose annotated pictures"), settings.data or settings.folder
        dialogs.ask_for_folder(self, title, folder, lambda files: self.open_data(Path(files[0])))

    def open_data(self, folder: Path) -> None:
        """Look at a folder; what is wrong with it is said, and the last one stays."""

        def steps(_work: Work) -> Iterator[Data]:
            yield look_at(folder)

        def title() -> str:
            return self.tr("Looking at {path}").format(path=folder.name)

        self._desk.folders.start(Work(title, steps, self._data_came, self._failed))

    def start(self) -> None:
        """Evaluate the ticked models on the chosen split."""
        if self.action_states()["evaluate"]:
            self.ask_first(self._begin)

    def _begin(self) -> None:
        names = self.picker.names()
        if self.data is None or self._work is not None or not names:
            return
        folder, split = self.data.folder, str(self.split.currentData())
        total = self.data.splits.get(split, 0)
        sizes = {name: choice.size for name in names if (choice := self._desk.model(name))}
        self.results = Results(folder, split, total, sizes, {name: [] for name in names})
        self.table_model.show_results(self.results, names)
        engine, predictors = self._desk.engine, self._desk.predictors

        def steps(_work: Work) -> Iterator[object]:
            examples = examples_of(folder, split)
            yield from evaluate_models(examples, names, engine, predictors)

        self._work = Work(
            lambda: self.tr("Evaluating"), steps, self._one_came, self._ended, total * len(names)
        )
        self._desk.bench.start(self._work)
        # In a turn of its own: the plot comes into sight, which takes a while.
        QTimer.singleShot(0, self, self._draw_results)

    def ask_where_to_export(self) -> None:
        filters = [
            self.tr("Table as CSV (*.csv)"), self.tr("All pictures as CSV (*.csv)"),
            self.tr("Everything as JSON (*.json)"),
        ]  # fmt: skip
        chosen = [filters[0]]
        folder, title = self._desk.settings.folder, self.tr("Export results")
        dialogs.ask_where_to_save(
            self, title, folder, filters, "evaluation.csv",
            lambda files: self.export(Path(files[0]), pictures=chosen[0] == filters[1]),
            lambda name: chosen.__setitem__(0, name),
        )  # fmt: skip

    def export(self, path: Path, *, pictures: bool) -> None:
        """Write the table, or the rows of all pictures; everything where the path ends in .json."""
        results = self.results
        if results is None:
            return
        table, rows = table_rows(results), picture_rows(results)
        content = {
            "folder": printable(str(results.folder)), "split": results.split,
            "table": table, "pictures": rows,
        }  # fmt: skip
        written, columns = (rows, COLUMNS) if pictures else (table, TABLE_COLUMNS)

        def write() -> None:
            save_rows(path, written, columns, content)
            # The table alone does not tell what was counted on each picture.
            if pictures or path.suffix.lower() == ".json":
                results.exported = len(rows)

        self._desk.save(path, write)

    @Slot(object)
    def _open(self, path: Path) -> None:
        self._desk.words_wanted.emit([str(path)])

    # What comes back

    def _data_came(self, data: Data) -> None:
        self.ask_first(lambda: self._take(data))

    def _take(self, data: Data) -> None:
        if self._work is not None:
            self._work.cancel()
        self.data, self.results = data, None
        self._desk.settings.data = str(data.folder)
        self.table_model.show_results(None, [])
        self._fill_splits()
        self._draw_results()

    def _one_came(self, result: One | tuple[str, Exception]) -> None:
        if self.results is None:
            return
        if isinstance(result, One):
            self.results.ones[result.model].append(result)
        else:
            self.results.problems[result[0]] = result[1]
            self._desk.notices.complain(result[1])
        if not self._redraw.isActive():
            self._redraw.start()

    def _ended(self, error: Exception | None) -> None:
        self._work = None
        self._failed(error)
        if self.results is not None:
            failed = sum(self.results.failed(name) for name in self.results.ones)
            if failed:
                self._desk.notices.warn(
                    lambda: self.tr(
                        "Pictures that could not be counted, and are in no figure: {number}."
                    ).format(number=f"{failed:,}")
                )
        self._draw_results()

    def _failed(self, error: Exception | None) -> None:
        if error is not None:
            self._desk.notices.complain(error)
        self.changed.emit()

    @Slot()
    def _split_chosen(self) -> None:
        self.changed.emit()

    # What is drawn

    def _fill_splits(self, chosen: str = "") -> None:
        """Offer what there is; the first is chosen where the one that was is not among it."""
        if self.data is None:
            return
        own = self.data.layout == OWN_DATA and "all" in self.data.splits
        order = ("all", "test", "val", "train") if own else SPLIT_ORDER
        self.split.clear()
        for split in order:
            if split in self.data.splits:
                self.split.addItem(self._split_text(self.data, split), split)
        self.split.setCurrentIndex(max(self.split.findData(chosen), 0))

    def _split_text(self, data: Data, split: str) -> str:
        names = {
            "test": self.tr("test"), "val": self.tr("validation"),
            "all": self.tr("all"), "train": self.tr("training"),
        }  # fmt: skip
        text = self.tr("{split} ({number} pictures)")
        return text.format(split=names[split], number=f"{data.splits[split]:,}")

    @Slot()
    def _draw_results(self) -> None:
        """Draw everything anew; while results come in, at most every REDRAW_MS."""
        if not self.isVisible():
            return
        self.stack.setCurrentIndex(1 if self.data is not None else 0)
        if self.data is not None:
            room = self.folder.fontMetrics().horizontalAdvance("x") * 90
            elide = Qt.TextElideMode.ElideMiddle
            layout = self.data.layout
            layout = self.tr("own data") if layout == OWN_DATA else layout
            text = f"{self.data.folder}  ({layout})"
            self.folder.setText(self.folder.fontMetrics().elidedText(text, elide, room))
            self.folder.setToolTip(str(self.data.folder))
        names = list(self.results.ones) if self.results else []
        chosen = [names[index.row()] for index in self.table.selectionModel().selectedRows()]
        self.table_model.update_results()
        self.scatter.show_results(self.results, chosen or names)
        if self.data is not None and self.results is not None:
            # Another split may have been chosen since.
            text = self.tr(
                "Errors on: {split}. A point is a picture; a click opens it. Choose a row to see"
                " one model."
            ).format(split=self._split_text(self.data, self.results.split))
            turning = self.tr("The wheel shows a part of the plot, a double click all of it.")
            self.note.setText(f"{text} {turning}")
        # An empty plot would only show made-up axes.
        for part in (self.scatter, self.note):
            part.setVisible(self.results is not None)
        self.ready.setVisible(self.results is None)
        self.ready.button.setEnabled(self.action_states()["evaluate"])
        self.changed.emit()

    def retranslate(self) -> None:
        self.split_label.setText(self.tr("&Split"))
        self.split.setAccessibleName(self.tr("Split"))
        self.hint.say(
            self.tr("Choose a folder of annotated pictures"),
            self.tr(
                "Your own, marked on the Mark page; or ShanghaiTech, UCF, NWPU, JHU-CROWD++, COCO"
                " boxes, or a CSV or JSON file of points beside each picture."
            ),
            self.tr("Choose a folder…"),
        )
        self.ready.say(
            self.tr("The pictures are ready"),
            self.tr("The table and the plot fill in as they are counted."),
            self.tr("Evaluate"),
        )
        self._fill_splits(str(self.split.currentData()))
        self._draw_results()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what has come while nobody looked."""
        super().showEvent(event)
        self._draw_results()


def make_page(desk: Desk) -> Generator[None, None, EvaluatingPage]:
    """Make the page, yielding between its parts: together they would hold the window up."""
    scatter = Scatter()
    yield
    return EvaluatingPage(desk, scatter)
