"""Analyse every frame of a video: which files are wanted, how far it is, what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from crowdgui.durations import clock
from crowdgui.live.videos import VideoFeed
from crowdgui.live.zones import Zone
from crowdgui.window import dialogs
from crowdgui.window.background import Work
from crowdgui.window.desk import Desk
from crowdgui.window.language import Translated
from crowdgui.window.live.analysis_tasks import Analysis, AnalysisOrder
from crowdgui.window.troubles import say_trouble
from models.errors import UserError

# A large model takes as long for one frame; what was counted is written after it.
JOIN_S = 30.0


class AnalysisPanel(Translated, QDialog):
    """Begins an analysis on the bench and follows it; closed, the status bar goes on showing it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.feed: VideoFeed | None = None
        self._zones: tuple[Zone, ...] = ()
        self._model = ""
        self.work: Work | None = None  # while a video is being analysed
        self._error: Exception | None = None
        self._cancelled = False
        self.analysis: Analysis | None = None
        self.subject = QLabel()
        self.folder_label, self.folder, self.browse = QLabel(), QLineEdit(), QPushButton("…")
        self.csv_box, self.plot_box, self.video_box = QCheckBox(), QCheckBox(), QCheckBox()
        self.boxes = (self.csv_box, self.plot_box, self.video_box)
        self.progress, self.state = QProgressBar(), QLabel()
        self.start_button, self.cancel_button = QPushButton(), QPushButton()
        self.open_button, self.close_button = QPushButton(), QPushButton()
        self._lay_out()
        self.browse.clicked.connect(self._ask_for_folder)
        self.folder.textChanged.connect(self.render_state)
        for box in self.boxes:
            box.setChecked(True)
            box.toggled.connect(self.render_state)
        if find_spec("matplotlib") is None:
            # Not every edition brings it along; after hours of counting it is too late to say so.
            self.plot_box.setChecked(False)
            self.plot_box.hide()
        self.start_button.clicked.connect(self.start)
        self.cancel_button.clicked.connect(self.cancel)
        self.open_button.clicked.connect(self._open_folder)
        self.close_button.clicked.connect(self.close)
        self.retranslate()

    def _lay_out(self) -> None:
        for label in (self.subject, self.state):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.state.setMinimumHeight(3 * self.state.fontMetrics().height())
        self.state.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.folder_label.setBuddy(self.folder)
        self.browse.setProperty("role", "small")
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(8)
        grid = QGridLayout()
        grid.setVerticalSpacing(8)
        grid.addWidget(self.folder_label, 0, 0)
        grid.addWidget(self.folder, 0, 1)
        grid.addWidget(self.browse, 0, 2)
        for row, box in enumerate(self.boxes, start=1):
            grid.addWidget(box, row, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.open_button)
        buttons.addStretch()
        for button in (self.close_button, self.cancel_button, self.start_button):
            buttons.addWidget(button)
        for button in (self.open_button, self.close_button, self.cancel_button):
            button.setProperty("role", "second")
            button.setAutoDefault(False)
        self.start_button.setProperty("role", "primary")
        self.start_button.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(14)
        column.addWidget(self.subject)
        column.addLayout(grid)
        column.addWidget(self.progress)
        column.addWidget(self.state)
        column.addStretch()
        column.addLayout(buttons)
        self.resize(620, 340)

    def prepare(self, feed: VideoFeed, zones: Sequence[Zone], model: str) -> None:
        """Take a video with its zones; while one is being analysed, that one stays."""
        if self.work is not None:
            return
        other = self.feed is None or self.feed.path != feed.path
        self.feed, self._zones, self._model = feed, tuple(zones), model
        if other:
            self.analysis, self._error = None, None
            self.folder.setText(str(feed.path.resolve().parent))
        self.render_state()

    # What a person asks for

    @Slot()
    def start(self) -> None:
        """Count every frame from the first to the last."""
        if self.feed is None or self.work is not None or not self._wanted():
            return
        order = AnalysisOrder(
            self.feed.path, self._zones, Path(self.folder.text()).expanduser(),
            self._desk.settings.colour_map, *(box.isChecked() for box in self.boxes),
        )  # fmt: skip
        analysis = Analysis(order, self.feed.facts.frames)
        predictors, model, engine = self._desk.predictors, self._model, self._desk.engine

        def steps(_work: Work) -> Iterator[int]:
            return analysis.steps(lambda: predictors.get(model, engine))

        title = order.path.name
        work = Work(
            lambda: self.tr("Analysing {name}").format(name=title), steps, self._one_came,
            self._ended, analysis.frames, join_s=JOIN_S,
        )  # fmt: skip
        self.analysis, self.work, self._error, self._cancelled = analysis, work, None, False
        self._desk.bench.start(work)
        self.render_state()

    @Slot()
    def cancel(self) -> None:
        """Stop before the next frame; what was counted is kept."""
        if self.work is not None:
            self.work.cancel()
            self.render_state()

    @Slot()
    def _ask_for_folder(self) -> None:
        title, use = self.tr("Choose a folder for the results"), self.folder.setText
        dialogs.ask_for_folder(self, title, self.folder.text(), lambda files: use(files[0]))

    @Slot()
    def _open_folder(self) -> None:
        if self.analysis is not None:
            folder = str(self.analysis.order.folder)
            QDesktopServices.openUrl(QUrl.fromLocalFile(folder))

    # What comes back

    def _one_came(self, _number: int) -> None:
        self.render_state()

    def _ended(self, error: Exception | None) -> None:
        self._cancelled = self.work is not None and self.work.is_cancelled()
        self.work, self._error = None, error
        if error is not None and (not self.isVisible() or not isinstance(error, UserError)):
            self._desk.notices.complain(error)
        elif not self.isVisible():
            self._desk.notices.inform(self.sentence)
        self.render_state()

    # What is drawn

    def _wanted(self) -> bool:
        return any(box.isChecked() for box in self.boxes) and bool(self.folder.text().strip())

    @Slot()
    def render_state(self) -> None:
        """Draw how far it is."""
        running, analysis = self.work is not None, self.analysis
        if self.feed is not None:
            text = self.tr("{name}: {frames} frames, counted with {model}")
            frames = f"{self.feed.facts.frames:,}"
            name, model = self.feed.path.name, self._model
            self.subject.setText(text.format(name=name, frames=frames, model=model))
        for part in (self.folder, self.browse, *self.boxes):
            part.setEnabled(not running)
        self.start_button.setVisible(not running)
        self.start_button.setEnabled(self.feed is not None and self._wanted())
        self.cancel_button.setVisible(running)
        self.cancel_button.setEnabled(self.work is not None and not self.work.is_cancelled())
        # Its room stays: nothing jumps when an analysis begins.
        policy = self.progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(policy)
        self.progress.setVisible(running)
        if analysis is not None:
            self.progress.setRange(0, analysis.frames)
            self.progress.setValue(min(analysis.done, analysis.frames))
        self.open_button.setVisible(not running and analysis is not None and analysis.done > 0)
        self.state.setText(self.sentence())

    def sentence(self) -> str:
        """Return how it is going, or what came of it."""
        analysis = self.analysis
        if self._error is not None:
            error = say_trouble(self._error)
            # What was counted before is kept, and worth as much.
            if analysis is None or not analysis.done:
                return error
            return f"{error} {self._figures(analysis)}"
        if analysis is None:
            return self.tr("Every frame is counted, in order, as “crowdgui count” does.")
        if self.work is not None:
            return self._progress_sentence(analysis)
        if not analysis.done:
            return self.tr("Cancelled before the first frame.")
        figures = self._figures(analysis)
        if self._cancelled:
            return self.tr("Cancelled; what was counted is kept.") + " " + figures
        if analysis.missing:
            text = self.tr(
                "The video may be damaged or cut off: about {number} frames are missing."
            )
            return text.format(number=f"{analysis.missing:,}") + " " + figures
        return figures

    def _figures(self, analysis: Analysis) -> str:
        peak, at = analysis.course.peak
        text = self.tr("{frames} frames: {mean} people on average, {peak} at most (at {at} s).")
        return text.format(
            frames=f"{analysis.done:,}", mean=f"{analysis.course.mean:,.1f}",
            peak=f"{peak:,.1f}", at=f"{at:,.1f}",
        )  # fmt: skip

    def _progress_sentence(self, analysis: Analysis) -> str:
        if self.work is not None and self.work.is_cancelled():
            return self.tr("Stopping…")
        if not analysis.done:
            return self.tr("Loading the model…")
        count = f"{analysis.course.counts[-1]:,.1f}"
        left = analysis.seconds_left
        if left is None:
            text = self.tr("Frame {number}: {count} people")
            return text.format(number=f"{analysis.done:,}", count=count)
        text = self.tr("Frame {number} of {frames}: {count} people; {left} left")
        return text.format(
            number=f"{analysis.done:,}", frames=f"{analysis.frames:,}", count=count,
            left=clock(left),
        )  # fmt: skip

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Analyse every frame"))
        self.folder_label.setText(self.tr("&Folder"))
        self.folder.setAccessibleName(self.tr("Folder for the results"))
        self.browse.setAccessibleName(self.tr("Choose a folder for the results"))
        self.csv_box.setText(self.tr("&Table: time, count and zones of every frame (CSV)"))
        self.plot_box.setText(self.tr("&Plot of the count over time (PNG)"))
        self.video_box.setText(self.tr("&Video with density, zones and counts (MP4)"))
        self.progress.setAccessibleName(self.tr("Analyse every frame"))
        self.start_button.setText(self.tr("&Analyse"))
        self.cancel_button.setText(self.tr("Cancel"))
        self.close_button.setText(self.tr("Close"))
        self.open_button.setText(self.tr("&Open the folder"))
        self.render_state()
