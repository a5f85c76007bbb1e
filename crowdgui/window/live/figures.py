"""The count of a source, large, with all that belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from crowdgui.window.language import Translated
from crowdgui.window.live.words import (
    NOTHING,
    down_words,
    milliseconds,
    per_second,
    problem_words,
    short_name,
    state_words,
)
from crowdgui.window.theme import current_scheme, draw_icon

if TYPE_CHECKING:
    from crowdgui.live.session import LiveState

KEYS = (
    "raw",
    "inference",
    "size",
    "camera",
    "processed",
    "skipped",
    "delay",
    "reconnects",
    "model",
)


class Figures(Translated, QWidget):
    """Draws the state of a source: its name, how it fares, the count and its figures."""

    def __init__(self) -> None:
        super().__init__()
        self._state: LiveState | None = None
        self._given = ""
        self._icon = ""
        self.name = _label("panel-title")
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.icon, self.state = QLabel(), _label("")
        self.state.setWordWrap(True)
        self.problem = _label("muted")
        self.problem.setWordWrap(True)
        self.title, self.count = _label("muted"), _label("count")
        font = QFont(self.count.font())
        font.setPointSizeF(font.pointSizeF() * 4.2)
        font.setBold(True)
        self.count.setFont(font)
        self.captions = {key: _label("muted") for key in KEYS}
        self.values = {key: _label("") for key in KEYS}
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.icon)
        head.addWidget(self.state, 1)
        form = QFormLayout()
        form.setContentsMargins(0, 8, 0, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(6)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        for key, caption in self.captions.items():
            self.values[key].setWordWrap(key == "model")
            form.addRow(caption, self.values[key])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.name)
        column.addLayout(head)
        column.addWidget(self.problem)
        column.addSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self.count)
        column.addLayout(form)

    def show_state(self, state: LiveState | None, given: str = "") -> None:
        """Draw a source as it is now; `given` is what a person calls it."""
        self._state, self._given = state, given
        if state is None:
            return
        self.name.setText(given or short_name(state.name))
        self.name.setToolTip(state.name)
        down = down_words(state)
        self.state.setText(f"{down}. {state_words(state)}" if down else state_words(state))
        problem = problem_words(state)
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        well = state.state.value in ("opening", "live", "ended") and not problem
        self._draw_icon("info" if well else "warning")
        latest, stats = state.latest, state.stats
        count = f"{latest.smooth:,.0f}" if latest else NOTHING
        self.count.setText(count)
        # An old count must not look like a new one.
        self.count.setEnabled(state.fresh)
        self.count.setAccessibleName(self.tr("Count") + f" {count}")
        texts = {
            "raw": f"{latest.prediction.count:,.1f}" if latest else NOTHING,
            "inference": NOTHING if stats.seconds is None else milliseconds(stats.seconds * 1000),
            "size": NOTHING if latest is None else "{:,} × {:,} px".format(*latest.prediction.size),
            "camera": per_second(stats.camera_fps),
            "processed": per_second(stats.processed_fps),
            "skipped": f"{stats.skipped:,}",
            "delay": milliseconds(stats.delay_ms),
            "reconnects": f"{stats.reconnects:,}",
            "model": _model_text(state),
        }
        for key, text in texts.items():
            self.values[key].setText(text)

    def _draw_icon(self, name: str) -> None:
        scheme = current_scheme()
        drawn = f"{name} {scheme.dark}"
        if drawn == self._icon:
            return
        self._icon = drawn
        ratio = self.devicePixelRatioF()
        pixmap = draw_icon(name, getattr(scheme, name), round(18 * ratio))
        pixmap.setDevicePixelRatio(ratio)
        self.icon.setPixmap(pixmap)

    def retranslate(self) -> None:
        self.title.setText(self.tr("Count, smoothed"))
        texts = {
            "raw": self.tr("Last picture"),
            "inference": self.tr("Inference time"),
            "size": self.tr("Size of the picture"),
            "camera": self.tr("Pictures/s of the source"),
            "processed": self.tr("Counted/s"),
            "skipped": self.tr("Skipped"),
            "delay": self.tr("Delay of the picture"),
            "reconnects": self.tr("Reconnects"),
            "model": self.tr("Model"),
        }
        for key, text in texts.items():
            self.captions[key].setText(text)
        tip = self.tr("How long ago the picture that is shown arrived on this computer")
        self.captions["delay"].setToolTip(tip)
        tip = self.tr("Pictures that were not counted because newer ones had come")
        self.captions["skipped"].setToolTip(tip)
        self.show_state(self._state, self._given)


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _model_text(state: LiveState) -> str:
    if state.latest is None:
        return NOTHING
    prediction = state.latest.prediction
    name = prediction.model.replace("-", "-\u200b").replace("_", "_\u200b")
    return f"{name} ({prediction.engine} {prediction.precision})"
