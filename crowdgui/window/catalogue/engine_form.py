"""How models compute here: device, precision, threads."""

from __future__ import annotations

import os
from collections.abc import Iterator

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from crowdgui.window.background import Work
from crowdgui.window.catalogue import speeds
from crowdgui.window.desk import Desk, ModelChoice
from crowdgui.window.engines import (
    AUTOMATIC,
    PRECISIONS,
    EngineChoice,
    has_bf16,
    list_devices,
    would_be_bf16,
)
from crowdgui.window.language import Translated, say
from crowdgui.window.wheel import leave_wheel
from models.loading import CPU_DEVICES
from models.precision import has_byte_products, is_steady_in_bf16

# A few words need no more, however wide the window is.
MOST_WIDTH = 420


class EngineForm(Translated, QWidget):
    """Three settings, each used from the next count on; and how fast each precision is here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._devices: tuple[str, ...] = ("auto", "cpu")
        # What the processor has; None: not known yet.
        self._bf16: bool | None = None
        self._byte_products: bool | None = None
        self._asked = False
        self._measuring: Work | None = None
        self.title = QLabel()
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        self.device, self.precision, self.threads = QComboBox(), QComboBox(), QSpinBox()
        self.precision.setModel(QStandardItemModel(self.precision))
        self.threads.setRange(0, max(os.cpu_count() or 1, 1))
        self.threads.setMinimumHeight(self.device.sizeHint().height())
        self.labels = [QLabel(), QLabel(), QLabel()]
        self.note = QLabel()
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        self.measure = QPushButton()
        self.measure.setProperty("role", "small")
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        fields = (self.device, self.precision, self.threads)
        for label, field in zip(self.labels, fields, strict=True):
            label.setBuddy(field)
            field.setMinimumWidth(170)
            field.setMaximumWidth(MOST_WIDTH)
            leave_wheel(field)
            form.addRow(label, field)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 12, 18, 14)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addLayout(form)
        column.addWidget(self.note)
        column.addWidget(self.measure, 0, Qt.AlignmentFlag.AlignLeft)
        self.device.activated.connect(self._choose)
        self.precision.activated.connect(self._choose)
        self.threads.editingFinished.connect(self._choose)
        self.measure.clicked.connect(self.start_measuring)
        desk.models_changed.connect(self.render_speeds)
        desk.engine_changed.connect(self.render_speeds)
        desk.default_wanted.connect(self.render_speeds)
        self.retranslate()

    def ask_for_devices(self) -> None:
        """Find out, once, which devices there are and what is chosen by itself."""
        self.render_speeds()
        if self._asked:
            return
        self._asked = True

        def steps(_work: Work) -> Iterator[tuple[tuple[str, ...], bool, bool]]:
            yield list_devices(), has_bf16(), has_byte_products()

        work = Work(lambda: "", steps, self._devices_came, lambda _error: None, quiet=True)
        self._desk.files.start(work)

    def _devices_came(self, found: tuple[tuple[str, ...], bool, bool]) -> None:
        self._devices, self._bf16, self._byte_products = found
        self._fill_devices()
        self.render_speeds()

    def _fill_devices(self) -> None:
        names = {
            "auto": self.tr("automatic"), "cpu": self.tr("processor (CPU)"),
            "cuda": self.tr("graphics card (CUDA)"), "mps": self.tr("graphics chip (MPS)"),
        }  # fmt: skip
        wanted = self._desk.settings.device
        devices = [*self._devices, *([wanted] if wanted not in self._devices else [])]
        with QSignalBlocker(self.device):
            self.device.clear()
            for device in devices:
                self.device.addItem(names.get(device, device), device)

    def _show_settings(self) -> None:
        settings = self._desk.settings
        self.device.setCurrentIndex(self.device.findData(settings.device))
        self.precision.setCurrentIndex(max(self.precision.findData(settings.precision), 0))
        with QSignalBlocker(self.threads):
            self.threads.setValue(settings.threads)

    # Speeds

    @Slot()
    def start_measuring(self) -> None:
        """Measure the model that counts now in each precision, as a work in the background."""
        choice, engine = self._desk.used_model, self._desk.engine
        if choice is None or self._measuring is not None:
            return

        def step(seconds: dict[str, float] | None) -> None:
            if seconds is not None:
                speeds.remember(self._desk.settings, choice, engine, seconds)

        self._measuring = Work(
            title=lambda: self.tr("Measuring {name}").format(name=choice.name),
            steps=lambda _work: speeds.measure(choice, engine),
            on_step=step,
            on_end=self._measured,
        )
        self._desk.bench.start(self._measuring)
        self.render_speeds()

    def _measured(self, error: Exception | None) -> None:
        self._measuring = None
        if error is not None:
            self._desk.notices.complain(error)
        self.render_speeds()

    @Slot()
    def render_speeds(self) -> None:
        """Draw the precisions with what is known of them."""
        choice = self._desk.used_model
        known = speeds.recall(self._desk.settings, choice, self._desk.engine) if choice else {}
        items = self.precision.model()
        assert isinstance(items, QStandardItemModel)
        with QSignalBlocker(self.precision):
            items.clear()
            items.appendRow(self._automatic_item(choice))
            for precision in PRECISIONS:
                items.appendRow(self._item(precision, choice, known.get(precision)))
        self._show_settings()
        self.measure.setEnabled(choice is not None and self._measuring is None)
        self.note.setText(self._note(choice, known))

    def _automatic_item(self, choice: ModelChoice | None) -> QStandardItem:
        text = self.tr("automatic")
        if self._bf16 is not None and choice is not None and choice.header is not None:
            steady = would_be_bf16(self._desk.engine.device, choice.header)
            text += " (bf16)" if steady and self._bf16 else " (fp32)"
        item = QStandardItem(text)
        item.setData(AUTOMATIC, Qt.ItemDataRole.UserRole)
        item.setToolTip(
            self.tr("bf16 where the processor has it and the model's counts stay; else fp32")
        )
        return item

    def _item(
        self, precision: str, choice: ModelChoice | None, seconds: float | None
    ) -> QStandardItem:
        text = precision if seconds is None else f"{precision}  ·  {_duration(seconds)}"
        item = QStandardItem(text)
        item.setData(precision, Qt.ItemDataRole.UserRole)
        reason = self._refused(precision, choice)
        item.setEnabled(not reason)
        item.setToolTip(reason or self._tip(precision, choice))
        return item

    def _refused(self, precision: str, choice: ModelChoice | None) -> str:
        """Return why a precision cannot be chosen here, or nothing."""
        on_processor = self._desk.engine.device in CPU_DEVICES
        if precision == "bf16" and self._bf16 is False and on_processor:
            return self.tr("This processor has no bf16: it would count in fp32.")
        if precision == "int8" and choice is not None and choice.no_int8 is not None:
            return say(choice.no_int8)
        return ""

    def _tip(self, precision: str, choice: ModelChoice | None) -> str:
        """Return what a precision does to the speed and the counts of the chosen network."""
        if precision == "fp32":
            return self.tr("The reference: the count as torch makes it")
        if choice is None or choice.header is None:
            return ""
        if precision == "int8" and self._byte_products is False:
            return self.tr("This processor has no VNNI: int8 is hardly faster than fp32.")
        if precision == "int8":
            return self.tr("The fastest on most processors; counts differ slightly")
        if is_steady_in_bf16(choice.header):
            return self.tr("Faster on some processors; counts hardly differ")
        text = self.tr("The counts of {network} networks change: mean errors by up to 19 %.")
        return text.format(network=choice.header.network)

    def _note(self, choice: ModelChoice | None, known: dict[str, float]) -> str:
        if choice is None or not known:
            return self.tr("What is set here is used from the next count on.")
        times = "  ·  ".join(f"{word} {_duration(known[word])}" for word in known)
        text = self.tr("{model} here, {width} × {height} px:").format(
            model=choice.name, width=speeds.WIDTH, height=speeds.HEIGHT
        )
        return f"{text}\n{times}"

    @Slot()
    def _choose(self) -> None:
        device, precision = str(self.device.currentData()), str(self.precision.currentData())
        wanted = EngineChoice(device, precision, self.threads.value())
        if wanted != self._desk.engine:
            self._desk.engine_wanted.emit(wanted)
            # Until a question is answered, what counts is as before.
            self._show_settings()

    def retranslate(self) -> None:
        self.title.setText(self.tr("How models compute"))
        texts = (self.tr("&Device"), self.tr("&Precision"), self.tr("&Threads"))
        for label, text in zip(self.labels, texts, strict=True):
            label.setText(text)
        self.threads.setSpecialValueText(self.tr("automatic"))
        self.threads.setAccessibleName(self.tr("Threads"))
        self.device.setAccessibleName(self.tr("Device"))
        self.precision.setAccessibleName(self.tr("Precision"))
        self.measure.setText(self.tr("Measure the speeds"))
        self.measure.setToolTip(self.tr("Time each precision on this computer; some seconds"))
        self._fill_devices()
        self.render_speeds()


def _duration(seconds: float) -> str:
    """Return a time with no more digits than it deserves."""
    digits = 1 if seconds < 0.01 else 0
    return f"{seconds * 1000:,.{digits}f} ms"
