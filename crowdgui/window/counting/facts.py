"""The count, large, and the facts that belong to it."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import (
    QFormLayout,
    QGraphicsOpacityEffect,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from crowdgui.window.counting.list_model import entry_name
from crowdgui.window.counting.session import Session
from crowdgui.window.language import Translated
from crowdgui.window.signed import signed
from crowdgui.window.viewing.picture_view import DIMMED

NOTHING = "–"
WAITING = "…"


class FactsPanel(Translated, QWidget):
    """Draws the result of a session."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._dim = QGraphicsOpacityEffect(self)
        self._dim.setOpacity(DIMMED)
        self._dim.setEnabled(False)
        self.setGraphicsEffect(self._dim)
        self.title, self.time_title = _label("muted"), _label("muted")
        self.count = _large(_label("count"), 4.2)
        self.time = _large(_label("time"), 1.9)
        self.truth = _label("")
        keys = ("picture", "size", "file", "model", "network", "engine")
        self.captions = {key: _label("muted") for key in keys}
        self.values = {key: _label("") for key in self.captions}
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setContentsMargins(0, 10, 0, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(6)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        for key, caption in self.captions.items():
            self.values[key].setWordWrap(True)
            form.addRow(caption, self.values[key])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.title)
        layout.addWidget(self.count)
        layout.addWidget(self.truth)
        layout.addSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.time)
        row.addWidget(self.time_title, 1, Qt.AlignmentFlag.AlignBottom)
        layout.addLayout(row)
        layout.addLayout(form)

    def set_dimmed(self, dimmed: bool) -> None:
        """Make the facts faint, because newer ones are on their way."""
        self._dim.setEnabled(dimmed)

    def render_session(self) -> None:
        """Draw the chosen picture and its result; without one, faintly, the count of the list."""
        session = self._session
        prediction, shown = session.prediction, session.awaited or session.shown
        picture = None if session.awaited else session.picture
        waiting = WAITING if session.busy else NOTHING
        listed = shown.count_of(session.model) if shown is not None else None
        count = prediction.count if prediction else listed
        self.count.setText(waiting if count is None else f"{count:,.0f}")
        self.count.setEnabled(prediction is not None or listed is None)
        exact = "" if count is None else f"{count:,.1f}"
        self.count.setToolTip(exact)
        self.count.setAccessibleName(f"{self.tr('Count')} {exact or waiting}")
        self.truth.setText(self._truth_text())
        self.truth.setVisible(bool(self.truth.text()))
        self.time.setText(f"{prediction.seconds * 1000:,.0f} ms" if prediction else waiting)
        texts = dict.fromkeys(self.values, NOTHING)
        if shown is not None:
            texts["picture"] = _breakable(entry_name(shown))
        if picture is not None:
            width, height = picture.size
            texts["size"] = f"{width:,} × {height:,} px"
            texts["file"] = data_size(picture.bytes) if picture.bytes else NOTHING
        if prediction is not None:
            texts["model"] = self._model_text(prediction.model)
            texts["network"] = self._network_text(prediction.model)
            texts["engine"] = f"{prediction.engine} {prediction.precision}"
        for key, text in texts.items():
            self.values[key].setText(text)

    def _truth_text(self) -> str:
        picture, prediction = self._session.picture, self._session.prediction
        if self._session.awaited or picture is None or picture.truth is None:
            return ""
        if prediction is None or not picture.truth:
            return self.tr("true count {truth}").format(truth=f"{picture.truth:,}")
        percent = signed((prediction.count - picture.truth) / picture.truth * 100)
        return self.tr("true count {truth}, error {percent} %").format(
            truth=f"{picture.truth:,}", percent=percent
        )

    def _model_text(self, name: str) -> str:
        size = self._session.model_size(name)
        return f"{_breakable(name)} ({data_size(size)})" if size else _breakable(name)

    def _network_text(self, name: str) -> str:
        choice = next((c for c in self._session.models or () if c.name == name), None)
        if choice is None or choice.header is None:
            return NOTHING
        return self.tr("{network}, {number} parameters").format(
            network=choice.header.network, number=f"{choice.header.parameters:,}"
        )

    def retranslate(self) -> None:
        self.title.setText(self.tr("Count"))
        self.time_title.setText(self.tr("Inference time"))
        self.captions["picture"].setText(self.tr("Picture"))
        self.captions["size"].setText(self.tr("Size"))
        self.captions["file"].setText(self.tr("File size"))
        self.captions["model"].setText(self.tr("Model"))
        self.captions["network"].setText(self.tr("Network"))
        self.captions["engine"].setText(self.tr("Engine"))
        self.render_session()


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _large(label: QLabel, factor: float) -> QLabel:
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * factor)
    font.setBold(True)
    label.setFont(font)
    return label


def data_size(size: int) -> str:
    """Return a number of bytes as a person reads it."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def _breakable(name: str) -> str:
    """Let a long file name break where its words end."""
    for mark in "_-.":
        name = name.replace(mark, mark + "\u200b")
    return name
