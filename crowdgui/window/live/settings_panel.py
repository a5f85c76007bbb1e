"""What a person sets on the live page: model and map, second opinion, log, sound."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from crowdgui.live.credentials import mask
from crowdgui.window import dialogs
from crowdgui.window.counting.controls import ControlPanel
from crowdgui.window.counting.session import Session
from crowdgui.window.desk import Desk
from crowdgui.window.language import Translated
from crowdgui.window.live.chosen import INTERVALS, MOST_MINUTES, SIZES, Chosen
from crowdgui.window.live.opinions import Opinions
from crowdgui.window.roles import by_role
from crowdgui.window.signed import signed
from crowdgui.window.wheel import leave_wheel


class SettingsPanel(Translated, QWidget):
    """Draws the settings and says what a person changes; it keeps none of them itself."""

    longest_changed = Signal(int)
    log_changed = Signal()
    opinion_changed = Signal(str, int)
    opinion_wanted = Signal()

    def __init__(self, desk: Desk, opinions: Opinions) -> None:
        super().__init__()
        self._desk, self._opinions = desk, opinions
        self._chosen = Chosen(desk.settings)
        self.session = Session()
        self.controls = ControlPanel(self.session, desk.settings)
        self.longest, self.longest_label = QComboBox(), QLabel()
        self.second_title, self.log_title = QLabel(), QLabel()
        self.second = QComboBox()
        self.minutes = QSpinBox()
        self.minutes.setRange(0, MOST_MINUTES)
        self.ask_button = QPushButton()
        self.ask_button.setProperty("role", "small")
        self.said = _muted()
        self.csv, self.sqlite, self.sound = QCheckBox(), QCheckBox(), QCheckBox()
        self.mqtt = QCheckBox()
        self.interval = QComboBox()
        self.folder_button = QPushButton()
        self.folder_button.setProperty("role", "small")
        self.folder = _muted()
        self.second_label, self.minutes_label, self.interval_label = QLabel(), QLabel(), QLabel()
        for box in (self.longest, self.second, self.minutes, self.interval):
            leave_wheel(box)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        for title in (self.second_title, self.log_title):
            title.setProperty("role", "panel-title")
        counted = QFormLayout()
        counted.addRow(self.longest_label, self.longest)
        self.longest_label.setBuddy(self.longest)
        second = QFormLayout()
        second.addRow(self.second_label, self.second)
        second.addRow(self.minutes_label, self.minutes)
        self.second_label.setBuddy(self.second)
        self.minutes_label.setBuddy(self.minutes)
        log = QFormLayout()
        log.addRow(self.interval_label, self.interval)
        self.interval_label.setBuddy(self.interval)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addWidget(self.controls)
        column.addLayout(counted)
        column.addSpacing(12)
        column.addWidget(self.second_title)
        column.addLayout(second)
        column.addWidget(self.ask_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.said)
        column.addSpacing(12)
        column.addWidget(self.log_title)
        column.addWidget(self.csv)
        column.addWidget(self.sqlite)
        column.addWidget(self.mqtt)
        column.addLayout(log)
        column.addWidget(self.folder_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.folder)
        column.addSpacing(12)
        column.addWidget(self.sound)
        column.addStretch()

    def _connect(self) -> None:
        self.longest.activated.connect(
            lambda _row: self.longest_changed.emit(self.longest.currentData())
        )
        self.second.activated.connect(lambda _row: self._opinion_set())
        self.minutes.editingFinished.connect(self._opinion_set)
        self.ask_button.clicked.connect(self.opinion_wanted)
        self.csv.toggled.connect(lambda on: self._log_set("csv", on))
        self.sqlite.toggled.connect(lambda on: self._log_set("sqlite", on))
        self.mqtt.toggled.connect(lambda on: self._log_set("mqtt", on))
        self.interval.activated.connect(
            lambda _row: self._log_set("interval", self.interval.currentData())
        )
        self.folder_button.clicked.connect(self.ask_for_folder)
        self.sound.toggled.connect(self._sound_set)

    def ask_for_folder(self) -> None:
        dialogs.ask_for_folder(
            self, self.tr("Folder of the log"), str(self._chosen.log_folder),
            lambda files: self._log_set("log_folder", files[0]),
        )  # fmt: skip

    def render_settings(self, model: str) -> None:
        """Draw the settings as they are; `model` counts now."""
        chosen = self._chosen
        self.session.models = self._desk.models.choices if self._desk.models else None
        self.session.model = model
        self.controls.render_session()
        names = [choice.name for choice in by_role(self._desk.usable_models())]
        if [self.second.itemText(row) for row in range(self.second.count())] != names:
            self.second.clear()
            self.second.addItems(names)
        self.second.setCurrentText(self._opinions.model)
        boxes = ((self.csv, chosen.csv), (self.sqlite, chosen.sqlite),
                 (self.mqtt, chosen.mqtt), (self.sound, chosen.sound))  # fmt: skip
        for box, on in boxes:
            with QSignalBlocker(box):
                box.setChecked(on)
        if not self.minutes.hasFocus():
            with QSignalBlocker(self.minutes):
                self.minutes.setValue(self._opinions.minutes)
        self.mqtt.setEnabled(bool(self._desk.settings.broker))
        self.mqtt.setToolTip(
            mask(self._desk.settings.broker) or self.tr("Name the broker on the page Fleet first.")
        )
        self.interval.setCurrentIndex(INTERVALS.index(chosen.interval))
        self.longest.setCurrentIndex(SIZES.index(chosen.longest_side))
        self.folder.setText(str(chosen.log_folder).replace("/", "/\u200b"))

    def show_opinion(self, source: str) -> None:
        """Say how far the count of a source was off when the second model was asked last."""
        self.ask_button.setEnabled(bool(source) and not self._opinions.busy)
        opinions = self._opinions.of(source) if source else []
        if self._opinions.busy:
            self.said.setText(self.tr("It is counting…"))
        elif not opinions:
            self.said.setText(self.tr("It has not been asked yet."))
        else:
            last = opinions[-1]
            text = self.tr("{second} counted {there} where {first} counted {here}: {percent} %")
            self.said.setText(
                text.format(
                    second=last.second_model, there=f"{last.second:,.1f}",
                    first=last.first_model, here=f"{last.first:,.1f}",
                    percent=signed(last.drift * 100),
                )
            )  # fmt: skip

    def _opinion_set(self) -> None:
        chosen = (self.second.currentText(), self.minutes.value())
        if chosen != (self._opinions.model, self._opinions.minutes):
            self.opinion_changed.emit(*chosen)

    def _log_set(self, key: str, value: object) -> None:
        self._desk.settings.live[key] = value
        self.log_changed.emit()

    def _sound_set(self, on: bool) -> None:
        self._desk.settings.live["sound"] = on

    def retranslate(self) -> None:
        self.longest_label.setText(self.tr("Cou&nt at"))
        self.longest.setAccessibleName(self.tr("Size of the pictures that are counted"))
        self.longest.setToolTip(
            self.tr("Smaller pictures are counted faster; people far away may be lost.")
        )
        row = max(self.longest.currentIndex(), 0)
        self.longest.clear()
        for pixels in SIZES:
            text = self.tr("{pixels} pixels").format(pixels=f"{pixels:,}")
            self.longest.addItem(text if pixels else self.tr("full size"), pixels)
        self.longest.setCurrentIndex(row)
        self.second_title.setText(self.tr("Second opinion"))
        self.second_label.setText(self.tr("As&k"))
        self.second.setAccessibleName(self.tr("Model of the second opinion"))
        self.minutes_label.setText(self.tr("E&very"))
        self.minutes.setAccessibleName(self.tr("Minutes between second opinions"))
        self.minutes.setSuffix(self.tr(" min"))
        self.minutes.setSpecialValueText(self.tr("only on request"))
        self.ask_button.setText(self.tr("Ask now"))
        self.log_title.setText(self.tr("Log"))
        self.csv.setText(self.tr("Write CSV"))
        self.sqlite.setText(self.tr("Write SQLite"))
        self.mqtt.setText(self.tr("Send to the broker of Fleet"))
        self.interval_label.setText(self.tr("A &row every"))
        self.interval.setAccessibleName(self.tr("Time between rows of the log"))
        names = (self.tr("second"), self.tr("10 seconds"), self.tr("minute"), self.tr("5 minutes"))
        row = self.interval.currentIndex()
        self.interval.clear()
        for name, seconds in zip(names, INTERVALS, strict=True):
            self.interval.addItem(name, seconds)
        self.interval.setCurrentIndex(row)
        self.folder_button.setText(self.tr("Folder…"))
        self.folder_button.setAccessibleName(self.tr("Folder of the log"))
        self.sound.setText(self.tr("Sound when a zone is too full"))


def _muted() -> QLabel:
    label = QLabel()
    label.setProperty("role", "muted")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label
