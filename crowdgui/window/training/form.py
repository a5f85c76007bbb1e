"""The settings of a training: data, teacher, student, alpha, learning, loss, machine."""

from __future__ import annotations

import os
from dataclasses import asdict
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from crowdgui.window.desk import Desk
from crowdgui.window.elided_label import ElidedLabel
from crowdgui.window.language import Translated
from crowdgui.window.training.fields import (
    LEARNING,
    LOSS_OPTIONS,
    MACHINE,
    MORE,
    NETWORKS,
    FieldRow,
)
from crowdgui.window.training.form_parts import dividing_line, panel_title, two_columns
from crowdgui.window.training.inputs import (
    AlphaSlider,
    Input,
    make_input,
    show_value,
    value_of,
    when_changed,
)
from crowdgui.window.training.rate_curve import RateCurve
from crowdgui.window.training.teacher_box import TeacherBox
from crowdgui.window.wheel import leave_wheel
from models.errors import UserError
from trainer.config import BROUGHT, Config, make_config
from trainer.presets import (
    CAMERA,
    OWN,
    PRESETS,
    QUICK,
    camera_start,
    config_facts,
    preset,
    preset_of,
)

translate = QCoreApplication.translate
SETTLE_MS = 150
GROUPS = (LEARNING, LOSS_OPTIONS, MACHINE)
SCENES = 48
# What a preset or a run sets and no box shows.
HIDDEN = ("crops", "min_side", "shrink")
# What is put in under "More" at first, and what else no preset sets.
NO_MORE: dict[str, Any] = {
    "unlabelled": [], "negatives": [], "negative_pictures": 100, "init": "", "trunk": "",
    "limit": 0,
}  # fmt: skip
AT_FIRST: dict[str, Any] = {
    **NO_MORE, "device": "auto", "precision": "bf16", "threads": 0, "seed": 0, **preset(QUICK),
}  # fmt: skip


