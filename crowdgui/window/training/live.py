"""The run on the screen: where it stands, what can be done with it, its curves, its picture."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crowdgui.durations import clock
from crowdgui.window.elided_label import ElidedLabel
from crowdgui.window.hint import Hint
from crowdgui.window.language import Translated
from crowdgui.window.theme import current_scheme
from crowdgui.window.training.captions import NAME, fitted
from crowdgui.window.training.curves import LossPlot, RatePlot, ScorePlot
from crowdgui.window.training.phases import Phase
from crowdgui.window.training.plots import TURN_MS
from crowdgui.window.training.session import TrainingSession
from crowdgui.window.training.tasks import Preview
from trainer.events import Event

REDRAW_MS = 500
NOTHING = "–"
GAP = 14


class PreviewStrip(Translated, QWidget):
    """A validation picture, its true map, the teacher's and the student's, side by side."""

    def __init__(self) -> None:
        super().__init__()
        self._preview: Preview | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.retranslate()

    def minimumSizeHint(self) -> QSize:
        return QSize(300, 110)

    def sizeHint(self) -> QSize:
        return QSize(800, 170)

    def show_preview(self, preview: Preview | None) -> None:
        self._preview = preview
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        scheme, preview = current_scheme(), self._preview
        if preview is None:
            painter.setPen(QColor(scheme.muted))
            text = self.tr("A validation picture with its maps comes with each validation.")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)
            return
        names = {"truth": self.tr("truth"), "teacher": self.tr("teacher"),
                 "student": self.tr("student")}  # fmt: skip
        shown = [(NAME, preview.name, preview.picture)] if preview.picture is not None else []
        for key, image in preview.maps.items():
            shown.append((f"{NAME}  {preview.counts[key]:,.1f}", names[key], image))
        line = self.fontMetrics().height() + 2
        width = (self.width() - GAP * (len(shown) - 1)) / max(len(shown), 1)
        whole = preview.picture or next(iter(preview.maps.values()))
        room = QSize(int(width), self.height() - line)
        size = whole.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        for place, (caption, name, image) in enumerate(shown):
            left = place * (min(width, size.width()) + GAP)
            painter.setPen(QColor(scheme.text))
            text = fitted(caption, name, self.fontMetrics(), int(width))
            painter.drawText(QRectF(left, 0, width, line), Qt.AlignmentFlag.AlignLeft, text)
            area = QRectF(left, line, size.width(), size.height())
            painter.fillRect(area, QColor("#000004"))
            assert image is not None
            painter.drawImage(area, image)

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Validation picture with the maps of truth and models"))
        self.update()


class LiveView(Translated, QWidget):
    """Draws the run of a session, at most twice a second."""

    use_wanted = Signal()
    continue_wanted = Signal()
    discard_wanted = Signal()
    preview_wanted = Signal()

    def __init__(self, session: TrainingSession) -> None:
        super().__init__()
        self._session = session
        self._drawn: tuple[Path | None, int] = (None, -1)
        self._redraw = QTimer(self, singleShot=True, interval=REDRAW_MS)
        self._redraw.timeout.connect(self.redraw)
        self.state = ElidedLabel(Qt.TextElideMode.ElideRight)
        self.name, self.figures = ElidedLabel(), QLabel()
        font = self.state.font()
        font.setPointSizeF(font.pointSizeF() * 1.25)
        font.setBold(True)
        self.state.setFont(font)
        self.name.setProperty("role", "muted")
        self.figures.setWordWrap(True)
        # Long texts must not make the window wider.
        self.figures.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(8)
        self.pause_button, self.stop_button = QPushButton(), QPushButton()
        self.discard_button, self.continue_button = QPushButton(), QPushButton()
        self.use_button = QPushButton()
        self.buttons = (
            self.continue_button, self.pause_button, self.stop_button, self.discard_button,
            self.use_button,
        )  # fmt: skip
        for button in self.buttons:
            button.setProperty("role", "second")
        self.loss, self.rate, self.scores = LossPlot(), RatePlot(), ScorePlot()
        self.preview = PreviewStrip()
        self.hint = Hint("train")
        self.hint.button.hide()
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.state)
        texts.addWidget(self.name)
        head.addLayout(texts, 1)
        for button in self.buttons:
            head.addWidget(button)
        side = QSplitter(Qt.Orientation.Vertical)
        side.addWidget(self.scores)
        side.addWidget(self.rate)
        side.setSizes([260, 150])
        across = QSplitter(Qt.Orientation.Horizontal)
        across.addWidget(self.loss)
        across.addWidget(side)
        across.setSizes([520, 380])
        down = QSplitter(Qt.Orientation.Vertical)
        down.addWidget(across)
        down.addWidget(self.preview)
        down.setStretchFactor(0, 3)
        down.setStretchFactor(1, 1)
        down.setSizes([380, 150])
        for splitter in (side, across, down):
            splitter.setChildrenCollapsible(False)
        run = QWidget()
        column = QVBoxLayout(run)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.progress)
        column.addWidget(self.figures)
        column.addWidget(down, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.hint)
        self.stack.addWidget(run)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)

    def _connect(self) -> None:
        session = self._session
        self.pause_button.clicked.connect(self._pause_or_resume)
        self.stop_button.clicked.connect(session.stop)
        self.discard_button.clicked.connect(self.discard_wanted)
        self.continue_button.clicked.connect(self.continue_wanted)
        self.use_button.clicked.connect(self.use_wanted)
        session.grew.connect(self._grew)
        session.changed.connect(self.render_phase)
        session.listed.connect(self.render_phase)

    @Slot()
    def _pause_or_resume(self) -> None:
        if self._session.phase == "paused":
            self._session.resume()
        else:
            self._session.pause()

    @Slot()
    def _grew(self) -> None:
        if not self._redraw.isActive():
            self._redraw.start()

    @Slot()
    def redraw(self) -> None:
        """Draw what has come since, a plot a turn: all painted at once would hold the window up."""
        history = self._session.history
        for plot in (self.loss, self.rate, self.scores):
            QTimer.singleShot(plot.TURN * TURN_MS, plot, partial(self._draw, plot))
        drawn = (self._session.run, history.previews if history else 0)
        if drawn != self._drawn:
            self._drawn = drawn
            self.preview_wanted.emit()
        self.render_phase()

    def _draw(self, plot: LossPlot | RatePlot | ScorePlot) -> None:
        plot.show_history(self._session.history)

    @Slot()
    def render_phase(self) -> None:
        """Draw the state and which buttons can be pressed."""
        session = self._session
        phase, history = session.phase, session.history
        known = session.run is not None or session.at_work
        self.stack.setCurrentIndex(1 if known else 0)
        self.state.setText(self.phase_text(phase))
        self.name.setText(session.run.name if session.run else "")
        working = session.at_work
        over = phase in ("stopping", "discarding")
        paused = phase in ("paused", "resuming")
        self.pause_button.setText(self.tr("&Resume") if paused else self.tr("&Pause"))
        if phase in ("pausing", "resuming"):
            texts = {"pausing": self.tr("Pausing…"), "resuming": self.tr("Resuming…")}
            self.pause_button.setText(texts[phase])
        self.pause_button.setEnabled(session.can_pause)
        self.stop_button.setText(self.tr("Stopping…") if phase == "stopping" else self.tr("S&top"))
        self.stop_button.setEnabled(working and not over)
        self.discard_button.setEnabled(working and not over)
        row = session.row
        goes_on = not working and row is not None and row.continuable
        self.continue_button.setVisible(goes_on)
        for button in (self.pause_button, self.stop_button, self.discard_button):
            button.setVisible(working or phase == "elsewhere")
        self.use_button.setEnabled(bool(history and history.best))
        self._render_figures()

    def _render_figures(self) -> None:
        history = self._session.history
        total = history.steps_total if history else 0
        self.progress.setRange(0, total if total else (0 if self._session.at_work else 1))
        self.progress.setValue(history.steps_done if history and total else 0)
        if history is None or history.config is None:
            self.figures.setText(NOTHING)
            return
        step = history.step
        parts = [
            self.tr("Step {step} of {total}").format(
                step=f"{history.steps_done:,}", total=f"{total:,}" if total else "…"
            ),
            self.tr("epoch {epoch} of {epochs}").format(
                epoch=step.get("epoch", 0), epochs=f"{history.config.epochs:,}"
            ),
        ]
        if self._session.phase in ("running", "pausing", "elsewhere") and "eta_s" in step:
            speed = float(step.get("images_per_s") or 0)
            parts.append(self.tr("{speed} pictures/s").format(speed=f"{speed:.1f}"))
            left = clock(float(step.get("eta_s") or 0))
            parts.append(self.tr("{time} left").format(time=left))
        else:
            parts.append(self.tr("{time} trained").format(
                time=clock(history.seconds)))  # fmt: skip
        if history.best is not None:
            parts.append(
                self.tr("best MAE {mae} after epoch {epoch}").format(
                    mae=f"{history.best.mae:.1f}", epoch=history.best.epoch
                )
            )
        parts.append(f"α {history.config.alpha:g}")
        if history.doing and (self._session.at_work or self._session.phase == "elsewhere"):
            parts.insert(0, self._doing_text(history.doing))
        self.figures.setText("   ·   ".join(parts))

    def _doing_text(self, doing: Event) -> str:
        """Return how far that is which may take minutes between the steps."""
        if doing.get("what") == "scenes":
            text = self.tr("Drawing scenes: {done} of {number}")
        elif doing["event"] == "preparing":
            text = self.tr("The teacher looks at the pictures: {done} of {number}")
        else:
            text = self.tr("Validating: {done} of {number}")
        return text.format(done=doing["done"], number=doing["of"])

    def phase_text(self, phase: Phase) -> str:
        """Return the state of the run in words."""
        texts = {
            "none": "", "starting": self.tr("Starting…"),
            "running": self.tr("Training"), "pausing": self.tr("Pausing after this step…"),
            "paused": self.tr("Paused"), "resuming": self.tr("Resuming…"),
            "stopping": self.tr("Stopping and keeping what was learnt…"),
            "discarding": self.tr("Stopping and deleting…"),
            "elsewhere": self.tr("Training, started by another program"),
            "finished": self.tr("Finished"), "stopped": self.tr("Stopped; it can be continued"),
            "failed": self.tr("Failed; the last good state is kept"),
            "cut off": self.tr("Cut off; it can be continued"),
        }  # fmt: skip
        return texts[phase]

    def retranslate(self) -> None:
        self.discard_button.setText(self.tr("&Cancel…"))
        self.continue_button.setText(self.tr("C&ontinue"))
        self.use_button.setText(self.tr("&Use this model…"))
        self.pause_button.setToolTip(self.tr("Wait without losing anything, or go on"))
        self.stop_button.setToolTip(self.tr("End the training; it can be continued"))
        self.discard_button.setToolTip(self.tr("End the training and delete all of it"))
        self.continue_button.setToolTip(self.tr("Train on from the last state that was saved"))
        self.use_button.setToolTip(self.tr("Put the best weights among the models that count"))
        self.hint.say(
            self.tr("No training yet"),
            self.tr("Choose data at the left, or take the built-in scenes, and press Start."),
            "",
        )
        self.progress.setAccessibleName(self.tr("Progress of the training"))
        self.render_phase()
