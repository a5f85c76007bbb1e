"""The count, large, and the facts that belong to it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtWidgets import QFormLayout, QGraphicsOpacityEffect, QLabel, QVBoxLayout, QWidget

from crowdgui.window.counting.picture_list import entry_name
from crowdgui.window.counting.picture_view import DIMMED
from crowdgui.window.counting.session import Session

NOTHING = "–"
WAITING = "…"


class FactsPanel(QWidget):
    """Draws the result of a session."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._dim = QGraphicsOpacityEffect(self)
        self._dim.setOpacity(DIMMED)
        self._dim.setEnabled(False)
        self.setGraphicsEffect(self._dim)
        self.title = _label("muted")
        self.count = _label("count")
        font = self.count.font()
        font.setPointSizeF(font.pointSizeF() * 4.5)
        font.setBold(True)
        self.count.setFont(font)
        self.truth = _label("")
        self.captions = {key: _label("muted") for key in ("picture", "size", "time", "model")}
        self.captions["engine"] = _label("muted")
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
        layout.addLayout(form)

    def set_dimmed(self, dimmed: bool) -> None:
        """Make the facts faint, because newer ones are on their way."""
        self._dim.setEnabled(dimmed)

    def render_session(self) -> None:
        """Draw the picture on the screen and its result; without a result there is no count."""
        session = self._session
        prediction, picture, shown = session.prediction, session.picture, session.shown
        waiting = WAITING if session.busy else NOTHING
        self.count.setText(f"{prediction.count:,.0f}" if prediction else waiting)
        exact = f"{prediction.count:,.1f}" if prediction else ""
        self.count.setToolTip(exact)
        self.count.setAccessibleName(f"{self.tr('Count')} {exact or waiting}")
        self.truth.setText(self._truth_text())
        self.truth.setVisible(bool(self.truth.text()))
        texts = dict.fromkeys(self.values, NOTHING)
        if shown is not None and picture is not None:
            height, width = picture.pixels.shape[:2]
            texts["picture"] = _breakable(entry_name(shown))
            texts["size"] = f"{width:,} × {height:,} px"
        if prediction is not None:
            texts["time"] = f"{prediction.seconds * 1000:,.0f} ms"
            texts["model"] = self._model_text(prediction.model)
            texts["engine"] = f"{prediction.engine} {prediction.precision}"
        for key, text in texts.items():
            self.values[key].setText(text)

    def _truth_text(self) -> str:
        picture, prediction = self._session.picture, self._session.prediction
        if picture is None or picture.truth is None:
            return ""
        if prediction is None or not picture.truth:
            return self.tr("true count {truth}").format(truth=f"{picture.truth:,}")
        error = round((prediction.count - picture.truth) / picture.truth * 100)
        # No sign before a zero, and a true minus before the others.
        percent = f"{error:+d}".replace("-", "−") if error else "0"
        return self.tr("true count {truth}, error {percent} %").format(
            truth=f"{picture.truth:,}", percent=percent
        )

    def _model_text(self, name: str) -> str:
        size = self._session.model_size(name)
        form = QLocale.DataSizeFormat.DataSizeSIFormat
        return f"{name} ({QLocale().formattedDataSize(size, 1, form)})" if size else name

    def retranslate(self) -> None:
        self.title.setText(self.tr("Count"))
        self.captions["picture"].setText(self.tr("Picture"))
        self.captions["size"].setText(self.tr("Size"))
        self.captions["time"].setText(self.tr("Inference time"))
        self.captions["model"].setText(self.tr("Model"))
        self.captions["engine"].setText(self.tr("Engine"))
        self.render_session()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _breakable(name: str) -> str:
    """Let a long file name break where its words end."""
    for mark in "_-.":
        name = name.replace(mark, mark + "\u200b")
    return name