class SettingsForm(Translated, QWidget):
    """Puts a config together; `changed` when something is other than before.

    While a training runs the form is locked: a run keeps what it began with.
    """

    changed = Signal()
    scenes_wanted = Signal(int)
    folder_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._filling = False
        self._locked = ""
        self._hidden: dict[str, Any] = {}
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._settled)
        self.titles = {name: panel_title() for name in ("data", "learning", "loss", "machine")}
        self.data_name = ElidedLabel()
        self.data_name.setProperty("role", "muted")
        self.folder_button, self.scenes_button = QPushButton(), QPushButton()
        for button in (self.folder_button, self.scenes_button):
            button.setProperty("role", "small")
        self.scenes = QSpinBox()
        self.scenes.setRange(4, 480)
        self.scenes.setValue(SCENES)
        leave_wheel(self.scenes)
        self.teacher = TeacherBox(desk)
        self.presets, self.network = QComboBox(), QComboBox()
        for value, _text in NETWORKS:
            self.network.addItem("", value)
        for name in (*PRESETS, OWN):
            self.presets.addItem("", name)
        for combo in (self.presets, self.teacher, self.network):
            leave_wheel(combo)
        self.labels = {name: QLabel() for name in ("preset", "network", "teacher", "scenes")}
        self.alpha = AlphaSlider()
        self.curve = RateCurve()
        self.more, self.more_button = QWidget(), QToolButton()
        self.more_button.setCheckable(True)
        self.more_button.setAutoRaise(True)
        self.more_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.inputs: dict[str, tuple[FieldRow, QLabel, Input]] = {}
        self._lay_out()
        self._connect()
        self.teacher.listed.connect(self._teachers_listed)
        self.retranslate()
        self._restore(desk.settings.training)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 14, 12)
        column.setSpacing(6)
        column.addWidget(self.titles["data"])
        column.addWidget(self.data_name)
        buttons = QHBoxLayout()
        buttons.addWidget(self.folder_button)
        buttons.addWidget(self.scenes_button)
        buttons.addWidget(self.scenes)
        buttons.addStretch()
        column.addLayout(buttons)
        column.addSpacing(8)
        form = two_columns()
        for name, box in (
            ("preset", self.presets), ("network", self.network), ("teacher", self.teacher)
        ):  # fmt: skip
            self.labels[name].setBuddy(box)
            form.addRow(self.labels[name], box)
        column.addLayout(form)
        column.addSpacing(4)
        column.addWidget(self.alpha)
        for title, rows in zip(("learning", "loss", "machine"), GROUPS, strict=True):
            column.addWidget(dividing_line())
            column.addWidget(self.titles[title])
            column.addLayout(self._group(rows))
            if rows is LEARNING:
                column.addWidget(self.curve)
        column.addWidget(dividing_line())
        column.addWidget(self.more_button)
        self.more.setLayout(self._group(MORE))
        self.more.layout().setContentsMargins(0, 0, 0, 0)  # type: ignore[union-attr]
        column.addWidget(self.more)
        column.addStretch()

    def _group(self, rows: tuple[FieldRow, ...]) -> QFormLayout:
        form = two_columns()
        for row in rows:
            label, box = QLabel(), make_input(row)
            label.setBuddy(box)
            self.inputs[row.name] = (row, label, box)
            if row.kind == "flag":
                form.addRow(box)
            else:
                form.addRow(label, box)
        threads = self.inputs.get("threads")
        if threads is not None and isinstance(threads[2], QSpinBox):
            threads[2].setMaximum(max(os.cpu_count() or 1, 1))
        return form

    def _connect(self) -> None:
        self.folder_button.clicked.connect(self.folder_wanted)
        self.scenes_button.clicked.connect(lambda: self.scenes_wanted.emit(self.scenes.value()))
        self.presets.activated.connect(lambda: self.choose_preset(self.presets.currentData()))
        self.alpha.changed.connect(self._touched)
        for combo in (self.network, self.teacher):
            combo.activated.connect(self._touched)
        for row, _label, box in self.inputs.values():
            # What is in MORE belongs to somebody's data, whatever the preset.
            when_changed(box, self._settle.start if row in MORE else self._touched)
        self.more_button.toggled.connect(self._open_more)

    # What is chosen

    def facts(self) -> dict[str, Any]:
        """Return what is put in, for the settings to remember."""
        found: dict[str, Any] = {name: value_of(box) for name, (_, _, box) in self.inputs.items()}
        # First weights bring the size at which they take pictures.
        own = BROUGHT if found["init"] else ()
        kept = {name: value for name, value in self._hidden.items() if name not in own}
        return {
            **kept, **found, "crop": int(found["crop"]) // 64 * 64,
            "preset": self.presets.currentData(), "network": self.network.currentData(),
            "teacher": self.teacher.chosen, "alpha": self.alpha.value(),
        }  # fmt: skip

    def config(self, data: tuple[str, ...], *, sweep: bool = False) -> Config:
        """Return the config; raises UserError for settings that do not go together.

        Without anything of the teacher's in the loss its name is left out, but for a `sweep`.
        """
        facts = config_facts(self.facts())
        facts["teacher"] = facts["teacher"] or ""
        taught = ("alpha", "teacher_block_weight", "feature_weight", "unlabelled")
        if not sweep and not any(facts[name] for name in taught):
            facts.pop("teacher")
            facts["trust"] = False
        return make_config({**facts, "data": data})

    def teacher_networks(self) -> list[str]:
        choice = self._desk.model(str(self.teacher.currentData() or ""))
        return [choice.header.network] if choice and choice.header else []

    def show_facts(self, facts: dict[str, Any]) -> None:
        """Put values in; what is missing or of the wrong kind stays as it is."""
        self._filling = True
        try:
            self._fill(facts)
        finally:
            self._filling = False
        self._settled()

    def _fill(self, facts: dict[str, Any]) -> None:
        for name, (_row, _label, box) in self.inputs.items():
            show_value(box, facts.get(name))
        show_value(self.network, facts.get("network"))
        self._hidden = {
            name: facts[name] for name in HIDDEN if isinstance(facts.get(name), int | float)
        }
        if isinstance(facts.get("alpha"), int | float):
            self.alpha.set_value(float(facts["alpha"]))
        place = self.teacher.findData(facts.get("teacher"))
        if isinstance(facts.get("teacher"), str) and place >= 0:
            self.teacher.setCurrentIndex(place)
        show_value(self.presets, facts.get("preset", OWN))

    @Slot(bool)
    def _open_more(self, opened: bool) -> None:
        self.more.setVisible(opened)
        arrow = Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow
        self.more_button.setArrowType(arrow)

    def _restore(self, facts: dict[str, Any]) -> None:
        self.teacher.wanted = facts.get("teacher")
        scenes = facts.get("scenes")
        if isinstance(scenes, int) and abs(scenes) <= self.scenes.maximum():
            self.scenes.setValue(scenes)
        self.show_facts({**AT_FIRST, **facts})
        now = self.facts()
        opened = any(now[name] != nothing for name, nothing in NO_MORE.items())
        self.more_button.setChecked(opened)
        self._open_more(opened)

    def reset(self) -> None:
        """Go back to what stands here at the first start; while a run is shown, when it ends."""
        if self._locked:
            self._desk.settings.training = dict(AT_FIRST)
            return
        self.scenes.setValue(SCENES)
        self.teacher.forget()
        self._restore({})

    # Changes

    def choose_preset(self, name: str) -> None:
        """Put in what a preset sets; OWN sets nothing."""
        if name == OWN:
            return
        # In sight, and so kept when something else is changed by hand.
        facts, start = preset(name), camera_start()
        if name == CAMERA:
            facts["init"] = start
            self.more_button.setChecked(bool(start))
        elif value_of(self.inputs["init"][2]) == start:
            facts["init"] = ""
        self.show_facts(facts)

    @Slot()
    def _touched(self) -> None:
        if not self._filling:
            # What was changed by hand is no preset any more.
            self.presets.setCurrentIndex(self.presets.findData(OWN))
            self._settle.start()

    @Slot()
    def _settled(self) -> None:
        self._render_teacher()
        if not self._locked:
            # What a run began with is shown while it trains, and is not what a person set.
            self._desk.settings.training = {
                **self._desk.settings.training, **self.facts(), "scenes": self.scenes.value(),
            }  # fmt: skip
        restarts = value_of(self.inputs["schedule"][2]) == "warm-restarts"
        for name in ("t0", "t_mult"):
            _row, label, box = self.inputs[name]
            label.setEnabled(restarts)
            box.setEnabled(restarts and not self._locked)
        _row, label, box = self.inputs["trunk"]
        has_trunk = self.network.currentData() != "mcnn" and not value_of(self.inputs["init"][2])
        label.setEnabled(has_trunk)
        box.setEnabled(has_trunk and not self._locked)
        try:
            self.curve.show_config(self.config(("-",)))
        except UserError:
            self.curve.show_config(None)
        self.changed.emit()

    @Slot()
    def _teachers_listed(self) -> None:
        self._render_teacher()
        self._settle.start()

    def _render_teacher(self) -> None:
        reason = ""
        if not self.teacher.currentData():
            several = self.teacher.count() > 1
            reason = (
                self.tr("Choose a teacher for α above 0.") if several
                else self.tr("α above 0 needs a teacher, and no model is installed.")
            )  # fmt: skip
        self.alpha.set_reasons(reason, self._locked)

    def set_locked(self, reason: str) -> None:
        """Lock everything with a reason to read; an empty one unlocks it."""
        if reason == self._locked:
            return
        if reason:
            self._settled()
        self._locked = reason
        parts: list[QWidget] = [
            self.folder_button, self.scenes_button, self.scenes, self.presets, self.network,
            self.teacher, *(box for _row, _label, box in self.inputs.values()),
        ]  # fmt: skip
        for part in parts:
            part.setEnabled(not reason)
        self.retranslate()
        if not reason:
            self.teacher.show_also("")
            self.show_facts(self._desk.settings.training)

    def show_config(self, config: Config) -> None:
        """Show what a run began with, while the form is locked."""
        if self._locked:
            self.teacher.show_also(config.teacher)
            self.show_facts({**asdict(config), "preset": preset_of(config)})

    def retranslate(self) -> None:
        texts = {
            "data": self.tr("Data"), "learning": self.tr("Learning"), "loss": self.tr("Loss"),
            "machine": self.tr("Machine"),
        }  # fmt: skip
        for name, text in texts.items():
            self.titles[name].setText(text)
        self.more_button.setText(self.tr("More"))
        self.more_button.setToolTip(self.tr("Further pictures, and weights to begin with"))
        self.folder_button.setText(self.tr("Choose a folder…"))
        self.scenes_button.setText(self.tr("Built-in scenes"))
        self.scenes_button.setToolTip(
            self.tr("Rendered crowds whose truth is known; drawing them takes a second each")
        )
        self.scenes.setAccessibleName(self.tr("Number of built-in scenes"))
        names = {
            "quick": self.tr("Quick try"), "study": self.tr("The study"),
            "camera": self.tr("My own camera"), "own": self.tr("My own settings"),
        }  # fmt: skip
        for row in range(self.presets.count()):
            self.presets.setItemText(row, names[self.presets.itemData(row)])
        pairs = (
            ("preset", self.presets, self.tr("Prese&t")),
            ("network", self.network, self.tr("&Student")),
            ("teacher", self.teacher, self.tr("Teac&her")),
        )
        for name, box, text in pairs:
            self.labels[name].setText(text)
            box.setAccessibleName(text.replace("&", ""))
            box.setToolTip(self._locked)
        for row_, (value, text) in enumerate(NETWORKS):
            assert self.network.itemData(row_) == value
            self.network.setItemText(row_, translate("Training", text))
        self._say_inputs()
        self._render_teacher()

    def _say_inputs(self) -> None:
        for row, label, box in self.inputs.values():
            text = translate("Training", row.label)
            label.setText(text)
            if row.kind == "flag":
                box.setText(text)  # type: ignore[union-attr]
            box.setAccessibleName(text.replace("&", ""))
            box.setToolTip(self._locked or translate("Training", row.tip))
            if row.lowest and isinstance(box, QSpinBox):
                box.setSpecialValueText(translate("Training", row.lowest))
            for place, (_value, choice) in enumerate(row.choices):
                box.setItemText(place, translate("Training", choice))  # type: ignore[union-attr]
